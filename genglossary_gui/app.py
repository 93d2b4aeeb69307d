"""The window's composition root: the only place that knows all parts of the desktop application."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTimer, QTranslator, Slot
from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop

from genglossary_gui import __version__, desktop_names
from genglossary_gui.core import app_log, i18n, paths, recent
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.engines import Engine
from genglossary_gui.core.errors import ProjectError, UserFacingError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.runs.window_lock import Obstacle, WindowLock, obstacle
from genglossary_gui.core.settings import AppSettings, RunSettings, load_settings, save_settings
from genglossary_gui.core.store import samples
from genglossary_gui.core.store.connection import connect, connect_to_read
from genglossary_gui.core.store.projects import SUFFIX, ProjectInfo, create_project, project_info
from genglossary_gui.ui.application import Application
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.controller import RunController
from genglossary_gui.ui.ending import leave, stop_now
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.models.garbage import GarbageCollector
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.shell import RecentProject, Workspace
from genglossary_gui.ui.single_instance import FirstInstance, Wish, hand_over
from genglossary_gui.ui.theme import apply_theme, undressed

if TYPE_CHECKING:
    from genglossary_gui.core.documents.scanning import Changes
    from genglossary_gui.ui.watchdog import Watchdog

logger = logging.getLogger(__name__)

_LISTING_AFTER_MS = 200
"""The documents are listed when the window has been painted: reading their formats takes a while to import."""
_TOUR_AFTER_MS = 600
"""The first steps appear when a person has seen the window."""
_LAST_MOMENT_SECONDS = 3.0
"""How long runs may take to stop when the system ends the session."""
MakeEngine = Callable[[RunSettings], Engine]


class App(QObject):
    """The app around its windows: settings, worker processes, open projects.  Implements ``ui.shell.Shell``."""

    def __init__(
        self, settings: AppSettings, *, workers: Workers | None = None, make_engine: MakeEngine | None = None
    ) -> None:
        super().__init__()
        self._settings = settings
        self._garbage = GarbageCollector(self)
        self._owns_workers = workers is None
        self._workers = workers or Workers(settings.worker_count)
        self._clusters: dict[str, Workers] = {}
        self._executor = PipelineExecutor(self._workers, make_engine or self._usual_engine)
        self._windows: list[MainWindow] = []
        self._translator = QTranslator(self)
        self.use_settings()

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

    def apply_settings(self, settings: AppSettings) -> None:
        save_settings(settings)
        before, self._settings = self._settings, settings
        self._workers.resize(settings.worker_count)
        if (before.language, before.theme) != (settings.language, settings.theme):
            self.use_settings()
        for window in self._windows:
            if window.workspace is not None:
                window.workspace.controller.set_limit(settings.parallel_runs)
            window.retranslate()

    def build_window(self, project: Path) -> MainWindow:
        """The real window of a project, put together but not shown.  Raises ``ProjectError``."""
        lock = WindowLock(project)
        with ExitStack() as undo:
            undo.callback(lock.release)
            window = self._build(project, obstacle(project, lock))
            undo.pop_all()
        # Not its bound method: that would not keep the lock alive.
        window.closed.connect(lambda: lock.release())
        return window

    def _build(self, project: Path, found: Obstacle | None) -> MainWindow:
        info = _read_info(project)
        controller = RunController(
            project,
            self._executor,
            lambda: self._run_settings(info.language),
            limit=self._settings.parallel_runs,
            is_read_only=found is not None,
        )
        recovered = controller.recover()
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        with undressed(qt):
            workspace = Workspace(project, info, controller, Reader(project), recovered, found)
            window = self._keep(MainWindow(self, workspace))
        if window.project is not None and found is None:
            window.project.documents.check_requested.connect(lambda: self._check_documents(window, project))
            QTimer.singleShot(_LISTING_AFTER_MS, window, lambda: self._list_documents(window, project))
            QTimer.singleShot(_TOUR_AFTER_MS, window, window.offer_tour)
        return window

    def open_project(self, path: Path) -> None:
        # The owners of runs leave their locks beside the file itself, not beside a link to it.
        path = path.resolve()
        window = next((w for w in self._windows if w.workspace and w.workspace.project == path), None)
        if window is None:
            window = self.build_window(path)
            self._remember(path)
        self._show(window)
        for home in [w for w in self._windows if w.workspace is None]:
            home.close()

    def create_project(self, path: Path, sources: Sequence[Path], *, name: str, language: str) -> None:
        try:
            create_project(path, sources, name=name, language=language)
        except OSError as error:
            raise ProjectError(
                _("The project file “{name}” cannot be used: {reason}.").format(
                    name=path.name, reason=error.strerror or type(error).__name__
                )
            ) from error
        self.open_project(path)

    def open_sample(self, language: str) -> None:
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
        folder = paths.projects_folder()
        stem = (sources[0].stem if sources else "") or _("Glossary")
        names = (f"{stem}{SUFFIX}", *(f"{stem} {n}{SUFFIX}" for n in range(2, 1000)))
        return next(folder / name for name in names if not (folder / name).exists())

    def recent_projects(self) -> list[RecentProject]:
        return [RecentProject(path, at, path.is_file()) for path, at in recent.recent_projects()]

    def forget_project(self, path: Path) -> None:
        recent.forget_project(path)

    def is_open(self, path: Path) -> bool:
        path = path.resolve()
        return any(w.workspace is not None and w.workspace.project == path for w in self._windows)

    def remember_project(self, path: Path) -> None:
        self._remember(path.resolve())

    def replace_project(self, path: Path, renamed: Path) -> None:
        recent.replace_project(path, renamed)

    def open_again(self, window: MainWindow) -> Obstacle | None:
        assert window.workspace is not None
        project = window.workspace.project
        lock = WindowLock(project)
        found = obstacle(project, lock)
        lock.release()
        if found is None:
            again = self.build_window(project)
            again.take_place_of(window)
            self._show(again)
            window.close()
        return found

    def show_home(self) -> None:
        home = next((w for w in self._windows if w.workspace is None), None)
        self._show(home or self._keep(MainWindow(self, None)))

    def quit(self) -> None:
        for window in list(self._windows):
            window.close()

    def leave_if_last(self, window: QWidget) -> None:
        if all(other is window for other in self._windows):
            leave(1)

    async def terminate(self) -> None:
        """Close every window without asking, and the process with them if a run does not stop in time."""
        windows = list(self._windows)
        if not all(await asyncio.gather(*(window.stop(_LAST_MOMENT_SECONDS) for window in windows))):
            leave(128 + signal.SIGTERM)
        for window in windows:
            window.close()

    @Slot()
    def end_session(self) -> None:
        """The system ends the session as soon as this returns: the runs are cancelled and can be resumed."""
        controllers = [window.workspace.controller for window in self._windows if window.workspace]
        if not stop_now(controllers, _LAST_MOMENT_SECONDS):
            leave(128 + signal.SIGTERM)

    def close(self) -> None:
        """Stop the worker processes that are ours; only when no window is left."""
        self._garbage.stop()
        for workers in self._clusters.values():
            workers.close()
        if self._owns_workers:
            self._workers.close()

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
        limit = self._settings.max_document_mb
        if not window.is_closed:
            Background(window, lambda: _list_documents(project, limit), window.show_documents, window.show_error)

    def _check_documents(self, window: MainWindow, project: Path) -> None:
        limit = self._settings.max_document_mb
        if not window.is_closed:
            Background(window, lambda: _check_documents(project, limit), window.tell_changes, window.show_error)

    def _run_settings(self, language: str) -> RunSettings:
        return self._settings.for_run(documents_language=language)

    def _keep(self, window: MainWindow) -> MainWindow:
        self._windows.append(window)
        window.closed.connect(self._on_closed)
        return window

    def _on_closed(self) -> None:
        self._windows = [w for w in self._windows if not w.is_closed]

    def _show(self, window: MainWindow) -> None:
        window.show()
        window.raise_()
        window.activateWindow()

    def _remember(self, path: Path) -> None:
        try:
            recent.remember_project(path)
        except OSError as error:
            logger.warning("the list of recent projects cannot be written: %s", type(error).__name__)


def _read_info(project: Path) -> ProjectInfo:
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the desktop application; returns its exit status."""
    options = make_parser().parse_args(sys.argv[1:] if arguments is None else arguments)
    app_log.start_logging()
    qt = QApplication.instance() or Application(["genglossary-gui"])
    assert isinstance(qt, QApplication)
    qt.setApplicationName(paths.APP_NAME)
    qt.setApplicationDisplayName("GenGlossary")
    qt.setApplicationVersion(__version__)
    qt.setDesktopFileName(desktop_names.desktop_file())
    desktop_names.claim_taskbar_button()
    wish = Wish(str(options.place.absolute()) if options.place else "", options.sample)
    if hand_over(wish):
        return 0
    # The loop ends when the last window has closed in good order, see _run.
    qt.setQuitOnLastWindowClosed(False)
    with QEventLoop(qt) as loop:
        return loop.run_until_complete(_run(qt, options))


