"""The bar above the run table: what it chooses, counts and says about the queue."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.views.run_bar import RunBar
from genglossary_gui.ui.views.run_empty import EmptyRuns
from tests.ui.models.run_support import FakeController

COUNTS = {"all": 3, "active": 0, "completed": 0, "failed": 3, "cancelled": 0, "interrupted": 0, "archived": 2}


@pytest.fixture
def controller(qtbot: QtBot) -> FakeController:
    return FakeController()


@pytest.fixture
def bar(qtbot: QtBot, controller: FakeController) -> RunBar:
    bar = RunBar(controller)  # type: ignore[arg-type]
    qtbot.addWidget(bar)
    bar.retranslate()
    bar.show()
    return bar


def queue_words(bar: RunBar) -> str:
    return " ".join(label.text() for label in bar.queue.findChildren(QLabel))


def test_chips_count_live_and_choose_one_part(qtbot: QtBot, bar: RunBar) -> None:
    bar.show_counts(COUNTS)

    with qtbot.waitSignal(bar.changed):
        qtbot.mouseClick(bar.chip("failed"), Qt.MouseButton.LeftButton)

    assert (bar.part, bar.chip("failed").text(), bar.chip("archived").text()) == ("failed", "Failed (3)", "Archive (2)")
    assert not bar.chip("all").isChecked()


def test_a_checked_chip_has_room_for_its_bold_words(bar: RunBar) -> None:
    chip = bar.chip("interrupted")
    before = chip.sizeHint().width(), chip.minimumWidth()

    chip.setChecked(True)

    assert chip.width() >= max(before)


def test_typing_asks_once(qtbot: QtBot, bar: RunBar) -> None:
    asked: list[str] = []
    bar.changed.connect(lambda: asked.append(bar.search_text))

    qtbot.keyClicks(bar.search, "week ")

    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["week"]


def test_without_waiting_runs_nothing_is_said_about_the_queue(bar: RunBar) -> None:
    assert not bar.queue.isVisible()


def test_the_queue_is_held_back_and_let_go(qtbot: QtBot, bar: RunBar, controller: FakeController) -> None:
    controller.queue = [4, 5]
    controller.queue_changed.emit()
    assert queue_words(bar) == "2 runs wait · 3 at once"

    qtbot.mouseClick(bar.queue.pause, Qt.MouseButton.LeftButton)

    assert controller.is_paused
    assert (queue_words(bar), bar.queue.pause.text()) == ("2 runs wait · the queue is paused", "Continue")
    assert bar.queue.pause.accessibleName() == "Let waiting runs begin"


@pytest.mark.parametrize(
    ("part", "search", "counts", "words", "way_out"),
    [
        ("all", "", dict.fromkeys(COUNTS, 0), "No runs yet. Press Run to build the glossary.", ""),
        ("all", "x", COUNTS, "No run matches the search.", "Clear the search"),
        ("all", "", {**COUNTS, "all": 0}, "All runs are in the archive.", "Show the archive"),
        ("archived", "", {**COUNTS, "archived": 0}, "The archive is empty.", "Show all runs"),
        ("active", "", COUNTS, "No run is in this state.", "Show all runs"),
    ],
)
def test_an_empty_table_says_why_and_shows_a_way_out(
    qtbot: QtBot, bar: RunBar, part: str, search: str, counts: dict[str, int], words: str, way_out: str
) -> None:
    empty = EmptyRuns(bar)
    qtbot.addWidget(empty)
    empty.asked_for.connect(bar.show_part)
    bar.show_part(part, search)

    empty.show_counts(counts)
    assert [label.text() for label in empty.findChildren(QLabel)] == [words]
    assert (empty.way_out.text(), empty.way_out.isVisibleTo(empty)) == (way_out, bool(way_out))

    if way_out:
        empty.way_out.click()
        assert bar.search_text == ""
