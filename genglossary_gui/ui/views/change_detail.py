"""One term that differs between two runs, with what changed marked inside its texts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QPalette, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextEdit, QVBoxLayout, QWidget

from genglossary_gui.core.exchange import comparison_words as words
from genglossary_gui.core.exchange.comparison import Aspect, Difference, Kind
from genglossary_gui.core.exchange.text_diff import Segment, SegmentKind, diff
from genglossary_gui.core.i18n import _, listed
from genglossary_gui.ui import theme
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import label, number

_LONGEST = 20_000
"""Characters shown of one stretch of text."""
_SIGNS = {SegmentKind.SAME: "  ", SegmentKind.REMOVED: "− ", SegmentKind.ADDED: "+ "}


class ChangeDetail(QWidget):
    """Removed text is struck through, added text underlined; colours only repeat that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._difference: Difference | None = None
        self.text = QTextEdit()
        self.text.setObjectName("changeText")
        self.text.setReadOnly(True)
        self.text.setAcceptRichText(False)
        self.text.setUndoRedoEnabled(False)
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QTextEdit.Shape.NoFrame)
        self.text.document().setDocumentMargin(16)
        self._samples = {kind: label() for kind in (SegmentKind.REMOVED, SegmentKind.ADDED)}
        legend = QHBoxLayout()
        legend.setContentsMargins(16, 6, 16, 6)
        for sample in self._samples.values():
            sample.setContentsMargins(4, 0, 4, 0)
            sample.setAutoFillBackground(True)
            legend.addWidget(sample)
        legend.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.text, 1)
        layout.addLayout(legend)
        self.retranslate()

    def show_difference(self, difference: Difference | None) -> None:
        """Show one term from its beginning; None: nothing."""
        self._difference = difference
        self._fill()
        self.text.verticalScrollBar().setValue(0)

    def retranslate(self) -> None:
        self.text.setAccessibleName(_("What changed"))
        self._samples[SegmentKind.REMOVED].setText(_("only before"))
        self._samples[SegmentKind.ADDED].setText(_("only after"))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()

    def _dress(self) -> None:
        for kind, sample in self._samples.items():
            _dress_sample(sample, kind)
        self._fill()

    def _fill(self) -> None:
        self.text.clear()
        if self._difference is not None:
            _Writer(QTextCursor(self.text.document()), self.text.font()).write(self._difference)


class _Writer:
    """Puts plain text with formats into an empty document; nothing is ever taken for markup."""

    def __init__(self, cursor: QTextCursor, font: QFont) -> None:
        self._cursor = cursor
        self._size = font.pointSizeF()

    def write(self, difference: Difference) -> None:
        before, after = difference.before, difference.after
        self._cursor.beginEditBlock()
        if before and after and before.term.term != after.term.term:
            self._segments(diff(before.term.term, after.term.term), self._title())
        else:
            self._put(difference.entry.term.term, self._title())
        aspects = listed(what for what, *__ in words.changes(difference))
        kind = words.kind_word(difference.kind)
        self._paragraph(f"{kind}: {aspects}" if aspects else kind, _muted(), above=2)
        if reason := words.reason(difference):
            self._paragraph(reason, QTextCharFormat(), above=6)
        self._heading(_("Definition"))
        self._definition(difference)
        self._evidence(difference)
        self._heading(_("Figures"))
        for what, change in _figures(difference):
            self._paragraph(f"{what}  ", _muted(), above=2)
            self._put(change, QTextCharFormat())
        self._cursor.endEditBlock()

    def _definition(self, difference: Difference) -> None:
        segments = difference.wording()
        if segments:
            self._paragraph("", QTextCharFormat(), above=4)
            self._segments(segments)
        else:
            self._paragraph(_("No definition found."), _muted(), above=4)

    def _evidence(self, difference: Difference) -> None:
        passages = difference.evidence()
        if not passages:
            return
        self._heading(_("Evidence"))
        is_change = difference.kind is not Kind.CHANGED or Aspect.EVIDENCE in difference.aspects
        for passage in passages:
            self._paragraph(_SIGNS[passage.kind] if is_change else "", _muted(), above=6)
            self._segments([passage])

    def _segments(self, segments: Iterable[Segment], base: QTextCharFormat | None = None) -> None:
        for segment in segments:
            style = QTextCharFormat(base or QTextCharFormat())
            style.merge(_format(segment.kind))
            self._put(segment.text, style)

    def _heading(self, text: str) -> None:
        style = _muted()
        style.setFontWeight(QFont.Weight.DemiBold)
        self._paragraph(text, style, above=16)

    def _title(self) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setFontPointSize(self._size * 1.35)
        style.setFontWeight(QFont.Weight.DemiBold)
        return style

    def _paragraph(self, text: str, style: QTextCharFormat, *, above: float) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(above)
        self._cursor.insertBlock(block, QTextCharFormat())
        self._put(text, style)

    def _put(self, text: str, style: QTextCharFormat) -> None:
        self._cursor.insertText(harmless(text, _LONGEST), style)


def _figures(difference: Difference) -> Iterable[tuple[str, str]]:
    for what, before, after in words.changes(difference):
        if before or after:
            yield what, words.arrow(before, after)
    yield _("Rank"), words.rank(difference)
    entries = [entry for entry in (difference.before, difference.after) if entry]
    yield _("Occurrences"), _way([number(entry.term.frequency) for entry in entries])
    yield _("Documents"), _way([number(entry.term.document_frequency) for entry in entries])


def _way(values: list[str]) -> str:
    return values[0] if len(set(values)) == 1 else words.arrow(*values)


def _format(kind: SegmentKind) -> QTextCharFormat:
    style = QTextCharFormat()
    if kind is not SegmentKind.SAME:
        foreground, background = _colours(kind)
        style.setForeground(QColor(foreground))
        style.setBackground(QColor(background))
        style.setFontStrikeOut(kind is SegmentKind.REMOVED)
        style.setFontUnderline(kind is SegmentKind.ADDED)
    return style


def _muted() -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(QColor(theme.current().muted))
    return style


def _colours(kind: SegmentKind) -> tuple[str, str]:
    colours = theme.current()
    if kind is SegmentKind.REMOVED:
        return colours.error, colours.banner_error
    return colours.success, colours.banner_success


def _dress_sample(sample: QLabel, kind: SegmentKind) -> None:
    foreground, background = _colours(kind)
    palette = QPalette(sample.palette())
    palette.setColor(QPalette.ColorRole.WindowText, QColor(foreground))
    palette.setColor(QPalette.ColorRole.Window, QColor(background))
    sample.setPalette(palette)
    font = sample.font()
    font.setStrikeOut(kind is SegmentKind.REMOVED)
    font.setUnderline(kind is SegmentKind.ADDED)
    sample.setFont(font)
