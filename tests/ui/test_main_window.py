"""The window with real runs in it, and the home screen."""

from __future__ import annotations

import asyncio
import gettext
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QTableView,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from genglossary_gui.core import i18n
from genglossary_gui.core.documents.encodings import ENCODINGS
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.glossary import IssueDraft, RunStatus
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.core.store.runs import get_run
from genglossary_gui.ui import stopping
from genglossary_gui.ui.dialogs.new_project import NewProjectDialog
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.shell import RecentProject
from genglossary_gui.ui.views.passage import PassageCard
from tests.support import Gate, SimpleEngine, make_project
from tests.ui.glossary_support import FakeShell
from tests.ui.windows import MakeWindow, action, answer


@pytest.fixture
def home(qtbot: QtBot, shell: FakeShell) -> MainWindow:
    window = MainWindow(shell, None)
    qtbot.addWidget(window)
    window.show()
    return window


def status(window: MainWindow, run_id: int) -> RunStatus:
    assert window.workspace is not None
    row = get_run(window.workspace.reader.connection(), run_id)
    assert row is not None
    return row.status


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_a_run_fills_the_glossary_and_says_so(qtbot: QtBot, tmp_path: Path, make_window: MakeWindow) -> None:
    window = make_window(make_project(tmp_path, "A Lock is here.", "The Weir and the Lock."))
    table = window.findChild(QTableView, "glossaryTable")
    assert table is not None

    action(window, "actionRun").trigger()

    qtbot.waitUntil(lambda: table.model().rowCount() > 0, timeout=20_000)
    assert window.banner.text.startswith("Run 1 completed: ")
    assert window.banner.isVisible()


def test_cancel_follows_the_selected_run(qtbot: QtBot, tmp_path: Path, make_window: MakeWindow) -> None:
    gate = Gate()
    window = make_window(make_project(tmp_path, "A Lock."), SimpleEngine(gates={"extract": gate}))
    cancel = action(window, "actionCancelRun")
    assert not cancel.isEnabled()

    action(window, "actionRun").trigger()
    qtbot.waitUntil(gate.arrived.is_set, timeout=20_000)
    qtbot.waitUntil(cancel.isEnabled)
    assert action(window, "actionCancelAll").isEnabled()
    cancel.trigger()

    qtbot.waitUntil(lambda: status(window, 1) is RunStatus.CANCELLED, timeout=20_000)
    assert not cancel.isEnabled()
    qtbot.waitUntil(lambda: "was cancelled" in window.banner.text)


def test_a_failed_run_says_why(qtbot: QtBot, tmp_path: Path, make_window: MakeWindow) -> None:
    engine = SimpleEngine(error=UserFacingError("The engine is out of ink."))
    window = make_window(make_project(tmp_path, "A Lock."), engine)

    action(window, "actionRun").trigger()

    qtbot.waitUntil(lambda: "The engine is out of ink." in window.banner.text, timeout=20_000)
    assert window.banner.property("banner") == "error"


def test_every_name_of_the_interface_is_there(glossary: Path, make_window: MakeWindow) -> None:
    window = make_window(glossary)
    names = "runTable logView logFilter glossaryTable termTable documentTable issueTable documentView entryPanel"
    actions = "NewProject OpenProject Run CancelRun CancelAll Export Settings Quit"

    assert window.objectName() == "mainWindow"
    assert [name for name in names.split() if window.findChild(QObject, name) is None] == []
    assert [name for name in actions.split() if window.findChild(QAction, f"action{name}") is None] == []


