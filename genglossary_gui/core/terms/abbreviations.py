"""Abbreviations that a document spells out: “pull request (PR)”, 「依頼（pull request、PR）」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from genglossary_gui.core.keys import has_japanese

_BRACKET = re.compile(r"\s?[(（]\s*([^()（）]{2,80}?)\s*[)）]")
_SHORT = re.compile(r"(?=[^\W_]*[A-Z])[A-Za-z][A-Za-z0-9&/.-]{1,9}")
_WORD = re.compile(r"[^\s,;:()\"“”]+")
_SEPARATOR = re.compile(r"\s*[、，､,;:：／/]\s*|\s*(?:略称|略して|略|以下|通称|または|short for|or)\s*[:：]?\s*")
_JAPANESE_TAIL = re.compile(r"[ァ-ヺー一-龯々A-Za-z0-9]{4,}$")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    short: str
    long: str


def find_abbreviations(sentence: str) -> Iterator[Abbreviation]:
    """The abbreviations spelled out in one sentence.

    The letters of the short form must be found in the long form from right to left, the first one at the
    beginning of a word (Schwartz and Hearst 2003, “A simple algorithm for identifying abbreviation
    definitions in biomedical text”).  A Japanese long form has no such letters: there the bracket right
    after a word of four or more kanji, katakana or Latin characters is enough if it holds capitals only.
    """
    for match in _BRACKET.finditer(sentence):
        inner, before = match.group(1), sentence[: match.start()]
        if is_short_form(inner):
            yield from _before_bracket(inner, before)
        elif before and (word := before.rsplit(None, 1)[-1].lstrip('("“')) and is_short_form(word):
            if _spells_out(word, inner):
                yield Abbreviation(word, inner)
        else:
            yield from _inside_bracket(inner)


def is_short_form(text: str) -> bool:
    """Whether it looks like an abbreviation: 2–10 characters, one word, a capital; plurals ("APIs") too."""
    capitals = sum(letter.isupper() for letter in text)
    return _SHORT.fullmatch(text) is not None and (capitals >= 2 or (len(text) <= 3 and text.isupper()))


def _before_bracket(short: str, before: str) -> Iterator[Abbreviation]:
    long = _long_form(short, before)
    if long:
        yield Abbreviation(short, long)
    elif has_japanese(before[-1:]) and short.isupper():
        tail = _JAPANESE_TAIL.search(before)
        if tail is not None:
            yield Abbreviation(short, tail.group())


def _inside_bracket(inner: str) -> Iterator[Abbreviation]:
    parts = [part for part in _SEPARATOR.split(inner) if part]
    for long in parts:
        for short in parts:
            if short != long and is_short_form(short) and _spells_out(short, long):
                yield Abbreviation(short, long)


def _spells_out(short: str, long: str) -> bool:
    return _long_form(short, long) == long


def _long_form(short: str, before: str) -> str:
    """The shortest end of ``before`` with all letters of ``short``, the first at the beginning of a word."""
    short = short[:-1] if short.endswith("s") and short[:-1].isupper() else short
    letters = [letter.casefold() for letter in short if letter.isalnum()]
    words = list(_WORD.finditer(before))[-min(len(letters) + 5, 2 * len(letters)) :]
    if not words or not letters:
        return ""
    limit, text = words[0].start(), before.casefold()
    if len(text) != len(before):
        return ""
    position = len(text)
    for index in range(len(letters) - 1, -1, -1):
        position = text.rfind(letters[index], limit, position)
        while index == 0 and position > 0 and text[position - 1].isalnum():
            position = text.rfind(letters[0], limit, position)
        if position < 0:
            return ""
    long = before[position:].strip(" \"“”'")
    is_longer = len(long) > len(short) + 2 and short.casefold() not in long.casefold().split()
    return long if is_longer and _punctuation_free(long) else ""


def _punctuation_free(text: str) -> bool:
    return not re.search(r"[.!?;:、。](\s|$)", text)
