"""Compares the rows of an imported file with the project, and carries out what a person chose for each."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from genglossary_gui.core.exchange.cells import clean_name, clean_text
from genglossary_gui.core.exchange.imported import BadRow, ImportedEntry, ImportedFile
from genglossary_gui.core.keys import term_key
from genglossary_gui.core.store import entry_edits, imports
from genglossary_gui.core.store.imports import KnownEntry
from genglossary_gui.core.store.kept import KeptChanges

_PIECE = 500
"""Entries taken over in one transaction: 0.2 s."""


class State(StrEnum):
    """How a row stands to the project."""

    NEW = "new"
    """The project does not know the term, or only as a candidate without a definition."""
    SAME = "same"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    """An earlier row of the file is about the same term."""
    UNREADABLE = "unreadable"


class Choice(StrEnum):
    """What becomes of a row.  Keep and skip both leave the project as it is; keep is an answer, skip is none."""

    TAKE = "take"
    KEEP = "keep"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """``differs``: the fields in which the file says something else than the project."""

    state: State
    line: int
    theirs: ImportedEntry | None = None
    mine: KnownEntry | None = None
    differs: tuple[str, ...] = ()
    reason: str = ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be chosen, the usual one first."""
        return USUAL[self.state]


USUAL = {
    State.NEW: (Choice.TAKE, Choice.SKIP),
    State.SAME: (Choice.SKIP, Choice.TAKE),
    State.CONFLICT: (Choice.KEEP, Choice.TAKE, Choice.SKIP),
    State.DUPLICATE: (Choice.SKIP, Choice.TAKE),
    State.UNREADABLE: (Choice.SKIP,),
}
"""What may be chosen for a row in a state, the usual one first."""


def plan_import(connection: sqlite3.Connection, file: ImportedFile) -> tuple[PlannedRow, ...]:
    """The rows of the file in order, each with how it stands to the project."""
    keys = [term_key(entry.term) for entry in file.entries]
    known = imports.known_entries(connection, keys)
    seen: set[str] = set()
    rows: list[PlannedRow] = []
    for key, entry in zip(keys, file.entries, strict=True):
        rows.append(_row(entry, known.get(key), is_duplicate=key in seen))
        seen.add(key)
    rows += (_bad(row) for row in file.bad)
    return tuple(sorted(rows, key=lambda row: row.line))


def carry_out(connection: sqlite3.Connection, rows: Sequence[PlannedRow], choices: Sequence[Choice]) -> KeptChanges:
    """Take over the rows chosen for it; the changes that were made, for ``take_back``.

    All or none, whatever is raised; a process that is killed meanwhile leaves the first of them.  Others, such as a
    run that wants to save, get their turn in between.
    """
    taken = [
        row.theirs
        for row, choice in zip(rows, choices, strict=True)
        if choice is Choice.TAKE and row.theirs is not None
    ]
    kept = KeptChanges()
    try:
        for first in range(0, len(taken), _PIECE):
            kept.add(imports.take_over(connection, taken[first : first + _PIECE]))
    except BaseException:
        take_back(connection, kept)
        raise
    return kept


def take_back(connection: sqlite3.Connection, kept: KeptChanges) -> int:
    """Take back what ``carry_out`` did; how many entries are as before.  What others have changed since stays."""
    return sum(entry_edits.undo(connection, piece) for piece in kept.pieces_back())


def make_again(connection: sqlite3.Connection, kept: KeptChanges) -> int:
    """Make again what was taken back; answers like that."""
    return sum(entry_edits.redo(connection, piece) for piece in kept.pieces())


def _row(theirs: ImportedEntry, mine: KnownEntry | None, *, is_duplicate: bool) -> PlannedRow:
    differs = () if mine is None else _differences(theirs, mine)
    if is_duplicate:
        state = State.DUPLICATE
    elif mine is None or (mine.is_untouched and differs):
        state = State.NEW
    else:
        state = State.CONFLICT if differs else State.SAME
    return PlannedRow(state, theirs.line, theirs, mine, differs)


def _differences(theirs: ImportedEntry, mine: KnownEntry) -> tuple[str, ...]:
    found = {
        "term": theirs.term != clean_name(mine.term),
        "aliases": not set(theirs.aliases) <= {*map(clean_name, mine.aliases), mine.term},
        "category": theirs.category is not None and theirs.category is not mine.category,
        "definition": bool(theirs.definition) and theirs.definition != clean_text(mine.definition),
        "notes": bool(theirs.notes) and theirs.notes != clean_text(mine.notes),
        "approved": theirs.approved and bool(mine.definition or theirs.definition) and not mine.approved,
        "status": mine.is_unwanted,
    }
    return tuple(name for name, is_different in found.items() if is_different)


def _bad(row: BadRow) -> PlannedRow:
    return PlannedRow(State.UNREADABLE, row.line, reason=row.reason)
