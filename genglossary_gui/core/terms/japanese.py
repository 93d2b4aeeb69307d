"""Words of Japanese text, by SudachiPy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from genglossary_gui.core.text import Pos, Token, new_token

_PLACE = re.compile(r"[一-鿿々]{1,3}[ヶヵ][一-鿿々]{1,2}")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_SHORT_NAME = 4
"""Letters of a name in katakana (エクス) that may as well be the beginning of a word (エクスポーター)."""
_LATIN_WORD = re.compile(r"(?a:[A-Za-z][A-Za-z0-9]*(?:[-_.+#&'][A-Za-z0-9]+)*(?:\+\+|(?<!\w\w\w)#)?|\.NET\b)")
_DOTTED = re.compile(r"[a-z0-9][\w-]*(?:\.(?!(?:js|net|io|ai)\b)[A-Za-z]\w*)+")
"""Names of files, fields and machines: lists.debian.org, settings.xml."""
_NOUNS = {
    "サ変可能": Pos.VERBAL_NOUN,
    "サ変形状詞可能": Pos.VERBAL_NOUN,
    # 場合, 以下, 前, 今日: they tell when or where, and end a compound.
    "副詞可能": Pos.ADVERB,
}
_SUFFIXES = {"名詞的": Pos.SUFFIX, "形状詞的": Pos.SUFFIX}
_WORD_CLASSES = {
    "代名詞": Pos.PRONOUN,
    "形状詞": Pos.ADJECTIVE,
    "形容詞": Pos.ADJECTIVE,
    "連体詞": Pos.DETERMINER,
    "副詞": Pos.ADVERB,
    "接続詞": Pos.PARTICLE,
    "助詞": Pos.PARTICLE,
    "助動詞": Pos.AUXILIARY,
    "動詞": Pos.VERB,
    "接頭辞": Pos.PREFIX,
    "補助記号": Pos.SYMBOL,
    "空白": Pos.SPACE,
}
NAMING = (Pos.NOUN, Pos.VERBAL_NOUN, Pos.SUFFIX)
"""Words whose lemma is the spelling that the dictionary prefers."""
# What stands in an enumeration is found slowly: the loop has names of its own for it.
_OF_PLACE = (Pos.NOUN, Pos.PROPER, Pos.VERBAL_NOUN, Pos.SUFFIX)
_NOUN, _PROPER, _OTHER, _SPACE = Pos.NOUN, Pos.PROPER, Pos.OTHER, Pos.SPACE


def tokenize_japanese(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of ``text[start:end]`` without blanks; at most 12,000 characters (Sudachi takes 49 kB).

    Sudachi's longest units (mode C) are used: shorter ones would offer halves of dictionary words as terms,
    while compounds are put together from neighbouring nouns in any case.  A Latin word stays in one piece.
    The lemma of a noun is the spelling that the dictionary prefers (諸味 of もろみ and 醪), of another word its own.
    """
    latin = {match.start(): match.end() for match in _LATIN_WORD.finditer(text, start, end)}
    tokens: list[Token] = []
    covered, is_bracketed, before = start, text.find("（", start, end) >= 0, _SPACE
    stop, parts_of_speech = start, _parts_of_speech
    for morpheme in _cutter().tokenize(text[start:end]):
        # Sudachi leaves nothing out: each begins where the one before ends.
        begin, stop = stop, start + morpheme.end()
        if begin < covered:
            continue
        if begin in latin:
            covered = latin[begin]
            if covered >= stop:
                word = text[begin:covered]
                before = _OTHER if "." in word and _DOTTED.fullmatch(word) else _NOUN
                tokens.append(new_token(Token, (begin, covered, word, before)))
                continue
        last = stop
        if is_bracketed and (bracket := text.find("（", begin + 1, stop)) > 0:
            last = bracket  # Sudachi takes what looks like a reading, 破精（はぜ）, for a part of the word.
        identifier = morpheme.part_of_speech_id()
        pos = parts_of_speech.get(identifier) or _pos(identifier)
        if pos is not _SPACE and last > begin:
            lemma = morpheme.normalized_form() if pos in NAMING else text[begin:last]
            token = new_token(Token, (begin, last, lemma, pos))
            if before is _PROPER and pos is _NOUN and _is_cut(text, tokens[-1], token):
                begin = tokens.pop().start
                token = new_token(Token, (begin, last, text[begin:last], _NOUN))
            tokens.append(token)
            covered, before = last, pos
    if any(text.find(mark, start, end) >= 0 for mark in "ヶヵ"):
        tokens = _with_whole_places(text, tokens)
    return tuple(tokens)


