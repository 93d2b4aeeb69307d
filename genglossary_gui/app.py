"""The window's composition root: it knows all parts of the desktop application (``starting`` begins with it).

What the first paint of a window needs is imported at the top, everything else where it is used: a person waits for the
one and not for the other (see ``opening``).
"""

from __future__ import annotations

import logging
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator, Slot
from PySide6.QtWidgets import QApplication, QWidget

from genglossary_gui.core import i18n, paths, recent
from genglossary_gui.core.errors import ProjectError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.settings import AppSettings, RunSettings, load_settings, save_settings
from genglossary_gui.core.store.connection import connect, connect_to_read
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.models.garbage import GarbageCollector
from genglossary_gui.ui.shell import RecentProject, Workspace
from genglossary_gui.ui.theme import apply_theme, undressed

if TYPE_CHECKING:
    from genglossary_gui.core.compute import Workers
    from genglossary_gui.core.documents.scanning import Changes
    from genglossary_gui.core.engines import Engine
    from genglossary_gui.core.pipeline import PipelineExecutor
    from genglossary_gui.core.runs.window_lock import Obstacle, WindowLock
    from genglossary_gui.core.store.projects import ProjectInfo

logger = logging.getLogger(__name__)

_LISTING_AFTER_MS = 200
"""The documents are listed when the window has been painted: reading their formats takes a while to import."""
_TOUR_AFTER_MS = 600
"""The first steps appear when a person has seen the window."""
_SWITCH_SECONDS = 0.0001
_LAST_MOMENT_SECONDS = 3.0
"""How long runs may take to stop when the system ends the session."""
_TERMINATION_SECONDS = 8.0
"""The same for a polite kill, which most systems follow by another one after 10 seconds or more."""
MakeEngine = Callable[[RunSettings], "Engine"]


