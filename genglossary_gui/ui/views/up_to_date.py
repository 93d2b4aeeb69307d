"""A page that shows what a person has just changed: at once while it is seen, otherwise when it comes to the front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

from genglossary_gui.ui.edits import Edits


class UpToDate(QObject):
    """Calls ``refresh`` for ``page`` after edits; a page behind another waits until it is shown.

    ``refresh`` itself calls ``is_read``: whatever made it read, nothing is outdated then.
    """

    def __init__(self, page: QWidget, edits: Edits | None, refresh: Callable[[], object]) -> None:
        super().__init__(page)
        self._page = page
        self._refresh = refresh
        self._is_outdated = False
        page.installEventFilter(self)
        if edits is not None:
            edits.changed.connect(self._on_edited)

    def is_read(self) -> None:
        """The page has just asked for everything anew."""
        self._is_outdated = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._is_outdated and watched is self._page:
            self._refresh()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_edited(self) -> None:
        self._is_outdated = True
        if self._page.isVisible():
            self._refresh()
