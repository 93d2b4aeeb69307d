"""Edits are made beside the window, undone, redone, and never lost by a locked project."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.store import tidying
from genglossary_gui.core.store.runs import get_run
from genglossary_gui.ui import background, run_tidying
from genglossary_gui.ui import edits as edits_module
from genglossary_gui.ui.edits import Edits
from tests.support import PATIENCE
from tests.ui.models.run_support import RunBook


@pytest.fixture
def edits(qtbot: QtBot, book: RunBook) -> Iterator[Edits]:
    edits = Edits(book.project)
    yield edits
    qtbot.waitUntil(lambda: not edits.is_at_work)


@pytest.fixture
def other(book: RunBook) -> Iterator[sqlite3.Connection]:
    """Somebody who holds the project locked while in a transaction."""
    connection = sqlite3.connect(book.project, isolation_level=None)
    yield connection
    connection.close()


def is_deleted(book: RunBook, run_id: int) -> bool:
    row = get_run(book.connection, run_id)
    return row is not None and row.deleted


def ended(book: RunBook) -> int:
    run_id = book.running()
    book.finish(run_id, RunStatus.FAILED)
    return run_id


def test_deleting_is_told_undone_and_redone(qtbot: QtBot, book: RunBook, edits: Edits) -> None:
    runs = [ended(book), ended(book)]

    with qtbot.waitSignal(edits.edited) as told:
        run_tidying.delete(edits, runs)
    assert told.args == ["2 runs deleted"]
    assert is_deleted(book, runs[0])

    with qtbot.waitSignal(edits.changed):
        edits.stack.undo()
    assert not is_deleted(book, runs[0])

    with qtbot.waitSignal(edits.changed):
        edits.stack.redo()
    assert is_deleted(book, runs[1])


def test_many_runs_are_all_archived(qtbot: QtBot, book: RunBook, edits: Edits) -> None:
    runs = [ended(book) for _ in range(7)]

    with pytest.MonkeyPatch.context() as patch, qtbot.waitSignal(edits.edited) as told:
        patch.setattr(run_tidying, "_PIECE", 3)
        run_tidying.archive(edits, runs, archived=True)

    assert told.args == ["7 runs archived"]


def test_a_run_at_work_is_not_deleted_and_the_person_is_told(qtbot: QtBot, book: RunBook, edits: Edits) -> None:
    run_id = book.running()

    with qtbot.waitSignal(edits.failed) as told:
        run_tidying.delete(edits, [run_id])

    assert told.args == ["Only runs that are over can be archived or deleted."]
    assert edits.stack.count() == 0


def test_name_and_note_are_edits_of_their_own(qtbot: QtBot, book: RunBook, edits: Edits) -> None:
    before = get_run(book.connection, ended(book))
    assert before is not None

    run_tidying.write_words(edits, before, "weekly", "odd numbers")
    qtbot.waitUntil(lambda: edits.stack.count() == 2)
    with qtbot.waitSignal(edits.changed):
        edits.stack.undo()

    after = get_run(book.connection, before.id)
    assert after is not None
    assert (after.name, after.note) == ("weekly", "")


def test_an_undo_that_fails_can_be_tried_again(
    qtbot: QtBot, book: RunBook, edits: Edits, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edits_module, "_BUSY_MS", 1)
    run_id = ended(book)
    with qtbot.waitSignal(edits.edited):
        run_tidying.delete(edits, [run_id])

    other.execute("BEGIN IMMEDIATE")
    with qtbot.waitSignal(edits.failed) as told:
        edits.stack.undo()
    other.rollback()

    assert told.args == ["The project is busy: a run is saving its results. Try again in a moment."]
    qtbot.waitUntil(edits.stack.canUndo)
    with qtbot.waitSignal(edits.changed):
        edits.stack.undo()
    assert not is_deleted(book, run_id)


def test_a_purge_leaves_nothing_to_undo(qtbot: QtBot, book: RunBook, edits: Edits) -> None:
    run_id = ended(book)
    book.log(run_id, ["a record"])
    with qtbot.waitSignal(edits.edited):
        run_tidying.delete(edits, [run_id])

    run_tidying.purge(edits)

    assert not edits.stack.canUndo()
    assert book.connection.execute("SELECT COUNT(*) FROM log_records").fetchone() == (0,)


def test_what_waits_when_the_window_closes_is_still_written(
    qtbot: QtBot, book: RunBook, other: sqlite3.Connection
) -> None:
    edits, runs = Edits(book.project), [ended(book) for _ in range(3)]
    other.execute("BEGIN IMMEDIATE")
    for run_id in runs[:2]:
        run_tidying.delete(edits, [run_id])
    edits.carry_out_now(lambda connection: tidying.delete_runs(connection, runs[2:]))
    edits.close()
    Shiboken.delete(edits)
    other.execute("ROLLBACK")
    assert background.finish(PATIENCE)
    assert [is_deleted(book, run_id) for run_id in runs] == [True, True, True]
