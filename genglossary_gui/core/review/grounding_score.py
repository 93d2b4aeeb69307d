"""Weighs what the comparison of a sentence with its evidence has found: one sum decides, no single word does.

A paraphrase has new words too, but scattered among many that the evidence has; an invention has them side by side, and
repeats little.  The weights were fitted (logistic regression) to the sentences of the benchmark, and to pairs of them
joined to one sentence, so that an invention is not hidden by what else the sentence says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from genglossary_gui.core.review.grounding_parts import Found, Piece

_BREAK = 0.7
"""How much a known word takes from a stretch of new ones; more than one of the term itself does (``_TERM``)."""
_TERM = 0.56
_ALONE = 1.3
"""As much as one new word, or two that say little."""
_SOMETHING = 0.5
"""Less than this is hardly new."""
_LEAST = 4
"""Words of a clause that can be judged alone."""
_MOST_NEW, _MOST_KNOWN = 3.0, 5.0
"""Beyond these more words say no more."""


@dataclass(frozen=True)
class Weights:
    """What each finding adds to the doubt; a sum above 0 is one."""

    start: float
    anything: float
    """That something is new at all; the known words beside it (``known``) speak for it."""
    new: float
    stretch: float
    known: float
    opposite: float
    negated: float
    exchanged: float
    alone: float
    """What an exchanged word adds if hardly anything else is new."""


ENGLISH = Weights(
    start=-1.57,
    anything=1.48,
    new=-0.53,
    stretch=1.76,
    known=-0.52,
    opposite=2.59,
    negated=1.68,
    exchanged=0.0,
    alone=1.18,
)
JAPANESE = Weights(
    start=-1.21,
    anything=3.27,
    new=-1.22,
    stretch=1.76,
    known=-1.05,
    opposite=2.7,
    negated=2.53,
    exchanged=0.97,
    alone=0.75,
)


def is_doubtful(found: Found, weights: Weights) -> bool:
    """Whether the sentence says something that its evidence does not.  A new figure or name is enough."""
    return bool(found.figures or found.names) or score(found, weights) > 0


def score(found: Found, weights: Weights) -> float:
    """The logarithm of the odds that the sentence is invented: its most doubtful clause counts."""
    clauses = amounts(found.pieces)
    is_alone = sum(new for new, *_others in clauses) <= _ALONE
    return (
        weights.start
        + max(_doubt(clause, weights) for clause in clauses)
        + weights.opposite * bool(found.opposites)
        + weights.negated * bool(found.negated)
        + (weights.exchanged + weights.alone * is_alone) * bool(found.exchanged)
    )


def _doubt(clause: tuple[float, float, float], weights: Weights) -> float:
    new, stretch, known = clause
    something = min(1.0, new / _SOMETHING)
    return weights.new * new + weights.stretch * stretch + something * (weights.anything + weights.known * known)


def amounts(pieces: Sequence[Piece]) -> list[tuple[float, float, float]]:
    """Of each clause how much is new, how much of it in the stretch that has most, and how much is known."""
    return [_amounts(clause) for clause in _clauses(pieces)]


def _amounts(pieces: Sequence[Piece]) -> tuple[float, float, float]:
    new = sum(piece.weight * (1 - piece.support) for piece in pieces)
    known = sum(piece.weight * piece.support for piece in pieces)
    return min(new, _MOST_NEW), min(_longest(pieces), _MOST_NEW), min(known, _MOST_KNOWN)


def _clauses(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces by the parts of the sentence; a part of few words goes with what follows, the last with the others."""
    clauses: list[list[Piece]] = [[]]
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is not None and before.part != piece.part and _is_whole(clauses[-1]):
            clauses.append([])
        clauses[-1].append(piece)
    if len(clauses) > 1 and not _is_whole(clauses[-1]):
        last = clauses.pop()
        clauses[-1] += last
    return clauses


def _is_whole(clause: Sequence[Piece]) -> bool:
    return sum(piece.weight > 0 for piece in clause) >= _LEAST


def _longest(pieces: Iterable[Piece]) -> float:
    stretch = longest = 0.0
    for piece in pieces:
        gain = piece.weight * (1 - piece.support - _BREAK * piece.support) if piece.weight else -_TERM
        stretch = max(0.0, stretch + gain)
        longest = max(longest, stretch)
    return longest
