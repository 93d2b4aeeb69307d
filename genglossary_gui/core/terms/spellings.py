"""Spellings of one term that its key does not fold: “stop log” and “stoplog”, 蒸米 and 蒸し米, もろみ and 醪."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from genglossary_gui.core.keys import has_japanese
from genglossary_gui.core.terms.japanese import reading

_SHORTEST = 5
"""Letters of a word that may as well be written as two."""
_BETWEEN_DIGITS = re.compile(r"\d \d")
_KATAKANA = re.compile("[ァ-ヺー]{4,}")
_LOOSE = str.maketrans("ァィゥェォヵヶャュョッヴヂヅ", "アイウエオカケヤユヨーブジズ")
_INFLECTED = re.compile(
    "(?<=[一-鿿々])(?:[わかがさたまら]?[きぎしじちびみりえけげせぜてべめれ]){1,2}|(?<=[ぁ-ゖ一-鿿々][一-鿿々])い"
)
"""Endings of verbs that a noun made of them shows or hides: り, い in 取り扱い.  い after the first kanji ends an
adjective."""
_KANJI = re.compile("[一-鿿々]")
_READ = re.compile("[ァ-ヺー]+")
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


def same_spellings(forms: Mapping[str, str]) -> Iterator[list[str]]:
    """Groups of two or more keys that spell one term; a key is in one group at most.

    ``forms`` maps each key to its words in the spelling that the dictionary prefers (for English the key itself).
    Two keys meet when these forms are equal but for blanks, or but for the size of kana and ッ or ー in katakana of
    four characters and more; or when one shows verb endings that the other hides and that its reading has.
    """
    loose: defaultdict[str, list[str]] = defaultdict(list)
    for key, form in forms.items():
        loose[_loosened(form)].append(key)
    joined = {name: sorted(keys) for name, keys in loose.items()}
    for chain in _inflected(joined):
        joined[chain[0]] = sorted(key for name in chain for key in joined.pop(name))
    yield from (keys for keys in joined.values() if len(keys) > 1)


def _loosened(form: str) -> str:
    whole = form.replace(" ", "")
    if len(whole) < _SHORTEST or _BETWEEN_DIGITS.search(form):
        whole = form
    return _KATAKANA.sub(lambda match: match.group().translate(_LOOSE), whole) if has_japanese(whole) else whole


def _inflected(names: Iterable[str]) -> Iterator[list[str]]:
    """Names that differ in verb endings only, each a shorter form of the next."""
    skeletons: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        bare = _INFLECTED.sub("", name)
        if len(_KANJI.findall(bare)) > 1:
            skeletons[bare].append(name)
    for group in skeletons.values():
        chain = sorted(group, key=lambda name: (len(name), name))
        if len(chain) > 1 and all(_hides(short, long) for short, long in pairwise(chain)):
            yield chain


def _hides(short: str, long: str) -> bool:
    """Whether ``short`` is ``long`` without endings that are heard all the same: 入口 hides no れ."""
    left = iter(long)
    hidden: list[str] = []
    for wanted in short:
        for character in left:
            if character == wanted:
                break
            hidden.append(character)
        else:
            return False
    hidden.extend(left)
    heard = reading(short)
    if not hidden or _READ.fullmatch(heard) is None:
        return bool(hidden)
    at = 0
    for kana in "".join(hidden).translate(_TO_KATAKANA):
        at = heard.find(kana, at) + 1
        if not at:
            return False
    return True
