"""Notices when the window stands still, and says where: a help for whoever works on the app."""

from __future__ import annotations

import logging
import sys
import threading
import traceback

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from genglossary_gui.core import times

logger = logging.getLogger(__name__)

_BEAT_MS = 20
_LOOK_SECONDS = 0.02
LONGEST_SECONDS = 0.1
"""A person feels a longer pause."""


class Watchdog(QObject):
    """Logs each pause of the thread that made it, with the stack that caused it, as a warning.

    Starts at once; ``stop()`` ends its own thread.
    """

    def __init__(self, parent: QObject | None = None, *, longest: float = LONGEST_SECONDS) -> None:
        super().__init__(parent)
        self._longest = longest
        self._watched = threading.get_ident()
        self._beat_at = times.monotonic()
        self._stopped = threading.Event()
        self._stall = ""
        self._heart = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._heart.timeout.connect(self._on_beat)
        self._heart.start()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._heart.stop()
        self._stopped.set()
        self._thread.join()

    @Slot()
    def _on_beat(self) -> None:
        now = times.monotonic()
        stack, self._stall = self._stall, ""
        if stack:
            logger.warning("the window stood still for %d ms:\n%s", round((now - self._beat_at) * 1000), stack)
        self._beat_at = now

    def _watch(self) -> None:
        while not self._stopped.wait(_LOOK_SECONDS):
            if not self._stall and times.monotonic() - self._beat_at > self._longest:
                frame = sys._current_frames().get(self._watched)
                if frame is not None:
                    self._stall = "".join(traceback.format_stack(frame))