class App(QObject):
    """The app around its windows: settings, worker processes, open projects.  Implements ``ui.shell.Shell``."""

    def __init__(
        self, settings: AppSettings, *, workers: Workers | None = None, make_engine: MakeEngine | None = None
    ) -> None:
        super().__init__()
        self._settings = settings
        self._garbage = GarbageCollector(self)
        # While other threads compute, this one gets its turn again after a fiftieth of the usual time: it asks often.
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._given_workers = workers
        self._make_engine = make_engine
        self._clusters: dict[str, Workers] = {}
        self._windows: list[MainWindow] = []
        self._coming: dict[Path, MainWindow] = {}
        self._translator = QTranslator(self)
        self.use_settings()

    @cached_property
    def _workers(self) -> Workers:
        from genglossary_gui.core.compute import Workers

        return self._given_workers or Workers(self._settings.worker_count)

    @cached_property
    def _executor(self) -> PipelineExecutor:
        """Made in the GUI thread, and the workers with it: runs ask for them from theirs."""
        from genglossary_gui.core.pipeline import PipelineExecutor

        return PipelineExecutor(self._workers, self._make_engine or self._usual_engine)

    @property
    def settings(self) -> AppSettings:
        return self._settings

    @property
    def windows(self) -> Sequence[MainWindow]:
        return tuple(self._windows)

    def use_settings(self) -> None:
        """Bring language and theme of the process in line with the settings."""
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        language = i18n.set_language(self._settings.language)
        qt.removeTranslator(self._translator)
        if self._translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            qt.installTranslator(self._translator)
        apply_theme(qt, self._settings.theme)
        shortcuts.use(self._settings.shortcuts)

    def apply_settings(self, settings: AppSettings) -> None:
        save_settings(settings)
        before, self._settings = self._settings, settings
        if "_workers" in vars(self):
            self._workers.resize(settings.worker_count)
        if (before.language, before.theme) != (settings.language, settings.theme):
            self.use_settings()
        shortcuts.use(settings.shortcuts)
        for window in self._windows:
            if window.workspace is not None:
                window.workspace.controller.set_limit(settings.parallel_runs)
            window.retranslate()

    def build_window(self, project: Path) -> MainWindow:
        """The real window of a project, put together but not shown.  Raises ``ProjectError``."""
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        with self.workspace(project) as (workspace, lock), undressed(qt):
            window = self.keep(MainWindow(self, workspace))
            self.furnish(window, workspace, lock)
        return window

    @contextmanager
    def workspace(self, project: Path) -> Iterator[tuple[Workspace, WindowLock]]:
        """The parts of a project and the lock of its window, which is given back if the body fails."""
        from genglossary_gui.core.runs.window_lock import WindowLock, obstacle
        from genglossary_gui.ui.controller import RunController
        from genglossary_gui.ui.models.reader import Reader

        lock = WindowLock(project)
        with ExitStack() as undo:
            undo.callback(lock.release)
            found = obstacle(project, lock)
            info = _read_info(project)
            controller = RunController(
                project,
                self._executor,
                lambda: self._run_settings(info.language),
                limit=self._settings.parallel_runs,
                is_read_only=found is not None,
            )
            recovered = controller.recover()
            reader = Reader(project)
            undo.callback(reader.close)
            yield Workspace(project, info, controller, reader, recovered, found), lock
            undo.pop_all()

    def furnish(self, window: MainWindow, workspace: Workspace, lock: WindowLock) -> None:
        """What a window of a project has from the app: the lock until it closes, and its documents listed."""
        # Not its bound method: that would not keep the lock alive.
        window.closed.connect(lambda: lock.release())
        project = workspace.project
        self._coming.pop(project, None)
        if window.project is not None and not workspace.is_read_only:
            window.project.documents.check_requested.connect(lambda: self._check_documents(window, project))
            QTimer.singleShot(_LISTING_AFTER_MS, window, lambda: self._list_documents(window, project))
            QTimer.singleShot(_TOUR_AFTER_MS, window, window.offer_tour)

    def open_project(self, path: Path) -> None:
        # The owners of runs leave their locks beside the file itself, not beside a link to it.
        path = path.resolve()
        window = self._window_of(path)
        if window is None:
            window = self.build_window(path)
            self.remember_project(path)
        self.show(window)
        for home in [w for w in self._windows if w.home is not None]:
            home.close()

    def create_project(self, path: Path, sources: Sequence[Path], *, name: str, language: str) -> None:
        from genglossary_gui.core.store.projects import create_project

        try:
            create_project(path, sources, name=name, language=language, exclusions=self._settings.exclusions)
        except OSError as error:
            raise ProjectError(
                _("The project file “{name}” cannot be used: {reason}.").format(
                    name=path.name, reason=error.strerror or type(error).__name__
                )
            ) from error
        self.open_project(path)

    def open_sample(self, language: str) -> None:
        from genglossary_gui.core.store import samples

        try:
            project = samples.sample_project(language)
        except OSError as error:
            raise ProjectError(
                _("The sample project could not be made: {reason}.").format(
                    reason=error.strerror or type(error).__name__
                )
            ) from error
        self.open_project(project)

    def suggested_project_path(self, sources: Sequence[Path]) -> Path:
        from genglossary_gui.core.store.projects import SUFFIX

        folder = paths.projects_folder()
        stem = (sources[0].stem if sources else "") or _("Glossary")
        names = (f"{stem}{SUFFIX}", *(f"{stem} {n}{SUFFIX}" for n in range(2, 1000)))
        return next(folder / name for name in names if not (folder / name).exists())

    def recent_projects(self) -> list[RecentProject]:
        return [RecentProject(path, at, path.is_file()) for path, at in recent.recent_projects()]

    def forget_project(self, path: Path) -> None:
        recent.forget_project(path)

    def is_open(self, path: Path) -> bool:
        return self._window_of(path.resolve()) is not None

    def _window_of(self, path: Path) -> MainWindow | None:
        """The window that shows the project, or soon will."""
        shown = (w for w in self._windows if w.workspace is not None and w.workspace.project == path)
        coming = self._coming.get(path)
        return next(shown, None if coming is None or coming.is_closed else coming)

    def remember_project(self, path: Path) -> None:
        self._remember(path.resolve())

    def replace_project(self, path: Path, renamed: Path) -> None:
        recent.replace_project(path, renamed)

    def open_again(self, window: MainWindow) -> Obstacle | None:
        from genglossary_gui.core.runs.window_lock import WindowLock, obstacle

        assert window.workspace is not None
        project = window.workspace.project
        lock = WindowLock(project)
        found = obstacle(project, lock)
        lock.release()
        if found is None:
            again = self.build_window(project)
            again.take_place_of(window)
            self.show(again)
            window.close()
        return found

    def show_home(self) -> None:
        home = next((w for w in self._windows if w.home is not None), None)
        self.show(home or self.keep(MainWindow(self, None)))

    def quit(self) -> None:
        for window in list(self._windows):
            window.close()

    def leave_if_last(self, window: QWidget) -> None:
        from genglossary_gui.ui.ending import leave

        if all(other is window for other in self._windows):
            leave(1)

    async def terminate(self) -> None:
        """Close every window without asking, and the process with them if a run does not stop in time."""
        import asyncio

        from genglossary_gui.ui.ending import leave

        windows = list(self._windows)
        if not all(await asyncio.gather(*(window.stop(_TERMINATION_SECONDS) for window in windows))):
            leave(128 + signal.SIGTERM)
        for window in windows:
            window.close()

    @Slot()
    def end_session(self) -> None:
        """The system ends the session as soon as this returns: the runs are cancelled and can be resumed."""
        from genglossary_gui.ui.ending import leave, stop_now

        controllers = [window.workspace.controller for window in self._windows if window.workspace]
        if not stop_now(controllers, _LAST_MOMENT_SECONDS):
            leave(128 + signal.SIGTERM)

    def close(self) -> None:
        """Stop the worker processes that are ours; only when no window is left."""
        for workers in self._clusters.values():
            workers.close()
        if self._given_workers is None and "_workers" in vars(self):
            self._workers.close()
        # Not before their threads have ended: from now on garbage is collected in any thread.
        self._garbage.stop()

    def _usual_engine(self, settings: RunSettings) -> Engine:
        """Called in the thread of each run: importing the engine, or Dask, must not stop the window."""
        from genglossary_gui.core.compute.choosing import cluster_workers
        from genglossary_gui.core.engines.making import make_engine
        from genglossary_gui.core.engines.offline import OfflineEngine

        address = self._settings.dask_address
        if not address:
            return make_engine(settings, OfflineEngine(self._workers))
        # Two threads may both make one; nothing is connected before it is used.
        workers = self._clusters.setdefault(address, cluster_workers(address))
        return make_engine(settings, OfflineEngine(workers))

    def _list_documents(self, window: MainWindow, project: Path) -> None:
        from genglossary_gui.ui.background import Background

        limit = self._settings.max_document_mb
        if not window.is_closed:
            Background(window, lambda: _list_documents(project, limit), window.show_documents, window.show_error)

    def _check_documents(self, window: MainWindow, project: Path) -> None:
        from genglossary_gui.ui.background import Background

        limit = self._settings.max_document_mb
        if not window.is_closed:
            Background(window, lambda: _check_documents(project, limit), window.tell_changes, window.show_error)

    def _run_settings(self, language: str) -> RunSettings:
        return self._settings.for_run(documents_language=language)

    def keep(self, window: MainWindow, coming: Path | None = None) -> MainWindow:
        """``coming``: the project that the window will be given; until then whoever opens it gets this window."""
        self._windows.append(window)
        if coming is not None:
            self._coming[coming] = window
        window.closed.connect(self._on_closed)
        return window

    def _on_closed(self) -> None:
        self._windows = [w for w in self._windows if not w.is_closed]
        self._coming = {path: w for path, w in self._coming.items() if not w.is_closed}

    def show(self, window: MainWindow) -> None:
        window.show()
        window.raise_()
        window.activateWindow()

    def _remember(self, path: Path) -> None:
        try:
            recent.remember_project(path)
        except OSError as error:
            logger.warning("the list of recent projects cannot be written: %s", type(error).__name__)


