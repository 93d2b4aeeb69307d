"""One message at the top of the window, which goes when it is dismissed or followed by another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.ui.icons import Picture
from genglossary_gui.ui.plain import button, icon_button, label, set_words

_ICONS = {"info": "info", "success": "status-completed", "warning": "warning", "error": "error"}


class Banner(QFrame):
    """A slim bar with a sentence, at most one button, and a cross.  Hidden until something is to be said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.hide()
        self._icon = Picture()
        self._text = label(selectable=True, wrap=True)
        self._action = button("link")
        self._action.hide()
        self._action.clicked.connect(self._on_action)
        self._then: Callable[[], object] | None = None
        self._close = icon_button("close")
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self.retranslate()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, kind: str = "info", *, action: str = "", then: Callable[[], object] | None = None) -> None:
        """Show a message.  ``kind``: ``info``, ``success``, ``warning``, ``error``; ``action``: a button."""
        self._text.setText(text)
        self._icon.show_icon(_ICONS[kind])
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._then = then
        self.setProperty("banner", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def retranslate(self) -> None:
        set_words(self._close, _("Dismiss the message"))

    def _on_action(self) -> None:
        self.hide()
        if self._then is not None:
            self._then()
