"""The window of a project, or the home screen when there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

# What a window shows first is imported here; its other parts when it gets them, dialogs when they are opened.
from PySide6.QtCore import QByteArray, QSettings, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from genglossary_gui.core import i18n, paths
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _
from genglossary_gui.ui.actions import PAGES, Actions
from genglossary_gui.ui.fitting import fit
from genglossary_gui.ui.icons import app_icon
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import number, spaced
from genglossary_gui.ui.recent_menu import RecentMenu
from genglossary_gui.ui.views.banner import Banner
from genglossary_gui.ui.window_dialogs import WindowDialogs

if TYPE_CHECKING:
    from genglossary_gui.core.documents.scanning import Changes
    from genglossary_gui.core.settings import RunSettings
    from genglossary_gui.ui.run_enabling import RunEnabling
    from genglossary_gui.ui.run_news import RunNews
    from genglossary_gui.ui.shell import Shell, Workspace
    from genglossary_gui.ui.status_bar import StatusBar
    from genglossary_gui.ui.stopping import Stopping
    from genglossary_gui.ui.tour import Tour
    from genglossary_gui.ui.views.first_page import FirstPage
    from genglossary_gui.ui.views.home import HomeView
    from genglossary_gui.ui.views.read_only_bar import ReadOnlyBar
    from genglossary_gui.ui.views.workspace import WorkspaceView

_DEFAULT_SIZE = QSize(1360, 880)
_LONGEST_NAME = 80
"""Characters of the project's name in the title of the window."""


