"""What the comparison of a sentence with its evidence finds, in any language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

_HELD = 0.9
_AROUND, _AROUND_BOTH = 4, 3
"""Words that must be the same around an exchanged one, on both sides together; around each of two that are swapped."""


@dataclass(frozen=True)
class Piece:
    """A word of the sentence: how much it says (0: it belongs to the term), and how much of that the evidence holds."""

    word: str
    weight: float
    support: float
    part: int = 0
    """In which part of the sentence it stands, counted from 0; commas and conjunctions divide it."""


@dataclass
class Found:
    """What the sentence holds and the evidence does not.  ``pieces``: its words in their order."""

    pieces: list[Piece] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    opposites: list[str] = field(default_factory=list)
    negated: list[str] = field(default_factory=list)
    exchanged: list[str] = field(default_factory=list)

    @property
    def novel(self) -> list[str]:
        """The words that the evidence lacks."""
        return [piece.word for piece in self.pieces if piece.weight and piece.support < _HELD]


def turned(ours: Mapping[str, Iterable[bool]], theirs: Mapping[str, Iterable[bool]]) -> list[str]:
    """Words that are denied here and only said there, or the reverse; word → whether it is denied, each time."""
    return [word for word, mine in ours.items() if word in theirs and not set(mine) & set(theirs[word])]


def exchanged(
    ours: Sequence[str], theirs: Sequence[str], around: int = _AROUND
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Where two sentences that are otherwise the same for some words have others: ours, and those in their place."""
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for number, (what, start, end, its_start, its_end) in enumerate(steps):
        beside = [*steps[max(0, number - 1) : number], *steps[number + 1 : number + 2]]
        same = sum(step[2] - step[1] for step in beside if step[0] == "equal")
        if what == "replace" and all(step[0] == "equal" for step in beside) and same >= around:
            yield ours[start:end], theirs[its_start:its_end]


def swapped(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Words of which each stands where the other one does, in sentences that are otherwise the same around them."""
    changes = [(set(mine) - set(its), set(its) - set(mine)) for mine, its in exchanged(ours, theirs, _AROUND_BOTH)]
    return sorted(
        {
            word
            for number, (mine, its) in enumerate(changes)
            for other_mine, other_its in changes[number + 1 :]
            if its & other_mine
            for word in mine & other_its
        }
    )


def pairs(text: str) -> dict[str, frozenset[str]]:
    """Word → its opposites, from lines of ``a b/c d``: each word left of the stroke is opposed to each right of it."""
    opposites: dict[str, set[str]] = {}
    for line in text.strip().splitlines():
        left, right = (side.split() for side in line.split("/"))
        for word in left:
            opposites.setdefault(word, set()).update(right)
        for word in right:
            opposites.setdefault(word, set()).update(left)
    return {word: frozenset(others) for word, others in opposites.items()}
