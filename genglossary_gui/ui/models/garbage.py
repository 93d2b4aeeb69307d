"""Collects Python's cyclic garbage in the GUI thread only.

Python collects in whichever thread happens to allocate.  When that is a worker, it destroys windows and
timers there, and Qt crashes.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 250
_OLDEST = 2
_GROWTH = 1.25
"""Everything is looked through when there is so much more of it than last time: that takes the longest."""


_undisturbed: set[object] = set()


def hold(who: object) -> None:
    """Collect nothing until ``keep`` or ``let_go``: ``who`` is about to make very many plain values."""
    _undisturbed.add(who)


def keep(who: object) -> None:
    """The values are made and will stay for a while: leave them out of collections until ``let_go``."""
    _undisturbed.discard(who)
    gc.freeze()


def let_go(who: object) -> None:
    """The values are gone, or never came."""
    _undisturbed.discard(who)
    gc.unfreeze()


class GarbageCollector(QObject):
    """Takes over from Python's automatic collection until ``stop()``.  Make one at the start."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self.spare()
        self._lasting = 0
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def spare(self) -> None:
        """Leave everything that exists now out of later collections: most of it is imported modules."""
        gc.freeze()

    def stop(self) -> None:
        """Collect everything once more and give the work back to Python."""
        self._timer.stop()
        gc.unfreeze()
        _undisturbed.clear()
        gc.unfreeze()
        gc.collect()
        gc.enable()

    @Slot()
    def _on_timeout(self) -> None:
        """The oldest generation whose threshold is passed, as Python would do it."""
        if _undisturbed:
            return
        for generation in (_OLDEST, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] and self._is_due(generation):
                gc.collect(generation)
                if generation == _OLDEST:
                    self._lasting = len(gc.get_objects(_OLDEST))
                return

    def _is_due(self, generation: int) -> bool:
        return generation < _OLDEST or len(gc.get_objects(_OLDEST)) > self._lasting * _GROWTH
