"""The text of a document as every part of the product sees it.

Offsets are code points into ``DocumentText.text`` (Qt counts UTF-16 units: the viewer converts).
"""

from __future__ import annotations

import sys
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, cast, overload


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TERM = "term"
    """The term of a definition list (``dt``)."""
    DESCRIPTION = "description"
    """What a definition list says of the term before it (``dd``)."""
    CODE = "code"
    TABLE_ROW = "table_row"
    """One row; its cells are separated by a tab."""
    QUOTE = "quote"


class SpanKind(StrEnum):
    BOLD = "bold"
    EMPHASIS = "emphasis"
    CODE = "code"
    LINK = "link"


class Block(NamedTuple):
    """A stretch ``text[start:end]`` without a line feed inside.  ``level``: of a heading 1–6, else nesting depth."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


class Span(NamedTuple):
    """Inline markup over ``text[start:end]``, always inside one block."""

    kind: SpanKind
    start: int
    end: int


class Reading(NamedTuple):
    """How ``text[start:end]`` is read, as the document says in small letters over it (ruby)."""

    start: int
    end: int
    words: str


class ItemNumber(NamedTuple):
    """What stands before the block that begins at ``start``, no part of the text: “1.” of a numbered list.

    Without words the block goes on with the list item before it.
    """

    start: int
    words: str


class Lines(Sequence[tuple[int, int]]):
    """``(offset, source line)`` pairs, ascending, in eight bytes each: a file may hold millions of lines."""

    __slots__ = ("_numbers", "_offsets")

    def __init__(self, pairs: Iterable[Sequence[int]]) -> None:
        self._offsets, self._numbers = array("I"), array("I")
        for offset, number in pairs:
            self._offsets.append(offset)
            self._numbers.append(number)

    def __len__(self) -> int:
        return len(self._offsets)

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[int, int]]: ...

    def __getitem__(self, index: int | slice) -> tuple[int, int] | Sequence[tuple[int, int]]:
        if isinstance(index, slice):
            return tuple(zip(self._offsets[index], self._numbers[index], strict=True))
        return self._offsets[index], self._numbers[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def at(self, offset: int) -> int:
        """The line on which the character at ``offset`` stands."""
        return self._numbers[max(bisect_right(self._offsets, offset) - 1, 0)]

    def between(self, start: int, end: int) -> Lines:
        """Those of ``text[start:end]``, with offsets from its beginning."""
        first, last = bisect_right(self._offsets, start), bisect_left(self._offsets, end)
        part = Lines([(0, self.at(start))])
        part._offsets.extend([offset - start for offset in self._offsets[first:last]])
        part._numbers.extend(self._numbers[first:last])
        return part


@dataclass(frozen=True, slots=True)
class DocumentText:
    """Readable text with its structure and its way back to the source.

    Blocks are in order, do not overlap and are separated by exactly one ``"\\n"``; a paragraph that was
    wrapped over several source lines is one block.  ``lines`` holds ``(offset, source line)`` pairs,
    ascending, the first at offset 0: from that offset on, the text stands on that line (1-based) of the source.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    spans: tuple[Span, ...] = ()
    lines: Sequence[tuple[int, int]] = ((0, 1),)
    title: str = ""
    readings: tuple[Reading, ...] = ()
    """Ascending, each inside one block."""
    numbers: tuple[ItemNumber, ...] = ()
    """Ascending, of some of the blocks."""

    def line_at(self, offset: int) -> int:
        """The source line (1-based) on which the character at ``offset`` stands."""
        if isinstance(self.lines, Lines):
            return self.lines.at(offset)
        return self.lines[max(bisect_right(self.lines, (offset, sys.maxsize)) - 1, 0)][1]


class Pos(StrEnum):
    """Part of speech, coarse enough for both languages."""

    NOUN = "noun"
    PROPER = "proper"
    VERBAL_NOUN = "verbal_noun"
    """A noun that makes a verb with する; in English a gerund."""
    ADJECTIVE = "adjective"
    VERB = "verb"
    ADVERB = "adverb"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    NUMBER = "number"
    PARTICLE = "particle"
    """Japanese particle, English preposition or conjunction."""
    DETERMINER = "determiner"
    PRONOUN = "pronoun"
    AUXILIARY = "auxiliary"
    SYMBOL = "symbol"
    SPACE = "space"
    OTHER = "other"


class Token(NamedTuple):
    """The word ``text[start:end]`` of a document with its dictionary form; a tuple, for a document has many."""

    start: int
    end: int
    lemma: str
    pos: Pos


new_token: Callable[[type[Token], tuple[int, int, str, Pos]], Token] = cast(Any, tuple.__new__)
"""``new_token(Token, (start, end, lemma, pos))``: a ``Token`` at half the price, for those who make millions."""


class Sentence(NamedTuple):
    """One sentence, heading, list item or table cell: ``text[start:end]`` inside ``blocks[block]``."""

    start: int
    end: int
    block: int
    language: str
    """``ja`` or ``en`` (any other language is handled like ``en``)."""
    tokens: tuple[Token, ...]


new_sentence: Callable[[type[Sentence], tuple[int, int, int, str, tuple[Token, ...]]], Sentence] = cast(
    Any, tuple.__new__
)
new_block: Callable[[type[Block], tuple[BlockKind, int, int, int]], Block] = cast(Any, tuple.__new__)
new_span: Callable[[type[Span], tuple[SpanKind, int, int]], Span] = cast(Any, tuple.__new__)
"""As ``new_token``."""


_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def safe_name(name: str) -> str:
    """``name`` in normal form C, with U+FFFD for controls, invisible, text-direction and undecodable ones."""
    if name.isascii() and name.isprintable():
        return name
    safe = "".join("\ufffd" if unicodedata.category(c) in _UNSAFE else c for c in name)
    return unicodedata.normalize("NFC", safe)
