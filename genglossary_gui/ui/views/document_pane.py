"""The text of a document with line numbers: filled bit by bit, dressed where it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QMenu, QPlainTextEdit, QTextEdit, QToolTip, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.glossary import GlossaryTerm
from genglossary_gui.ui import theme
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import tool_tip
from genglossary_gui.ui.views.document_formats import Marks, Range, colours, formats
from genglossary_gui.ui.views.document_rows import DocumentRows
from genglossary_gui.ui.views.document_terms import TermPlaces

_FIRST_ROWS, _ROWS_A_TICK = 400, 800
_GUTTER_MARGIN = 12
_LONGEST_TERM, _LONGEST_DEFINITION, _LONGEST_TIP = 100, 1_000, 400
_ACTS = {
    Qt.Key.Key_T: "add",
    Qt.Key.Key_R: "require",
    Qt.Key.Key_X: "exclude",
    Qt.Key.Key_S: "synonym",
    Qt.Key.Key_D: "define",
}
_WORDS = {
    "add": lambda: _("Add as a &term"),
    "require": lambda: _("Add as &required"),
    "exclude": lambda: _("Add as e&xcluded"),
    "synonym": lambda: _("&Synonym of…"),
    "define": lambda: _("Set as &definition of…"),
}


class DocumentPane(QPlainTextEdit):
    """Shows ``DocumentRows``.  Positions are code points of the document.

    ``filled()``: all rows are in.  ``term_pressed(term id)``: a term of the glossary was clicked.
    ``decided(act, words)``: the words that are selected are to be a term (``add``), ``require``d or ``exclude``d,
    or a ``synonym`` of a term, or to ``define`` one.
    However large the document is, no step of the filling takes much longer than a frame, and only rows that come into
    sight are laid out and coloured.
    """

    filled = Signal()
    term_pressed = Signal(int)
    decided = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(12)
        self._rows: DocumentRows | None = None
        self._marks = Marks()
        self._terms = TermPlaces()
        self.can_decide = False
        self._shown_occurrence: Range | None = None
        self._target: int | None = None
        self._generation = 0
        self._next_row = 0
        self._fill_timer = QTimer(self)
        self._fill_timer.timeout.connect(self._fill)
        self._gutter = _Gutter(self)
        self.updateRequest.connect(self._on_update_request)

    def show_rows(self, rows: DocumentRows) -> None:
        """Begin to show another document, from its top."""
        self._rows = rows
        self._marks, self._shown_occurrence, self._target = Marks(), None, None
        self._terms = TermPlaces()
        self._next_row = min(_FIRST_ROWS, len(rows))
        self._fit_gutter()
        self.setPlainText(rows.joined(0, self._next_row))
        self._dress_anew()
        self._fill_timer.start(0)

    def set_marks(self, occurrences: Sequence[Range], passage: Range | None) -> None:
        """Colour these occurrences (ascending) and this passage from now on."""
        self._marks = Marks(occurrences, passage, self._terms.places)
        self._shown_occurrence = None
        self._dress_anew()

    def set_terms(self, terms: TermPlaces) -> None:
        """Underline the terms of the glossary; the pointer over one tells what it means."""
        self._terms = terms
        self._marks = replace(self._marks, terms=terms.places)
        self._dress_anew()

    def selected_words(self, act: str = "add") -> str:
        """What is selected of the document, on one line; empty for nothing, or too much for that ``act``."""
        cursor = self.textCursor()
        if self._rows is None or not cursor.hasSelection():
            return ""
        start, end = (self._offset_at(place) for place in (cursor.selectionStart(), cursor.selectionEnd()))
        words = " ".join(self._rows.document.text[start:end].split())
        return words if len(words) <= (_LONGEST_DEFINITION if act == "define" else _LONGEST_TERM) else ""

    def reveal(self, offset: int) -> None:
        """Put the text cursor there and bring the place to the middle, as soon as it is filled in."""
        self._target = offset
        self._reveal_target()

    def show_occurrence(self, occurrence: Range) -> None:
        """Mark one occurrence as the current one and go there."""
        self._shown_occurrence = occurrence
        self.reveal(occurrence[0])
        self._select_shown()

    def offset(self) -> int:
        """The character at the text cursor."""
        if self._rows is None:
            return 0
        cursor = self.textCursor()
        return self._rows.offset_of(min(cursor.blockNumber(), len(self._rows) - 1), cursor.positionInBlock())

    def _offset_at(self, position: int) -> int:
        rows, block = self._rows, self.document().findBlock(position)
        if rows is None or not len(rows):
            return 0
        return rows.offset_of(min(block.blockNumber(), len(rows) - 1), position - block.position())

    def is_at(self, offset: int) -> bool:
        """Whether the text cursor stands at this character, or is going to as soon as it is filled in."""
        return self._target == offset or (self._target is None and self.offset() == offset)

    def gutter_width(self) -> int:
        lines = self._rows.document.lines[-1][1] if self._rows else 1
        return round(QFontMetricsF(self._gutter.font()).horizontalAdvance("0" * len(str(lines)))) + 2 * _GUTTER_MARGIN

    def visible_lines(self) -> list[tuple[QRectF, int]]:
        """Where the first lines of the visible blocks of the document stand, and their source lines."""
        found: list[tuple[QRectF, int]] = []
        for block, area in self._visible_blocks():
            line = self._rows.line_of(block.blockNumber()) if self._rows else None
            if line is not None:
                first_line = block.layout().lineAt(0)
                found.append((QRectF(0, area.top(), area.width(), first_line.height()), line))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        self._dress_visible()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        area = self.contentsRect()
        self._gutter.setGeometry(QRect(area.left(), area.top(), self.gutter_width(), area.height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress_anew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = _ACTS.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.NoModifier else None
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif act and self.can_decide and self.selected_words(act):
            self.decided.emit(act, self.selected_words(act))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            term = self._term_at(event.position().toPoint())
            if term is not None:
                self.term_pressed.emit(term.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(_("Copy"))
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(self.textCursor().hasSelection())
        copy.triggered.connect(self.copy)
        menu.addSeparator()
        for key, act in _ACTS.items():
            if self.can_decide and (words := self.selected_words(act)):
                action = menu.addAction(_WORDS[act]())
                action.setShortcut(QKeySequence(key))
                action.triggered.connect(lambda _checked=False, act=act, words=words: self.decided.emit(act, words))
        menu.popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            term = self._term_at(event.pos())
            if term is None:
                QToolTip.hideText()
            else:
                words = harmless(term.definition, _LONGEST_TIP) or _("No definition found in the documents")
                QToolTip.showText(event.globalPos(), tool_tip(f"{harmless(term.surfaces[0])}\n{words}"), self)
            return True
        return super().viewportEvent(event)

    def _term_at(self, place: QPoint) -> GlossaryTerm | None:
        """The term of the glossary under a place of the viewport."""
        rows = self._rows
        cursor = self.cursorForPosition(place)
        if rows is None or cursor.blockNumber() >= len(rows):
            return None
        # Beside the text the cursor would be at its end.
        edge = self.cursorRect(cursor)
        if abs(edge.center().x() - place.x()) > 2 * edge.height() or not edge.top() <= place.y() <= edge.bottom():
            return None
        column = cursor.positionInBlock() - (1 if edge.left() > place.x() else 0)
        return self._terms.at(rows.offset_of(cursor.blockNumber(), max(column, 0)))

    def _fill(self) -> None:
        rows = self._rows
        if rows is None or self._next_row >= len(rows):
            self._fill_timer.stop()
            self._reveal_target()
            self.filled.emit()
            return
        last = min(self._next_row + _ROWS_A_TICK, len(rows))
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText("\n" + rows.joined(self._next_row, last))
        self._next_row = last
        self._reveal_target()

    def _reveal_target(self) -> None:
        rows = self._rows
        if rows is None or self._target is None:
            return
        row = rows.row_of(self._target)
        if row >= self._next_row:
            return
        block = self.document().findBlockByNumber(row)
        self._dress(block)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + rows.column_of(row, self._target))
        self.setTextCursor(cursor)
        self.centerCursor()
        self._target = None
        self._select_shown()

    def _select_shown(self) -> None:
        rows, shown = self._rows, self._shown_occurrence
        selections: list[QTextEdit.ExtraSelection] = []
        if rows is not None and shown is not None and (row := rows.row_of(shown[0])) < self._next_row:
            block = self.document().findBlockByNumber(row)
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + rows.column_of(row, shown[0]))
            cursor.setPosition(block.position() + rows.column_of(row, shown[1]), QTextCursor.MoveMode.KeepAnchor)
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor  # type: ignore[attr-defined]
            selection.format = colours(theme.current().accent, theme.current().on_accent)  # type: ignore[attr-defined]
            selections.append(selection)
        self.setExtraSelections(selections)

    def _dress_anew(self) -> None:
        self._generation += 1
        self._select_shown()
        self.viewport().update()
        self._gutter.update()

    def _dress_visible(self) -> None:
        for block, _area in list(self._visible_blocks()):
            self._dress(block)

    def _dress(self, block: QTextBlock) -> None:
        """Give a row its fonts and colours, unless it has those of now."""
        rows = self._rows
        if rows is None or block.userState() == self._generation or block.blockNumber() >= len(rows):
            return
        block.setUserState(self._generation)
        block.layout().setFormats(formats(rows, block.blockNumber(), self._marks, self.font().pointSizeF()))
        self.document().markContentsDirty(block.position(), block.length())

    def _visible_blocks(self) -> list[tuple[QTextBlock, QRectF]]:
        found = []
        block, offset, bottom = (
            self.firstVisibleBlock(),
            self.contentOffset(),
            self.viewport().rect().bottom(),
        )
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(offset)
            if area.top() > bottom:
                break
            found.append((block, area))
            block = block.next()
        return found

    def _fit_gutter(self) -> None:
        self.setTabStopDistance(QFontMetricsF(self.font()).horizontalAdvance("x") * 18)
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)
        area = self.contentsRect()
        self._gutter.setGeometry(QRect(area.left(), area.top(), self.gutter_width(), area.height()))

    def _on_update_request(self, area: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, area.y(), self._gutter.width(), area.height())


class _Gutter(QWidget):
    """The source lines beside the text."""

    def __init__(self, pane: DocumentPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setFont(theme.monospace_font(max(pane.font().pointSizeF() - 1, 7)))

    def sizeHint(self) -> QSize:
        return QSize(self._pane.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.current().alternate))
        painter.setPen(QColor(theme.current().muted))
        width = self.width() - _GUTTER_MARGIN
        for area, line in self._pane.visible_lines():
            painter.drawText(
                QRectF(0, area.top(), width, area.height()),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                str(line),
            )