def _read_info(project: Path) -> ProjectInfo:
    from genglossary_gui.core.store.projects import project_info

    try:
        with closing(connect_to_read(project)) as connection:
            return project_info(connection)
    except (sqlite3.Error, KeyError) as error:
        raise ProjectError(
            _("“{name}” is not a GenGlossary project, or it is damaged.").format(name=project.name),
            hint=_("The file was left untouched. Choose a file that ends in .genglossary."),
        ) from error


def _list_documents(project: Path, max_document_mb: int) -> None:
    from genglossary_gui.core.pipeline.steps.scan import list_documents

    with closing(connect(project)) as connection:
        list_documents(connection, max_document_mb)


def _check_documents(project: Path, max_document_mb: int) -> Changes:
    from genglossary_gui.core.pipeline.steps.check import check_documents

    with closing(connect(project)) as connection:
        return check_documents(connection, max_document_mb)


def build_main_window(
    project: Path,
    *,
    settings: AppSettings | None = None,
    workers: Workers | None = None,
    make_engine: MakeEngine | None = None,
) -> MainWindow:
    """The real main window of a project, not shown yet; parts that are given replace the real ones.

    Needs a ``QApplication`` and, to close with active runs, a running ``qasync`` loop.  Raises ``ProjectError``.
    """
    app = App(settings or load_settings(), workers=workers, make_engine=make_engine)
    window = app.build_window(project.resolve())
    app.setParent(window)
    window.closed.connect(app.close)
    return window
