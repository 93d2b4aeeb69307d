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

from genglossary_gui.core.glossary import Category, Stage
from genglossary_gui.core.keys import has_japanese, term_key
from genglossary_gui.core.store import decisions
from genglossary_gui.core.store.bulk import next_id
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.entry_edits import PERSON, put_definition
from genglossary_gui.core.store.reversible import Change, Tracked

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
        rank = connection.execute("SELECT COALESCE(MAX(rank), 0) FROM terms").fetchone()[0]
        for entry in entries:
            tracked = Tracked(connection)
            key = term_key(entry.term)
            if key in ids:
                changes += _come_back(connection, ids[key])
                _change(tracked, ids[key], entry)
            else:
                rank += 1
                ids[key] = _add(tracked, key, entry, rank)
            _add_aliases(tracked, ids[key], entry)
            _define(tracked, ids[key], entry)
            if change := tracked.change():
                changes.append(change)
    return changes


def _ids(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, int]:
    rows = connection.execute(
        "SELECT key, id FROM terms WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(keys),)
    )
    return dict(rows)


def _add(tracked: Tracked, key: str, entry: PersonEntry, rank: int) -> int:
    term_id = next_id(tracked.connection, "terms")
    tracked.insert(
        "terms",
        (term_id,),
        key=key,
        term=entry.term,
        language=entry.language or ("ja" if has_japanese(entry.term) else "en"),
        category=entry.category or Category.TECHNICAL_TERM,
        score=0.0,
        rank=rank,
        frequency=0,
        document_frequency=0,
        suggested=1,
        status="accepted",
        notes=entry.notes,
        locked=1,
        named=1,
        categorised=int(entry.category is not None),
    )
    return term_id


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
        # What the old definition rested on does not support this one.
        put_definition(
            tracked,
            term_id,
            stage=Stage.REFINED,
            text=entry.definition,
            confidence=1.0,
            origin=PERSON,
            base=None,
        )
        definition_id, _definition = _shown(tracked.connection, term_id)
    if entry.approved:
        tracked.update("definitions", (definition_id,), approved=1)


def _shown(connection: sqlite3.Connection, term_id: int) -> tuple[int, str]:
    row = connection.execute("SELECT definition_id, definition FROM entries WHERE id = ?", (term_id,)).fetchone()
    return row[0] or 0, row[1]
