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
_CUT = re.compile(r"[名間的系等毎](?=[ァ-ヺ])")
"""「名システム」: the rest of a longer word."""
_FOREIGN_FIRST = re.compile(r"(?<![A-Za-z ] )(?<![A-Za-z])([A-Z])[A-Za-z]+ ?$")
"""「Perl 互換正規表現（PCRE）」."""
_KATAKANA = re.compile(r"[ァ-ヺー・]+$")
_INITIALS = {
    "アイウエオ": "aeiouhwyx",
    "ァィゥェォヴ": "aeiouvw",
    "カキクケコ": "ckqx",
    "ガギグゲゴ": "gj",
    "サシスセソ": "scxt",
    "ザジズゼゾ": "zjgsx",
    "タチツテト": "tc",
    "ダヂヅデド": "dj",
    "ナニヌネノ": "nk",
    "ハヒフヘホ": "hfpw",
    "バビブベボ": "bv",
    "パピプペポ": "p",
    "マミムメモ": "m",
    "ヤユヨ": "yueij",
    "ラリルレロ": "rlw",
    "ワヲン": "wo",
}
"""Katakana → letters that a foreign word which begins with one of them may begin with."""
_LETTERS = {kana: letters for row, letters in _INITIALS.items() for kana in row}
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

    Japanese has no initials: there it is the run of kanji and katakana at the end, with a foreign word before it that
    begins like the abbreviation.
    """
    if japanese := _JAPANESE_LONG.search(before):
        if not _can_be_short_for(japanese[0], abbreviation):
            return None
        start = len(before) - len(japanese[0])
        foreign = _FOREIGN_FIRST.search(before[:start])
        return foreign.start() if foreign and foreign[1] == abbreviation[0] else start
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


def _can_be_short_for(long: str, abbreviation: str) -> bool:
    """Whether a foreign word in katakana begins like its abbreviation and is longer: not 「テンプレート（HTML）」."""
    if _CUT.match(long):
        return False
    if not _KATAKANA.fullmatch(long):
        return True
    return abbreviation[0].casefold() in _LETTERS.get(long[0], "") and len(long) > 2 * len(abbreviation) - 1
