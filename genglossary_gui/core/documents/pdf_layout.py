"""Where paragraphs and headings begin on a page of which only the lines are known.

A line continues the one before when it stands right below it in the same size, is not indented, and its
first word would not have fitted above or begins with a small letter in the middle of a sentence.  A heading
is set larger than most of the text.  What stands at the same height of several pages is a running title; a
line with a row of dots is a table of contents.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.documents.plain_text import MARKER
from genglossary_gui.core.text import BlockKind, DocumentText

_LEADERS = re.compile(r"(?:[.·]\s?){5,}|…{3,}|・{5,}|(?:\. ){4,}")
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_WIDE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_ENDS = re.compile(r"[.!?。．｡！？:：][\"'”’」』)）]*\Z")
_SENTENCE_END = re.compile(r"(?:\w{3}\.|[。．｡])\Z")
_SENTENCES = 0.2
"""Share of lines with the end of a sentence from which on a size is that of text."""
_EDGE = 3
"""Lines from the top and from the bottom of a page among which running titles are looked for."""
_REPEATED = 3
"""Pages that must have the same line at the same height."""
_LARGER, _LONGEST_HEADING = 1.12, 120
_NEAR, _SAME = 1.3, 0.25
"""The next line is at most so many usual steps below; sizes differ by at most that part."""
_STEP = 2.2
"""Heights of a line from which on the next one is somewhere else."""
_INDENT = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; lengths in points, upwards from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    height: float
    is_divided: bool = False
    """Its last word goes on in the next line; the hyphen is not part of ``text``."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Lines one below the other, in one size."""

    right: float
    step: float
    """Usual distance of two lines."""


def write_pages(pages: Sequence[Sequence[Line]]) -> DocumentText:
    """The text of these pages; its source lines are their numbers."""
    running = _running(pages)
    kept = [[line for line in page if _key(line) not in running and not _LEADERS.search(line.text)] for page in pages]
    levels = _heading_levels(kept)
    writer = _Writer(levels)
    for number, page in enumerate(kept, 1):
        writer.write_page(number, page)
    return writer.builder.finish()


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.bottom / 2)


def _running(pages: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """Lines at the edges that return on other pages, numbers apart."""
    count = Counter(key for page in pages for key in {_key(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    return {key for key, pages_with in count.items() if pages_with >= _REPEATED}


def _heading_levels(pages: Sequence[Sequence[Line]]) -> dict[float, int]:
    """Size → level of the heading, for the sizes that are larger than that of most of the text."""
    weights: defaultdict[float, int] = defaultdict(int)
    for page in pages:
        for line in page:
            weights[_size(line)] += len(line.text)
    if not weights:
        return {}
    usual = max(weights, key=lambda size: weights[size])
    sentences = _sizes_of_sentences(pages)
    larger = sorted((size for size in weights if size > usual * _LARGER and size not in sentences), reverse=True)
    return {size: min(rank, 6) for rank, size in enumerate(larger, 1)}


def _sizes_of_sentences(pages: Sequence[Sequence[Line]]) -> set[float]:
    """Sizes in which whole sentences are set: text in another font may be larger, and is no heading."""
    lines, ended = Counter[float](), Counter[float]()
    for page in pages:
        for line in page:
            lines[_size(line)] += 1
            ended[_size(line)] += bool(_SENTENCE_END.search(line.text))
    return {size for size, count in lines.items() if ended[size] > count * _SENTENCES}


def _size(line: Line) -> float:
    return round(line.height * 2) / 2


class _Writer:
    def __init__(self, levels: dict[float, int]) -> None:
        self.builder = TextBuilder()
        self._levels = levels
        self._last: Line | None = None
        self._column: _Column | None = None
        self._kind = BlockKind.PARAGRAPH
        self._is_first = True  # the last line began its block

    def write_page(self, number: int, lines: Sequence[Line]) -> None:
        columns = _columns(lines)
        for index, line in enumerate(lines):
            turned = index == 0 and number > 1
            goes_on = self._continues(line, columns[index], turned=turned)
            if index == 0:
                self.builder.page(number, goes_on=goes_on)
            if goes_on:
                divided = self._last is not None and self._last.is_divided
                self.builder.write(line.text if divided else "\n" + line.text, 1)
                self._is_first = False
            else:
                self._begin(line)
            self._last, self._column = line, columns[index]

    def _begin(self, line: Line) -> None:
        level, text = self._level(line), line.text
        if level:
            self._kind = BlockKind.HEADING
        elif marker := MARKER.match(text):
            self._kind, level, text = BlockKind.LIST_ITEM, 1, text[marker.end() :]
        else:
            self._kind = BlockKind.PARAGRAPH
        self.builder.block(self._kind, level)
        self.builder.write(text, 1)
        self._is_first = True

    def _level(self, line: Line) -> int:
        return self._levels.get(_size(line), 0) if len(line.text) <= _LONGEST_HEADING else 0

    def _continues(self, line: Line, column: _Column, *, turned: bool) -> bool:
        last = self._last
        if last is None or self._column is None or abs(line.height - last.height) > last.height * _SAME:
            return False
        if self._level(line) != (self._kind is BlockKind.HEADING and self._level(last)):
            return False
        if last.is_divided:
            return True
        if MARKER.match(line.text):
            return False
        is_unfinished = not _ENDS.search(last.text)
        if turned:  # on the next page the place says nothing, so the sentence must
            is_open = _is_full(last, line, self._column) or line.text[0].islower()
            return is_unfinished and is_open and self._kind is not BlockKind.HEADING
        if column is not self._column or last.bottom - line.bottom > column.step * _NEAR:
            return False
        if self._kind is BlockKind.HEADING:
            return True
        shift = (line.left - last.left) / line.height
        if shift > _INDENT and not (self._is_first and self._kind is BlockKind.LIST_ITEM):
            return False
        if shift < -_INDENT and not self._is_first:
            return False
        return _is_full(last, line, column) or (is_unfinished and line.text[0].islower())


def _is_full(line: Line, following: Line, column: _Column) -> bool:
    """Whether the first word of the line that follows would not have fitted."""
    per_character = (following.right - following.left) / len(following.text)
    word = 2 if _WIDE.match(following.text) else len(following.text.split()[0]) + 1
    return line.right + word * per_character > column.right


def _columns(lines: Sequence[Line]) -> list[_Column]:
    """The column of each line."""
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        is_below = (
            last is not None
            and 0 < last.bottom - line.bottom < last.height * _STEP
            and abs(line.height - last.height) <= last.height * _SAME
            and line.left < last.right
            and last.left < line.right
        )
        groups[-1].append(line) if is_below else groups.append([line])
    columns: list[_Column] = []
    for group in groups:
        steps = [above.bottom - below.bottom for above, below in pairwise(group)]
        column = _Column(max(line.right for line in group), median(steps) if steps else 0.0)
        columns.extend([column] * len(group))
    return columns
