"""The numbers of Word's lists, which stand in no paragraph: they are counted (ECMA-376, numbering part)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from genglossary_gui.core.documents import numbering
from genglossary_gui.core.documents.archive import Attributes, value
from genglossary_gui.core.documents.office import is_on

NO_LIST = "0"
"""The id of a list that says: in none."""
_LEVELS = 9
_MOST = 1_000_000
_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    words: str = ""
    """With ``%2`` where the number of the second level stands."""
    in_figures: bool = False
    """All of its numbers, whatever the style of their own level."""


@dataclass(slots=True)
class _Scheme:
    """What lists have in common that look alike; those that do not say otherwise count on from each other."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _List:
    scheme: str = ""
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    """Where it begins to count anew."""


class Numbers:
    """Handler for the numbering part; then gives the number of one paragraph after the other."""

    def __init__(self) -> None:
        self._schemes: dict[str, _Scheme] = {}
        self._lists: dict[str, _List] = {}
        self._scheme = _Scheme()
        self._list: _List | None = None
        self._level = _Level()
        self._place = 0
        self._in_level = False

    def start(self, name: str, attributes: Attributes) -> None:
        text = value(attributes, "val")
        match name:
            case "abstractNum":
                self._scheme = self._schemes[value(attributes, "abstractNumId")] = _Scheme()
                self._list = None
            case "num":
                self._list = self._lists[value(attributes, "numId")] = _List()
            case "abstractNumId" if self._list is not None:
                self._list.scheme = text
            case "lvlOverride":
                self._place = whole(value(attributes, "ilvl"))
            case "startOverride" if self._list is not None:
                self._list.starts[self._place] = whole(text, _MOST)
            case "lvl":
                self._level, self._in_level = _Level(), True
                levels = self._scheme.levels if self._list is None else self._list.levels
                levels[whole(value(attributes, "ilvl"))] = self._level
            case _ if self._in_level:
                self._describe(name, text)

    def _describe(self, name: str, text: str) -> None:
        match name:
            case "start":
                self._level.start = whole(text, _MOST)
            case "numFmt":
                self._level.style = text
            case "lvlText":
                self._level.words = text
            case "isLgl":
                self._level.in_figures = is_on(text)

    def end(self, name: str) -> None:
        if name == "lvl":
            self._in_level = False

    def text(self, data: str) -> None: ...

    def next(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of that list and level (from 0); empty for a bullet and for no list."""
        found = self._lists.get(list_id)
        scheme = self._schemes.get(found.scheme) if found else None
        if found is None or scheme is None or not 0 <= level < _LEVELS:
            return ""
        for place, start in found.starts.items():
            if place < _LEVELS:
                said = found.levels.get(place) or scheme.levels.get(place) or _Level()
                found.levels[place] = replace(said, start=start)
                scheme.counts[place] = None
        found.starts.clear()
        levels = {**scheme.levels, **found.levels}
        for place in range(level + 1):
            if (count := scheme.counts[place]) is None:
                scheme.counts[place] = levels.get(place, _Level()).start
            elif place == level:
                scheme.counts[place] = count + 1
        scheme.counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return _shown(level, levels, scheme.counts)


def _shown(level: int, levels: Mapping[int, _Level], counts: list[int | None]) -> str:
    own = levels.get(level, _Level())
    if own.style in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        style = "decimal" if own.in_figures else levels.get(place, own).style
        return numbering.WORD.get(style, str)(counts[place] or 0)

    return _PLACE.sub(number, own.words)


def whole(text: str, most: int = _LEVELS) -> int:
    """The number that ``text`` is, ``most`` for a higher one; 0 for anything else."""
    return min(int(text[:20]), most) if text.isascii() and text.isdecimal() else 0
