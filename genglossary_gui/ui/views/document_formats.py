"""Fonts and colours of a row: its kind, its inline markup, the passage, the occurrences of a term."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout

from genglossary_gui.core.text import BlockKind, SpanKind
from genglossary_gui.ui import theme
from genglossary_gui.ui.views.document_rows import ROW_LENGTH, DocumentRows, Row

Range = tuple[int, int]
"""``(start, end)`` in code points of the document."""

_READING_SIZE = 0.75
_HEADING_SIZES = {1: 1.6, 2: 1.35, 3: 1.15}


@dataclass(frozen=True)
class Marks:
    """What is marked in a document; ``occurrences`` ascending."""

    occurrences: Sequence[Range] = ()
    passage: Range | None = None
    terms: Sequence[tuple[int, int, int]] = ()
    """All terms of the glossary, underlined; ascending."""

    def terms_in(self, row: Row) -> Sequence[tuple[int, int, int]]:
        first = bisect_left(self.terms, row.start - ROW_LENGTH, key=_first)
        last = bisect_left(self.terms, row.end, key=_first)
        return [found for found in self.terms[first:last] if found[1] > row.start]

    def occurrences_in(self, row: Row) -> Sequence[Range]:
        first = bisect_left(self.occurrences, row.start - ROW_LENGTH, key=_start)
        last = bisect_left(self.occurrences, row.end, key=_start)
        return [found for found in self.occurrences[first:last] if found[1] > row.start]


def formats(rows: DocumentRows, index: int, marks: Marks, point_size: float) -> list[QTextLayout.FormatRange]:
    """For ``QTextLayout.setFormats`` of the row; where ranges overlap, later ones lie over earlier ones."""
    row = rows[index]
    length = rows.column_of(index, row.end)
    found = [_range(0, length, _row_format(row, point_size))]
    styled = [(span.start, span.end, _span_format(span.kind, point_size)) for span in rows.spans_in(row)]
    if marks.passage is not None and marks.passage[0] < row.end and marks.passage[1] > row.start:
        styled.append((*marks.passage, colours(theme.current().passage)))
    known = QTextCharFormat()
    known.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    known.setUnderlineColor(QColor(theme.current().accent))
    styled += [(start, end, known) for start, end, _number in marks.terms_in(row)]
    occurrence = colours(theme.current().occurrence)
    styled += [(start, end, occurrence) for start, end in marks.occurrences_in(row)]
    for start, end, style in styled:
        first, last = rows.column_of(index, start), rows.column_of(index, end)
        if last > first:
            found.append(_range(first, last - first, style))
    if readings := rows.reading_columns(index):
        small = QTextCharFormat()
        small.setFontPointSize(point_size * _READING_SIZE)
        small.setForeground(QColor(theme.current().muted))
        found += [_range(column, width, small) for column, width in readings]
    return found


def colours(background: str, foreground: str = "") -> QTextCharFormat:
    style = QTextCharFormat()
    style.setBackground(QColor(background))
    if foreground:
        style.setForeground(QColor(foreground))
    return style


def _row_format(row: Row, point_size: float) -> QTextCharFormat:
    style = QTextCharFormat()
    if row.kind is BlockKind.HEADING:
        style.setFontPointSize(point_size * _HEADING_SIZES.get(row.level or 1, 1.05))
        style.setFontWeight(QFont.Weight.DemiBold)
    elif row.kind is BlockKind.TERM:
        style.setFontWeight(QFont.Weight.DemiBold)
    elif row.kind is BlockKind.CODE:
        return _code_format(point_size)
    elif row.kind is BlockKind.QUOTE:
        style.setForeground(QColor(theme.current().muted))
    return style


def _span_format(kind: SpanKind, point_size: float) -> QTextCharFormat:
    if kind is SpanKind.CODE:
        return _code_format(point_size)
    style = QTextCharFormat()
    if kind is SpanKind.BOLD:
        style.setFontWeight(QFont.Weight.DemiBold)
    elif kind is SpanKind.EMPHASIS:
        style.setFontItalic(True)
    else:
        style.setForeground(QColor(theme.current().accent))
    return style


def _code_format(point_size: float) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setFontFamilies(theme.monospace_font(point_size).families())
    style.setFontPointSize(point_size * 0.95)
    return style


def _start(found: Range) -> int:
    return found[0]


def _first(found: tuple[int, int, int]) -> int:
    return found[0]


def _range(start: int, length: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, length, style  # type: ignore[attr-defined]
    return found
