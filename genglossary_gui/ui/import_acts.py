"""Importing as the window does it: read and compare beside it, then one edit that can be undone and redone exactly."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from genglossary_gui.core.exchange.imported import ImportedFile
from genglossary_gui.core.exchange.matching import (
    Choice,
    PlannedRow,
    carry_out,
    make_again,
    plan_import,
    take_back,
)
from genglossary_gui.core.exchange.reading import read_file
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.kept import KeptChanges
from genglossary_gui.ui.edits import Edits


def read_and_plan(
    project: Path, path: Path, mapping: Mapping[int, str] | None
) -> tuple[ImportedFile, tuple[PlannedRow, ...]]:
    """The file, and how its rows stand to the project; for a thread of its own.  Raises ``UserFacingError``."""
    file = read_file(path, mapping)
    with closing(connect(project, read_only=True)) as connection:
        return file, plan_import(connection, file)


def take_over(
    edits: Edits,
    rows: Sequence[PlannedRow],
    choices: Sequence[Choice],
    words: Callable[[int], str],
    otherwise: Callable[[], str],
) -> None:
    """Carry out the choices as one edit; ``words(how many entries changed)``, or ``otherwise()`` when none has."""
    act = _TakeOver(rows, choices)
    edits.make(act.do, act.undo, lambda changes: words(len(changes)), otherwise=otherwise)


class _TakeOver:
    """Carries the choices out once; after that it takes them back and makes them again row by row."""

    def __init__(self, rows: Sequence[PlannedRow], choices: Sequence[Choice]) -> None:
        self._rows = rows
        self._choices = choices
        self._changes: KeptChanges | None = None

    def do(self, connection: sqlite3.Connection) -> KeptChanges:
        if self._changes is None:
            self._changes = carry_out(connection, self._rows, self._choices)
            self._rows, self._choices = (), ()
        else:
            make_again(connection, self._changes)
        return self._changes

    def undo(self, connection: sqlite3.Connection, changes: KeptChanges) -> int:
        return take_back(connection, changes)