def test_every_control_has_a_name_for_a_screen_reader(glossary: Path, make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(glossary)
    controls = [
        widget
        for kind in (QAbstractButton, QLineEdit, QTableView)
        for widget in window.findChildren(kind)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.isHidden()
    ]
    nameless = [
        widget
        for widget in controls
        if not widget.accessibleName() and not (isinstance(widget, QAbstractButton) and widget.text())
    ]

    assert len(controls) > 15
    assert [f"{type(w).__name__} {w.objectName()} in {type(w.parent()).__name__}" for w in nameless] == []


def test_evidence_opens_beside_the_glossary(qtbot: QtBot, glossary: Path, make_window: MakeWindow) -> None:
    window = make_window(glossary)
    qtbot.waitUntil(lambda: window.findChild(PassageCard) is not None)
    view = window.findChild(QWidget, "documentView")
    assert view is not None
    assert not view.isVisible()

    card = window.findChild(PassageCard)
    assert card is not None
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(view.isVisible)
    qtbot.waitUntil(lambda: "low dam" in view._pane.toPlainText())  # type: ignore[attr-defined]


def test_an_issue_leads_to_its_entry(qtbot: QtBot, glossary: Path, make_window: MakeWindow) -> None:
    window = make_window(glossary)
    assert window.project is not None
    project = window.project
    qtbot.waitUntil(lambda: project.issues.model.rowCount() == 1)
    action(window, "actionIssues").trigger()

    qtbot.keyClick(project.issues.table, Qt.Key.Key_Return)

    assert project.tabs.currentIndex() == 0
    assert project.glossary.entry.term_id == 2


def test_closing_with_an_active_run_asks_and_stay_stays(qtbot: QtBot, tmp_path: Path, make_window: MakeWindow) -> None:
    gate = Gate()
    window = make_window(make_project(tmp_path, "A Lock."), SimpleEngine(gates={"extract": gate}))
    action(window, "actionRun").trigger()
    qtbot.waitUntil(gate.arrived.is_set, timeout=20_000)

    window.close()
    question = window.findChild(QMessageBox, "question")
    assert question is not None
    qtbot.keyClick(question, Qt.Key.Key_Escape)

    assert window.isVisible()
    assert status(window, 1) is RunStatus.RUNNING
    gate.pass_on.set()


def test_stop_and_quit_ends_the_run_and_the_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, make_window: MakeWindow
) -> None:
    gate = Gate()
    project = make_project(tmp_path, "A Lock.")
    window = make_window(project, SimpleEngine(gates={"extract": gate}))
    action(window, "actionRun").trigger()
    qtbot.waitUntil(gate.arrived.is_set, timeout=20_000)

    async def stop_and_quit() -> None:
        closed = asyncio.Event()
        window.closed.connect(closed.set)
        window.close()
        question = window.findChild(QMessageBox, "question")
        assert question is not None
        next(button for button in question.buttons() if button.text() == "Stop and quit").click()
        await asyncio.wait_for(closed.wait(), 20)

    qapp.setQuitOnLastWindowClosed(False)  # as the app does: the loop ends when the window has let go
    with QEventLoop(qapp) as loop:
        loop.run_until_complete(stop_and_quit())

    with closing(connect(project)) as connection:
        row = get_run(connection, 1)
    assert row is not None
    assert row.status is RunStatus.CANCELLED
    assert window.is_closed


