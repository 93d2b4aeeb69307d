"""The card of a run that did not complete: cause, place, and buttons that do what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import FailureKind, Level, RunStatus, Step
from genglossary_gui.core.store import drafts, logs, runs
from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.store.projects import project_info
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.failure_card import DISCARD, FailureCard
from tests.support import make_project, start_run
from tests.ui.models.run_support import FakeController

Show = Callable[..., FailureCard]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, "A Lock.")


@pytest.fixture
def show(qtbot: QtBot, project: Path) -> Iterator[Show]:
    reader = Reader(project)
    with closing(connect(project)) as connection:
        workspace = Workspace(project, project_info(connection), FakeController(), reader)  # type: ignore[arg-type]

    def show(status: RunStatus, error: str = "", kind: FailureKind | None = None, first_error: str = "") -> FailureCard:
        with closing(connect(project)) as connection:
            run_id = start_run(connection)
            runs.write_progress(connection, run_id, step=Step.EXTRACT, done=3, total=9, warnings=0, counts={})
            drafts.begin(connection, run_id, "")
            if first_error:
                row = (run_id, 1, "", Level.ERROR.rank, "extract", first_error, "", "")
                with transaction(connection):
                    logs.append_rows(connection, [row])
            if status is RunStatus.INTERRUPTED:
                runs.write_recovered(connection, run_id, "me")
            elif not status.is_active:
                runs.write_end(connection, run_id, "me", status, error=error, error_kind=kind)
            row = runs.get_run(connection, run_id)
        card = FailureCard(workspace)
        qtbot.addWidget(card)
        card.show_run(row)
        return card

    yield show
    reader.close()


def texts(card: FailureCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if not label.isHidden()]


def buttons(card: FailureCard) -> list[str]:
    return [button.text() for button in card.findChildren(QPushButton) if not button.isHidden()]


def test_r6_a_failure_says_cause_place_first_error_and_what_to_try(show: Show) -> None:
    card = show(RunStatus.FAILED, "The disk is full.", FailureKind.DISK_FULL, "a.txt could not be <b>stored</b>")

    assert texts(card) == ["Run 1 failed at “Finding terms” (3 of 9).", "The disk is full."]
    assert buttons(card) == [
        "First error: a.txt could not be <b>stored</b>",
        "Resume",
        "Show the project's folder",
        "Discard…",
        "Copy report",
    ]
    assert card.property("banner") == "error"


def test_r6_the_first_error_leads_to_the_log(qtbot: QtBot, show: Show) -> None:
    card = show(RunStatus.FAILED, "Broken.", FailureKind.INTERNAL, "line one")
    line = next(button for button in card.findChildren(QPushButton) if button.text().startswith("First error"))

    with qtbot.waitSignal(card.suggested) as suggested:
        line.click()

    assert suggested.args == [1, "show_error"]


def test_an_error_that_is_the_cause_is_not_said_twice(show: Show) -> None:
    shown = buttons(show(RunStatus.FAILED, "Broken. Try again.", FailureKind.INTERNAL, "Broken."))

    assert "Show in the log" in shown
    assert not any(words.startswith("First error") for words in shown)


@pytest.mark.parametrize(
    ("status", "title", "kind"),
    [
        (RunStatus.CANCELLED, "Run 1 was cancelled at “Finding terms” (3 of 9).", "info"),
        (RunStatus.INTERRUPTED, "Run 1 was interrupted at “Finding terms” (3 of 9).", "warning"),
    ],
)
def test_a_run_that_was_stopped_is_shown_calmly(show: Show, status: RunStatus, title: str, kind: str) -> None:
    card = show(status)

    assert texts(card)[0] == title
    assert "The glossary is as it was." in texts(card)[1]
    assert buttons(card) == ["Resume", "Discard…", "Copy report"]
    assert card.property("banner") == kind


@pytest.mark.parametrize("status", [RunStatus.RUNNING, RunStatus.PENDING])
def test_an_active_run_has_no_card(show: Show, status: RunStatus) -> None:
    assert show(status).isHidden()


def test_the_buttons_follow_what_is_left_of_the_run(show: Show, project: Path) -> None:
    card = show(RunStatus.CANCELLED)
    with closing(connect(project)) as connection:
        drafts.discard(connection, 1)

    card.refresh()

    assert buttons(card) == ["Run again", "Copy report"]


def test_the_report_is_copied_with_a_word(qtbot: QtBot, show: Show) -> None:
    card = show(RunStatus.FAILED, "Broken.", FailureKind.INTERNAL)
    card.show()
    assert "Copied" not in texts(card)

    qtbot.mouseClick(card._copy, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text().startswith("# GenGlossary")
    assert "Copied" in texts(card)


def test_a_button_asks_for_what_it_says(qtbot: QtBot, show: Show) -> None:
    card = show(RunStatus.CANCELLED)
    with qtbot.waitSignal(card.suggested) as suggested:
        card._buttons[DISCARD].click()
    assert suggested.args == [1, DISCARD]


@pytest.mark.parametrize("width", [240, 400, 700, 1400])
def test_no_button_is_cut_however_narrow_the_card_is(qtbot: QtBot, show: Show, width: int) -> None:
    card = show(RunStatus.FAILED, "The disk is full. " * 5, FailureKind.DISK_FULL, "x" * 500)
    card.show()
    card.resize(width, 400)
    qtbot.waitUntil(lambda: card.width() == width)

    shown = [button for button in card.findChildren(QPushButton) if button.isVisible()]
    assert len(shown) == 5
    for button in shown:
        assert card.rect().contains(button.geometry())
        assert button is card._line or button.width() >= button.sizeHint().width()
    assert not any(a.geometry().intersects(b.geometry()) for a in shown for b in shown if a is not b)


def test_a_card_that_goes_away_says_so_while_it_has_the_keyboard(qtbot: QtBot, show: Show) -> None:
    card = show(RunStatus.FAILED, "The disk is full.", FailureKind.DISK_FULL)
    card.show()
    card.activateWindow()
    left: list[bool] = []
    card.leaving.connect(lambda: left.append(card.isVisible()))
    button = next(button for button in card.findChildren(QPushButton) if button.isVisible())
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)

    card.show_run(None)
    assert left == [True]

    card.show_run(None)
    assert left == [True]
