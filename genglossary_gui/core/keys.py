"""The key under which the spellings of one term meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

JAPANESE = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Kana, kanji and their marks, as the inside of a character class."""

_IS_JAPANESE = re.compile(f"[{JAPANESE}]")
_KATAKANA = "ァ-ヺー"
_DROPPED = re.compile("[\"'`´*«»‘’‚‛“”„‟‹›「」『』〝〞〟™®©\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANKS = re.compile(r"[\s\-_/‐‑‒–—―−]+")
_EDGES = " .,;:!?、。,.()[]{}<>"
_GAP = re.compile(rf"(?<=[{JAPANESE}])[ ・·]+|[ ・·]+(?=[{JAPANESE}])")
_LONG_VOWEL = re.compile(rf"(?<=[{_KATAKANA}]{{2}})ー+(?![{_KATAKANA}])")
_ACRONYMS = re.compile(r"(?<![A-Za-z])([A-Z]{2,})s(?![A-Za-z])")
_IRREGULAR = {
    "indices": "index",
    "matrices": "matrix",
    "vertices": "vertex",
    "appendices": "appendix",
    "analyses": "analysis",
    "bases": "base",
    "databases": "database",
    "hypotheses": "hypothesis",
    "theses": "thesis",
    "diagnoses": "diagnosis",
    "crises": "crisis",
    "axes": "axis",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "children": "child",
    "people": "person",
    "men": "man",
    "women": "woman",
    "mice": "mouse",
    "stimuli": "stimulus",
    "movies": "movie",
    "cookies": "cookie",
}
_SINGULAR_WORDS = """
alias always atlas bias canvas chaos cosmos does ethos https kubernetes lens less news pathos perhaps pancreas
physics plus previous rabies redis series species sudoers thus towards mathematics economics graphics ethics
genetics linguistics mechanics politics analytics
"""
_SINGULAR_S = frozenset(_SINGULAR_WORDS.split())


@lru_cache(maxsize=200_000)
def term_key(surface: str) -> str:
    """Equal for spellings of one term; ``term_key(term_key(x)) == term_key(x)``; empty when nothing is left.

    Width and case are folded; quotes vanish; hyphens, underscores and slashes count as blanks; each English
    word loses its regular plural; next to a Japanese character blanks and middle dots vanish; the
    long-vowel mark at the end of a katakana run of three or more characters is dropped.
    """
    surface = unicodedata.normalize("NFKC", surface)
    if "s" in surface:
        surface = _ACRONYMS.sub(r"\1", surface)
    previous, key = surface, _fold(surface)
    # One pass can uncover more (a plural below a plural, a quote that NFKC made): go on until it stands.
    while key != previous:
        previous, key = key, _fold(key)
    return key


def has_japanese(text: str) -> bool:
    """Whether one of its characters is kana or kanji."""
    return _IS_JAPANESE.search(text) is not None


def singular(word: str) -> str:
    """A lower-case English word without its regular plural; other words unchanged."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word[-1] != "s" or word in _SINGULAR_S or not (word.isascii() and word.isalpha()):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith(("ss", "us", "is")):
        return word
    return word[:-1]


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _BLANKS.sub(" ", _DROPPED.sub("", text)).strip(_EDGES)
    if not text.isascii():
        # To see that there is nothing to find costs a tenth of the patterns.
        if " " in text or "・" in text or "·" in text:
            text = _GAP.sub("", text)
        if "ー" in text:
            text = _LONG_VOWEL.sub("", text)
    return " ".join(singular(word) for word in text.split(" "))
