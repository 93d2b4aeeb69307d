"""The home screen lists recent projects with their figures."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QInputDialog, QLabel, QLineEdit, QListWidget, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from genglossary_gui.core.errors import ProjectError
from genglossary_gui.core.runs.ownership import Incarnation
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.project_acts import ProjectActs
from genglossary_gui.ui.shell import RecentProject
from genglossary_gui.ui.views.home import HomeView
from tests.ui.glossary_support import FakeShell
from tests.ui.windows import abandon_run

THEN = "2026-01-01T00:00:00.000+00:00"


def make_home(qtbot: QtBot, shell: FakeShell) -> HomeView:
    home = HomeView(shell)
    qtbot.addWidget(home)
    home.resize(900, 700)
    home.show()
    return home


def projects_of(home: HomeView) -> QListWidget:
    found = home.findChild(QListWidget)
    assert found is not None
    return found


def aloud(home: HomeView) -> list[str]:
    projects = projects_of(home)
    return [projects.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(projects.count())]


def test_a_project_has_its_figures(qtbot: QtBot, glossary: Path) -> None:
    home = make_home(qtbot, FakeShell([RecentProject(glossary, THEN, True)]))

    qtbot.waitUntil(lambda: "1 open issue" in aloud(home)[0])

    assert "Rivers" in aloud(home)[0]
    assert "2 documents · 2 terms" in aloud(home)[0]


def test_a_damaged_project_is_said_to_be_unreadable(qtbot: QtBot, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.genglossary"
    damaged.write_bytes(b"not a database, but long enough to look like a file" * 40)

    home = make_home(qtbot, FakeShell([RecentProject(damaged, THEN, True)]))

    qtbot.waitUntil(lambda: "The file cannot be read" in aloud(home)[0])


def test_enter_opens_a_project(qtbot: QtBot, glossary: Path) -> None:
    home = make_home(qtbot, FakeShell([RecentProject(glossary, THEN, True)]))

    with qtbot.waitSignal(home.project_chosen) as chosen:
        qtbot.keyClick(projects_of(home), Qt.Key.Key_Return)

    assert chosen.args == [glossary]


def test_a_missing_project_can_be_asked_for_and_removed(qtbot: QtBot, tmp_path: Path) -> None:
    shell = FakeShell([RecentProject(tmp_path / "gone.genglossary", THEN, False)])
    home = make_home(qtbot, shell)
    assert "The file is not there any more" in aloud(home)[0]

    # Whoever opens it says why that does not work; and the file may be back by now.
    with qtbot.waitSignal(home.project_chosen):
        qtbot.keyClick(projects_of(home), Qt.Key.Key_Return)
    home.activateWindow()
    projects_of(home).setFocus()
    qtbot.waitUntil(projects_of(home).hasFocus)
    qtbot.keyClick(projects_of(home), Qt.Key.Key_Delete)

    assert shell.recent == []
    assert not projects_of(home).isVisible()


def test_a_damaged_project_does_not_hide_the_figures_of_others(qtbot: QtBot, glossary: Path, tmp_path: Path) -> None:
    nameless = tmp_path / "nameless.genglossary"
    create_project(nameless, [tmp_path])
    with closing(connect(nameless)) as connection:
        connection.execute("DELETE FROM project")
    home = make_home(qtbot, FakeShell([RecentProject(path, THEN, True) for path in (nameless, glossary)]))

    qtbot.waitUntil(lambda: "The file cannot be read" in aloud(home)[0])
    assert "2 terms" in aloud(home)[1]


def test_projects_are_found_by_their_words(qtbot: QtBot, tmp_path: Path) -> None:
    home = make_home(
        qtbot, FakeShell([RecentProject(tmp_path / f"{name}.x", THEN, False) for name in ("Weir", "Lock")])
    )
    search = home.findChild(QLineEdit)
    assert search is not None

    qtbot.keyClicks(search, "lOc")
    assert [projects_of(home).item(row).text() for row in range(projects_of(home).count())] == ["Lock"]
    qtbot.keyClicks(search, "x")
    assert "No project matches" in [label.text() for label in home.findChildren(QLabel) if label.isVisible()]


def test_projects_are_put_in_the_order_of_their_names(qtbot: QtBot, tmp_path: Path) -> None:
    home = make_home(
        qtbot, FakeShell([RecentProject(tmp_path / f"{name}.x", THEN, False) for name in ("Weir", "lock")])
    )
    sort = home.findChild(QComboBox)
    assert sort is not None

    sort.setCurrentIndex(sort.findText("By name"))

    assert [projects_of(home).item(row).text() for row in range(projects_of(home).count())] == ["lock", "Weir"]


def test_without_projects_it_says_what_to_do(qtbot: QtBot, shell: FakeShell) -> None:
    home = make_home(qtbot, shell)

    assert "No projects yet" in [label.text() for label in home.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("New from folder…", "new_requested"),
        ("Open…", "open_requested"),
        ("Try the sample", "sample_requested"),
    ],
)
def test_the_three_ways_to_begin(qtbot: QtBot, shell: FakeShell, words: str, signal: str) -> None:
    home = make_home(qtbot, shell)
    button = next(button for button in home.findChildren(QPushButton) if button.text() == words)

    with qtbot.waitSignal(getattr(home, signal)):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def make_focused(qtbot: QtBot, shell: FakeShell) -> HomeView:
    home = make_home(qtbot, shell)
    home.activateWindow()
    projects_of(home).setFocus()
    qtbot.waitUntil(projects_of(home).hasFocus)
    return home


def test_a_project_is_renamed_with_its_file(qtbot: QtBot, glossary: Path) -> None:
    shell = FakeShell([RecentProject(glossary, THEN, True)])
    home = make_focused(qtbot, shell)
    qtbot.waitUntil(lambda: "2 terms" in aloud(home)[0])

    qtbot.keyClick(projects_of(home), Qt.Key.Key_F2)
    dialog = home.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("Lakes")
    dialog.accept()

    qtbot.waitUntil(lambda: "Lakes" in aloud(home)[0] and "2 terms" in aloud(home)[0])
    assert shell.recent[0].path == glossary.with_name("Lakes.genglossary")
    assert not glossary.exists()


def test_a_duplicate_is_the_first_of_the_list(qtbot: QtBot, glossary: Path) -> None:
    shell = FakeShell([RecentProject(glossary, THEN, True)])
    home = make_focused(qtbot, shell)

    qtbot.keyClick(projects_of(home), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: len(aloud(home)) == 2 and all("2 terms" in words for words in aloud(home)))
    assert shell.recent[0].path == glossary.with_stem(f"{glossary.stem} 2")
    assert "No runs yet" in aloud(home)[0]


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)],
)
def test_an_open_project_is_neither_renamed_nor_deleted(
    qtbot: QtBot, glossary: Path, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    shell = FakeShell([RecentProject(glossary, THEN, True)])
    shell.opened = {glossary}
    home = make_focused(qtbot, shell)

    with qtbot.waitSignal(home.failed) as failed:
        qtbot.keyClick(projects_of(home), key, modifier)

    assert failed.args is not None
    assert "is open" in str(failed.args[0])
    assert home.findChild(QMessageBox) is None
    assert glossary.exists()


def test_a_deleted_project_is_in_the_trash(
    qtbot: QtBot, glossary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("send2trash.send2trash", lambda path: Path(path).rename(tmp_path / "trashed"))
    shell = FakeShell([RecentProject(glossary, THEN, True)])
    home = make_focused(qtbot, shell)

    qtbot.keyClick(projects_of(home), Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    question = home.findChild(QMessageBox)
    assert question is not None
    assert glossary.exists()
    question.buttons()[0].click()

    qtbot.waitUntil(lambda: shell.recent == [])
    assert (tmp_path / "trashed").exists()
    assert not list(glossary.parent.glob(f"{glossary.name}*"))


def test_a_run_whose_process_has_died_is_not_running(qtbot: QtBot, glossary: Path) -> None:
    abandon_run(glossary)
    home = make_home(qtbot, FakeShell([RecentProject(glossary, THEN, True)]))

    qtbot.waitUntil(lambda: "Last run:" in aloud(home)[0])

    assert "Last run: Interrupted" in aloud(home)[0]


def test_a_run_of_a_living_process_is_running(qtbot: QtBot, glossary: Path) -> None:
    incarnation = Incarnation(glossary)
    incarnation.hold()
    try:
        abandon_run(glossary)
        home = make_home(qtbot, FakeShell([RecentProject(glossary, THEN, True)]))

        qtbot.waitUntil(lambda: "Last run:" in aloud(home)[0])

        assert "Last run: Running" in aloud(home)[0]
    finally:
        incarnation.release()


def test_what_is_done_takes_away_what_was_said_of_an_earlier_try(qtbot: QtBot, glossary: Path) -> None:
    window = MainWindow(FakeShell([RecentProject(glossary, THEN, True)]), None)
    qtbot.addWidget(window)
    window.show()
    home = window.home
    assert home is not None
    home.failed.emit(ProjectError("It did not work."))
    assert window.banner.isVisible()

    acts = home.findChild(ProjectActs)
    assert acts is not None
    acts._duplicate()

    qtbot.waitUntil(lambda: not window.banner.isVisible())
    qtbot.waitUntil(lambda: "2 terms" in aloud(home)[0])


class FullShell(FakeShell):
    """Its disk is full."""

    def forget_project(self, path: Path) -> None:
        raise OSError(28, "No space left on device")


def test_a_list_that_cannot_be_saved_is_told(qtbot: QtBot, glossary: Path) -> None:
    home = make_focused(qtbot, FullShell([RecentProject(glossary, THEN, True)]))

    with qtbot.waitSignal(home.failed) as failed:
        qtbot.keyClick(projects_of(home), Qt.Key.Key_Delete)

    assert failed.args is not None
    assert str(failed.args[0]) == "The list of projects could not be saved: No space left on device."
