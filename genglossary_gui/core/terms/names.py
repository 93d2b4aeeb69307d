"""Whether words that a passage defines are the name of something, though they are no noun phrase of the grammar."""

from __future__ import annotations

import re
from itertools import pairwise
from operator import eq

from genglossary_gui.core.keys import has_japanese
from genglossary_gui.core.terms.english import closed_class
from genglossary_gui.core.terms.stopwords import ENGLISH_ALONE, ENGLISH_ATTRIBUTES, ENGLISH_HEADS, ENGLISH_OPENERS

_MOST_WORDS = 6
_LONGEST = 50
_NAME = re.compile(r"(?!第\s*\d)[^\W\d_](?:[\w .+#&'’・/-]*[\w+#])?")
_WORD = re.compile(r"[^\W_]+(?:[-'’/&+.#][^\W_]+)*[+#]*")
_GAP = re.compile(r"[\s/-]+")
_DOTTED = re.compile(r"[a-z0-9][\w-]*(?:\.(?!(?:js|net|io|ai)\b)[A-Za-z]\w*)+")
"""A file, a field, a module: base.tar.xz, heat.api.fault."""
_PARTICLE = re.compile(r"[ぁ-ゖ](?![ぁ-ゖ])")
_LAW = re.compile("の(?:第?[0-9０-９一二三四]?(?:法則|定理|原理|公式|方程式|不等式|仮説|原則|定数|逆説|パラドックス))$")
_JOINING = frozenset(["of", "as", "to", "in", "on", "per"])
"""Words inside a name: “chart of accounts”, “time to live”, “man in the middle”."""
_BEHIND = frozenset(["as", "in", "on"])
"""… behind which an article may stand: “function as a service”."""
_ARTICLES = frozenset(["a", "an", "the"])
_LISTED = "definition_list"


def is_name(surface: str, rule: str) -> bool:
    """Whether ``surface``, the head of a passage found by ``rule``, can stand in a list of terms as it is."""
    if len(surface) > _LONGEST or _NAME.fullmatch(surface) is None:
        return False
    words = _GAP.split(surface)
    if has_japanese(surface):
        return (len(surface) > 2 or len(words) > 1) and len(words) <= _MOST_WORDS and _is_japanese_name(surface, rule)
    return 1 < len(words) <= _MOST_WORDS and _is_english_name(words, rule)


def _is_japanese_name(surface: str, rule: str) -> bool:
    """No particle inside but one の, where a sentence calls something so or the name ends like that of a law:
    質量保存の法則, not 画像の幅."""
    at = _PARTICLE.search(surface)
    if at is None:
        return True
    is_called = rule == "called" or _LAW.search(surface) is not None
    return is_called and at[0] == "の" and _PARTICLE.search(surface, at.end()) is None and at.start() > 0


def _is_english_name(words: list[str], rule: str) -> bool:
    """No clause (“check whether the set”), no step (“moving a selection”), no number of something (“version 2”), and
    not the size, the parent or an example of something."""
    if not all(map(_WORD.fullmatch, words)) or any(map(_DOTTED.fullmatch, words)):
        return False
    lower = [word.lower() for word in words]
    if any(map(eq, lower, lower[1:])):
        return False
    first, last = lower[0], lower[-1]
    if (first in ENGLISH_OPENERS or last in ENGLISH_HEADS) and rule != _LISTED:
        return False
    if first.endswith("ing") or last.endswith("ed") or last in _JOINING or closed_class(last):
        return False
    if len(first) > 1 and closed_class(first):  # “A/P” has no article
        return False
    if not first[0].isalpha() or not last[0].isalpha():
        return False
    if lower[1] == "of" and (first in ENGLISH_ATTRIBUTES or first in ENGLISH_ALONE):
        return False
    if any(before.endswith("ed") and word == "as" for before, word in pairwise(lower)):  # “items labeled as …”
        return False
    return all(_fits(word, before) for before, word in pairwise(lower[:-1]))


def _fits(word: str, before: str) -> bool:
    """Whether ``word`` can stand inside a name, behind ``before``."""
    if word in _JOINING:
        return True
    return before in _BEHIND if word in _ARTICLES else not closed_class(word)
