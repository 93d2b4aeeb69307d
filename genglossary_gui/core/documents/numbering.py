"""The numbers of lists as words: ``3`` is 3, c, C, iii, III, ③, 三, ウ or ハ."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_MOST = 1_000_000
"""A number beyond is shown in figures, and so is one that a way of counting has no word for."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_KANJI = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999


def in_letters(number: int) -> str:
    """a … z, aa, ab …; figures for what has no letters."""
    letters = ""
    rest = number
    while 0 < rest <= _MOST:
        rest, place = divmod(rest - 1, len(_LETTERS))
        letters = _LETTERS[place] + letters
    return letters or str(number)


def in_roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    words = ""
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        words += letters * count
    return words


def in_kanji(number: int) -> str:
    """一 … 九, 十, 十一 … 九十九; figures for what is above."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return (_KANJI[tens] if tens > 1 else "") + "十" * (tens > 0) + (_KANJI[ones] if ones else "")


def in_circle(number: int) -> str:
    return chr(ord("①") + number - 1) if 0 < number <= 20 else str(number)


def in_wide_figures(number: int) -> str:
    return "".join(chr(ord("０") + int(figure)) if figure.isdigit() else figure for figure in str(number))


def one_of(words: str) -> Callable[[int], str]:
    """Counting by the characters of ``words``, then by figures."""
    return lambda number: words[number - 1] if 0 < number <= len(words) else str(number)


HTML: Mapping[str, Callable[[int], str]] = {
    "1": str,
    "a": in_letters,
    "A": lambda number: in_letters(number).upper(),
    "i": in_roman,
    "I": lambda number: in_roman(number).upper(),
}
"""What the ``type`` of an ordered list stands for."""

WORD: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "lowerLetter": HTML["a"],
    "upperLetter": HTML["A"],
    "lowerRoman": HTML["i"],
    "upperRoman": HTML["I"],
    "decimalFullWidth": in_wide_figures,
    "decimalEnclosedCircle": in_circle,
    "decimalEnclosedCircleChinese": in_circle,
    "aiueo": one_of(_AIUEO),
    "aiueoFullWidth": one_of(_AIUEO),
    "iroha": one_of(_IROHA),
    "irohaFullWidth": one_of(_IROHA),
    "japaneseCounting": in_kanji,
    "ideographDigital": in_kanji,
    "chineseCounting": in_kanji,
}
"""What a ``numFmt`` of Word stands for; others are shown in figures."""
