"""A person reviews candidates in the real window, by the keyboard alone, faster than the project is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.views.terms import TermsPage
from tests.support import Gate, SimpleEngine, make_project
from tests.ui.windows import MakeWindow, action

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
COUNT = 200
NAMES = [f"Term{chr(97 + first)}{chr(97 + second)}" for first in range(10) for second in range(20)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Documents with 200 candidates."""
    assert len(set(NAMES)) == COUNT
    return make_project(tmp_path, *(" ".join(NAMES[start : start + 20]) for start in range(0, COUNT, 20)))


def asked(project: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(project)) as connection:
        return connection.execute(sql).fetchall()


def statuses(project: Path) -> dict[str, int]:
    return dict(asked(project, "SELECT status, COUNT(*) FROM terms GROUP BY status"))


def settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.project is not None and not window.project.edits.is_at_work, timeout=30_000)


def completed(qtbot: QtBot, project: Path, run_id: int) -> None:
    def is_completed() -> bool:
        with closing(connect(project)) as connection:
            row = runs.get_run(connection, run_id)
        return row is not None and row.status is RunStatus.COMPLETED

    qtbot.waitUntil(is_completed, timeout=30_000)


def open_terms(qtbot: QtBot, window: MainWindow) -> TermsPage:
    window.activateWindow()
    action(window, "actionTerms").trigger()
    assert window.project is not None
    page = window.project.terms
    qtbot.waitUntil(lambda: page.page.model.rowCount() == COUNT and page.page.table.hasFocus())
    return page


def test_t5_two_hundred_candidates_decided_without_the_mouse_and_undone(
    qtbot: QtBot, make_window: MakeWindow, project: Path
) -> None:
    window = make_window(project, SimpleEngine())
    action(window, "actionRun").trigger()
    completed(qtbot, project, 1)
    table = open_terms(qtbot, window).page.table

    # Nobody waits for the project between two keys.
    for number in range(COUNT):
        qtbot.keyClick(table, *((Qt.Key.Key_D, CONTROL) if number % 4 == 0 else (Qt.Key.Key_Return, CONTROL)))
    settled(qtbot, window)
    assert statuses(project) == {"accepted": 150, "dropped": 50}

    for _number in range(COUNT):
        qtbot.keyClick(table, Qt.Key.Key_Z, CONTROL)
    settled(qtbot, window)
    assert statuses(project) == {"candidate": COUNT}

    for _number in range(20):
        qtbot.keyClick(table, Qt.Key.Key_Z, CONTROL | SHIFT)
    settled(qtbot, window)
    assert statuses(project) == {"candidate": COUNT - 20, "accepted": 15, "dropped": 5}


def test_t5_what_is_decided_while_a_run_is_at_work_stands_when_it_has_published(
    qtbot: QtBot, make_window: MakeWindow, project: Path
) -> None:
    gate = Gate()
    engine = SimpleEngine()
    window = make_window(project, engine)
    action(window, "actionRun").trigger()
    completed(qtbot, project, 1)
    table = open_terms(qtbot, window).page.table

    engine.gates["define"] = gate
    action(window, "actionRun").trigger()
    qtbot.waitUntil(gate.arrived.is_set)
    for key, modifier in (
        (Qt.Key.Key_D, CONTROL),
        (Qt.Key.Key_Return, CONTROL),
        (Qt.Key.Key_X, PLAIN),
        (Qt.Key.Key_R, PLAIN),
        (Qt.Key.Key_2, PLAIN),
    ):
        qtbot.keyClick(table, key, modifier)
        settled(qtbot, window)
    question = (
        "SELECT key, status, listed, CASE categorised WHEN 1 THEN category END FROM terms"
        " WHERE status <> 'candidate' OR listed <> '' OR categorised = 1 ORDER BY key"
    )
    decided = asked(project, question)
    assert len(decided) == 5
    gate.pass_on.set()
    completed(qtbot, project, 2)

    assert asked(project, question) == decided


def test_t5_a_key_that_is_held_adds_nothing_to_the_selection(
    qtbot: QtBot, make_window: MakeWindow, project: Path
) -> None:
    window = make_window(project, SimpleEngine())
    action(window, "actionRun").trigger()
    completed(qtbot, project, 1)
    page = open_terms(qtbot, window)
    page.page.show_filter(4)
    qtbot.waitUntil(lambda: page.page.model.selection.filters == ())
    page.page.go_to(0)

    # As a keyboard sends it: through the window, with Ctrl down all the time.
    handle = window.windowHandle()
    QTest.keyPress(handle, Qt.Key.Key_Control, CONTROL)
    for _number in range(3):
        QTest.keyClick(handle, Qt.Key.Key_D, CONTROL)
        settled(qtbot, window)
        assert len(page.page.selected_ids()) == 1
    QTest.keyRelease(handle, Qt.Key.Key_Control, PLAIN)

    assert statuses(project) == {"candidate": COUNT - 3, "dropped": 3}


def test_t6_a_note_is_saved_though_the_window_is_closed_while_it_is_typed(
    qtbot: QtBot, make_window: MakeWindow, project: Path
) -> None:
    window = make_window(project, SimpleEngine())
    action(window, "actionRun").trigger()
    completed(qtbot, project, 1)
    page = open_terms(qtbot, window)
    qtbot.waitUntil(lambda: page.panel.note is not None)

    qtbot.keyClick(page.page.table, Qt.Key.Key_N)
    assert page.panel.note is not None
    qtbot.keyClicks(page.panel.note, "ask Fred")
    window.close()

    qtbot.waitUntil(lambda: asked(project, "SELECT notes FROM terms WHERE notes <> ''") == [("ask Fred",)])
