"""How common a phrase is in manuals of other subjects: a table of counts, made by ``scripts/background.py``."""

from __future__ import annotations

import lzma
import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgpack

from genglossary_gui.core.paths import resources

_STEPS = 255
_STEPS_OF_TWO = 16
"""Steps of a rate for each doubling."""


class Common(NamedTuple):
    """What the table knows of a phrase."""

    spread: float
    """0–1: the share of manuals that have it; manuals about one subject weigh as the root of their number."""
    rate: float
    """Occurrences among a million noun phrases of a manual: the geometric mean over all manuals (of 1 + rate)."""
    place: int = 10**9
    """1 for the commonest phrase of all (by rate), 2 for the next."""


NOWHERE = Common(0.0, 0.0)


class Background:
    """The phrases of one language by their key.  ``phrases`` as ``pack`` was given them."""

    def __init__(self, phrases: Mapping[str, tuple[int, int]]) -> None:
        self._phrases = phrases
        by_rate = sorted(phrases, key=lambda key: (-phrases[key][1], -phrases[key][0], key))
        self._places = {key: place for place, key in enumerate(by_rate, 1)}

    def __iter__(self) -> Iterator[str]:
        """All its phrases."""
        return iter(self._phrases)

    def of(self, key: str) -> Common:
        """``NOWHERE`` for a phrase that hardly any of the manuals has."""
        found = self._phrases.get(key)
        return (
            NOWHERE
            if found is None
            else Common(found[0] / _STEPS, 2 ** (found[1] / _STEPS_OF_TWO) - 1, self._places[key])
        )


def pack(phrases: Mapping[str, Common]) -> bytes:
    """The table as bytes, the same for equal tables; spreads are kept to 1/255, rates to 4 %."""
    keys = sorted(phrases)
    spreads = bytes(round(phrases[key].spread * _STEPS) for key in keys)
    rates = bytes(min(255, round(math.log2(1 + phrases[key].rate) * _STEPS_OF_TWO)) for key in keys)
    data: Any = msgpack.packb(["\n".join(keys), spreads, rates])
    return lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)


def unpack(data: bytes) -> Background:
    """The table that ``pack`` was given."""
    value: Any = msgpack.unpackb(lzma.decompress(data))
    keys, spreads, rates = value
    return Background(dict(zip(keys.split("\n"), zip(spreads, rates, strict=True), strict=True)))


@cache
def background(language: str) -> Background:
    """The shipped table of ``en`` or ``ja``; of another language an empty one.  Reading takes 0.05 s."""
    path = resources() / "background" / f"{language}.phrases"
    return unpack(path.read_bytes()) if path.is_file() else Background({})
