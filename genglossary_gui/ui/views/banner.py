"""One message at the top of the window, which goes when it is dismissed or followed by another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.ui.icons import Picture
from genglossary_gui.ui.plain import button, icon_button, label, set_words
from genglossary_gui.ui.views.flow import FlowLayout

_ICONS = {"info": "info", "success": "status-completed", "warning": "warning", "error": "error"}

Offer = tuple[str, Callable[[], object]]
"""The words of a button, and what it does; the message goes when it is pressed."""


class Banner(QFrame):
    """A slim bar with a sentence, buttons, and a cross.  Hidden until something is to be said.

    One button stands beside the sentence, several stand below it and take as many lines as they need.
    One that ``stays`` has no cross, keeps its buttons beside the sentence, and its message does not go when one is
    pressed.
    """

    def __init__(self, parent: QWidget | None = None, *, stays: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._stays = stays
        self.hide()
        self._icon = Picture()
        self._text = label(selectable=True, wrap=True)
        self._buttons: list[QPushButton] = []
        self._flow = FlowLayout()
        self._close = icon_button("close")
        self._close.clicked.connect(self.hide)
        self._close.setHidden(stays)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(16, 6, 8, 6)
        self._layout.setHorizontalSpacing(10)
        self._layout.setVerticalSpacing(6)
        self._layout.setColumnStretch(1, 1)
        self._layout.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addWidget(self._text, 0, 1)
        self._layout.addWidget(self._close, 0, 3, Qt.AlignmentFlag.AlignTop)
        if not stays:
            self._layout.addLayout(self._flow, 1, 1, 1, 3)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(8)
        self._layout.addLayout(self._beside, 0, 2)
        self.retranslate()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, kind: str = "info", *, offers: Sequence[Offer] = ()) -> None:
        """Show a message.  ``kind``: ``info``, ``success``, ``warning``, ``error``."""
        self._text.setText(text)
        self._icon.show_icon(_ICONS[kind])
        self._show_offers(offers)
        self.setProperty("banner", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def take_back(self, text: str) -> None:
        """Hide the message, if it is still this one."""
        if self.text == text:
            self.hide()

    def retranslate(self) -> None:
        set_words(self._close, _("Dismiss the message"))

    def _show_offers(self, offers: Sequence[Offer]) -> None:
        for old in self._buttons:
            old.hide()
            self._beside.removeWidget(old)
            self._flow.removeWidget(old)
            old.deleteLater()
        self._buttons = [self._button(*offer, is_alone=len(offers) == 1) for offer in offers]

    def _button(self, words: str, act: Callable[[], object], *, is_alone: bool) -> QPushButton:
        widget = button("link" if is_alone else "")
        widget.setText(words)
        widget.clicked.connect(lambda: self._on_offer(act))
        if is_alone or self._stays:
            self._beside.addWidget(widget)
        else:
            self._flow.addWidget(widget)
        # A layout shows what is new only later.
        widget.show()
        return widget

    def _on_offer(self, act: Callable[[], object]) -> None:
        self.setVisible(self._stays)
        act()
