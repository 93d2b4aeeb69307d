"""What a person decides about terms: accepted, dropped, named, classed, listed, merged, split.

Each function works in one transaction and returns the ``Change`` of each term (of a merge: of all together) that is
different now; ``reversible`` takes them back.  Decisions stand on the term itself, which stays as long as there is
one: a run that does not find the term any more keeps it, one that finds it again leaves the decision alone
(``publishing``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain, count

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.keys import term_key
from genglossary_gui.core.store.bulk import PASSAGE, next_id
from genglossary_gui.core.store.conditions import IN_GLOSSARY, KEPT
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.merged import documents_of, documents_split_off
from genglossary_gui.core.store.reversible import SYNONYM, Change, Tracked, change_each


class Status(StrEnum):
    CANDIDATE = "candidate"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class Listed(StrEnum):
    """The list that a person put a term on."""

    NOT = ""
    REQUIRED = "required"
    EXCLUDED = "excluded"


def set_status(connection: sqlite3.Connection, term_ids: Sequence[int], status: Status) -> list[Change]:
    return change_each(connection, term_ids, lambda tracked, term: tracked.update("terms", (term,), status=str(status)))


def set_listed(connection: sqlite3.Connection, term_ids: Sequence[int], listed: Listed) -> list[Change]:
    """Put terms on a list, or off any.  A required term is wanted again when it had been dropped."""
    return change_each(connection, term_ids, partial(_list, listed=listed))


def set_category(connection: sqlite3.Connection, term_ids: Sequence[int], category: Category) -> list[Change]:
    """Class terms; no engine does so any more."""
    return change_each(
        connection,
        term_ids,
        lambda tracked, term: tracked.update("terms", (term,), category=str(category), categorised=1),
    )


def rename(connection: sqlite3.Connection, term_id: int, name: str) -> list[Change]:
    """Give a term the name that is shown; what it was called stays a variant.  An empty name changes nothing."""
    return change_each(connection, [term_id], partial(_rename, name=name.strip()))


def merge(connection: sqlite3.Connection, term_ids: Sequence[int]) -> list[Change]:
    """Make all but the first synonyms of the first; nothing with fewer than two."""
    with transaction(connection):
        tracked = Tracked(connection)
        taken_in = sum(_merge(tracked, term_ids[0], member) for member in term_ids[1:])
        if tracked.change():
            _count(tracked, term_ids[0], taken_in)
        return [change] if (change := tracked.change()) else []


def split(connection: sqlite3.Connection, term_id: int, surfaces: Sequence[str]) -> list[Change]:
    """Make spellings of a term terms of their own: a term that was merged comes back, else a new one is made."""
    with transaction(connection):
        tracked = Tracked(connection)
        for surface in surfaces:
            _split(tracked, term_id, surface)
        return [change] if (change := tracked.change()) else []


def add_terms(
    connection: sqlite3.Connection,
    names: Iterable[str],
    *,
    status: Status = Status.ACCEPTED,
    listed: Listed = Listed.NOT,
) -> list[Change]:
    """Terms that a person names; one that is known is accepted or listed.  Names without a letter are left out."""
    spelled = dict.fromkeys(" ".join(name.split()) for name in names)
    return change_each(connection, spelled, lambda tracked, name: _add(tracked, name, status, listed))


@dataclass(frozen=True)
class ListedTerm:
    """A line of the required or excluded list; ``frequency`` 0: the documents do not hold it."""

    key: str
    term: str
    listed: Listed
    frequency: int
    is_defined: bool


def listed_terms(connection: sqlite3.Connection, listed: Listed) -> list[ListedTerm]:
    """A list, by name."""
    rows = connection.execute(
        "SELECT key, term, listed, frequency, definition <> '' FROM entries WHERE listed = ? ORDER BY term, id",
        (listed,),
    )
    return [ListedTerm(key, term, Listed(name), times, bool(defined)) for key, term, name, times, defined in rows]


def unwanted_keys(connection: sqlite3.Connection) -> set[str]:
    """The keys of the terms that a person does not want, or that are synonyms now: no engine need work on them."""
    return {key for (key,) in connection.execute(f"SELECT key FROM terms WHERE NOT ({KEPT})")}


def wanted_keys(connection: sqlite3.Connection) -> set[str]:
    """The keys of the terms that a person wants, whatever an engine suggests."""
    return {
        key
        for (key,) in connection.execute(
            f"SELECT key FROM terms WHERE {IN_GLOSSARY} AND (status = 'accepted' OR locked = 1 OR listed = 'required')"
        )
    }


def _list(tracked: Tracked, term_id: int, listed: Listed) -> None:
    tracked.update("terms", (term_id,), listed=str(listed))
    if listed is Listed.REQUIRED and _value(tracked.connection, "status", term_id) == Status.DROPPED:
        tracked.update("terms", (term_id,), status=str(Status.CANDIDATE))


def _rename(tracked: Tracked, term_id: int, name: str) -> None:
    before = _value(tracked.connection, "term", term_id)
    if not name or before in (None, name):
        return
    frequency = _value(tracked.connection, "frequency", term_id) or 0
    tracked.update("terms", (term_id,), term=name, named=1)
    _add_variant(tracked, term_id, before, "spelling", frequency)


def _merge(tracked: Tracked, primary: int, member: int) -> int:
    """Returns how often the member occurs."""
    connection = tracked.connection
    row = connection.execute(
        "SELECT term, frequency FROM terms WHERE id = ? AND merged_into IS NULL", (member,)
    ).fetchone()
    if row is None or member == primary or _value(connection, "merged_into", primary) is not None:
        return 0
    term, frequency = row
    for (other,) in connection.execute("SELECT id FROM terms WHERE merged_into = ?", (member,)).fetchall():
        tracked.update("terms", (other,), merged_into=primary)
    tracked.update("terms", (member,), merged_into=primary)
    variants = connection.execute("SELECT surface, frequency FROM variants WHERE term_id = ?", (member,)).fetchall()
    for surface, times in [(term, frequency), *variants]:
        _add_variant(tracked, primary, surface, SYNONYM, times)
    return frequency


def _count(tracked: Tracked, term_id: int, more: int) -> None:
    """What a term counts after members have come or gone, which occur ``more`` times (less than 0: gone)."""
    frequency = max(0, (_value(tracked.connection, "frequency", term_id) or 0) + more)
    documents, own = documents_of(tracked.connection, term_id)
    tracked.update_together("terms", (term_id,), frequency=frequency, document_frequency=documents, own_documents=own)


def _split(tracked: Tracked, term_id: int, surface: str) -> None:
    connection = tracked.connection
    merged = connection.execute(
        "SELECT id, frequency FROM terms WHERE merged_into = ? AND (term = ? OR id IN"
        " (SELECT term_id FROM variants WHERE surface = ?)) ORDER BY term <> ?",
        (term_id, surface, surface, surface),
    ).fetchone()
    if merged is not None:
        _unmerge(tracked, term_id, *merged)
        return
    row = connection.execute(
        "SELECT frequency FROM variants WHERE term_id = ? AND surface = ?", (term_id, surface)
    ).fetchone()
    if row is None:
        return
    language, frequency, documents = connection.execute(
        "SELECT language, frequency, document_frequency FROM terms WHERE id = ?", (term_id,)
    ).fetchone()
    other = _insert(tracked, surface, language=language, frequency=row[0], status=Status.ACCEPTED)
    tracked.delete("variants", (term_id, surface))
    tracked.insert("splits", (term_id, surface), other_id=other)
    left = max(0, frequency - row[0])
    tracked.update("terms", (term_id,), frequency=left, document_frequency=min(documents, left))
    first = connection.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM passages").fetchone()[0]
    names = PASSAGE.split(", ")
    rows = connection.execute(
        f"SELECT {PASSAGE} FROM passages WHERE term_id = ? AND kind = 'context' AND instr(text, ?)", (term_id, surface)
    ).fetchall()
    for number, values in enumerate(rows, first):
        tracked.insert("passages", (number,), term_id=other, **dict(zip(names, values, strict=True)))
    tracked.update("terms", (other,), document_frequency=documents_split_off(connection, other, row[0]))


def _unmerge(tracked: Tracked, primary: int, member: int, frequency: int) -> None:
    connection = tracked.connection
    tracked.update("terms", (member,), merged_into=None)
    surfaces = connection.execute(
        "SELECT term FROM terms WHERE id = ? UNION SELECT surface FROM variants WHERE term_id = ?", (member, member)
    ).fetchall()
    for (surface,) in surfaces:
        kind = connection.execute(
            "SELECT kind FROM variants WHERE term_id = ? AND surface = ?", (primary, surface)
        ).fetchone()
        if kind is not None and kind[0] == SYNONYM:
            tracked.delete("variants", (primary, surface))
    _count(tracked, primary, -frequency)


def _add(tracked: Tracked, name: str, status: Status, listed: Listed) -> None:
    key = term_key(name)
    if not key:
        return
    row = tracked.connection.execute("SELECT id FROM terms WHERE key = ?", (key,)).fetchone()
    if row is None:
        _insert(tracked, name, status=status, listed=listed)
        return
    if status is not Status.CANDIDATE:
        tracked.update("terms", row, status=str(status))
    if listed:
        tracked.update("terms", row, listed=str(listed))


def _insert(
    tracked: Tracked,
    name: str,
    *,
    language: str = "",
    frequency: int = 0,
    status: Status = Status.CANDIDATE,
    listed: Listed = Listed.NOT,
) -> int:
    connection = tracked.connection
    term_id = next_id(connection, "terms")
    last = connection.execute("SELECT COALESCE(MAX(rank), 0) + 1 FROM terms").fetchone()[0]
    japanese = any("\u3040" <= character <= "\u9fff" for character in name)
    tracked.insert(
        "terms",
        (term_id,),
        key=_free_key(connection, name),
        term=name,
        language=language or ("ja" if japanese else "en"),
        category=str(Category.TECHNICAL_TERM),
        score=0.0,
        rank=last,
        frequency=frequency,
        document_frequency=min(frequency, 1),
        suggested=0,
    )
    # On its own: it can be taken back when a run has changed the row, which goes if no run finds the term.
    tracked.update("terms", (term_id,), status=str(status), listed=str(listed))
    return term_id


def _free_key(connection: sqlite3.Connection, name: str) -> str:
    """The key of a name; one of its own where another term has it: two spellings that a person keeps apart."""
    key = term_key(name) or name
    keys = chain((key, f"{key} /{name}"), (f"{key} /{name}/{number}" for number in count(2)))
    return next(key for key in keys if not connection.execute("SELECT 1 FROM terms WHERE key = ?", (key,)).fetchone())


def _add_variant(tracked: Tracked, term_id: int, surface: str, kind: str, frequency: int) -> None:
    there = tracked.connection.execute(
        "SELECT 1 FROM variants WHERE term_id = ? AND surface = ?", (term_id, surface)
    ).fetchone()
    if there is None and surface != _value(tracked.connection, "term", term_id):
        tracked.insert("variants", (term_id, surface), kind=kind, frequency=frequency)


def _value(connection: sqlite3.Connection, column: str, term_id: int):
    row = connection.execute(f"SELECT {column} FROM terms WHERE id = ?", (term_id,)).fetchone()
    return row[0] if row else None