async def _run(qt: QApplication, options: argparse.Namespace) -> int:
    last_window_closed = asyncio.Event()
    qt.lastWindowClosed.connect(last_window_closed.set)
    app = App(load_settings())
    dog = _start_watchdog(app) if options.watchdog else None
    first = FirstInstance(lambda wish: _grant(app, wish))
    _quit_on_signals(app)
    qt.commitDataRequest.connect(app.end_session, Qt.ConnectionType.DirectConnection)
    if isinstance(qt, Application):
        qt.file_opened.connect(lambda path: _open_first(app, argparse.Namespace(place=Path(path), sample=False)))
    _open_first(app, options)
    while any(window.isVisible() for window in app.windows):
        last_window_closed.clear()
        await last_window_closed.wait()
    first.close()
    if dog is not None:
        dog.stop()
    app.close()
    return 0


def _grant(app: App, wish: Wish) -> None:
    """What a later start of the app asked for; without a wish the newest window comes to the front."""
    if wish.place or wish.sample:
        _open_first(app, argparse.Namespace(place=Path(wish.place) if wish.place else None, sample=wish.sample))
    elif app.windows:
        app.windows[-1].raise_()
        app.windows[-1].activateWindow()
    else:
        app.show_home()


def _start_watchdog(app: App) -> Watchdog:
    from genglossary_gui.ui.watchdog import Watchdog

    return Watchdog(app)


