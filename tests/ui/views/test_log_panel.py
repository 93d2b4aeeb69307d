"""The log view follows the newest record until the person looks elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import Level, Step
from genglossary_gui.core.i18n import set_language
from genglossary_gui.ui.models.logs import HEADING, STEP
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.log_panel import LogPanel
from tests.ui.models.run_support import RunBook


@pytest.fixture
def panel(qtbot: QtBot, book: RunBook) -> Iterator[LogPanel]:
    reader = Reader(book.project)
    panel = LogPanel(book.project, reader)
    qtbot.addWidget(panel)
    panel.resize(900, 240)
    panel.show()
    yield panel
    reader.close()


def grow(qtbot: QtBot, book: RunBook, panel: LogPanel, run_id: int, count: int) -> None:
    last = book.log(run_id, [f"record {number}" for number in range(count)])
    panel.model.on_appended(run_id, last)
    qtbot.waitUntil(lambda: panel.model.total == last)


def is_at_end(panel: LogPanel) -> bool:
    bar = panel.view.verticalScrollBar()
    return bar.maximum() > 0 and bar.value() == bar.maximum()


def notes(panel: LogPanel) -> list[str]:
    return [child.text() for child in panel.findChildren(QLabel) if child.isVisible()]


def test_it_follows_a_run_that_writes(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    panel.show_run(run_id, follow=True)

    grow(qtbot, book, panel, run_id, 100)
    grow(qtbot, book, panel, run_id, 100)

    qtbot.waitUntil(lambda: is_at_end(panel))


def test_it_stays_at_the_end_when_the_view_changes_its_height(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, ["x"] * 100)
    panel.show_run(run_id, follow=True)
    qtbot.waitUntil(lambda: is_at_end(panel))
    end = panel.view.verticalScrollBar().maximum()

    panel.resize(900, 160)
    qtbot.waitUntil(lambda: panel.view.verticalScrollBar().maximum() > end)

    assert is_at_end(panel)


def test_it_lets_go_when_the_person_scrolls_up(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    panel.show_run(run_id, follow=True)
    grow(qtbot, book, panel, run_id, 100)
    qtbot.waitUntil(lambda: is_at_end(panel))

    panel.view.verticalScrollBar().setValue(10)
    grow(qtbot, book, panel, run_id, 100)

    assert not panel.follow.isChecked()
    assert panel.view.verticalScrollBar().value() == 10


def test_it_follows_again_from_the_end(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    panel.show_run(run_id, follow=False)
    grow(qtbot, book, panel, run_id, 100)
    qtbot.waitUntil(lambda: panel.view.verticalScrollBar().maximum() > 0)

    panel.view.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    grow(qtbot, book, panel, run_id, 100)

    assert panel.follow.isChecked()
    qtbot.waitUntil(lambda: is_at_end(panel))


def test_the_button_brings_the_end_back(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, ["x"] * 500)
    panel.show_run(run_id, follow=False)

    qtbot.mouseClick(panel.follow, Qt.MouseButton.LeftButton)

    assert is_at_end(panel)


def test_a_filter_does_not_start_to_follow(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, [f"{'odd' if number % 2 else 'even'}" for number in range(1_000)])
    panel.show_run(run_id, follow=False)
    panel.view.verticalScrollBar().setValue(300)

    qtbot.keyClicks(panel.bar.search, "odd")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 500)

    assert not panel.follow.isChecked()
    assert panel.view.verticalScrollBar().value() == 0


def test_a_filter_without_matches_does_not_start_to_follow(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, ["some"] * 1_000)
    panel.show_run(run_id, follow=False)
    panel.view.verticalScrollBar().setValue(300)

    qtbot.keyClicks(panel.bar.search, "none")
    qtbot.waitUntil(lambda: panel.bar.count.text() == "0 matches")
    panel.bar.search.clear()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1_000)

    assert not panel.follow.isChecked()
    assert not is_at_end(panel)


def test_following_survives_a_filter(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, [f"{'odd' if number % 2 else 'even'}" for number in range(1_000)])
    panel.show_run(run_id, follow=True)

    qtbot.keyClicks(panel.bar.search, "odd")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 500)

    assert panel.follow.isChecked()
    qtbot.waitUntil(lambda: is_at_end(panel))


def test_it_says_how_many_records_match(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, ["fine"] * 1_200)
    book.log(run_id, ["broken"] * 3, Level.ERROR)
    panel.show_run(run_id, follow=False)
    assert panel.bar.count.text() == "1,203 records"

    qtbot.mouseClick(panel.bar.levels[Level.INFO], Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: panel.bar.count.text() == "3 of 1,203")


def test_empty_views_say_why(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    panel.show_run(None, follow=False)
    assert "Select a run to see its log." in notes(panel)

    run_id = book.running()
    panel.show_run(run_id, follow=False)
    assert "This run has no records yet." in notes(panel)

    book.log(run_id, ["something"])
    panel.show_run(run_id, follow=False)
    qtbot.keyClicks(panel.bar.search, "else")
    qtbot.waitUntil(lambda: "No record matches." in notes(panel))


def test_selected_lines_are_copied_as_a_whole(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, ["first", "long " + "x" * 5_000, "last"])
    panel.show_run(run_id, follow=False)
    QGuiApplication.clipboard().clear()

    panel.view.setFocus()
    panel.view.selectAll()
    panel.view.actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))

    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[1:3] for line in lines] == [["Info", "Finding terms"]] * 3
    assert lines[1].endswith("x" * 5_000)


def test_enter_walks_from_match_to_match(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, ["yes", "no", "yes", "no"])
    panel.show_run(run_id, follow=False)
    panel.bar.only_matches.setChecked(False)
    qtbot.keyClicks(panel.bar.search, "yes")
    qtbot.waitUntil(lambda: panel.bar.count.text() == "2 matches")

    qtbot.keyClick(panel.bar.search, Qt.Key.Key_Return)
    qtbot.keyClick(panel.bar.search, Qt.Key.Key_Return)

    assert panel.view.currentIndex().row() == 2
    assert panel.bar.count.text() == "2 of 2 matches"
    qtbot.keyClick(panel.bar.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert panel.view.currentIndex().row() == 0


def test_f8_goes_to_the_next_error_even_when_errors_are_hidden(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, ["fine"] * 50)
    book.log(run_id, ["first"], Level.ERROR)
    book.log(run_id, ["fine"] * 50)
    book.log(run_id, ["second"], Level.ERROR)
    panel.show_run(run_id, follow=False)
    qtbot.waitUntil(lambda: panel.bar.next_error.isEnabled())
    qtbot.mouseClick(panel.bar.levels[Level.ERROR], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 100)

    panel.bar.next_error.trigger()
    assert panel.view.currentIndex().row() == 50
    panel.bar.next_error.trigger()
    assert panel.view.currentIndex().row() == 101
    panel.bar.previous_error.trigger()
    assert panel.view.currentIndex().row() == 50
    assert panel.bar.levels[Level.ERROR].isChecked()


def test_what_is_no_expression_is_said_where_it_was_typed(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, ["fine"])
    panel.show_run(run_id, follow=False)
    panel.bar.is_regex.click()

    qtbot.keyClicks(panel.bar.search, "(")

    qtbot.waitUntil(lambda: any("not a regular expression" in note for note in notes(panel)))


def test_all_of_a_record_is_shown_on_wish(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, ["short", "x" * 300_000])
    panel.show_run(run_id, follow=False)
    panel.view.setCurrentIndex(panel.model.index(1, 0))

    qtbot.keyClick(panel.view, Qt.Key.Key_Return)

    assert panel.detail.isVisible()
    assert len(panel.detail.message.toPlainText().replace("\n", "")) == 10_000
    panel.detail.show_all.click()
    assert len(panel.detail.message.toPlainText().replace("\n", "")) == 300_000


def test_wrapped_rows_are_as_high_as_their_messages(qtbot: QtBot, book: RunBook, panel: LogPanel) -> None:
    run_id = book.running()
    book.log(run_id, ["short", "long " * 200, "short"])
    panel.show_run(run_id, follow=False)

    panel.bar.wrapped.setChecked(True)
    qtbot.waitUntil(lambda: panel.view.rowHeight(1) > 2 * panel.view.rowHeight(0))
    panel.bar.wrapped.setChecked(False)

    assert panel.view.rowHeight(1) == panel.view.rowHeight(0)


@pytest.mark.parametrize("suffix", ["txt", "jsonl"])
def test_what_is_shown_is_saved(qtbot: QtBot, book: RunBook, panel: LogPanel, tmp_path: Path, suffix: str) -> None:
    run_id = book.running()
    book.log(run_id, ["keep 1", "drop", "keep\n2"])
    panel.show_run(run_id, follow=False)
    qtbot.keyClicks(panel.bar.search, "keep")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    target = tmp_path / f"log.{suffix}"

    panel.bar.save.trigger()
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(target))
    dialog.close()
    qtbot.waitUntil(lambda: panel.bar.count.text() == "2 records saved.")

    lines = target.read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert "keep\\n2" in lines[1]
    assert "drop" not in lines[0]


@pytest.fixture(params=["en", "ja"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


@pytest.mark.parametrize("width", [520, 698, 800, 1300])
def test_no_part_of_the_bar_is_cut_however_little_height_there_is(
    qtbot: QtBot, book: RunBook, language: str, panel: LogPanel, width: int
) -> None:
    splitter = QSplitter(Qt.Orientation.Vertical)
    qtbot.addWidget(splitter)
    above = QWidget()
    above.setMinimumHeight(10)
    splitter.addWidget(above)
    splitter.addWidget(panel)
    splitter.setChildrenCollapsible(False)
    splitter.resize(width, 160)
    splitter.show()
    splitter.setSizes([150, 10])

    def parts() -> list[QWidget]:
        shown = [*panel.bar.levels.values(), panel.bar.follow, panel.bar.more, panel.bar.search, panel.bar.is_regex]
        assert all(part.isVisible() for part in shown)
        return shown

    def is_whole(part: QWidget) -> bool:
        rect = QRect(part.mapTo(panel.bar, QPoint()), part.size())
        # What the theme says is the least height of a line edit counts more than what that asks for.
        least = part.minimumHeight() or part.minimumSizeHint().height()
        return panel.bar.rect().contains(rect) and part.height() >= least

    qtbot.waitUntil(lambda: panel.width() == width and all(map(is_whole, parts())))
    assert panel.view.viewport().height() > 0
    panel.setParent(None)


def test_with_little_height_the_bar_is_one_line_and_says_more_while_one_searches(
    qtbot: QtBot, book: RunBook, panel: LogPanel
) -> None:
    panel.resize(800, 90)
    qtbot.waitUntil(lambda: not panel.bar.title.isVisible())
    two_lines = panel.bar.more.height() + panel.bar.search.height()
    qtbot.waitUntil(lambda: panel.bar.height() < two_lines)
    assert not panel.bar.count.isVisible()

    panel.bar.search.setText("x")
    assert panel.bar.count.isVisible()
    assert panel.bar.next_match.isVisible()

    panel.bar.search.clear()
    panel.resize(800, 300)
    qtbot.waitUntil(lambda: panel.bar.title.isVisible() and panel.bar.count.isVisible())


def test_the_headings_of_all_steps_have_room_in_their_bold_face(
    qtbot: QtBot, language: str, book: RunBook, panel: LogPanel
) -> None:
    run_id = book.running()
    for step in Step:
        book.log(run_id, ["x"], step=step)
    panel.bar.grouped.trigger()
    panel.show_run(run_id, follow=False)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2 * len(Step))

    rows = [row for row in range(panel.model.rowCount()) if panel.model.index(row, 0).data(HEADING)]
    assert len(rows) == len(Step)
    # The size that a cell asks for holds its text, with the font that the delegate gives it.
    assert panel.view.columnWidth(STEP) >= max(
        panel.view.sizeHintForIndex(panel.model.index(row, STEP)).width() for row in rows
    )
