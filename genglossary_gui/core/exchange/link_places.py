"""Where in a text links to entries go: the first mention in each section, the longest name, whole words only."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

HIDDEN = "\0"
"""Stands for a character that is no text a link could be made of: markup, code, a heading."""
INLINE = "\1"
"""The same, inside of a word: it may stand between two of its letters."""


@dataclass(frozen=True, slots=True)
class Target:
    """An entry: where a link to it leads, and the names under which it is mentioned."""

    term: str
    address: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """``text[start:end]`` becomes a link."""

    start: int
    end: int
    target: Target


@dataclass(frozen=True, slots=True)
class Visible:
    """The text of a document in which a link may stand, as long as the document itself.

    What must not be touched is ``HIDDEN`` or ``INLINE``; ``sections`` are the offsets where a section begins.
    """

    text: str
    sections: tuple[int, ...] = ()


class Names:
    """Finds the mentions of many entries at once; built once for all documents."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._targets: dict[str, Target] = {}
        for target in targets:
            for name in target.names:
                if folded := _folded(name):
                    self._targets.setdefault(folded, target)
        self._names = list(self._targets)
        self._automaton = AhoCorasick(self._names) if self._names else None

    def places(self, visible: Visible) -> list[Place]:
        """The places of the links, in order; they do not overlap."""
        if self._automaton is None:
            return []
        text = _folded(visible.text)
        found = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if _stands_alone(visible.text, start, end)
        ]
        places: list[Place] = []
        linked: set[tuple[int, str]] = set()
        reached = 0
        for start, negative_end, index in sorted(found):
            if start < reached:
                continue
            # What is mentioned again takes its place all the same: a shorter name inside of it is none.
            reached = -negative_end
            target = self._targets[self._names[index]]
            mention = (bisect_right(visible.sections, start), target.address)
            if mention not in linked:
                linked.add(mention)
                places.append(Place(start, reached, target))
        return places


def insert(text: str, places: Sequence[Place], written: Mapping[Place, tuple[str, str]]) -> str:
    """``text`` with what is written before and after each place."""
    parts: list[str] = []
    reached = 0
    for place in places:
        before, after = written[place]
        parts += (text[reached : place.start], before, text[place.start : place.end], after)
        reached = place.end
    return "".join((*parts, text[reached:]))


def _folded(text: str) -> str:
    """``text`` as names are compared: without case, line ends as blanks; as long as it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := character.lower()) == 1 else character for character in text)
    return lower.replace("\n", " ")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no word goes on over an edge: letters, or in Japanese kanji or katakana, on both sides of it.

    A plural s may follow.
    """
    before, after = start - 1, end
    while before >= 0 and text[before] == INLINE:
        before -= 1
    while after < len(text) and text[after] == INLINE:
        after += 1
    if before >= 0 and _joins(text[before], text[start]):
        return False
    if after >= len(text) or not _joins(text[end - 1], text[after]):
        return True
    return text[after] == "s" and not _joins("s", text[after + 1 : after + 2])


def _joins(left: str, right: str) -> bool:
    kind = _script(left)
    return kind != "" and kind == _script(right)


def _script(character: str) -> str:
    """What may go on in the next character; empty for what never does (marks, blanks, hiragana, the end)."""
    if not character:
        return ""
    if "\u30a1" <= character <= "\u30fa" or character in "ー\u30fd\u30fe":
        return "katakana"
    if "\u3400" <= character <= "\u9fff" or character in "々〆\u3007":
        return "kanji"
    if character >= "\u2e80" and not "\uff00" <= character <= "\uffef":
        return ""
    return "letter" if character.isalnum() or character == "_" or unicodedata.combining(character) else ""
