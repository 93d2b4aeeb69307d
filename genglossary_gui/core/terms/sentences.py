"""Where sentences end.  Rules of our own: pysbd reads only some 100,000 characters a second."""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.japanese_marks import FULL_STOP, numbers
from genglossary_gui.core.text import Block, BlockKind, DocumentText

MAX_LENGTH = 4000
"""No sentence is longer (characters); a longer stretch is cut at a blank or comma."""

_ABBREVIATION_WORDS = """
e.g i.e etc cf vs approx fig figs sec no nos vol pp ch dr mr mrs ms prof st al resp incl inc ltd co corp
dept est eq ex jr sr viz ca jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m u.s
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_WORDS.split())
# Only from the first mark of a row, and without going back in it: thousands of them cost no more than one.  What
# looks back stands behind the first mark: patterns that begin with a set of characters are found several times faster.
_ENGLISH_END = re.compile(r"[.!?](?<![.!?][.!?])[.!?]*+[\"'”’)\]]*+(?=\s+[\"'“‘(\[]*(?:[^\W\d_a-zß-ÿ]|\d))")
_LAST_WORD = re.compile(r"[^\s(\[\"“]*$")
_JAPANESE_MARK = re.compile(rf"[。！？!?]+|{FULL_STOP}|[（(「『【［\[]|[）)」』】］\]]")
_OPENING = "（(「『【［["
_CLOSING = "）)」』】］]"
_LONGEST_BRACKET = 400
"""A bracket open for longer than this is taken to be a stray one."""
_WHOLE = (BlockKind.HEADING, BlockKind.TERM)


def split_block(text: DocumentText, block: Block, language: str) -> Iterator[tuple[int, int]]:
    """The ``(start, end)`` of each sentence, without blanks around it.

    Headings stay whole, a table row gives its cells.
    """
    if block.kind is BlockKind.TABLE_ROW:
        spans = _cells(text.text, block.start, block.end)
    elif block.kind in _WHOLE:
        spans = ((block.start, block.end),)
    elif language == "ja":
        spans = _japanese(text.text, block.start, block.end)
    else:
        spans = _english(text.text, block.start, block.end)
    whole = text.text
    for start, end in spans:
        for begin, stop in _pieces(whole, start, end) if end - start > MAX_LENGTH else ((start, end),):
            piece = whole[begin:stop]
            begin += len(piece) - len(piece.lstrip())
            if stripped := piece.strip():
                yield begin, begin + len(stripped)


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (tab := text.find("\t", start, end)) >= 0:
        yield start, tab
        start = tab + 1
    yield start, end


def _english(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _ENGLISH_END.finditer(text, start, end):
        if text[match.start()] == "." and _is_abbreviation(text, start, match.start()):
            continue
        yield start, match.end()
        start = match.end()
    yield start, end


def _is_abbreviation(text: str, start: int, dot: int) -> bool:
    found = _LAST_WORD.search(text, max(start, dot - 12), dot)
    word = found.group().casefold() if found else ""
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i")


def _japanese(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, opened = 0, start
    for match in _JAPANESE_MARK.finditer(text, start, end):
        mark = match.group()
        if mark in _OPENING:
            depth, opened = depth + 1, opened if depth else match.start()
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif (depth == 0 or match.start() - opened > _LONGEST_BRACKET) and not numbers(text, match.start()):
            stop, depth = match.end(), 0
            while stop < end and text[stop] in _CLOSING:
                stop += 1
            if stop > start:
                yield start, stop
                start = stop
    if start < end:
        yield start, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_LENGTH:
        cut = max(text.rfind(mark, start + MAX_LENGTH // 2, start + MAX_LENGTH) for mark in " 、，,　") + 1
        cut = cut if cut > 0 else start + MAX_LENGTH
        yield start, cut
        start = cut
    yield start, end
