"""Above a project that can only be read: why, what may be done about it, and when that is over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.runs.window_lock import Obstacle, is_still_there
from genglossary_gui.ui import phrases
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.views.banner import Banner

_LOOK_MS = 2_000


class ReadOnlyBar(Banner):
    """``copy_wanted()``: a copy is to be opened.  ``again_wanted()``: try whether the project can be changed now.

    It looks every other second, in another thread, whether the obstacle is still there.
    """

    copy_wanted = Signal()
    again_wanted = Signal()
    _obstacle: Obstacle | None = None

    def __init__(self, project: Path, obstacle: Obstacle, parent: QWidget | None = None) -> None:
        super().__init__(parent, stays=True)
        self.setObjectName("readOnlyBar")
        self._project = project
        self._obstacle = obstacle
        self._is_free = self._is_looking = False
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look)
        self._look.start()
        self.retranslate()

    def show_obstacle(self, obstacle: Obstacle) -> None:
        """It was tried again, and this is in the way now."""
        self._obstacle = obstacle
        self._show(obstacle, is_free=False)

    def stop(self) -> None:
        """Look no more: the window closes."""
        self._look.stop()

    @Slot()
    def look(self) -> None:
        """Find out whether the obstacle is still there."""
        project, obstacle = self._project, self._obstacle
        if obstacle is not None and not self._is_looking:
            self._is_looking = True
            Background(self, lambda: is_still_there(project, obstacle), self._on_looked, self._on_not_looked)

    def retranslate(self) -> None:
        super().retranslate()
        if self._obstacle is not None:
            self._show(self._obstacle, is_free=self._is_free)

    def _on_looked(self, is_there: bool) -> None:
        self._is_looking = False
        if is_there is self._is_free and self._obstacle is not None:
            self._show(self._obstacle, is_free=not is_there)

    def _on_not_looked(self, _error: object) -> None:
        self._is_looking = False

    def _show(self, obstacle: Obstacle, *, is_free: bool) -> None:
        self._is_free = is_free
        copy = (_("Open a copy…"), self.copy_wanted.emit)
        if is_free:
            words = _("The project can be changed now.")
            self.say(words, "success", offers=[(_("Work on it here"), self.again_wanted.emit), copy])
        else:
            words = phrases.read_only_because(obstacle)
            self.say(words, "warning", offers=[(_("Try again"), self.again_wanted.emit), copy])
