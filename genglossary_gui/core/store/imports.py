"""Entries that a person brings from elsewhere: what the project says about the same terms, and taking them over.

They count as a person's: the term is accepted, the entry locked, its definition of the origin *person*, so that no
run overwrites it.  What an entry does not say changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from genglossary_gui.core.glossary import Category, Stage
from genglossary_gui.core.keys import has_japanese, term_key
from genglossary_gui.core.store import decisions
from genglossary_gui.core.store.bulk import next_id
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.entry_edits import PERSON, definition_values, put_definition
from genglossary_gui.core.store.reversible import Change, RowChange, Tracked, Values, write_together

_INFLECTION = "inflection"
"""Forms of a term that a run found; nobody calls them aliases."""
ALIAS = "alias"
"""The kind of a variant that a person brought; runs leave it alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """An entry from elsewhere.  An empty field says nothing."""

    term: str
    aliases: tuple[str, ...] = ()
    category: Category | None = None
    definition: str = ""
    notes: str = ""
    approved: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What the project says about a term."""

    id: int
    term: str
    aliases: tuple[str, ...]
    category: Category
    definition: str
    notes: str
    approved: bool
    status: str
    locked: bool
    is_unwanted: bool
    """A person has dropped or excluded it, or made it a synonym of another term."""

    @property
    def is_untouched(self) -> bool:
        """Only a candidate that a run has found: no definition, and no person has dealt with it."""
        is_decided = self.locked or self.is_unwanted or self.status != "candidate"
        return not (self.definition or self.notes or is_decided)


def known_entries(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, KnownEntry]:
    """Key → what the project says, for those of the keys that it knows."""
    wanted = set(keys)
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for term_id, surface in connection.execute(
        "SELECT term_id, surface FROM variants WHERE kind <> ? ORDER BY frequency DESC, surface", (_INFLECTION,)
    ):
        aliases[term_id].append(surface)
    rows = connection.execute(
        "SELECT key, id, term, category, definition, notes, approved, status, locked,"
        " status = 'dropped' OR listed = 'excluded' OR merged_into IS NOT NULL FROM entries"
    )
    return {
        key: KnownEntry(
            term_id,
            term,
            tuple(alias for alias in aliases.get(term_id, ()) if alias != term),
            Category(category),
            definition,
            notes,
            bool(approved),
            status,
            bool(locked),
            bool(is_unwanted),
        )
        for key, term_id, term, category, definition, notes, approved, status, locked, is_unwanted in rows
        if key in wanted
    }


def take_over(connection: sqlite3.Connection, entries: Sequence[PersonEntry]) -> list[Change]:
    """Write the entries, all or none; of several about one term the last has the say.

    Returns the changes of those that are different now, for ``entry_edits.undo``.
    """
    changes: list[Change] = []
    with transaction(connection, durable=True):
        ids = _ids(connection, [term_key(entry.term) for entry in entries])
        new = _NewEntries(connection)
        for entry in entries:
            key = term_key(entry.term)
            if key not in ids:
                ids[key], change = new.add(key, entry)
                changes.append(change)
                continue
            new.write()
            changes += _come_back(connection, ids[key])
            tracked = Tracked(connection)
            _change(tracked, ids[key], entry)
            _add_aliases(tracked, ids[key], entry)
            _define(tracked, ids[key], entry)
            if change := tracked.change():
                changes.append(change)
        new.write()
    return changes


def _ids(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, int]:
    rows = connection.execute(
        "SELECT key, id FROM terms WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(keys),)
    )
    return dict(rows)


class _NewEntries:
    """Entries of terms that the project does not know: nothing has to be looked up, so they are written together."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rank = connection.execute("SELECT COALESCE(MAX(rank), 0) FROM terms").fetchone()[0]
        self._rows: list[RowChange] = []
        self._term_id = self._definition_id = 0

    def add(self, key: str, entry: PersonEntry) -> tuple[int, Change]:
        """The number of the new term, and its rows; they are there after ``write``."""
        if not self._rows:
            self._term_id, self._definition_id = (next_id(self._connection, t) for t in ("terms", "definitions"))
        term_id = self._term_id
        self._term_id += 1
        self._rank += 1
        rows = [RowChange("terms", (term_id,), None, _term_values(key, entry, self._rank))]
        for alias in entry.aliases:
            rows.append(RowChange("variants", (term_id, alias), None, {"kind": ALIAS, "frequency": 0}))
        if entry.definition:
            values = definition_values(term_id, **_by_a_person(entry))
            rows.append(RowChange("definitions", (self._definition_id,), None, values))
            self._definition_id += 1
        self._rows += rows
        return term_id, tuple(rows)

    def write(self) -> None:
        write_together(self._connection, self._rows)
        self._rows = []


