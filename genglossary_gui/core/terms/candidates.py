"""Noun phrases that could be terms: the longest ones in a sentence, and every well-formed part of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

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
_PLAIN = re.compile("(?:[ぁ-ゖァ-ヺ一-鿿々]|ー(?=[ァ-ヺ]))+")
"""Kana and kanji without a long vowel at the end of a word."""


class Part(NamedTuple):
    """The words ``first`` to ``last`` (inclusive) of a run, with what identifies them."""

    first: int
    last: int
    key: str
    words: tuple[str, ...]
    """The key of each word: a compound's relation to its parts."""
    surface: str
    start: int
    """Where ``surface`` begins, from the beginning of the run."""


class Run(NamedTuple):
    """The longest stretch of words that can stand in one term: tokens ``first``…``last`` of a sentence."""

    first: int
    last: int
    parts: tuple[Part, ...]


def noun_runs(text: str, sentence: Sentence, blocked: Sequence[tuple[int, int]] = ()) -> list[Run]:
    """The runs of a sentence with at least one candidate.  Words inside ``blocked`` stretches end a run."""
    language, tokens = sentence.language, sentence.tokens
    japanese = language == "ja"
    inside = _JAPANESE_INSIDE if japanese else _ENGLISH_INSIDE
    found: list[Run] = []
    first = None
    for index, token in enumerate(tokens):
        if token.pos in inside and not (blocked and _is_blocked(token, blocked)):
            if first is None:
                first = index
            elif not _touch(text, tokens[index - 1].end, token.start, japanese):
                _add_run(found, text, tokens, first, index - 1, language)
                first = index
        elif first is not None and not (japanese and _is_joining_dot(text, tokens, index)):
            _add_run(found, text, tokens, first, index - 1, language)
            first = None
    if first is not None:
        _add_run(found, text, tokens, first, len(tokens) - 1, language)
    return found


def _is_blocked(token: Token, blocked: Sequence[tuple[int, int]]) -> bool:
    return any(a < token.end and token.start < b for a, b in blocked)


def _touch(text: str, end: int, start: int, japanese: bool) -> bool:
    """Whether nothing stands between words of Japanese, a blank between others or beside a Latin word."""
    if start == end:
        return japanese
    if start != end + 1 or text[end] != " ":
        return False
    return not japanese or (_LATIN_EDGE.match(text, end - 1) or _LATIN_EDGE.match(text, start)) is not None


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


def _add_run(found: list[Run], text: str, tokens: Sequence[Token], first: int, last: int, language: str) -> None:
    if first == last:
        token = tokens[first]
        surface = text[token.start : token.end]
        parts = _parts(surface, (0, len(surface), token.pos), language)
    else:
        last = min(last, first + _LONGEST_RUN - 1)
        origin = tokens[first].start
        shape: list[Any] = []
        for token in tokens[first : last + 1]:
            shape += token.start - origin, token.end - origin, token.pos
        parts = _parts(text[origin : tokens[last].end], tuple(shape), language)
    if parts:
        found.append(Run(first, last, parts))


@lru_cache(maxsize=100_000)
def _parts(surface: str, shape: tuple[Any, ...], language: str) -> tuple[Part, ...]:
    """``shape``: start, end and part of speech of a word, and so on for each."""
    is_term = _is_japanese_term if language == "ja" else _is_english_term
    starts, ends, poses = shape[::3], shape[1::3], shape[2::3]
    keys = [_key(surface[start:end]) for start, end in zip(starts, ends, strict=True)]
    # A gerund before a noun only modifies it: “working” of “working tree” is no term.
    modifies = [language == "en" and pos is Pos.VERBAL_NOUN for pos in poses[:-1]] + [False]
    found: list[Part] = []
    for i, start in enumerate(starts):
        for j in range(i, min(len(starts), i + MAX_WORDS[language])):
            piece = surface[start : ends[j]]
            inner = tuple([key for key in keys[i : j + 1] if key])
            if not modifies[j] and len(piece) <= 80 and is_term(piece, inner, poses[i : j + 1]) and (key := _key(piece)):
                found.append(Part(i, j, key, inner, piece, start))
    return tuple(found)


def _key(surface: str) -> str:
    """``term_key``, which changes nothing in plain Japanese: to see that costs less."""
    return surface if _PLAIN.fullmatch(surface) else term_key(surface)


def _is_english_term(surface: str, words: tuple[str, ...], poses: Sequence[Pos]) -> bool:
    if poses[-1] not in _NOMINAL or not words or len(words) != len(poses):
        return False
    if len(words) == 1:
        generic = words[0] in ENGLISH_ALONE or words[0] in ENGLISH_OPENERS
        return len(surface) > 1 and surface[-1] != "_" and not generic and _HAS_LETTER.search(surface) is not None
    if poses[-1] is Pos.VERBAL_NOUN and poses[-2] is Pos.VERBAL_NOUN:
        return False
    return words[0] not in ENGLISH_OPENERS and words[-1] not in ENGLISH_HEADS and len(words[-1]) > 1


def _is_japanese_term(surface: str, words: tuple[str, ...], poses: Sequence[Pos]) -> bool:
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