def test_r49_a_run_that_does_not_stop_keeps_the_window_until_it_does(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    make_window: MakeWindow,
    shell: FakeShell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = Gate()

    class Deaf(SimpleEngine):
        def review(self, entries: object, work: object) -> Iterator[IssueDraft]:
            gate.stop_here()
            yield from ()

    monkeypatch.setattr(stopping, "_STOP_SECONDS", 0.05)
    window = make_window(make_project(tmp_path, "A Lock."), Deaf())
    action(window, "actionRun").trigger()
    qtbot.waitUntil(gate.arrived.is_set, timeout=20_000)

    async def stop_and_quit() -> None:
        closed = asyncio.Event()
        window.closed.connect(closed.set)
        window.close()
        answer(window, "Stop and quit")
        async with asyncio.timeout(20):
            while not shell.asked:
                await asyncio.sleep(0)
        assert "closes by itself" in window.banner.text
        gate.pass_on.set()
        await asyncio.wait_for(closed.wait(), 20)

    qapp.setQuitOnLastWindowClosed(False)
    with QEventLoop(qapp) as loop:
        loop.run_until_complete(stop_and_quit())

    # The process was given the chance to leave; another window needed it.
    assert ("leave", window) in shell.asked
    assert window.is_closed


def test_a_dropped_project_is_opened(home: MainWindow, shell: FakeShell, glossary: Path) -> None:
    drop(home, glossary)

    assert shell.asked == [("open", glossary)]


def test_a_dropped_folder_begins_a_project(home: MainWindow, corpus: Path) -> None:
    drop(home, corpus)

    dialog = home.findChild(NewProjectDialog)
    assert dialog is not None
    assert dialog.sources.paths() == [corpus]


def test_a_dropped_folder_may_be_named_like_a_project(home: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "old.genglossary"
    folder.mkdir()

    drop(home, folder)

    dialog = home.findChild(NewProjectDialog)
    assert dialog is not None
    assert dialog.sources.paths() == [folder]


def test_a_project_that_cannot_be_opened_is_looked_at_again(home: MainWindow, shell: FakeShell, glossary: Path) -> None:
    assert home.home is not None
    projects = home.home.findChild(QListWidget)
    assert projects is not None
    shell.recent = [RecentProject(glossary, "", exists=False)]
    shell.refusal = UserFacingError("It is gone.")

    drop(home, glossary)

    assert home.banner.text == "It is gone."
    assert projects.count() == 1


def test_the_name_of_a_project_cannot_disguise_the_title(make_window: MakeWindow, tmp_path: Path) -> None:
    project = tmp_path / "odd.genglossary"
    create_project(project, [tmp_path], name="A\u202eB\nC" + 300 * "D")

    title = make_window(project).windowTitle()

    assert title.startswith("A<U+202E>B⏎CD")
    assert len(title) < 120


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_window_fits_a_small_screen(make_window: MakeWindow, glossary: Path, language: str) -> None:
    i18n.set_language(language)
    try:
        smallest = make_window(glossary).minimumSizeHint()
    finally:
        i18n.set_language("en")

    # A laptop at 200 %, with room for a title bar and a task bar.
    assert smallest.width() <= 720
    assert smallest.height() <= 500


def test_the_home_screen_offers_no_run(home: MainWindow) -> None:
    assert not action(home, "actionRun").isEnabled()
    assert home.findChild(QWidget, "homeView") is not None


def test_an_error_is_a_banner_that_can_be_dismissed(qtbot: QtBot, home: MainWindow) -> None:
    home.show_error(UserFacingError("The file is <b>gone</b>.", hint="Look for it."))

    assert home.banner.text == "The file is <b>gone</b>. Look for it."
    close = next(b for b in home.banner.findChildren(QToolButton) if b.accessibleName() == "Dismiss the message")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not home.banner.isVisible()


def test_the_size_of_the_window_is_remembered(qtbot: QtBot, home: MainWindow, shell: FakeShell) -> None:
    home.resize(777, 700)
    with qtbot.waitSignal(home.closed):
        home.close()

    again = MainWindow(shell, None)
    qtbot.addWidget(again)

    assert (again.width(), again.height()) == (777, 700)


def test_the_title_names_the_project(glossary: Path, make_window: MakeWindow) -> None:
    assert make_window(glossary).windowTitle() == "Rivers — GenGlossary"


class Marked(gettext.NullTranslations):
    """A language in which every word begins with ¿."""

    def gettext(self, message: str) -> str:
        return f"¿{message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"¿{msgid1 if n == 1 else msgid2}"

    def pgettext(self, context: str, message: str) -> str:
        return f"¿{message}"


def spoken(window: MainWindow) -> list[str]:
    """Every word of the window itself: on buttons, in menus, tabs, headers and search boxes."""
    buttons = [button.text() for button in window.findChildren(QAbstractButton)]
    menus = [action.text() for action in window.findChildren(QAction)]
    hints = [edit.placeholderText() for edit in window.findChildren(QLineEdit)]
    names = [table.accessibleName() for table in window.findChildren(QTableView)]
    tabs = window.findChildren(QTabWidget)
    pages = [found.tabText(index) for found in tabs for index in range(found.count())]
    heads = [
        table.model().headerData(column, Qt.Orientation.Horizontal)
        for table in window.findChildren(QTableView)
        for column in range(table.model().columnCount())
    ]
    said = (*buttons, *menus, *hints, *names, *pages, *heads)
    # Numbers and the names of encodings are the same in every language.
    return [words for words in said if any(map(str.isalpha, words)) and words not in ENCODINGS]


@pytest.mark.parametrize("kind", ["project", "home"])
def test_every_word_follows_the_language(
    kind: str,
    glossary: Path,
    make_window: MakeWindow,
    home: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window = make_window(glossary) if kind == "project" else home
    if kind == "project":
        qtbot.waitUntil(lambda: window.findChild(PassageCard) is not None)
    before = spoken(window)
    monkeypatch.setattr(i18n, "_catalogue", Marked())

    window.retranslate()

    assert len(before) > 20
    assert [words for words in spoken(window) if "¿" not in words] == []
