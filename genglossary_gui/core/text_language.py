"""What language a passage or a document is in.

Of a text that is neither Japanese nor English the grammar of both says nothing.
"""

from __future__ import annotations

import re

from genglossary_gui.core.keys import JAPANESE

# Whole runs are counted: one letter at a time takes several times as long.
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_JAPANESE = re.compile(f"[{JAPANESE}]+")
_LATIN = re.compile("[A-Za-zÀ-ɏ]+")
SAMPLE = 20_000
"""Characters of a document that are looked at."""
_OTHER_LETTER = re.compile(f"[^\\W\\d_A-Za-zÀ-ɏ{JAPANESE}]+")
_KANA = re.compile("[ぁ-ゖァ-ヺ]+")
_WORD = re.compile("[A-Za-zÀ-ɏ]+")
_ACCENTED = re.compile("[À-ÖØ-öø-ɏ]")
_LEAST_LETTERS, _LEAST_WORDS, _MANY_WORDS = 60, 25, 100
"""With less there is no telling."""
_ENGLISH_WORDS = "the and to of that this with are from or by you be can which when your have it"
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_FOREIGN_WORDS = """
der das und nicht ist ein eine einen mit von zu auf für sich dem werden wird auch oder bei
le la les des et est une dans que pour qui sur pas du au avec ce il sont vous
el los las y del con por para se es como más di che è della non sono gli nel alla
não um uma os da dos em ao são het een van niet zijn voor met wordt
och att det är som för på med og ikke til av nie się jest że w na z ve bir bu için ei että
"""
_FOREIGN = frozenset(_FOREIGN_WORDS.split())
_FOREIGN_SHARE, _ENGLISH_SHARE, _ACCENTED_SHARE = 0.05, 0.01, 0.02
_TWO_HIRAGANA = re.compile("[ぁ-ゖ][^ぁ-ゖ]*[ぁ-ゖ]")
_JAPANESE_SHARE = 0.15
_SHARE_WITH_HIRAGANA = 0.05
"""Japanese technical prose can be mostly Latin words; its particles give it away."""
_MIXED_SHARE = 0.1
"""Of the letters in the language that has fewer."""
JAPANESE_ONLY, ENGLISH_ONLY, BOTH, OTHER = "ja", "en", "en ja", "other"


def passage_language(text: str, language: str = "auto") -> str:
    """``ja`` or ``en`` for one passage.

    ``language``: ``en`` holds for every passage, ``ja`` for those with a Japanese character (a Latin-only
    passage is read as English in any case), ``auto`` decides by the share of characters.
    """
    if language == "en" or text.isascii():
        return "en"
    japanese = sum(map(len, _JAPANESE.findall(text)))
    if not japanese:
        return "en"
    if language == "ja" or japanese >= _JAPANESE_SHARE * len(text):
        return "ja"
    share = japanese / (japanese + sum(map(len, _LATIN.findall(text))))
    needed = _SHARE_WITH_HIRAGANA if _TWO_HIRAGANA.search(text) else _JAPANESE_SHARE
    return "ja" if share >= needed else "en"


def document_language(text: str) -> str:
    """``ja``, ``en``, ``en ja`` or ``other``, line by line in the first 20,000 characters; empty without letters."""
    if is_other_language(text):
        return OTHER
    letters = {"ja": 0, "en": 0}
    for line in text[:SAMPLE].splitlines():
        letters[passage_language(line)] += _letters(_LATIN, line) + _letters(_JAPANESE, line)
    most = max(letters.values())
    if not most:
        return ""
    if min(letters.values()) >= _MIXED_SHARE * sum(letters.values()):
        return BOTH
    return JAPANESE_ONLY if letters["ja"] == most else ENGLISH_ONLY


def is_other_language(text: str) -> bool:
    """Whether most of a document is neither Japanese nor English, by its first 20,000 characters.

    Letters of another script tell; Chinese by what it lacks, kana; languages in Latin letters by their little words,
    or by accents where hardly a word is English.  False where there is too little to tell.
    """
    sample = text[:SAMPLE]
    if sample.isascii():
        return _is_foreign_latin(sample, 0)
    beyond = "".join(_NOT_ASCII.findall(sample))
    japanese, other = _letters(_JAPANESE, beyond), _letters(_OTHER_LETTER, beyond)
    if max(japanese, other) >= _LEAST_LETTERS:
        latin = _letters(_LATIN, sample)
        if other >= _LEAST_LETTERS and other > japanese + latin:
            return True
        if japanese >= _LEAST_LETTERS and japanese * 4 > latin:
            return _letters(_KANA, beyond) * 50 < japanese
    return _is_foreign_latin(sample, len(_ACCENTED.findall(beyond)))


def _letters(kind: re.Pattern[str], text: str) -> int:
    return sum(map(len, kind.findall(text)))


def _is_foreign_latin(sample: str, accented: int) -> bool:
    words = _WORD.findall(sample.lower())
    if len(words) < _LEAST_WORDS:
        return False
    english = sum(map(_ENGLISH.__contains__, words)) / len(words)
    foreign = sum(map(_FOREIGN.__contains__, words)) / len(words)
    if foreign >= _FOREIGN_SHARE and foreign > 2 * english:
        return True
    letters = sum(map(len, words))
    return len(words) >= _MANY_WORDS and english < _ENGLISH_SHARE and accented > _ACCENTED_SHARE * letters