class MainWindow(QMainWindow):
    """Shows one project, or the home screen.  ``closed()``: the window has closed and let go of its project.

    With a ``first`` page it is only a frame around that page until ``fill`` gives it the project.

    Closing while runs are active asks first (see ``Stopping``).
    """

    closed = Signal()

    def __init__(self, shell: Shell, workspace: Workspace | None, first: FirstPage | None = None) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.workspace: Workspace | None = None
        self.is_closed = False
        self._shell = shell
        self._status: StatusBar | None = None
        self._tour: Tour | None = None
        self._enabling: RunEnabling | None = None
        self._news: RunNews | None = None
        self._stopping: Stopping | None = None
        self.read_only_bar: ReadOnlyBar | None = None
        self.home: HomeView | None = None
        self.project: WorkspaceView | None = None
        self.first = first
        self._cover: FirstPage | None = None
        self.banner = Banner()
        self.actions_ = Actions(self)
        self._recent = RecentMenu(shell, self.open_path, self)
        self.actions_.add_recent(self._recent)
        self._dialogs = WindowDialogs(self, shell)
        self._connect_actions()
        if first is None:
            self.fill(workspace)
        else:
            self._lay_out(first)
            self._show_title()
            self._restore_geometry()
            first.restore_state(_remembered())

    def fill(self, workspace: Workspace | None, project: WorkspaceView | None = None) -> None:
        """Show the project (with a view of it that has been built already), or the home screen.

        What has a first page before it waits for ``uncover``.
        """
        from genglossary_gui.ui.status_bar import StatusBar

        self._cover, self.first = self.first, None
        self.workspace = workspace
        if workspace is None:
            from genglossary_gui.ui.views.home import HomeView

            self.home = HomeView(self._shell)
        else:
            from genglossary_gui.ui.views.workspace import WorkspaceView

            self.project = project or WorkspaceView(workspace)
            if workspace.obstacle is not None:
                from genglossary_gui.ui.views.read_only_bar import ReadOnlyBar

                self.read_only_bar = ReadOnlyBar(workspace.project, workspace.obstacle)
        self._status = StatusBar(workspace, lambda: self._shell.settings)
        self.setStatusBar(self._status)
        self._lay_out(self.home or self.project)
        if self.home is not None:
            self.actions_.without_project()
            self._connect_home(self.home)
        if workspace is not None and self.project is not None:
            self._connect_project(workspace, self.project, self._status)
            if self.read_only_bar is not None:
                from genglossary_gui.ui.read_only_acts import ReadOnlyActs

                ReadOnlyActs(self, self._shell, workspace, self.read_only_bar)
        self._show_title()
        if self._cover is None:
            self._restore_geometry()
        self._restore()
        if self._cover is None:
            fit(self)

    def uncover(self) -> None:
        """Show the project in place of the first page."""
        cover, self._cover = self._cover, None
        if cover is not None and self.project is not None:
            cover.hide()
            cover.deleteLater()
            self.project.show()
        fit(self)

    def show_error(self, error: UserFacingError) -> None:
        """Say what went wrong and what to do, at the top of the window."""
        self.banner.say(error.full_text, "error")

    def show_documents(self, _listed: object = None) -> None:
        """The documents of the project have been listed anew: show them."""
        if self.project is not None and not self.is_closed:
            self.project.documents.refresh()
            self.refresh_status()

    def tell_changes(self, changes: Changes) -> None:
        """What a check of the folders has found."""
        self.show_documents()
        if self.is_closed:
            return
        found = (len(changes.added), len(changes.changed), len(changes.deleted))
        if not any(found):
            self.banner.say(_("Nothing has changed since the documents were read."))
            return
        words = _("{added} new, {changed} changed, {deleted} gone. A run reads just these.")
        self.banner.say(
            words.format(added=number(found[0]), changed=number(found[1]), deleted=number(found[2])),
            offers=[(_("Run"), self.actions_["actionRun"].trigger)],
        )

    def retranslate(self) -> None:
        """Show everything in the current language."""
        if self.is_closed:
            return
        self._show_title()
        self._recent.retranslate()
        for part in (self.actions_, self.read_only_bar, self.banner, self._status, self.home, self.project, self._tour):
            if part is not None:
                part.retranslate()
        if self._enabling is not None:
            self._enabling.update()

    def refresh_status(self) -> None:
        """Count again what the status bar tells."""
        if self._status is not None:
            self._status.refresh()

    @Slot()
    def _show_title(self) -> None:
        name, count = self.first.title if self.first is not None else "", 0
        if self.workspace is not None:
            name = self.workspace.info.name
            count = len(self.workspace.controller.active_runs())
        active = ""
        if count:
            from genglossary_gui.ui import phrases

            active = phrases.active_runs(count)
        state = _("read-only") if self.read_only_bar is not None else ""
        words = (harmless(name, _LONGEST_NAME), state, active, "GenGlossary")
        self.setWindowTitle(" — ".join(filter(None, words)))

    def _lay_out(self, content: QWidget | None) -> None:
        """Bars, banner and content; they take the place of the first page, where there was one."""
        central = self.centralWidget()
        if central is None:
            central = QWidget()
            spaced(QVBoxLayout(central), spacing=0)
            self.setCentralWidget(central)
        layout = central.layout()
        assert isinstance(layout, QVBoxLayout)
        if self.read_only_bar is not None:
            layout.insertWidget(0, self.read_only_bar)
        if layout.indexOf(self.banner) < 0:
            layout.addWidget(self.banner)
        if content is not None and layout.indexOf(content) < 0:
            layout.addWidget(content, 1)
        self.actions_.tool_bar.setVisible(self.home is None)

    def hold(self, project: WorkspaceView) -> None:
        """Keep a view that gets its parts behind the first page, until ``fill`` shows it."""
        project.hide()
        central = self.centralWidget()
        layout = central.layout() if central is not None else None
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(project, 1)

    def _connect_actions(self) -> None:
        actions, dialogs = self.actions_, self._dialogs
        slots: dict[str, Callable[[], object]] = {
            "actionNewProject": self.new_project,
            "actionOpenProject": self._open,
            "actionSample": self._open_sample,
            "actionHome": self._shell.show_home,
            "actionExport": dialogs.export,
            "actionImport": dialogs.import_entries,
            "actionInsertLinks": dialogs.insert_links,
            "actionSettings": dialogs.settings,
            "actionClose": self.close,
            "actionQuit": self._shell.quit,
            "actionPalette": dialogs.palette,
            "actionHelp": dialogs.help,
            "actionTour": self.show_tour,
            "actionLogFolder": dialogs.log_folder,
            "actionDiagnostics": dialogs.diagnostics,
            "actionAbout": dialogs.about,
        }
        for name, slot in slots.items():
            actions[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def _connect_home(self, home: HomeView) -> None:
        home.new_requested.connect(self.new_project)
        home.open_requested.connect(self._open)
        home.sample_requested.connect(self._open_sample)
        home.project_chosen.connect(self.open_path)
        home.failed.connect(self.show_error)
        # What went wrong before is no longer of interest.
        home.succeeded.connect(self.banner.hide)

    def _connect_project(self, workspace: Workspace, project: WorkspaceView, status: StatusBar) -> None:
        from genglossary_gui.ui.run_commands import RunCommands
        from genglossary_gui.ui.run_enabling import RunEnabling
        from genglossary_gui.ui.run_news import RunNews
        from genglossary_gui.ui.stopping import Stopping

        for index, name in enumerate(PAGES):
            self.actions_[name].triggered.connect(lambda _checked=False, index=index: project.show_page(index))
        self.actions_["actionRuns"].triggered.connect(project.focus_runs)
        self.actions_["actionShowRuns"].triggered.connect(project.show_runs)
        project.runs_shown.connect(self.actions_["actionShowRuns"].setChecked)
        self.actions_["actionFind"].triggered.connect(project.focus_find)
        commands = RunCommands(workspace, project, self.actions_, self.banner, self._run_settings)
        self._enabling = RunEnabling(workspace, project, self.actions_)
        self.actions_.show_page_menus(project.menus())
        self.actions_.set_page(project.tabs.currentIndex())
        project.tabs.currentChanged.connect(self.actions_.set_page)
        commands.discarded.connect(self._enabling.update)
        self._news = RunNews(workspace, project, commands, self.banner)
        self._news.published.connect(status.refresh)
        self._stopping = Stopping(self, self._shell, workspace.controller, self._enabling, self._news)
        project.edits.changed.connect(status.refresh)
        workspace.reader.failed.connect(self._on_reader_failed)
        for signal in (workspace.controller.run_started, workspace.controller.run_finished):
            signal.connect(self._show_title)

    def take_place_of(self, window: MainWindow) -> None:
        """Stand where another window of the project stands, and show what it shows."""
        self.restoreGeometry(window.saveGeometry())
        if self.project is not None and window.project is not None:
            self.project.take_place_of(window.project)

    @Slot()
    def new_project(self, sources: Sequence[Path] = ()) -> None:
        """Open the dialog that makes a project, with these folders or documents in it."""
        from genglossary_gui.ui.dialogs.new_project import NewProjectDialog

        self._dialogs.open(NewProjectDialog(self._shell, sources, self))

    @Slot()
    def _open(self) -> None:
        from genglossary_gui.ui.dialogs.files import choose_project

        folder = self.workspace.project.parent if self.workspace else paths.projects_folder()
        choose_project(self, folder, self.open_path)

    @Slot(Path)
    def open_path(self, path: Path) -> None:
        self._try(lambda: self._shell.open_project(path))

    @Slot()
    def _open_sample(self) -> None:
        self._try(lambda: self._shell.open_sample(i18n.language()))

    @Slot()
    def offer_tour(self) -> None:
        """Show the first steps if this person has never seen them, and nothing else wants an answer."""
        from genglossary_gui.ui.tour import is_due

        if self.isVisible() and not self.is_closed and QApplication.activeModalWidget() is None and is_due():
            self.show_tour()

    @Slot()
    def show_tour(self) -> None:
        """Show the first steps in this window; what it shows stays in use meanwhile."""
        from genglossary_gui.ui.tour import Tour

        if self._tour is None:
            self._tour = Tour(self)
            self._tour.ended.connect(self._on_tour_ended)

    @Slot()
    def _on_tour_ended(self) -> None:
        self._tour = None

    def _run_settings(self) -> RunSettings:
        """Those of a run that is started now, before a person edits them."""
        language = self.workspace.info.language if self.workspace else "auto"
        return self._shell.settings.for_run(documents_language=language)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserFacingError as error:
            self.show_error(error)
            if self.home is not None:
                self.home.refresh()

    @Slot(str)
    def _on_reader_failed(self, sentence: str) -> None:
        self.banner.say(sentence, "error")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_paths(event):
            event.acceptProposedAction()
            self._mark_drop(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark_drop(False)
        event.acceptProposedAction()
        self.take(_local_paths(event))

    def take(self, dropped: Sequence[Path]) -> None:
        """Open a project that was dropped; anything else becomes the sources of a new one."""
        from genglossary_gui.core.store.projects import SUFFIX

        projects = [path for path in dropped if path.suffix == SUFFIX and not path.is_dir()]
        sources = [path for path in dropped if path not in projects]
        for path in projects:
            self.open_path(path)
        if sources:
            self.new_project(sources)

    def _mark_drop(self, is_over: bool) -> None:
        if self.home is not None:
            self.home.mark_drop(is_over)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.first is not None:
            # Its parts are on their way: it goes now, and is closed as soon as they are there.
            event.ignore()
            self.hide()
            return
        if self._stopping is not None and not self.is_closed and self._stopping.is_needed():
            event.ignore()
            self._stopping.ask()
            return
        event.accept()
        if not self.is_closed:
            self._let_go()

    async def stop(self, seconds: float) -> bool:
        """Stop the runs without asking, and start no other; False when ``seconds`` were not enough."""
        if self._stopping is None or self.is_closed:
            return True
        return await self._stopping.stop(seconds)

    def _let_go(self) -> None:
        self.is_closed = True
        settings = _remembered()
        settings.setValue(f"{self._kind()}/geometry", self.saveGeometry())
        if self.project is not None:
            self.project.save_state(settings)
            self.project.runs.purge_deleted()
            self.project.edits.close()
            # Its models would ask the closed reader as long as they live.
            self.project.deleteLater()
            self.project = None
        if self.read_only_bar is not None:
            self.read_only_bar.stop()
        if self._news is not None:
            self._news.notifier.close()
        if self.workspace is not None:
            self.workspace.controller.close()
            self.workspace.reader.close()
        # Whoever hears it may drop the last reference: not while Qt still works on this very event.
        QTimer.singleShot(0, self.closed.emit)

    def _restore_geometry(self) -> None:
        geometry = _remembered().value(f"{self._kind()}/geometry")
        if not isinstance(geometry, QByteArray) or not self.restoreGeometry(geometry):
            self.resize(_DEFAULT_SIZE.boundedTo(self.screen().availableSize()))

    def _restore(self) -> None:
        if self.home is not None:
            self.home.focus_first()
        if self.project is not None:
            self.project.restore_state(_remembered())
            self.project.show_page(0)

    def _kind(self) -> str:
        return "home" if self.home is not None else "project"


def _remembered() -> QSettings:
    return QSettings(str(paths.config_folder() / "window.ini"), QSettings.Format.IniFormat)


def _local_paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
