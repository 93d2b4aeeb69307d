"""Puts a ``DocumentText`` together, piece by piece, and keeps what it promises."""

from __future__ import annotations

import re

from genglossary_gui.core.documents.encodings import clean
from genglossary_gui.core.text import Block, BlockKind, DocumentText, ItemNumber, Reading, Span, SpanKind

_WIDE = "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
_WIDE += "\U00020000-\U0003ffff"
_WIDE_MARK = "\u3001-\u3004\u3008-\u3020\u3030\uff01-\uff65"
_JOINED = re.compile(f"[{_WIDE}{_WIDE_MARK}]{{2}}|[{_WIDE_MARK}].|.[{_WIDE_MARK}]", re.DOTALL)
_BLANK, _WRAP, _BREAK = " ", "\n", "\r"  # white space owed: the last is a blank that stays
_LONGEST_READING = 30
"""What is longer is no reading of a word, but a text."""
_LONGEST_NUMBER = 20
_CLOSING = re.compile(r"[,.;:)\]]+(?:\s|$)")


def glue(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: nothing between Japanese characters, else a blank."""
    return "" if _JOINED.fullmatch(before[-1:] + after[:1]) or _CLOSING.match(after) else " "


class TextBuilder:
    """Collects blocks, spans and source lines.  ``last_line`` is the number of lines of the source.

    A source without lines has pages (slides, chapters, …): ``page`` says which one is being written, and the
    lines given with the text count no more.

    Prose is written with ``write``: white space shrinks to one blank, line breaks are joined by ``glue``.
    Code is written with ``write_raw``: every line becomes a block.  Blocks without text never come to be.
    """

    def __init__(self, last_line: int = 1) -> None:
        self._last_line = last_line
        self._page = 0
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._spans: list[Span] = []
        self._lines: list[tuple[int, int]] = []
        self._line = 0
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._start = -1  # of the block being written; -1: nothing written yet
        self._cell_start = 0
        self._gap = ""  # white space owed before the next text
        self._has_cells = False
        self._depths = dict.fromkeys(SpanKind, 0)
        self._since = dict.fromkeys(SpanKind, -1)
        self._open_count = self._begun = 0  # spans that are open, and those with text
        self._readings: list[Reading] = []
        self._has_base = False
        self._base = -1  # where the word began that gets a reading; -1: no letter of it yet
        self._numbers: list[ItemNumber] = []
        self._items = 0  # list items that are open
        self._owed: list[str] = []  # the numbers of those without text so far, the innermost last

    @property
    def kind(self) -> BlockKind:
        return self._kind

    @property
    def cell_length(self) -> int:
        """Characters in the current cell (or block) so far."""
        return self._length - self._cell_start if self._start >= 0 else 0

    def block(self, kind: BlockKind, level: int = 0) -> None:
        """End the current block; text that follows belongs to a new one."""
        if self._start >= 0:
            self._end_block()
        self._kind, self._level, self._gap = kind, level, ""

    def _end_block(self) -> None:
        self._end_spans()
        self._base = -1
        # A row of one cell is a box around text, not data.
        alone = self._kind is BlockKind.TABLE_ROW and not self._has_cells
        kind = BlockKind.PARAGRAPH if alone else self._kind
        self._blocks.append(Block(kind, self._start, self._length, self._level))
        self._start, self._has_cells = -1, False

    def page(self, number: int, *, goes_on: bool = False) -> None:
        """What follows stands on that page (1-based, ascending); only with ``goes_on`` blocks and spans stay open."""
        if not goes_on:
            self.block(BlockKind.PARAGRAPH)
            self._depths = dict.fromkeys(SpanKind, 0)
            self._open_count = 0
        self._page = number

    def open(self, kind: SpanKind) -> None:
        self._depths[kind] += 1
        self._open_count += 1

    def close(self, kind: SpanKind) -> None:
        if self._depths[kind]:
            self._depths[kind] -= 1
            self._open_count -= 1
            if not self._depths[kind]:
                self._end_span(kind)

    def _end_span(self, kind: SpanKind) -> None:
        if self._since[kind] >= 0:
            self._spans.append(Span(kind, self._since[kind], self._length))
            self._since[kind] = -1
            self._begun -= 1

    def _end_spans(self) -> None:
        if self._begun:
            for kind in SpanKind:
                self._end_span(kind)

    def begin_item(self, number: str = "") -> None:
        """What follows is a list item with that number; without one it gets the mark of its kind."""
        self._items += 1
        self._owed.append(" ".join(clean(number).split())[:_LONGEST_NUMBER])

    def end_item(self) -> None:
        if self._items:
            self._items -= 1
            if self._owed:
                self._owed.pop()

    def _number_block(self) -> None:
        """A block begins: it shows the number of its item, or that it goes on with one."""
        if self._owed:
            if number := " ".join(filter(None, self._owed)):
                self._numbers.append(ItemNumber(self._length, number))
            self._owed.clear()
        elif self._items and self._kind is BlockKind.LIST_ITEM:
            self._numbers.append(ItemNumber(self._length, ""))

    def base(self, *, is_open: bool) -> None:
        """What follows is a word that may get a reading; or is none any more."""
        self._has_base, self._base = is_open, -1

    def read_as(self, words: str) -> None:
        """The reading of the word since ``base`` or the last reading."""
        words = " ".join(clean(words).split())
        if self._base >= 0 and words and len(words) <= _LONGEST_READING:
            self._readings.append(Reading(self._base, self._length, words))
        self._base = -1

    def blank(self) -> None:
        """A blank that no rule of joining takes away."""
        if self._start >= 0 and "\t" not in self._gap:
            self._gap = _BREAK

    def cell(self) -> None:
        """The next text stands in the next cell; empty cells before the first text of a row are left out."""
        if self._start >= 0:
            self._gap = self._gap + "\t" if "\t" in self._gap else "\t"

    def write(self, text: str, line: int) -> None:
        """Prose that begins on that source line."""
        for number, part in enumerate(clean(text).split("\n"), line):
            if number > line and self._gap in ("", _BLANK):
                self._gap = _WRAP
            words = " ".join(part.split())
            if part and part[0].isspace():
                self._gap = self._gap or _BLANK
            if words:
                self._put(words, number)
                self._gap = _BLANK if part[-1].isspace() else ""

    def write_raw(self, text: str, line: int) -> None:
        """Code from that source line on: white space stays, every line is a block of the current kind."""
        for number, part in enumerate(text.split("\n"), line):
            if number > line:
                self.block(self._kind, self._level)
            part = clean(part)
            words = part.strip()
            if words:
                self._gap += part[: len(part) - len(part.lstrip())]
                self._put(words, number, raw=True)
                self._gap = part[len(part.rstrip()) :]
            else:
                self._gap += part

    def _put(self, text: str, line: int, *, raw: bool = False) -> None:
        if self._start < 0:
            if self._blocks:
                self._append("\n")
            self._start = self._cell_start = self._length
            self._number_block()
            self._mark(line)
            if raw:
                self._append(self._gap)
        else:
            self._append_gap(text, raw)
            self._mark(line)
        if self._has_base and self._base < 0:
            self._base = self._length
        if self._open_count:
            for kind, depth in self._depths.items():
                if depth and self._since[kind] < 0:
                    self._since[kind] = self._length
                    self._begun += 1
        self._append(text)

    def _append_gap(self, text: str, raw: bool) -> None:
        if raw:
            self._append(self._gap)
        elif "\t" in self._gap:
            self._end_spans()
            self._append(self._gap)
            self._has_cells, self._cell_start = True, self._length
        elif self._gap == _WRAP:
            self._append(glue(self._parts[-1], text))
        elif self._gap:
            self._append(_BLANK)

    def _append(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _mark(self, line: int) -> None:
        line = self._page or min(line, self._last_line)
        if line > self._line:
            self._lines.append((self._length, line))
            self._line = line

    def finish(self, title: str = "") -> DocumentText:
        """The document; its title is ``title`` or else its first heading."""
        self.block(BlockKind.PARAGRAPH)
        text = "".join(self._parts)
        heading = next((block for block in self._blocks if block.kind is BlockKind.HEADING), None)
        return DocumentText(
            text=text,
            blocks=tuple(self._blocks),
            spans=tuple(sorted(self._spans, key=lambda span: (span.start, -span.end))),
            lines=tuple(self._lines) or ((0, 1),),
            title=" ".join(clean(title).split()) or (text[heading.start : heading.end] if heading else ""),
            readings=tuple(self._readings),
            numbers=tuple(self._numbers),
        )
