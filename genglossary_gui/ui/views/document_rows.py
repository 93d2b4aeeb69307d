"""A document as rows for display, and the way between its characters and theirs.  No Qt in here.

A block becomes one or more rows: a mark before list items and quotes, long blocks cut (a single line of a
million characters would stop the window for a minute), empty rows between paragraphs.  Every character of
the text keeps its place; those that Qt would take for the end of a block are shown as others.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from genglossary_gui.core.text import Block, BlockKind, DocumentText, Reading, Span
from genglossary_gui.ui.utf16 import from_utf16, to_utf16

ROW_LENGTH = 2_000
"""Code points in a row at most."""

_MOST_READINGS = 200
"""In a row: with them it must not become longer than the window can take."""
_LATIN = r"[0-9A-Za-zÀ-ɏ_]"
_SHOWN = str.maketrans(
    {
        "\r": "\u240d",
        "\0": "\u2400",
        "\u2028": "\u240a",
        "\u2029": "\u240a",
        "\ufdd0": "\ufffd",
        "\ufdd1": "\ufffd",
    }
    | {"\ufffc": "\ufffd"}
)
_OTHERWISE_SHOWN = re.compile(f"[{''.join(map(chr, _SHOWN))}]")
"""Hardly any row has one of them, and finding none takes a tenth of the time that translating takes."""
_MARKED = {BlockKind.LIST_ITEM: "•  ", BlockKind.QUOTE: "│  ", BlockKind.DESCRIPTION: "    "}
_DENSE = {BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE_ROW, BlockKind.QUOTE}
"""Neighbours of one of these kinds stand without an empty row between them."""
_LONGEST_NUMBER = 20
_NONE = -1


@dataclass(frozen=True, slots=True)
class Row:
    """``text[start:end]`` behind ``prefix``; ``kind`` is None for an empty row that only separates."""

    start: int
    end: int
    prefix: str = ""
    kind: BlockKind | None = None
    level: int = 0
    begins_block: bool = True


class DocumentRows:
    """The rows of one document.  Offsets are code points of the document, columns UTF-16 units of a row.

    A long document has hundreds of thousands of rows, of which a person sees few: each is made when it is asked for.
    """

    def __init__(self, document: DocumentText) -> None:
        self.document = document
        self._blocks = document.blocks or tuple(_lines(document.text))
        self._starts, self._block_of = _lay_out(self._blocks)
        self._span_starts = [span.start for span in document.spans]
        self._reading_ends = [reading.end for reading in document.readings]
        self._number_starts = [number.start for number in document.numbers]

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> Row:
        start, number = self._starts[index], self._block_of[index]
        if number == _NONE:
            return Row(start, start)
        block = self._blocks[number]
        is_first = start == block.start
        end = min(start + ROW_LENGTH, block.end)
        prefix = _prefix(block, self._number_of(block)) if is_first else ""
        return Row(start, end, prefix, block.kind, block.level, is_first)

    def text(self, index: int) -> str:
        """What the row shows, without an end of line."""
        row = self[index]
        pieces, start = [row.prefix], row.start
        for reading in self.readings_in(row):
            pieces += [self.document.text[start : reading.end], _shown(reading)]
            start = reading.end
        text = "".join((*pieces, self.document.text[start : row.end]))
        return text.translate(_SHOWN) if _OTHERWISE_SHOWN.search(text) else text

    def joined(self, first: int, last: int) -> str:
        """The rows ``first`` to ``last`` (exclusive), separated by line feeds."""
        return "\n".join(self.text(index) for index in range(first, min(last, len(self))))

    def row_of(self, offset: int) -> int:
        """The row that shows the character at ``offset`` (the last one for an offset behind the end)."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def column_of(self, index: int, offset: int) -> int:
        """Where in the row the character stands; its edges for an offset outside."""
        row = self[index]
        inside = min(max(offset, row.start), row.end)
        room = sum(_width(reading) for reading in self.readings_in(row) if reading.end <= inside)
        return len(row.prefix) + to_utf16(self.document.text[row.start : row.end], inside - row.start) + room

    def offset_of(self, index: int, column: int) -> int:
        """The character at a column of the row; its first one for a column inside the prefix."""
        row = self[index]
        units = max(column - len(row.prefix), 0)
        text = self.document.text[row.start : row.end]
        for reading in self.readings_in(row):
            place = to_utf16(text, reading.end - row.start)
            if units <= place:
                break
            # Inside of the reading one is at the end of its word.
            units = max(units - _width(reading), place)
            if units == place:
                break
        return row.start + from_utf16(text, units)

    def line_of(self, index: int) -> int | None:
        """The source line for the margin; None for rows that begin no block."""
        row = self[index]
        return self.document.line_at(row.start) if row.kind is not None and row.begins_block else None

    def _number_of(self, block: Block) -> str | None:
        """What the document says stands before the block; None when it says nothing."""
        place = bisect_left(self._number_starts, block.start)
        if self._number_starts[place : place + 1] != [block.start]:
            return None
        # A file from elsewhere may hold anything.
        return " ".join(self.document.numbers[place].words.split())[:_LONGEST_NUMBER]

    def readings_in(self, row: Row) -> Sequence[Reading]:
        """Those of words that end in the row: each is shown behind its word."""
        first, last = (bisect_right(self._reading_ends, offset) for offset in (row.start, row.end))
        return self.document.readings[first : min(last, first + _MOST_READINGS)]

    def reading_columns(self, index: int) -> list[tuple[int, int]]:
        """Where in the row readings stand: column and width."""
        row = self[index]
        return [
            (self.column_of(index, reading.end) - _width(reading), _width(reading)) for reading in self.readings_in(row)
        ]

    def spans_in(self, row: Row) -> Iterator[Span]:
        """Inline markup that touches the row."""
        first = bisect_left(self._span_starts, row.start - ROW_LENGTH)
        for span in self.document.spans[first:]:
            if span.start >= row.end:
                return
            if span.end > row.start:
                yield span


