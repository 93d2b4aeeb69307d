"""What WordNet knows of English words: which share a root or a meaning, and what is a kind of what."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from genglossary_gui.core.paths import resources

CLOSE, KIND, SPECIAL = 0.9, 0.6, 0.3
"""How far a word is held by one of its root or meaning (erosion, erode), one of its kind (hillside, for slope), and by
its own kind (slope, for hillside: it may be another one)."""
_FORMS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", ""),
    ("s", ""),
    ("d", ""),
    ("ly", ""),
    ("er", ""),
    ("er", "e"),
)
_SHORTEST = 2


@lru_cache(maxsize=64)
def all_of(words: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text in the forms that are known, and what they are kinds of."""
    forms = frozenset(form for word in words for part in word.split("-") for form in _forms(part))
    return forms, frozenset(kind for form in forms for kind in _line(form)[1])


def support(word: str, held: frozenset[str]) -> float:
    """How far the words of a text (``held``) say what ``word`` does: 0 to 1."""
    theirs, kinds = all_of(held)
    forms = _forms(word)
    if any(not theirs.isdisjoint(_line(form)[0]) for form in forms):
        return CLOSE
    if not kinds.isdisjoint(forms):
        return KIND
    return SPECIAL if any(not theirs.isdisjoint(_line(form)[1]) for form in forms) else 0.0


@lru_cache(maxsize=10_000)
def _forms(word: str) -> tuple[str, ...]:
    """The word, and what it may be a form of."""
    found = [word]
    for ending, other in _FORMS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            base = word[: -len(ending)] + other
            found += [form for form in (base, re.sub(r"(.)\1$", r"\1", base)) if form in _lines()]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=10_000)
def _line(word: str) -> tuple[frozenset[str], frozenset[str]]:
    close, _sign, kinds = _lines().get(word, "").partition("/")
    return frozenset(close.split()), frozenset(kinds.split())


@cache
def _lines() -> dict[str, str]:
    """Word → its line; most of them are never looked at."""
    lines = {}
    for line in (resources() / "synonyms" / "en.related").read_text(encoding="utf-8").splitlines():
        word, _blank, rest = line.partition(" ")
        lines[word] = rest
    return lines
