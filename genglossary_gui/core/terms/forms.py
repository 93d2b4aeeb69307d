"""What an English word form can be: of the commonest ones a shipped table knows it, of the others HanTa tells.

``scripts/forms.py`` makes the table out of HanTa's own answers; a test compares them.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgpack

from genglossary_gui.core.paths import resources
from genglossary_gui.core.terms.hanta import tagger
from genglossary_gui.core.text import Pos

_TAGS = {
    "AJ": Pos.ADJECTIVE,
    "AT": Pos.DETERMINER,
    "AV": Pos.ADVERB,
    "CJ": Pos.PARTICLE,
    "CR": Pos.NUMBER,
    "DP": Pos.DETERMINER,
    "DT": Pos.DETERMINER,
    "EX": Pos.PRONOUN,
    "IN": Pos.PARTICLE,
    "NN": Pos.NOUN,
    "NP": Pos.PROPER,
    "OR": Pos.DETERMINER,
    "PN": Pos.PRONOUN,
    "PO": Pos.DETERMINER,
    "PR": Pos.PARTICLE,
    "PU": Pos.SYMBOL,
    "TO": Pos.PARTICLE,
    "VB": Pos.AUXILIARY,
    "VD": Pos.AUXILIARY,
    "VH": Pos.AUXILIARY,
    "VM": Pos.AUXILIARY,
    "VV": Pos.VERB,
    "XX": Pos.ADVERB,
    "ZZ": Pos.NOUN,
}
"""HanTa's tags by their first two letters."""
_PLAUSIBLE = 5
"""What weighs less than the likeliest by more than this is left out (powers of e)."""
_HEAD = 3
"""Letters by which the table is divided: a part is small enough to be searched from its beginning."""
_FIRST_CODE = 0x80
"""Letters are below it, what stands behind a word is not."""
MOST_KINDS = 0x100 - _FIRST_CODE


class Kinds(NamedTuple):
    """``likeliest`` is a part of speech; the others say what the form can be besides."""

    likeliest: Pos
    noun: bool = False
    verb: bool = False
    adjective: bool = False
    gerund: bool = False
    """Of a verb."""
    past: bool = False
    """A verb, and as such nothing but the past or a participle."""


class Forms:
    """The table: what each of its forms can be, held as the bytes that ``pack`` made (ten for a form)."""

    def __init__(self, kinds: Iterable[Kinds], parts: Mapping[str, bytes]) -> None:
        self._kinds = tuple(kinds)
        self._parts = parts

    def kinds(self, word: str) -> Kinds | None:
        """Of ``word`` in small letters from a to z; ``None`` if the table does not have it."""
        part = self._parts.get(word[:_HEAD])
        if part is None:
            return None
        line = b"\n" + word[_HEAD:].encode()
        # In order, a word stands before the longer ones that begin with it.
        at = part.find(line)
        code = part[at + len(line)] if at >= 0 else 0
        return self._kinds[code - _FIRST_CODE] if code >= _FIRST_CODE else None

    def __iter__(self) -> Iterator[str]:
        """All words, in order."""
        for head in sorted(self._parts):
            for line in self._parts[head].split(b"\n")[1:]:
                yield head + line[:-1].decode()


def pack(forms: Mapping[str, Kinds]) -> bytes:
    """The table as bytes, the same for equal tables.  Raises ``ValueError`` for too many different ``Kinds``."""
    kinds = sorted(set(forms.values()))
    if len(kinds) > MOST_KINDS:
        raise ValueError(f"{len(kinds)} kinds of words do not fit into a byte")
    codes = {each: bytes([_FIRST_CODE + number]) for number, each in enumerate(kinds)}
    parts: defaultdict[str, bytes] = defaultdict(bytes)
    for word in sorted(forms):
        parts[word[:_HEAD]] += b"\n" + word[_HEAD:].encode() + codes[forms[word]]
    data: Any = msgpack.packb([kinds, parts])
    return lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)


def unpack(data: bytes) -> Forms:
    """The table that ``pack`` was given."""
    value: Any = msgpack.unpackb(lzma.decompress(data))
    kinds, parts = value
    return Forms([Kinds(Pos(likeliest), *others) for likeliest, *others in kinds], parts)


@lru_cache(maxsize=1)
def shipped_forms() -> Forms:
    """The table that comes with the program.  Reading takes 0.04 s and 2 MB."""
    return unpack((resources() / "forms" / "en.forms").read_bytes())


def kinds_of(word: str) -> Kinds:
    """What ``word`` (small letters from a to z) can be.  Not kept: whoever asks should keep it."""
    return shipped_forms().kinds(word) or computed_kinds(word)


def computed_kinds(word: str) -> Kinds:
    """What HanTa says of ``word``."""
    answers = tagger().tag_word(word, cutoff=6)
    best = answers[0][1] if answers else 0.0
    tags = [tag for tag, weight in answers if weight > best - _PLAUSIBLE]
    kinds = {_TAGS.get(tag[:2]) for tag in tags}
    verbal = {tag for tag in tags if tag.startswith("VV")}
    return Kinds(
        _TAGS.get(tags[0][:2], Pos.OTHER) if tags else Pos.NOUN,
        noun=Pos.NOUN in kinds or Pos.PROPER in kinds,
        verb=bool(verbal),
        adjective=Pos.ADJECTIVE in kinds,
        gerund="VVG" in verbal,
        past=bool(verbal) and verbal <= {"VVN", "VVD"},
    )
