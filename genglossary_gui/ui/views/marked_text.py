"""A text to read with stretches of it marked; as high as it needs to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from genglossary_gui.core.exchange.text_diff import Segment, SegmentKind
from genglossary_gui.ui import theme
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import enlarge

_LINE_HEIGHT = 125.0
"""Percent of what the font asks for."""
_LONGEST = 20_000
"""Characters of a text that are shown."""


@dataclass(frozen=True)
class Stretch:
    """A piece of the text.  ``mark``: empty, ``removed``, ``added`` or ``unsupported``, told not by colour alone."""

    text: str
    mark: str = ""

    @classmethod
    def of(cls, segments: Iterable[Segment]) -> list[Stretch]:
        """What changed between two texts."""
        return [cls(s.text, "" if s.kind is SegmentKind.SAME else str(s.kind)) for s in segments]


class MarkedText(QTextEdit):
    """Plain text only: nothing in it is ever taken for markup.  ``edit_wanted()``: a double click."""

    edit_wanted = Signal()

    def __init__(self, stretches: Iterable[Stretch], *, factor: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stretches = list(stretches)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        enlarge(self, factor)
        self._fill()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.fontMetrics().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The panel scrolls, not the text in it.
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit_wanted.emit()

    def _fill(self) -> None:
        if not hasattr(self, "_stretches"):
            return
        self.clear()
        cursor = QTextCursor(self.document())
        left = _LONGEST
        for stretch in self._stretches:
            cursor.insertText(_lines(stretch.text[:left]), _format(stretch.mark))
            left -= len(stretch.text)
            if left <= 0:
                cursor.insertText("…", QTextCharFormat())
                break
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(_airy())
        self._fit()

    def _fit(self) -> None:
        document = self.document()
        document.setTextWidth(max(self.viewport().width(), 40))
        height = round(document.size().height()) + 2
        if height != self.height():
            self.setFixedHeight(height)


def _airy() -> QTextBlockFormat:
    """Lines as far apart as reading asks for: kanji fill their lines more than letters do."""
    style = QTextBlockFormat()
    style.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return style


def _lines(text: str) -> str:
    """Harmless, but with its line breaks."""
    return "\n".join(harmless(line, _LONGEST) for line in text.split("\n"))


def _format(mark: str) -> QTextCharFormat:
    style = QTextCharFormat()
    colours = theme.current()
    if mark == "removed":
        style.setForeground(QColor(colours.error))
        style.setBackground(QColor(colours.banner_error))
        style.setFontStrikeOut(True)
    elif mark == "added":
        style.setForeground(QColor(colours.success))
        style.setBackground(QColor(colours.banner_success))
        style.setFontUnderline(True)
    elif mark == "unsupported":
        style.setBackground(QColor(colours.banner_warning))
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(QColor(colours.error))
    return style
