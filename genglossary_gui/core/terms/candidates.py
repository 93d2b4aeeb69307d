"""Noun phrases that could be terms: the longest ones in a sentence, and every well-formed part of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import eq
from typing import Any, NamedTuple, cast

from genglossary_gui.core.keys import has_japanese, singular, term_key
from genglossary_gui.core.terms.english import closed_class
from genglossary_gui.core.terms.other import begins_with_noun
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
_MOST_WORDS = 4
"""In other languages."""
_LONGEST = 80
"""Characters of a candidate."""
_LONGEST_RUN = 12
"""A run of more nouns than this is a list without commas: only its beginning is looked at."""
_KEPT = 50_000
"""Words and phrases whose parts are remembered."""

_ENGLISH_INSIDE = frozenset({Pos.NOUN, Pos.PROPER, Pos.VERBAL_NOUN, Pos.ADJECTIVE})
_JAPANESE_INSIDE = _ENGLISH_INSIDE | {Pos.PREFIX, Pos.SUFFIX, Pos.NUMBER}
_OTHER_INSIDE = frozenset({Pos.NOUN, Pos.PREFIX})
_NOMINAL = frozenset({Pos.NOUN, Pos.PROPER, Pos.VERBAL_NOUN})
_JAPANESE_CLOSING = _NOMINAL | {Pos.SUFFIX}
_JAPANESE_NOT_FIRST = frozenset({Pos.SUFFIX, Pos.NUMBER, Pos.SYMBOL})
_VERBAL_NOUN = Pos.VERBAL_NOUN
_LINKED = frozenset({Pos.NOUN, Pos.PROPER, Pos.VERBAL_NOUN, Pos.ADJECTIVE, Pos.SUFFIX})
_PARTICLE = Pos.PARTICLE
_OWNER, _OWNED = re.compile(r"[一-鿿々ァ-ヺーぁ-ん]{1,6}"), re.compile(r"[一-鿿々ァ-ヺーぁ-ん]{1,4}")
_TOLD = ("た。", "だ。", "た」", "だ」", "た』", "だ』", "ない。", "いる。")
"""How sentences of a story end; manuals say です and ます."""
_LATIN_EDGE = re.compile(r"[A-Za-z0-9+#]")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_MANNER = re.compile(r".*[ぁ-ん]方")
"""使い方, 見つけ方."""
_ORDINAL = re.compile(r"第\s*[\d一二三四五六七八九十]")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_PLAIN_ENGLISH = re.compile("[A-Za-z0-9]+(?:(?: |-+)[A-Za-z0-9]+)*")
"""The key of a phrase of such words is made of theirs."""
_PLAIN_JAPANESE = re.compile("((?:[ぁ-ゖァ-ヺ一-鿿々]|ー(?=[ァ-ヺ]))+)(?:(?<=[ァ-ヺー][ァ-ヺ])ー)?")
"""Kana and kanji are their own key but for a long vowel at the end of a longer word in katakana."""


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


_new_part: Callable[[type[Part], tuple[int, int, str, tuple[str, ...], str, int]], Part] = cast(Any, tuple.__new__)
_new_run: Callable[[type[Run], tuple[int, int, tuple[Part, ...]]], Run] = cast(Any, tuple.__new__)


def noun_runs(text: str, sentence: Sentence, blocked: Sequence[tuple[int, int]] = ()) -> list[Run]:
    """The runs of a sentence with at least one candidate.  Words inside ``blocked`` stretches end a run."""
    if sentence.language not in MAX_WORDS:
        return _other_runs(text, sentence, blocked)
    tokens = sentence.tokens
    japanese = sentence.language == "ja"
    # Nothing stands between words of Japanese that belong together, a blank between others.
    inside, add, blanks = (_JAPANESE_INSIDE, _add_japanese, 0) if japanese else (_ENGLISH_INSIDE, _add_english, 1)
    found: list[Run] = []
    first = None
    before = 0
    for index, (start, end, _lemma, pos) in enumerate(tokens):
        if pos in inside and not (blocked and _is_blocked(tokens[index], blocked)):
            if first is None:
                first = index
            elif (start != before + blanks or (blanks and text[before] != " ")) and not (
                japanese and _touch_over_blank(text, before, start)
            ):
                add(found, text, tokens, first, index - 1)
                first = index
        elif first is not None and not (japanese and _is_joining_dot(text, tokens, index)):
            add(found, text, tokens, first, index - 1)
            first = None
        before = end
    if first is not None:
        add(found, text, tokens, first, len(tokens) - 1)
    if japanese and not blocked and text.endswith(_TOLD, sentence.start, sentence.end):
        found.extend(_linked(text, tokens))
    return found


def _linked(text: str, tokens: Sequence[Token]) -> Iterator[Run]:
    """Two nouns with の between them, as names in a story are made: 虚ろの王.  Which of them are names, and not
    things of somebody, is told when all are counted (``merge``)."""
    for index in range(1, len(tokens) - 1):
        if tokens[index].pos is _PARTICLE and text[tokens[index].start : tokens[index].end] == "の":
            first, last = index - 1, index + 1
            while first and tokens[first - 1].pos in _LINKED and tokens[first - 1].end == tokens[first].start:
                first -= 1
            while (
                last + 1 < len(tokens)
                and tokens[last + 1].pos in _LINKED
                and tokens[last].end == tokens[last + 1].start
            ):
                last += 1
            start, end = tokens[first].start, tokens[last].end
            if (
                all(tokens[at].pos in _LINKED for at in (index - 1, index + 1))
                and tokens[last].pos in _JAPANESE_CLOSING
            ):
                before, after = text[start : tokens[index].start], text[tokens[index].end : end]
                if _OWNER.fullmatch(before) and _OWNED.fullmatch(after) and not _is_usual(before, after):
                    words = (_word_key(before), _word_key(after))
                    yield Run(first, last, (Part(0, last - first, key_of(text[start:end]), words, text[start:end], 0),))


def _is_usual(before: str, after: str) -> bool:
    return (
        before in JAPANESE_ALONE or before in JAPANESE_OPENERS or after in JAPANESE_ALONE or after in JAPANESE_ENDINGS
    )


def _is_blocked(token: Token, blocked: Sequence[tuple[int, int]]) -> bool:
    return any(a < token.end and token.start < b for a, b in blocked)


def _touch_over_blank(text: str, end: int, start: int) -> bool:
    """Whether words of Japanese text that do not meet belong together all the same: a blank beside a Latin word."""
    if start != end + 1 or text[end] != " ":
        return False
    return (_LATIN_EDGE.match(text, end - 1) or _LATIN_EDGE.match(text, start)) is not None


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


def _add_english(found: list[Run], text: str, tokens: Sequence[Token], first: int, last: int) -> None:
    start, end, _lemma, pos = tokens[first]
    if first == last:
        parts = _english_word(text[start:end], pos)
    else:
        run = tokens[first : min(last, first + _LONGEST_RUN - 1) + 1]
        last = first + len(run) - 1
        parts = _english_parts(text[start : run[-1][1]], tuple([token[3] for token in run]))
    if parts:
        found.append(_new_run(Run, (first, last, parts)))


def _add_japanese(found: list[Run], text: str, tokens: Sequence[Token], first: int, last: int) -> None:
    start, end, _lemma, pos = tokens[first]
    if first == last:
        parts = _japanese_word(text[start:end], pos)
    else:
        run = tokens[first : min(last, first + _LONGEST_RUN - 1) + 1]
        last = first + len(run) - 1
        ends = tuple([token[1] - start for token in run])
        parts = _japanese_parts(text[start : start + ends[-1]], ends, tuple([token[3] for token in run]))
    if parts:
        found.append(_new_run(Run, (first, last, parts)))


@lru_cache(maxsize=_KEPT)
def _english_word(surface: str, pos: Pos) -> tuple[Part, ...]:
    return _parts(surface, (0,), (len(surface),), (pos,), "en") if pos in _NOMINAL else ()


@lru_cache(maxsize=_KEPT)
def _japanese_word(surface: str, pos: Pos) -> tuple[Part, ...]:
    return _parts(surface, (0,), (len(surface),), (pos,), "ja") if pos in _JAPANESE_CLOSING else ()


@lru_cache(maxsize=_KEPT)
def _english_parts(surface: str, poses: tuple[Pos, ...]) -> tuple[Part, ...]:
    """The candidates in ``surface``, between whose words stands one blank."""
    starts, ends, at = [], [], 0
    for word in surface.split(" "):
        starts.append(at)
        ends.append(at + len(word))
        at = ends[-1] + 1
    return _parts(surface, starts, ends, poses, "en")


@lru_cache(maxsize=_KEPT)
def _japanese_parts(surface: str, ends: tuple[int, ...], poses: tuple[Pos, ...]) -> tuple[Part, ...]:
    """The candidates in ``surface``, whose words end there; between two of them stands a blank at most."""
    starts = [0, *(end + (surface[end] == " ") for end in ends[:-1])]
    return _parts(surface, starts, ends, poses, "ja")


def _parts(
    surface: str, starts: Sequence[int], ends: Sequence[int], poses: tuple[Pos, ...], language: str
) -> tuple[Part, ...]:
    """The candidates in ``surface``, whose words begin and end there."""
    japanese, count, most = language == "ja", len(starts), MAX_WORDS[language]
    is_term, closing = (_is_japanese_term, _JAPANESE_CLOSING) if japanese else (_is_english_term, _NOMINAL)
    keys = tuple([_word_key(surface[start:end]) for start, end in zip(starts, ends, strict=True)])
    joinable = not japanese and _PLAIN_ENGLISH.fullmatch(surface) is not None
    is_even = all(keys) and not _repeats(keys)
    # A gerund before a noun only modifies it: “working” of “working tree” is no term.
    lasts = [
        j for j, pos in enumerate(poses) if pos in closing and (japanese or pos is not _VERBAL_NOUN or j + 1 == count)
    ]
    found: list[Part] = []
    for i, start in enumerate(starts):
        for j in lasts:
            if j < i:
                continue
            if j >= i + most:
                break
            piece = surface[start : ends[j]]
            words = keys[i : j + 1] if is_even else tuple([key for key in keys[i : j + 1] if key])
            if len(piece) > _LONGEST or not (is_even or (words and not _repeats(words))):
                continue
            if is_term(piece, words, poses[i : j + 1]):
                key = words[0] if i == j else " ".join(words) if joinable else key_of(piece)
                if key:
                    found.append(_new_part(Part, (i, j, key, words, piece, start)))
    return tuple(found)


def _other_runs(text: str, sentence: Sentence, blocked: Sequence[tuple[int, int]]) -> list[Run]:
    """Those of another language than Japanese and English."""
    found: list[Run] = []
    run: list[Token] = []
    for index, token in enumerate((*sentence.tokens, None)):
        fits = token is not None and token.pos in _OTHER_INSIDE and not _is_blocked(token, blocked)
        if run and not (fits and token is not None and text[run[-1].end : token.start] in ("", " ")):
            parts = _other_parts(text, run, sentence.language)
            if parts:
                found.append(Run(index - len(run), index - 1, parts))
            run = []
        if fits and token is not None:
            run.append(token)
    return found


def _other_parts(text: str, run: Sequence[Token], language: str) -> tuple[Part, ...]:
    """At most four words, a noun at both ends; where phrases begin with their noun, only what does."""
    origin = run[0].start
    keys = [_word_key(text[token.start : token.end]) for token in run]
    found: list[Part] = []
    for i, first in enumerate(run):
        is_inner = i > 0 and run[i - 1].pos is not Pos.PREFIX and begins_with_noun(language)
        if first.pos is Pos.PREFIX or is_inner:
            continue
        for j in range(i, min(len(run), i + _MOST_WORDS)):
            piece, words = text[first.start : run[j].end], tuple(keys[i : j + 1])
            fits = run[j].pos is Pos.NOUN and 1 < len(piece) <= _LONGEST and all(words) and not _repeats(words)
            if fits and (key := key_of(piece)):
                found.append(Part(i, j, key, words, piece, first.start - origin))
    return tuple(found)


def _repeats(words: tuple[str, ...]) -> bool:
    """Whether a word stands there twice in a row: no phrase, but a slip, a list without commas or a filler."""
    return any(map(eq, words, words[1:]))


def key_of(surface: str) -> str:
    """``term_key``, for the plainest words at less cost."""
    if not surface.isascii():
        found = _PLAIN_JAPANESE.fullmatch(surface)
        return found[1] if found else term_key(surface)
    if surface[1:].islower() and surface.isalpha():
        key = singular(surface.lower())
        return key if singular(key) == key else term_key(surface)
    return term_key(surface)


_word_key = lru_cache(maxsize=100_000)(key_of)


def _is_english_term(surface: str, words: tuple[str, ...], poses: Sequence[Pos]) -> bool:
    """Of a phrase that ends in a noun."""
    if len(words) != len(poses):
        return False
    if len(words) == 1:
        generic = words[0] in ENGLISH_ALONE or words[0] in ENGLISH_OPENERS
        return len(surface) > 1 and surface[-1] != "_" and not generic and _HAS_LETTER.search(surface) is not None
    if poses[-1] is _VERBAL_NOUN and poses[-2] is _VERBAL_NOUN:
        return False
    return words[0] not in ENGLISH_OPENERS and words[-1] not in ENGLISH_HEADS and len(words[-1]) > 1


def _is_japanese_term(surface: str, words: tuple[str, ...], poses: Sequence[Pos]) -> bool:
    """Of a phrase that ends in a noun or suffix."""
    first = poses[0]
    if first in _JAPANESE_NOT_FIRST or surface[-1] == "的" or (surface[0] == "第" and _ORDINAL.match(surface)):
        return False
    if len(poses) == 1:
        return first in _NOMINAL and words[0] not in ENGLISH_ALONE and _stands_alone(surface)
    if words[0] in JAPANESE_OPENERS or words[-1] in JAPANESE_ENDINGS or surface in JAPANESE_ALONE:
        return False
    if words[0].isascii() and surface[0].islower() and closed_class(words[0]) is Pos.DETERMINER:
        return False  # “all packages”, but AND 回路
    return not all(map(_HIRAGANA.fullmatch, words))


def _stands_alone(surface: str) -> bool:
    if surface in JAPANESE_ALONE or not _HAS_LETTER.search(surface) or _MANNER.fullmatch(surface):
        return False
    if _HIRAGANA.fullmatch(surface):
        return len(surface) > 2
    return len(surface) > 1 if not has_japanese(surface) else not _KATAKANA.fullmatch(surface) or len(surface) > 1
