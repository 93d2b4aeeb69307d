"""What the comparison of a sentence with its evidence finds, in any language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass
class Found:
    """What the sentence holds and the evidence does not.  ``content``: content words but those of its term."""

    content: list[str]
    few: float
    """The share of new words from which one is too many."""
    many: float
    """The same for two and more."""
    figures: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    opposites: list[str] = field(default_factory=list)
    negated: list[str] = field(default_factory=list)
    novel: list[str] = field(default_factory=list)

    @property
    def is_mostly_new(self) -> bool:
        share = len(self.novel) / max(1, len(self.content))
        return share >= (self.few if len(self.novel) == 1 else self.many) if self.novel else False


def turned(ours: Mapping[str, Iterable[bool]], theirs: Mapping[str, Iterable[bool]]) -> list[str]:
    """Words that are denied here and only said there, or the reverse; word → whether it is denied, each time."""
    return [word for word, mine in ours.items() if word in theirs and not set(mine) & set(theirs[word])]


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
