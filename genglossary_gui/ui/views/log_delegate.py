"""How the lines of a log are painted: quiet times, marked words, headings, messages on one line or on several."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from genglossary_gui.ui import theme
from genglossary_gui.ui.models.log_marks import Marker
from genglossary_gui.ui.models.logs import HEADING, TIME

Index = QModelIndex | QPersistentModelIndex

MOST_LINES = 12
"""A wrapped message is cut after so many; the whole of it is in the detail strip."""
_SIDE = 8
_SPACE = 6


class QuietDelegate(QStyledItemDelegate):
    """Muted; the time with digits of one width; headings stand out.  ``wraps``: messages take several lines."""

    wraps = False

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        is_heading = bool(index.data(HEADING))
        if index.column() == TIME and not is_heading:
            option.font = theme.monospace_font(option.font.pointSizeF())  # type: ignore[attr-defined]
        option.font.setBold(is_heading)  # type: ignore[attr-defined]
        colour = theme.current().text if is_heading else theme.current().muted
        option.palette.setColor(QPalette.ColorRole.Text, QColor(colour))  # type: ignore[attr-defined]
        if self.wraps:
            # Beside the first line of the message.
            option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop  # type: ignore[attr-defined]
            option.decorationAlignment = option.displayAlignment  # type: ignore[attr-defined]


class MessageDelegate(QStyledItemDelegate):
    """A message in which ``marker`` marks what is searched for; on several lines when it ``wraps``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.marker: Marker | None = None
        self.wraps = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text = option.text  # type: ignore[attr-defined]
        option.text = ""  # type: ignore[attr-defined]
        widget = option.widget  # type: ignore[attr-defined]
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        area: QRect = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)  # type: ignore[attr-defined]
        is_heading = bool(index.data(HEADING))
        layout = self._laid_out(text, option, area.width(), is_marked=not is_heading)
        painter.save()
        painter.setClipRect(area)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        painter.setPen(QColor(theme.current().muted) if is_heading else option.palette.color(role))  # type: ignore[attr-defined]
        top = 0 if self.wraps else (area.height() - layout.boundingRect().height()) / 2
        layout.draw(painter, QPointF(area.left(), area.top() + top))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), self.height_of(str(index.data() or ""), option))

    def height_of(self, text: str, option: QStyleOptionViewItem) -> int:
        """How much room a message takes, in pixels."""
        width = option.rect.width() - 2 * _SIDE  # type: ignore[attr-defined]
        return round(self._laid_out(text, option, width, is_marked=False).boundingRect().height()) + _SPACE

    def _laid_out(self, text: str, option: QStyleOptionViewItem, width: int, *, is_marked: bool) -> QTextLayout:
        font: QFont = option.font  # type: ignore[attr-defined]
        if not self.wraps:
            # What can never be seen need not be measured.
            metrics = option.fontMetrics  # type: ignore[attr-defined]
            text = metrics.elidedText(text[: max(80, width)], Qt.TextElideMode.ElideRight, width)
        layout = QTextLayout(text, font)
        wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if self.wraps else QTextOption.WrapMode.NoWrap
        words = QTextOption()
        words.setWrapMode(wrap)
        layout.setTextOption(words)
        if is_marked and self.marker is not None:
            layout.setFormats([_range(start, length) for start, length in self.marker.spans(text)])
        layout.beginLayout()
        top = 0.0
        for _number in range(MOST_LINES if self.wraps else 1):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout


def _range(start: int, length: int) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start = start  # type: ignore[assignment]
    found.length = length  # type: ignore[assignment]
    marked = QTextCharFormat()
    marked.setBackground(QColor(theme.current().occurrence))
    marked.setForeground(QColor(theme.current().text))
    found.format = marked  # type: ignore[assignment]
    return found
