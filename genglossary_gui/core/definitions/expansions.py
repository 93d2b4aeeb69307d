"""Abbreviations with their long forms: “Random Access Memory (RAM)”, 「中央処理装置（CPU）」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.definitions.match import Match

_BRACKETED = re.compile(r" ?[(（]([A-Z][A-Za-z0-9&/-]{0,7}[A-Z0-9])s?[)）]")
_LONG_AFTER = re.compile(r"\b([A-Z][A-Za-z0-9&/-]{0,7}[A-Z0-9]) ?[(（]([^()（）、。]{4,60})[)）]")
_WORD = re.compile(r"[A-Za-z][\w'’]*")
_SMALL = frozenset(("a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"))
_JAPANESE_LONG = re.compile(r"[一-鿿ァ-ヺー・々]{4,30}$")
_WEIGHT = 0.22
_REACH = 90


def find(text: str) -> Iterator[Match]:
    """For each abbreviation the stretch that expands it."""
    if "(" not in text and "（" not in text:
        return
    for match in _BRACKETED.finditer(text):
        window = max(0, match.start() - _REACH)
        start = long_form_start(text[window : match.start()], match[1])
        if start is not None:
            yield Match(match[1], "expansion", _WEIGHT, window + start, match.end())
    for match in _LONG_AFTER.finditer(text):
        if long_form_start(match[2], match[1]) == 0:
            yield Match(match[1], "expansion", _WEIGHT, match.start(), match.end())


def long_form_start(before: str, abbreviation: str) -> int | None:
    """Where in ``before`` the words begin whose initials make ``abbreviation``.

    Japanese has no initials: there it is the run of kanji and katakana at the end.
    """
    if japanese := _JAPANESE_LONG.search(before):
        return len(before) - len(japanese[0])
    letters = [letter for letter in abbreviation.casefold() if letter.isalpha()]
    words = list(_WORD.finditer(before))
    if not words or before[words[-1].end() :].strip():
        return None
    for word in reversed(words):
        initial = word[0][0].casefold()
        if letters and initial == letters[-1]:
            letters.pop()
            if not letters:
                return word.start()
        elif word[0].casefold() not in _SMALL:
            return None
    return None
