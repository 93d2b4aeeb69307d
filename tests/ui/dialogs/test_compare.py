"""The comparison of two real runs, read beside the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from genglossary_gui.core.i18n import set_language
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import project_info
from genglossary_gui.ui.controller import RunController
from genglossary_gui.ui.dialogs.compare import CompareDialog
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.change_detail import ChangeDetail
from tests.ui.compare_support import FIRST, SECOND, changes, make_runs, publish
from tests.ui.models.run_support import FakeController

Show = Callable[..., CompareDialog]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_runs(tmp_path, FIRST, SECOND)


@pytest.fixture
def workspace(qtbot: QtBot, project: Path) -> Iterator[Workspace]:
    with closing(connect(project)) as connection:
        info = project_info(connection)
    reader = Reader(project)
    yield Workspace(project, info, cast(RunController, FakeController()), reader)
    reader.close()


@pytest.fixture
def show(qtbot: QtBot, workspace: Workspace) -> Show:
    def shown(first: int = 1, second: int = 2) -> CompareDialog:
        dialog = CompareDialog(workspace, first, second)
        qtbot.addWidget(dialog)
        with qtbot.waitSignal(dialog.compared_changed):
            dialog.show()
        rows = len(dialog.compared.comparison.differences) if dialog.compared and dialog.compared.comparison else 0
        qtbot.waitUntil(lambda: dialog.page.model.rowCount() == rows)
        return dialog

    return shown


def terms(dialog: CompareDialog) -> list[str]:
    model = dialog.page.model
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def formatted(detail: ChangeDetail) -> tuple[list[str], list[str]]:
    """What is struck through and what is underlined."""
    struck, underlined = [], []
    block = detail.text.document().begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            style = fragment.charFormat()
            if style.fontStrikeOut():
                struck.append(fragment.text())
            if style.fontUnderline():
                underlined.append(fragment.text())
            iterator += 1
        block = block.next()
    return struck, underlined


def test_the_differences_with_their_counts(show: Show) -> None:
    dialog = show()
    assert terms(dialog) == ["weir", "sluice", "堰"]
    assert dialog.tabs.tabText(0) == "Terms (3)"
    chips = [chip.text() for chip in dialog.page._chips.buttons()]
    assert chips == ["All (3)", "Changed (1)", "Added (1)", "Removed (1)"]


def test_the_heads_say_which_runs(show: Show) -> None:
    dialog = show()
    assert dialog.first.name.text() == "Run 1 · Everything"
    assert dialog.second.figures.text() == "3 terms, 3 definitions"


def test_removed_words_are_struck_through_and_added_ones_underlined(show: Show) -> None:
    dialog = show()
    assert formatted(dialog.detail) == (["dam"], ["wall"])


def test_f8_goes_to_the_next_change_and_back(qtbot: QtBot, show: Show) -> None:
    dialog = show()
    qtbot.keyClick(dialog, Qt.Key.Key_F8)
    assert dialog.page.current_id() == 1
    assert dialog.detail.text.toPlainText().startswith("sluice")
    qtbot.keyClick(dialog, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.page.current_id() == 0


def test_ctrl_f_goes_to_the_search(qtbot: QtBot, show: Show) -> None:
    dialog = show()
    dialog.tabs.setCurrentIndex(1)
    qtbot.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(dialog.page.search.hasFocus)
    dialog.page.search.setText("せき止め")
    qtbot.waitUntil(lambda: terms(dialog) == ["堰"])


def test_a_chip_shows_one_kind(qtbot: QtBot, show: Show) -> None:
    dialog = show()
    dialog.page.show_filter(3)
    qtbot.waitUntil(lambda: terms(dialog) == ["sluice"])


def test_swapped_sides(qtbot: QtBot, show: Show) -> None:
    dialog = show()
    dialog.swap.click()
    qtbot.waitUntil(lambda: formatted(dialog.detail) == (["wall"], ["dam"]))
    assert dialog.first.name.text() == "Run 2 · Everything"
    assert dialog.windowTitle() == "Run 2 and run 1"


def test_all_candidates_on_demand(qtbot: QtBot, show: Show) -> None:
    dialog = show()
    with qtbot.waitSignal(dialog.compared_changed):
        dialog.everything.click()
    assert dialog.compared is not None


def test_the_settings_side_by_side(show: Show) -> None:
    dialog = show()
    names = [dialog.facts.item(row, 1).text() for row in range(dialog.facts.rowCount()) if dialog.facts.item(row, 1)]  # type: ignore[union-attr]
    assert names[:4] == ["Scope", "Engine", "Beginning", "Largest document (MB)"]


def test_results_are_published_again_on_demand(qtbot: QtBot, show: Show) -> None:
    dialog = show()
    with qtbot.waitSignal(dialog.restore_requested) as asked:
        qtbot.mouseClick(dialog.first.publish, Qt.MouseButton.LeftButton)
    assert asked.args == [1]


def test_equal_runs_are_said_to_be_equal(project: Path, show: Show) -> None:
    dialog = show(2, publish(project, SECOND))
    assert dialog.message.isVisible()
    assert dialog.message.text() == "The two runs gave the same glossary."
    assert dialog.export_button.isEnabled()


def test_results_that_were_let_go(project: Path, show: Show) -> None:
    with closing(connect(project)) as connection:
        connection.execute("DELETE FROM results WHERE run_id = 1")
    dialog = show()
    assert dialog.message.text() == "The results of run 1 are not kept any more."
    assert not dialog.first.publish.isVisible()
    assert dialog.second.publish.isVisible()
    assert not dialog.export_button.isEnabled()


def test_a_run_that_is_gone(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = CompareDialog(workspace, 1, 99)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.message.text() == "The project has no run 99.")


def test_results_let_go_while_it_is_open(qtbot: QtBot, project: Path, workspace: Workspace, show: Show) -> None:
    dialog = show()
    with closing(connect(project)) as connection:
        connection.execute("DELETE FROM results WHERE run_id = 1")
    workspace.controller.run_finished.emit(3)
    qtbot.waitUntil(lambda: not dialog.first.publish.isVisible())
    assert dialog.second.publish.isVisible()


def test_the_export_writes_what_is_shown(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    dialog, target = show(), tmp_path / "changes.md"
    dialog.export(target)
    qtbot.waitUntil(lambda: "changes.md" in dialog._notice.text())
    assert "A low <del>dam</del><ins>wall</ins> across a river." in target.read_text(encoding="utf-8")


def test_a_failed_export_is_said(qtbot: QtBot, tmp_path: Path, show: Show) -> None:
    dialog = show()
    dialog.export(tmp_path / "none" / "changes.md")
    qtbot.waitUntil(lambda: "does not exist" in dialog._notice.text())


def test_the_language_can_change(qtbot: QtBot, show: Show) -> None:
    dialog = show()
    set_language("ja")
    dialog.retranslate()
    assert dialog._close.text() == "閉じる"


def test_no_text_is_taken_for_markup(qtbot: QtBot) -> None:
    detail = ChangeDetail()
    qtbot.addWidget(detail)
    [difference] = changes({"a": "<b>one</b> \u202e two"}, {"a": "<b>one</b> \u202e three"}).differences
    term = replace(difference.entry.term, term="<i>a</i>")
    detail.show_difference(replace(difference, after=replace(difference.entry, term=term)))
    text = detail.text.toPlainText()
    assert "<b>one</b> <U+202E>" in text
    assert "<i>" in text


def test_a_long_definition_is_cut(qtbot: QtBot) -> None:
    detail = ChangeDetail()
    qtbot.addWidget(detail)
    [difference] = changes({"a": "x" * 50_000}, {"a": "y" * 50_000}).differences
    detail.show_difference(difference)
    cursor = QTextCursor(detail.text.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert cursor.position() < 45_000
