"""What happens with errors that nobody expected: all of them are logged, and a person is told once, in plain words.

Exceptions of slots and of threads, those in tasks of the event loop, messages of Qt and faults of the whole process
end in the application's log.  Exceptions also open one dialog with a report that can be copied.
"""

from __future__ import annotations

import faulthandler
import logging
import traceback
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from genglossary_gui.core import app_log, paths
from genglossary_gui.core.settings import AppSettings

if TYPE_CHECKING:
    import asyncio

_qt_logger = logging.getLogger("genglossary_gui.qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_FAULTS = "genglossary-faults.log"
_faults: IO[str] | None = None


class CrashWatch(QObject):
    """Hears of every exception that nobody caught, until ``stop()``.  Lives in the GUI thread.

    ``settings()`` are asked for when a person saves the diagnostics.  Of exceptions of one kind and place only the
    first opens the dialog, and none does while it is open: it counts them.
    """

    _raised = Signal(object)

    def __init__(self, settings: Callable[[], AppSettings], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._dialog: QObject | None = None
        self._told: set[tuple[str, str, int]] = set()
        # From any thread to this one; the exception keeps its traceback with it.
        self._raised.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._stop_hearing = app_log.tell_uncaught(self._raised.emit)
        self._handler_before = qInstallMessageHandler(log_qt_message)

    def stop(self) -> None:
        self._stop_hearing()
        qInstallMessageHandler(self._handler_before)

    def watch_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hear also of exceptions that tasks and callbacks of the event loop end with."""
        loop.set_exception_handler(_on_loop_error)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        from genglossary_gui.ui.dialogs.crash import CrashDialog

        if isinstance(self._dialog, CrashDialog):
            self._dialog.count_further()
            return
        place = _place(error)
        if place in self._told:
            return
        self._told.add(place)
        dialog = CrashDialog(error, facts(), self._settings, _front_window())
        dialog.destroyed.connect(self._forget)
        self._dialog = dialog
        dialog.show()

    @Slot()
    def _forget(self) -> None:
        self._dialog = None


def log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    """A message of Qt in the application's log.  Runs in whichever thread Qt speaks."""
    category = context.category or "default"
    _qt_logger.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", category, message or "")


def log_faults() -> None:
    """Have faults of the whole process (a signal that ends it) write the stacks of all threads to the log folder."""
    global _faults
    try:
        _faults = (paths.log_folder() / _FAULTS).open("a", encoding="utf-8")
        faulthandler.enable(_faults)
    except (OSError, RuntimeError):
        _faults = None  # it costs only these stacks


def facts() -> dict[str, str]:
    """What a report says about the window system."""
    screens = [
        f"{screen.geometry().width()}×{screen.geometry().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    ]
    app = QApplication.instance()
    style = app.style().objectName() if isinstance(app, QApplication) else ""
    return {
        "Qt": qVersion(),
        "Qt platform": QGuiApplication.platformName(),
        "Qt style": style,
        "screens": ", ".join(screens),
    }


def _on_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    if isinstance(error, BaseException):
        app_log.log_uncaught(error)
    else:
        logging.getLogger(__name__).error("event loop: %s", context.get("message", ""))


def _place(error: BaseException) -> tuple[str, str, int]:
    """The place in the code where the error arose; errors of one place count as one fault."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return type(error).__name__, last.filename if last else "", (last.lineno or 0) if last else 0


def _front_window() -> Any:
    """A window over which the dialog lies; None when there is none."""
    active = QApplication.activeWindow()
    return active or next((each for each in QApplication.topLevelWidgets() if each.isVisible()), None)
