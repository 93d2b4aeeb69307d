"""Names, notes, archive and deletion of runs as edits that can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.store import tidying
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.plain import number

_PIECE = 500
_Change = Callable[[sqlite3.Connection, Sequence[int]], Sequence[int] | None]
_Write = Callable[[sqlite3.Connection, int, str], None]


def archive(edits: Edits, runs: Sequence[int], *, archived: bool) -> None:
    """Put runs that are over into the archive, or take them out."""
    _change(
        edits,
        runs,
        partial(tidying.archive_runs, archived=archived),
        partial(tidying.archive_runs, archived=not archived),
        _archived if archived else _taken_out,
    )


def delete(edits: Edits, runs: Sequence[int]) -> None:
    """Take runs that are over out of every list."""
    _change(edits, runs, tidying.delete_runs, tidying.restore_runs, _deleted)


def write_words(edits: Edits, row: RunRow, name: str, note: str) -> None:
    """Give a run another name and note than ``row`` has; each is an edit of its own."""
    if name != row.name:
        _write(edits, tidying.rename_run, row.id, (row.name, name), _("Run {number} renamed"))
    if note != row.note:
        _write(edits, tidying.write_note, row.id, (row.note, note), _("Note of run {number} changed"))


def purge(edits: Edits) -> None:
    """Remove what deleted runs have left; they cannot be brought back afterwards."""
    edits.stack.clear()
    edits.carry_out_now(tidying.purge)


def _write(edits: Edits, write: _Write, run_id: int, texts: tuple[str, str], words: str) -> None:
    before, after = texts

    def do(connection: sqlite3.Connection) -> bool:
        write(connection, run_id, after)
        return True

    def undo(connection: sqlite3.Connection, done: bool) -> None:
        write(connection, run_id, before)

    edits.make(do, undo, lambda done: words.format(number=run_id))


def _change(
    edits: Edits, runs: Sequence[int], do: _Change, undo: _Change, words: Callable[[Sequence[int]], str]
) -> None:
    edits.make(
        lambda connection: _piecewise(connection, runs, do),
        lambda connection, done: _piecewise(connection, done, undo),
        words,
        otherwise=lambda: _("Only runs that are over can be archived or deleted."),
    )


def _piecewise(connection: sqlite3.Connection, runs: Sequence[int], change: _Change) -> list[int]:
    """Change many runs without keeping the project locked meanwhile; returns those that changed."""
    changed: list[int] = []
    for first in range(0, len(runs), _PIECE):
        changed += change(connection, runs[first : first + _PIECE]) or ()
    return changed


def _archived(runs: Sequence[int]) -> str:
    return ngettext("{count} run archived", "{count} runs archived", len(runs)).format(count=number(len(runs)))


def _taken_out(runs: Sequence[int]) -> str:
    words = ngettext("{count} run taken out of the archive", "{count} runs taken out of the archive", len(runs))
    return words.format(count=number(len(runs)))


def _deleted(runs: Sequence[int]) -> str:
    return ngettext("{count} run deleted", "{count} runs deleted", len(runs)).format(count=number(len(runs)))
