"""The text of a document as every part of the product sees it.

Offsets are code points into ``DocumentText.text`` (Qt counts UTF-16 units: the viewer converts).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, cast


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
    lines: tuple[tuple[int, int], ...] = ((0, 1),)
    title: str = ""

    def line_at(self, offset: int) -> int:
        """The source line (1-based) on which the character at ``offset`` stands."""
        index = bisect_right(self.lines, offset, key=lambda pair: pair[0]) - 1
        return self.lines[max(index, 0)][1]


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


_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def safe_name(name: str) -> str:
    """``name`` in normal form C, with U+FFFD for controls, invisible, text-direction and undecodable ones."""
    if name.isascii() and name.isprintable():
        return name
    safe = "".join("\ufffd" if unicodedata.category(c) in _UNSAFE else c for c in name)
    return unicodedata.normalize("NFC", safe)
