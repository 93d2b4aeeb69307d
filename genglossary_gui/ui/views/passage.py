"""A passage as a card that can be pressed: the quote with the term emphasised, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.glossary import PlacedPassage
from genglossary_gui.core.text import DocumentText
from genglossary_gui.ui import phrases, theme
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import tool_tip
from genglossary_gui.ui.utf16 import to_utf16
from genglossary_gui.ui.views.document_rows import find_all

_MARGIN, _GAP, _BAR = 12, 6, 3
_LONGEST = 360
"""Characters of a quote; the document shows the rest."""


class PassageCard(QAbstractButton):
    """Click, Enter or Space presses it.  ``surfaces`` are the spellings to emphasise."""

    def __init__(self, placed: PlacedPassage, surfaces: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.placed = placed
        self._quote = harmless(placed.passage.text, _LONGEST)
        self._emphasised = find_all(DocumentText(self._quote), surfaces)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{self._quote} — {self._place()}")
        self.setToolTip(tool_tip(_("Open the document at this place")))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._laid_out(width)[1] + self._place_height() + _GAP + 2 * _MARGIN)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 2 * round(self._place_height()) + _GAP + 2 * _MARGIN)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_near = self.underMouse() or self.isDown()
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.border), 1))
        painter.setBrush(QColor(colours.hover if is_near else colours.alternate))
        painter.drawRoundedRect(area, 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(QRectF(0, 6, _BAR, self.height() - 12), 1.5, 1.5)
        painter.setPen(QColor(colours.text))
        layout, height = self._laid_out(self.width())
        layout.draw(painter, QPointF(_MARGIN + _BAR, _MARGIN))
        self._paint_place(painter, _MARGIN + height + _GAP)

    def _paint_place(self, painter: QPainter, top: float) -> None:
        painter.setFont(self._small_font())
        painter.setPen(QColor(theme.current().accent))
        room = QRectF(_MARGIN + _BAR, top, self.width() - 2 * _MARGIN - _BAR, self._place_height())
        metrics = QFontMetricsF(self._small_font())
        shown = metrics.elidedText(self._place(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _place(self) -> str:
        words = _("{document} · {place}").format(
            document=harmless(self.placed.document),
            place=phrases.place(self.placed.document, self.placed.passage.line),
        )
        return words if self.placed.is_current else _("{place} · changed since").format(place=words)

    def _place_height(self) -> float:
        return QFontMetricsF(self._small_font()).height()

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        return font

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        """The quote in lines of this card's width, and their height."""
        layout = QTextLayout(self._quote, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([self._emphasis(start, end) for start, end in self._emphasised])
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width - 2 * _MARGIN - _BAR, 60))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height

    def _emphasis(self, start: int, end: int) -> QTextLayout.FormatRange:
        style = QTextCharFormat()
        style.setFontWeight(QFont.Weight.Bold)
        style.setBackground(QColor(theme.current().occurrence))
        found = QTextLayout.FormatRange()
        first, last = to_utf16(self._quote, start), to_utf16(self._quote, end)
        found.start, found.length, found.format = first, last - first, style  # type: ignore[attr-defined]
        return found
