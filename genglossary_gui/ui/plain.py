"""Widgets and words that show text as it is: nothing from a document is ever taken for markup."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from genglossary_gui.core import i18n
from genglossary_gui.core.i18n import _
from genglossary_gui.ui.icons import icon


def label(text: str = "", *, role: str = "", selectable: bool = False, wrap: bool = False) -> QLabel:
    """A label that never reads rich text.  ``role`` (style sheet): ``muted``, ``section`` or ``error``."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setWordWrap(wrap)
    if role:
        widget.setProperty("role", role)
    if wrap:
        widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if selectable:
        widget.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return widget


class PushButton(QPushButton):
    """A push button that Enter presses while it has the focus, in a dialog with another default button, too."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt leaves this to the desktop: with some of them only the space bar would do.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(role: str = "") -> QPushButton:
    """A push button that Enter presses while it has the focus; ``role`` as in the style sheet."""
    widget = PushButton()
    if role:
        widget.setProperty("role", role)
    return widget


def icon_button(name: str, size: int = 16) -> QToolButton:
    """A flat button with an icon only; give it its words with ``set_words``."""
    widget = QToolButton()
    widget.setProperty("flat", True)
    widget.setIcon(icon(name))
    widget.setIconSize(QSize(size, size))
    widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return widget


def set_words(widget: QWidget, words: str) -> None:
    """Accessible name and tool tip of a control without words of its own."""
    widget.setAccessibleName(words)
    widget.setToolTip(tool_tip(words))


def tool_tip(text: str) -> str:
    """``text`` for ``setToolTip``, shown as it is and wrapped."""
    # Not html.escape: with it come the names of 2,200 characters, at each start.
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "<br>")):
        text = text.replace(character, entity)
    return f"<qt>{text}</qt>" if text else ""


def enlarge(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """Give the widget a larger font than its parents have."""
    font = QFont(widget.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    widget.setFont(font)


def spaced(layout: QLayout, margin: int = 0, spacing: int = 8) -> None:
    """The same margin on all sides and a spacing, in device-independent pixels (multiples of 4)."""
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)


def number(value: int) -> str:
    """``value`` with the separators of the interface's language."""
    return locale().toString(value)


def size(count: int) -> str:
    """A size in bytes for people."""
    if count == 1:  # Qt writes “1 bytes”
        return _("1 byte")
    return locale().formattedDataSize(
        count, 1 if count >= 1024 else 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat
    )


def locale() -> QLocale:
    """How the interface's language writes numbers and dates."""
    return QLocale(QLocale.Language.Japanese if i18n.language() == "ja" else QLocale.Language.English)