def _shown(reading: Reading) -> str:
    return f"（{reading.words}）"


def _width(reading: Reading) -> int:
    words = _shown(reading)
    return to_utf16(words, len(words))


def find_all(document: DocumentText, surfaces: Sequence[str], *, whole_words: bool = True) -> list[tuple[int, int]]:
    """``(start, end)`` of every occurrence, in order, case ignored, longest first, none across blocks.

    With ``whole_words`` a spelling that begins or ends with a Latin letter is not found inside a word.
    """
    spellings = sorted({surface for surface in surfaces if surface.strip()}, key=len, reverse=True)
    if not spellings:
        return []
    pattern = re.compile("|".join(_pattern(surface, whole_words) for surface in spellings), re.IGNORECASE)
    blocks = document.blocks or (Block(BlockKind.PARAGRAPH, 0, len(document.text)),)
    # Block by block: one search over all of the text would hold the interpreter, and with it the window.
    return [match.span() for block in blocks for match in pattern.finditer(document.text, block.start, block.end)]


def _pattern(surface: str, whole_words: bool) -> str:
    before = rf"(?<!{_LATIN})" if whole_words and re.match(_LATIN, surface) else ""
    after = rf"(?!{_LATIN})" if whole_words and re.match(_LATIN, surface[-1]) else ""
    return f"{before}{re.escape(surface)}{after}"


def _lay_out(blocks: Sequence[Block]) -> tuple[array[int], array[int]]:
    """Of each row, where it starts and which block it belongs to (``_NONE`` to an empty one)."""
    starts, block_of = array("q"), array("q")
    previous: Block | None = None
    for number, block in enumerate(blocks):
        if previous is not None and not _belong_together(previous, block):
            starts.append(block.start)
            block_of.append(_NONE)
        for start in range(block.start, max(block.end, block.start + 1), ROW_LENGTH):
            starts.append(start)
            block_of.append(number)
        previous = block
    return starts, block_of


def _prefix(block: Block, number: str | None) -> str:
    mark = _MARKED.get(block.kind, "")
    if block.kind is BlockKind.LIST_ITEM:
        if number is not None:
            mark = f"{number}  " if number else "    "
        return "    " * (block.level - 1) + mark
    return f"{number}  {mark}" if number else mark


def _belong_together(previous: Block, block: Block) -> bool:
    if previous.kind is BlockKind.TERM and block.kind is BlockKind.DESCRIPTION:
        return True
    return previous.kind is block.kind and block.kind in _DENSE


def _lines(text: str) -> Iterator[Block]:
    """A text without structure: each line is a block of its own, close to the next like code."""
    start = 0
    for line in text.split("\n"):
        yield Block(BlockKind.TABLE_ROW, start, start + len(line))
        start += len(line) + 1
