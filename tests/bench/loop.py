"""Drives the event loop of a window, and beats in it: a late beat is a stall that a person could feel."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from genglossary_gui.ui.main_window import MainWindow
from tests.bench.measuring import quantile

_BEAT_MS = 5
_PATIENCE = 120.0


class Loop(QObject):
    """The event loop of this thread.  Stalls are counted from the last ``reset``."""

    def __init__(self) -> None:
        super().__init__()
        self._stalls: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    def reset(self) -> None:
        self._stalls.clear()
        self._last = perf_counter()

    def worst_ms(self) -> float:
        """How late the latest beat was, in milliseconds."""
        return max(self._stalls, default=0.0)

    def p99_ms(self) -> float:
        return quantile(self._stalls, 0.99)

    def until(self, condition: Callable[[], bool]) -> None:
        """Handle events until ``condition()`` holds.  Raises ``TimeoutError``."""
        deadline = perf_counter() + _PATIENCE
        while not condition():
            if perf_counter() > deadline:
                raise TimeoutError("what was waited for did not come")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def settle(self, seconds: float = 0.3) -> None:
        """Handle events for a while: whatever a window does after it was shown is done."""
        end = perf_counter() + seconds
        self.until(lambda: perf_counter() > end)

    @Slot()
    def _on_beat(self) -> None:
        now = perf_counter()
        self._stalls.append(max(0.0, (now - self._last) * 1000 - _BEAT_MS))
        self._last = now


def application() -> QApplication:
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication(["bench"])


def close(window: MainWindow, loop: Loop) -> None:
    """Close a window whose runs have ended, and wait until it has let go of its project."""
    assert window.workspace is not None
    controller = window.workspace.controller
    controller.cancel_all()
    loop.until(lambda: not controller.active_runs())
    loop.settle(0.1)
    window.close()
    loop.settle(0.1)