def _with_whole_places(text: str, tokens: list[Token]) -> list[Token]:
    """Names of places that the dictionary does not know in one piece: 霧｜ヶ｜原."""
    joined: list[Token] = []
    for token in tokens:
        whole = _place(text, joined, token)
        if whole:
            joined[-2:] = [whole]
        else:
            joined.append(token)
    return joined


def _place(text: str, before: Sequence[Token], token: Token) -> Token | None:
    """The name that ``token`` ends, of which the last two words ``before`` it are the beginning."""
    if len(before) < 2 or text[before[-1].start : before[-1].end] not in "ヶヵ" or token.pos not in _OF_PLACE:
        return None
    start, end = before[-2].start, token.end
    if before[-2].pos not in _OF_PLACE or _PLACE.fullmatch(text, start, end) is None:
        return None
    return new_token(Token, (start, end, text[start:end], _PROPER))


def _is_cut(text: str, before: Token, token: Token) -> bool:
    """Whether Sudachi took the beginning of a word in katakana that it does not know for a name, ``before`` a noun:
    エクス｜ポーター."""
    return (
        before.end == token.start
        and before.end - before.start <= _SHORT_NAME
        and _KATAKANA.fullmatch(text, before.start, token.end) is not None
    )


def reading(text: str) -> str:
    """How a few words of Japanese are read, in katakana; what the dictionary does not know stands as it is."""
    return "".join(morpheme.reading_form() for morpheme in _tokenizer().tokenize(text))


def proper_kinds(text: str) -> tuple[str, ...]:
    """Of what kinds the proper nouns in a few words of Japanese are (人名, 地名, 一般), word by word."""
    parts = [morpheme.part_of_speech() for morpheme in _tokenizer().tokenize(text)]
    return tuple(part[2] for part in parts if part[1] == "固有名詞")


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from sudachipy import dictionary  # loading takes 0.1 s and 159 MB: only where Japanese is read

    return dictionary.Dictionary()


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    from sudachipy import SplitMode

    return _dictionary().tokenizer(SplitMode.C)


@lru_cache(maxsize=1)
def _cutter() -> Any:
    """For whole texts: reads of the dictionary only what they need."""
    from sudachipy import SplitMode

    return _dictionary().tokenizer(SplitMode.C, fields={"pos", "normalized_form"})


_parts_of_speech: dict[int, Pos] = {}
"""By their numbers in Sudachi, of which there are some thousand."""


def _pos(identifier: int) -> Pos:
    """What is not in ``_parts_of_speech`` yet."""
    names = _dictionary().pos_of(identifier)
    pos = _parts_of_speech[identifier] = Pos.NOUN if names is None else _named(*names[:3])
    return pos


def _named(first: str, second: str, third: str) -> Pos:
    if first == "名詞":
        if second == "固有名詞":
            return Pos.PROPER
        if second == "数詞":
            return Pos.NUMBER
        return _NOUNS.get(third, Pos.NOUN)
    if first == "接尾辞":
        return Pos.OTHER if third == "助数詞" else _SUFFIXES.get(second, Pos.OTHER)
    if first == "記号":
        return Pos.NOUN if second == "文字" else Pos.SYMBOL
    return _WORD_CLASSES.get(first, Pos.OTHER)
