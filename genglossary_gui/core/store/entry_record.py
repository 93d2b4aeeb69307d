"""One entry as a person works on it: what it says, what it said, and what it has to do with others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from genglossary_gui.core.store.conditions import IN_GLOSSARY
from genglossary_gui.core.store.glossary import EntryDetail, entry_detail

_MOST_RELATED = 40
"""Entries of each kind that are shown as related."""


@dataclass(frozen=True)
class Version:
    """A definition that the entry has or had.

    ``run_id``: the run that made it, None for a person's; ``base``: the version that a person edited or restored.
    """

    id: int
    stage: str
    text: str
    confidence: float
    origin: str
    approved: bool
    current: bool
    offered: bool
    run_id: int | None
    base: int | None
    created_at: str


@dataclass(frozen=True)
class Related:
    """Another entry.  ``is_named``: a person said so; otherwise the definition mentions it."""

    term_id: int
    term: str
    is_named: bool


@dataclass(frozen=True)
class EntryRecord:
    """``versions``: newest first.  ``unsaved``: what a person was typing when the panel was left; None: nothing."""

    detail: EntryDetail
    versions: tuple[Version, ...]
    unsaved: str | None
    unsaved_at: str

    @property
    def shown(self) -> Version | None:
        """The version that is the definition now."""
        return next((v for v in self.versions if v.id == self.detail.row.definition_id), None)

    @property
    def offer(self) -> Version | None:
        """What a later run suggests."""
        return next((version for version in self.versions if version.offered), None)

    @property
    def provisional(self) -> Version | None:
        """The provisional definition, where a refined one is shown."""
        return next((v for v in self.versions if v.current and v.id != self.detail.row.definition_id), None)


def entry_record(connection: sqlite3.Connection, term_id: int) -> EntryRecord | None:
    """Everything about one entry; None when it is gone."""
    detail = entry_detail(connection, term_id)
    if detail is None:
        return None
    unsaved = connection.execute("SELECT text, saved_at FROM unsaved WHERE term_id = ?", (term_id,)).fetchone()
    text, at = unsaved or (None, "")
    return EntryRecord(detail, versions(connection, term_id), text, at)


def versions(connection: sqlite3.Connection, term_id: int) -> tuple[Version, ...]:
    """All definitions that the term has or had, the newest first; empty ones of runs are left out."""
    rows = connection.execute(
        "SELECT id, stage, text, confidence, origin, approved, current, offered, run_id, base, created_at"
        " FROM definitions WHERE term_id = ? AND (text <> '' OR origin = 'person') ORDER BY id DESC",
        (term_id,),
    )
    return tuple(Version(*row[:5], *map(bool, row[5:8]), *row[8:]) for row in rows)


def related_entries(connection: sqlite3.Connection, term_id: int) -> tuple[Related, ...]:
    """Entries that a person named as related, then those whose term or spelling the definition holds, longest first.

    A term inside a longer one that was found there, or inside a word, does not count.  Of 100,000 terms it takes a
    tenth of a second: not for the GUI thread.
    """
    named = connection.execute(
        "SELECT t.id, t.term FROM relations r JOIN terms t ON t.id = r.other_id WHERE r.term_id = :id"
        " UNION SELECT t.id, t.term FROM relations r JOIN terms t ON t.id = r.term_id WHERE r.other_id = :id"
        " ORDER BY 2",
        {"id": term_id},
    ).fetchall()
    row = connection.execute("SELECT definition FROM entries WHERE id = ?", (term_id,)).fetchone()
    known = {other for other, _term in named}
    mentioned = _mentioned(connection, term_id, row[0]) if row and row[0] else []
    found = [Related(other, term, True) for other, term in named]
    found += [Related(other, term, False) for other, term in mentioned if other not in known]
    return tuple(found[:_MOST_RELATED])


def mentioning_entries(connection: sqlite3.Connection, term_id: int) -> tuple[Related, ...]:
    """Entries whose definition holds this term, by rank."""
    row = connection.execute("SELECT term FROM terms WHERE id = ?", (term_id,)).fetchone()
    if row is None:
        return ()
    rows = connection.execute(
        "SELECT t.id, t.term, d.text FROM definitions d JOIN terms t ON t.id = d.term_id"
        " WHERE d.current = 1 AND t.id <> ? AND instr(lower(d.text), lower(?))"
        f" AND {IN_GLOSSARY}"
        " ORDER BY t.rank LIMIT ?",
        (term_id, row[0], 5 * _MOST_RELATED),
    )
    found = {other: term for other, term, text in rows if _places(text.casefold(), row[0].casefold())}
    return tuple(Related(other, term, False) for other, term in list(found.items())[:_MOST_RELATED])


def _mentioned(connection: sqlite3.Connection, term_id: int, text: str) -> list[tuple[int, str]]:
    listed = f"{IN_GLOSSARY} AND t.id <> :id"
    rows = connection.execute(
        f"SELECT t.id, t.term, t.term FROM terms t WHERE {listed} AND instr(:text, lower(t.term))"
        f" UNION SELECT t.id, t.term, v.surface FROM variants v JOIN terms t ON t.id = v.term_id"
        f" WHERE {listed} AND instr(:text, lower(v.surface))",
        {"id": term_id, "text": text.casefold()},
    ).fetchall()
    own = connection.execute(
        "SELECT term FROM terms WHERE id = :id UNION SELECT surface FROM variants WHERE term_id = :id", {"id": term_id}
    ).fetchall()
    return _outermost(text.casefold(), rows, {surface.casefold() for (surface,) in own})


def _outermost(text: str, rows: Iterable[tuple[int, str, str]], own: set[str]) -> list[tuple[int, str]]:
    taken: list[tuple[int, int]] = []
    found: dict[int, tuple[int, str]] = {}
    names = [(surface.casefold(), other, term) for other, term, surface in rows]
    names += [(surface, 0, "") for surface in own]
    for surface, other, term in sorted(names, key=lambda name: -len(name[0])):
        places = [p for p in _places(text, surface) if not any(a <= p[0] and p[1] <= b for a, b in taken)]
        if places:
            taken += places
            if other:
                first = min(places)[0]
                found[other] = min(found.get(other, (first, term)), (first, term))
    return [(other, term) for other, (_at, term) in sorted(found.items(), key=lambda item: item[1])]


def _places(text: str, surface: str) -> list[tuple[int, int]]:
    """Where ``surface`` stands in ``text`` without being a part of a Latin word or number."""
    found = []
    at = text.find(surface) if surface else -1
    while at >= 0:
        end = at + len(surface)
        if not (_joins(text[at - 1 : at], surface[0]) or _joins(surface[-1], text[end : end + 1])):
            found.append((at, end))
        at = text.find(surface, end)
    return found


def _joins(left: str, right: str) -> bool:
    """Whether two neighbours belong to one word: only where words have blanks between them."""
    return bool(left and right) and all(c.isalnum() and ord(c) < 0x2E80 for c in (left, right))
