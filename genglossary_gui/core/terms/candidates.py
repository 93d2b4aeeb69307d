"""Noun phrases that could be terms: the longest ones in a sentence, and every well-formed part of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from genglossary_gui.core.keys import has_japanese, term_key
from genglossary_gui.core.terms.stopwords import (
    ENGLISH_ALONE,
    ENGLISH_HEADS,
    ENGLISH_OPENERS,
    JAPANESE_ALONE,
    JAPANESE_ENDINGS,
    JAPANESE_OPENERS,
)
from genglossary_gui.core.text import Pos, Sentence, Token

MAX_WORDS = {"en": 5, "ja": 6}
_LONGEST_RUN = 12
"""A run of more nouns than this is a list without commas: only its beginning is looked at."""

_ENGLISH_INSIDE = frozenset({Pos.NOUN, Pos.PROPER, Pos.VERBAL_NOUN, Pos.ADJECTIVE})
_JAPANESE_INSIDE = _ENGLISH_INSIDE | {Pos.PREFIX, Pos.SUFFIX, Pos.NUMBER}
_NOMINAL = frozenset({Pos.NOUN, Pos.PROPER, Pos.VERBAL_NOUN})
_LATIN_EDGE = re.compile(r"[A-Za-z0-9+#]")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_ORDINAL = re.compile(r"第\s*[\d一二三四五六七八九十]")
_HAS_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Part:
    """The words ``first`` to ``last`` (inclusive) of a run, with what identifies them."""

    first: int
    last: int
    key: str
    words: tuple[str, ...]
    """The key of each word: a compound's relation to its parts."""


@dataclass(frozen=True, slots=True)
class Run:
    """The longest stretch of words that can stand in one term: tokens ``first``…``last`` of a sentence."""

    first: int
    last: int
    parts: tuple[Part, ...]


def noun_runs(text: str, sentence: Sentence, blocked: Sequence[tuple[int, int]] = ()) -> Iterator[Run]:
    """The runs of a sentence with at least one candidate.  Words inside ``blocked`` stretches end a run."""
    japanese = sentence.language == "ja"
    inside = _JAPANESE_INSIDE if japanese else _ENGLISH_INSIDE
    tokens = sentence.tokens
    first = None
    for index, token in enumerate(tokens):
        usable = token.pos in inside
        if usable and blocked:
            usable = not any(a < token.end and token.start < b for a, b in blocked)
        if japanese and not usable and first is not None and _is_joining_dot(text, tokens, index):
            continue
        joined = first is not None and usable and _touch(text, tokens, index, japanese)
        if first is not None and not joined:
            yield from _run(text, tokens, first, index - 1, sentence.language)
            first = None
        if usable and first is None:
            first = index
    if first is not None:
        yield from _run(text, tokens, first, len(tokens) - 1, sentence.language)


def _touch(text: str, tokens: Sequence[Token], index: int, japanese: bool) -> bool:
    before, token = tokens[index - 1], tokens[index]
    gap = text[before.end : token.start]
    if not japanese:
        return gap == " "
    if not gap:
        return True
    latin = _LATIN_EDGE.match(text[before.end - 1]) or _LATIN_EDGE.match(text[token.start])
    return gap == " " and latin is not None


def _is_joining_dot(text: str, tokens: Sequence[Token], index: int) -> bool:
    """オープン・ソース is one term, 育児・介護 are two."""
    token = tokens[index]
    if text[token.start : token.end] != "・" or index + 1 >= len(tokens):
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    return (
        before.end == token.start
        and token.end == after.start
        and _KATAKANA.fullmatch(text, before.start, before.end) is not None
        and _KATAKANA.fullmatch(text, after.start, after.end) is not None
    )


def _run(text: str, tokens: Sequence[Token], first: int, last: int, language: str) -> Iterator[Run]:
    last = min(last, first + _LONGEST_RUN - 1)
    origin = tokens[first].start
    words = tuple((t.start - origin, t.end - origin, t.pos) for t in tokens[first : last + 1])
    parts = _parts(text[origin : tokens[last].end], words, language)
    if parts:
        yield Run(first, last, parts)


@lru_cache(maxsize=100_000)
def _parts(surface: str, words: tuple[tuple[int, int, Pos], ...], language: str) -> tuple[Part, ...]:
    is_term = _is_japanese_term if language == "ja" else _is_english_term
    keys = [term_key(surface[start:end]) for start, end, _pos in words]
    poses = [pos for _start, _end, pos in words]
    found: list[Part] = []
    for i in range(len(words)):
        for j in range(i, min(len(words), i + MAX_WORDS[language])):
            piece = surface[words[i][0] : words[j][1]]
            inner = tuple(key for key in keys[i : j + 1] if key)
            # A gerund before a noun only modifies it: “working” of “working tree” is no term.
            if language == "en" and poses[j] is Pos.VERBAL_NOUN and j + 1 < len(words):
                continue
            if len(piece) <= 80 and is_term(piece, inner, poses[i : j + 1]):
                key = term_key(piece)
                if key:
                    found.append(Part(i, j, key, inner))
    return tuple(found)


def _is_english_term(surface: str, words: tuple[str, ...], poses: list[Pos]) -> bool:
    if poses[-1] not in _NOMINAL or not words or len(words) != len(poses):
        return False
    if len(words) == 1:
        generic = words[0] in ENGLISH_ALONE or words[0] in ENGLISH_OPENERS
        return len(surface) > 1 and surface[-1] != "_" and not generic and _HAS_LETTER.search(surface) is not None
    if poses[-1] is Pos.VERBAL_NOUN and poses[-2] is Pos.VERBAL_NOUN:
        return False
    return words[0] not in ENGLISH_OPENERS and words[-1] not in ENGLISH_HEADS and len(words[-1]) > 1


def _is_japanese_term(surface: str, words: tuple[str, ...], poses: list[Pos]) -> bool:
    first, last = poses[0], poses[-1]
    if first in (Pos.SUFFIX, Pos.NUMBER, Pos.SYMBOL) or last in (Pos.PREFIX, Pos.ADJECTIVE, Pos.NUMBER, Pos.SYMBOL):
        return False
    if not words or surface.endswith("的") or _ORDINAL.match(surface):
        return False
    if len(poses) == 1:
        return first in _NOMINAL and words[0] not in ENGLISH_ALONE and _stands_alone(surface)
    if words[0] in JAPANESE_OPENERS or words[-1] in JAPANESE_ENDINGS:
        return False
    return not all(_HIRAGANA.fullmatch(word) for word in words)


def _stands_alone(surface: str) -> bool:
    if surface in JAPANESE_ALONE or not _HAS_LETTER.search(surface):
        return False
    if _HIRAGANA.fullmatch(surface):
        return len(surface) > 2
    return len(surface) > 1 if not has_japanese(surface) else not _KATAKANA.fullmatch(surface) or len(surface) > 1