def _open_first(app: App, options: argparse.Namespace) -> None:
    try:
        if options.sample:
            app.open_sample("ja" if i18n.language() == "ja" else "en")
        elif options.place is None:
            app.show_home()
        elif options.place.is_dir():
            app.create_project(
                app.suggested_project_path([options.place]), [options.place], name=options.place.name, language="auto"
            )
        else:
            app.open_project(options.place)
    except UserFacingError as error:
        app.show_home()
        app.windows[-1].show_error(error)


def _quit_on_signals(app: App) -> None:
    """Ctrl-C closes the windows like a person would, a polite kill does not ask; Python sees them while it runs."""
    terminations: set[asyncio.Future] = set()
    signal.signal(signal.SIGINT, lambda *_args: app.quit())
    signal.signal(signal.SIGTERM, lambda *_args: terminations.add(asyncio.ensure_future(app.terminate())))
    heartbeat = QTimer(app, interval=500)
    heartbeat.timeout.connect(_let_python_run)
    heartbeat.start()


def _let_python_run() -> None:
    """Python handles signals between its own instructions; this is one."""


def make_parser() -> argparse.ArgumentParser:
    """What can be said on the command line of the window."""
    parser = argparse.ArgumentParser(prog="genglossary-gui", description=_("The desktop window of GenGlossary."))
    parser.add_argument(
        "place",
        nargs="?",
        type=Path,
        metavar="PROJECT|FOLDER",
        help=_("a project to open, or a folder to make one from"),
    )
    parser.add_argument("--sample", action="store_true", help=_("open the bundled sample project"))
    parser.add_argument("--watchdog", action="store_true", help=_("log every pause of the window, with its cause"))
    # Carried out by __main__, which does not start Qt for it.
    parser.add_argument("--self-test", action="store_true", help=_("start every part once and print the versions"))
    parser.add_argument("--version", action="version", version=f"GenGlossary {__version__}")
    return parser
