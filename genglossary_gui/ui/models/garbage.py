"""Collects Python's cyclic garbage in the GUI thread only.

Python collects in whichever thread happens to allocate.  When that is a worker, it destroys windows and
timers there, and Qt crashes.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 250


class GarbageCollector(QObject):
    """Takes over from Python's automatic collection until ``stop()``.  Make one at the start."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def stop(self) -> None:
        """Collect everything once more and give the work back to Python."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    @Slot()
    def _on_timeout(self) -> None:
        """The oldest generation whose threshold is passed, as Python would do it."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