def _term_values(key: str, entry: PersonEntry, rank: int) -> Values:
    return {
        "key": key,
        "term": entry.term,
        "language": entry.language or ("ja" if has_japanese(entry.term) else "en"),
        "category": entry.category or Category.TECHNICAL_TERM,
        "score": 0.0,
        "rank": rank,
        "frequency": 0,
        "document_frequency": 0,
        "suggested": 1,
        "status": "accepted",
        "notes": entry.notes,
        "locked": 1,
        "named": 1,
        "categorised": int(entry.category is not None),
    }


def _by_a_person(entry: PersonEntry) -> dict[str, Any]:
    """What is said of a definition from elsewhere; what an older one rested on does not support it."""
    return {
        "stage": Stage.REFINED,
        "text": entry.definition,
        "confidence": 1.0,
        "origin": PERSON,
        "base": None,
        "approved": entry.approved,
    }


def _come_back(connection: sqlite3.Connection, term_id: int) -> list[Change]:
    """Whoever brings a term wants it as a term, also when it was a synonym of another until now."""
    row = connection.execute("SELECT merged_into, term FROM terms WHERE id = ?", (term_id,)).fetchone()
    return [] if row[0] is None else decisions.split(connection, row[0], [row[1]])


def _change(tracked: Tracked, term_id: int, entry: PersonEntry) -> None:
    said = {"category": entry.category, "notes": entry.notes, "language": entry.language}
    values = {name: value for name, value in said.items() if value}
    if entry.category:
        values["categorised"] = 1
    tracked.update("terms", (term_id,), term=entry.term, named=1, status="accepted", locked=1, **values)
    row = tracked.connection.execute("SELECT listed FROM terms WHERE id = ?", (term_id,)).fetchone()
    if row[0] == "excluded":
        tracked.update("terms", (term_id,), listed="")


def _add_aliases(tracked: Tracked, term_id: int, entry: PersonEntry) -> None:
    there = dict(tracked.connection.execute("SELECT surface, kind FROM variants WHERE term_id = ?", (term_id,)))
    for alias in entry.aliases:
        if alias not in there:
            tracked.insert("variants", (term_id, alias), kind=ALIAS, frequency=0)
        elif there[alias] == _INFLECTION:
            tracked.update("variants", (term_id, alias), kind=ALIAS)


def keep_aliases(connection: sqlite3.Connection, variants: dict[int, list[tuple]]) -> None:
    """Put the aliases that persons brought among the ``(surface, kind, frequency)`` that a run found, by term."""
    rows = connection.execute("SELECT term_id, surface FROM variants WHERE kind = ?", (ALIAS,)).fetchall()
    for term_id, surface in rows:
        if term_id in variants:
            found = {variant[0]: variant for variant in variants[term_id]}
            frequency = found[surface][2] if surface in found else 0
            variants[term_id] = sorted((found | {surface: (surface, ALIAS, frequency)}).values())


def _define(tracked: Tracked, term_id: int, entry: PersonEntry) -> None:
    if not entry.definition:
        return
    definition_id, definition = _shown(tracked.connection, term_id)
    if definition != entry.definition:
        put_definition(tracked, term_id, **_by_a_person(entry))
    elif entry.approved:
        tracked.update("definitions", (definition_id,), approved=1)


def _shown(connection: sqlite3.Connection, term_id: int) -> tuple[int, str]:
    row = connection.execute("SELECT definition_id, definition FROM entries WHERE id = ?", (term_id,)).fetchone()
    return row[0] or 0, row[1]
