"""Every window, page and dialog, one after the other, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from genglossary_gui.core.settings import AppSettings, RunSettings
from genglossary_gui.core.store.runs import get_run
from genglossary_gui.core.store.term_list import listed_by_list
from genglossary_gui.ui import background
from genglossary_gui.ui.dialogs.about import AboutDialog
from genglossary_gui.ui.dialogs.ask import ask
from genglossary_gui.ui.dialogs.compare import CompareDialog
from genglossary_gui.ui.dialogs.crash import CrashDialog
from genglossary_gui.ui.dialogs.export import ExportDialog
from genglossary_gui.ui.dialogs.import_entries import ImportDialog
from genglossary_gui.ui.dialogs.insert_links import InsertLinksDialog
from genglossary_gui.ui.dialogs.new_project import NewProjectDialog
from genglossary_gui.ui.dialogs.palette import CommandPalette
from genglossary_gui.ui.dialogs.reason import ReasonDialog
from genglossary_gui.ui.dialogs.run_settings import RunSettingsDialog
from genglossary_gui.ui.dialogs.run_words import RunWordsDialog
from genglossary_gui.ui.dialogs.settings import SettingsDialog
from genglossary_gui.ui.dialogs.sources import SourcesDialog
from genglossary_gui.ui.dialogs.term_names import AddTermsDialog, TermListsDialog
from genglossary_gui.ui.help import HelpWindow
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.shell import RecentProject
from tests.ui.glossary_support import FakeShell

PAGES = ("glossary", "terms", "documents", "issues")
SETTINGS = ("general", "model", "compute", "documents", "shortcuts")


@dataclass(frozen=True)
class Gallery:
    """Shows what a test asks for.  ``window`` is that of a project with a glossary and a run that was interrupted."""

    qtbot: QtBot
    shell: FakeShell
    window: MainWindow

    def settle(self, widget: QWidget) -> None:
        """Wait until it is on the screen and what it reads has come."""
        self.qtbot.waitExposed(widget)
        self.qtbot.waitUntil(lambda: not background._under_way, timeout=20_000)
        for _round in range(5):
            QApplication.processEvents()

    def screens(self) -> Iterator[tuple[str, QWidget]]:
        """Name and window of each screen while it is shown; it is closed when the next is asked for."""
        yield from self.pages()
        yield from self.others()
        yield from self.dialogs()

    def pages(self) -> Iterator[tuple[str, QWidget]]:
        """The window of the project at each of its pages, with a row chosen."""
        project = self.window.project
        assert project is not None
        for index, name in enumerate(PAGES):
            project.show_page(index)
            self.settle(self.window)
            tables = [each for each in project.tabs.currentWidget().findChildren(QTableView) if each.isVisible()]
            self.qtbot.waitUntil(lambda table=tables[0]: table.model().rowCount() > 0)
            tables[0].setCurrentIndex(tables[0].model().index(0, 0))
            self.qtbot.wait(150)
            self.settle(self.window)
            yield name, self.window
        self.window.banner.hide()

    def others(self) -> Iterator[tuple[str, QWidget]]:
        """The home screen without and with projects, and the guide."""
        for name, recent in (("home-empty", []), ("home", _recent(self.window))):
            shell = FakeShell(recent)
            home = MainWindow(shell, None)
            yield from self._shown(name, home)
        guide = HelpWindow()
        guide.show_section("projects")
        yield from self._shown("help", guide)

    def dialogs(self) -> Iterator[tuple[str, QWidget]]:
        """Each dialog."""
        for name, make in self._makers():
            yield from self._shown(name, make())

    def _shown(self, name: str, widget: QWidget) -> Iterator[tuple[str, QWidget]]:
        widget.show()
        self.settle(widget)
        yield name, widget
        widget.close()
        QApplication.processEvents()
        # A dialog that deletes itself when it is closed may be gone.
        with suppress(RuntimeError):
            widget.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    def _makers(self) -> Iterator[tuple[str, Callable[[], QWidget]]]:
        window, shell = self.window, self.shell
        workspace, project = window.workspace, window.project
        assert workspace is not None
        assert project is not None
        row = get_run(workspace.reader.connection(), 1)
        assert row is not None
        path = workspace.project
        llm = RunSettings(engine="llm", llm_model="m")
        lists = listed_by_list(workspace.reader.connection())
        for page in SETTINGS:
            yield f"settings-{page}", lambda page=page: SettingsDialog(shell, window, page=page)
        yield "new-project", lambda: NewProjectDialog(shell, [path.parent], window)
        yield "export", lambda: ExportDialog(path, "Rivers", window)
        yield "import", lambda: ImportDialog(path, project.edits, window)
        yield "import-rows", lambda: self._importing(path)
        yield "insert-links", lambda: InsertLinksDialog(path, window)
        yield "compare", lambda: CompareDialog(workspace, 1, 1, window)
        yield "run-settings", lambda: RunSettingsDialog(RunSettings(), parent=window, project=path)
        yield "run-settings-model", lambda: RunSettingsDialog(llm, parent=window, project=path)
        yield "run-words", lambda: RunWordsDialog(row, window)
        yield "reason", lambda: ReasonDialog(2, window)
        yield "sources", lambda: SourcesDialog([path.parent], None, window)
        yield "add-terms", lambda: AddTermsDialog(window)
        yield "term-lists", lambda: TermListsDialog(lists, window)
        yield "palette", lambda: CommandPalette(window.actions_.all(), workspace.reader, window)
        yield "about", lambda: AboutDialog(window)
        yield "crash", lambda: CrashDialog(RuntimeError("it broke"), {"Qt": "6"}, AppSettings, window)
        yield "question", lambda: self._question()

    def _importing(self, path: Path) -> ImportDialog:
        assert self.window.project is not None
        file = path.with_name("more.csv")
        file.write_text("term,definition\nweir,A wall.\nsluice,A gate.\n", encoding="utf-8")
        dialog = ImportDialog(path, self.window.project.edits, self.window)
        with self.qtbot.waitSignal(dialog.shown, timeout=20_000):
            dialog.open_file(file)
        return dialog

    def _question(self) -> QMessageBox:
        from genglossary_gui.core.i18n import _

        return ask(
            self.window,
            _("Something went wrong"),
            _("The details are in the application's log."),
            accept=_("Stop and quit"),
            reject=_("Stay"),
            accepted=lambda: None,
        )


def _recent(window: MainWindow) -> list[RecentProject]:
    assert window.workspace is not None
    path = window.workspace.project
    return [
        RecentProject(path, "2026-11-01T10:00:00Z", True),
        RecentProject(path.with_name("gone.genglossary"), "2026-10-01T10:00:00Z", False),
    ]
