"""How the desktop application starts, runs until its last window has closed, and hears what the system wants of it.

Only what the first paint of a window needs is imported at the top (see ``opening``).
"""

from __future__ import annotations

import argparse
import gc
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from genglossary_gui import __version__, desktop_names
from genglossary_gui.app import App
from genglossary_gui.core import app_log, i18n, paths
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.settings import load_settings
from genglossary_gui.ui.application import Application
from genglossary_gui.ui.main_window import MainWindow

if TYPE_CHECKING:
    import asyncio

    from qasync import QEventLoop

    from genglossary_gui.ui.single_instance import Wish
    from genglossary_gui.ui.watchdog import Watchdog


_LAST_WORK_SECONDS = 10.0
"""How long the process stays for what threads are still writing when the last window has closed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the desktop application; returns its exit status."""
    from genglossary_gui.ui.single_instance import Wish, hand_over

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
    return _start(qt, options)


def _start(qt: QApplication, options: argparse.Namespace) -> int:
    """Apart from ``main``: all that is made here has gone when the application itself goes."""
    from genglossary_gui.opening import load_the_rest, show_early

    app = App(load_settings())
    dog = _start_watchdog(app) if options.watchdog else None
    _quit_on_signals(app)
    early = None if options.sample or options.place is None else show_early(app, options.place.resolve())
    # What watches comes after what a person waits for; until then the log has what nobody caught.
    from genglossary_gui.ui.crash import CrashWatch, log_faults

    watch = CrashWatch(lambda: app.settings)
    log_faults()
    load_the_rest(qt if early else None)
    from qasync import QEventLoop

    with QEventLoop(qt) as loop:
        watch.watch_loop(loop)
        status = _until_done(loop, loop.create_task(_run(qt, app, options, early)))
    if dog is not None:
        dog.stop()
    watch.stop()
    _leave_signals_to_the_system()
    return status


def _until_done(loop: QEventLoop, task: asyncio.Task[int]) -> int:
    """What ``task`` gives.  A quit of the desktop ends the loop at once, even while the window gets its parts."""
    while not task.done():
        try:
            loop.run_until_complete(task)
        except RuntimeError:
            if task.done():
                raise
    return task.result()


async def _run(qt: QApplication, app: App, options: argparse.Namespace, early: MainWindow | None) -> int:
    import asyncio

    from genglossary_gui.opening import fill
    from genglossary_gui.ui.background import finish
    from genglossary_gui.ui.ending import end_now
    from genglossary_gui.ui.single_instance import FirstInstance

    last_window_closed = asyncio.Event()
    qt.lastWindowClosed.connect(last_window_closed.set)
    qt.commitDataRequest.connect(app.end_session, Qt.ConnectionType.DirectConnection)
    if isinstance(qt, Application):
        qt.file_opened.connect(lambda path: _open_first(app, argparse.Namespace(place=Path(path), sample=False)))
    if early is None:
        _open_first(app, options)
    else:
        try:
            await fill(app, early, options.place.resolve())
        except UserFacingError as error:
            _say_at_home(app, error)
            early.first = None
            early.close()
    first = FirstInstance(lambda wish: _grant(app, wish))
    while any(window.isVisible() for window in app.windows):
        last_window_closed.clear()
        await last_window_closed.wait()
    first.close()
    await _turn()
    if not finish(_LAST_WORK_SECONDS):
        end_now(0)
    app.close()
    gc.disable()  # what is left goes with the process, in this thread and no other
    return 0


async def _turn() -> None:
    """Let the event loop do what closing windows have put off."""
    import asyncio

    turned = asyncio.get_running_loop().create_future()
    QTimer.singleShot(0, lambda: turned.set_result(None))
    await turned


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
        _say_at_home(app, error)


def _say_at_home(app: App, error: UserFacingError) -> None:
    app.show_home()
    app.windows[-1].show_error(error)


def _quit_on_signals(app: App) -> None:
    """Ctrl-C closes the windows like a person would, a polite kill does not ask; Python sees them while it runs.

    It sees them between any two instructions, but windows close only where the event loop turns.
    """
    terminations: set[asyncio.Future] = set()

    def terminate() -> None:
        import asyncio

        try:
            asyncio.get_running_loop()
        except RuntimeError:  # before the loop runs nothing can be at work
            app.quit()
        else:
            terminations.add(asyncio.ensure_future(app.terminate()))

    signal.signal(signal.SIGINT, lambda *_args: QTimer.singleShot(0, app, app.quit))
    signal.signal(signal.SIGTERM, lambda *_args: QTimer.singleShot(0, app, terminate))
    heartbeat = QTimer(app, interval=500)
    heartbeat.timeout.connect(_let_python_run)
    heartbeat.start()


def _leave_signals_to_the_system() -> None:
    """Everything is closed: a further Ctrl-C ends the process at once, and finds no window that has gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


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
