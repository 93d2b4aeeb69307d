"""How sure a definition is, as a number with a meaning.

Confidence 0.8 means: of 100 definitions shown with 0.8, about 80 hold the sentence with which the authors' own
glossary begins its entry (70 % of its words in order) or share three tenths of it (ROUGE-L F1).  It was fitted on nine
of the development corpora, 430 definitions of terms that their own glossaries define (not on the textbook, whose
licence forbids it); ``python -m tests.bench.reliability`` measures it again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from genglossary_gui.core.glossary import Passage

_TRUST = {
    "definition_list": 0.85,
    "table": 0.75,
    "label": 0.45,
    "refers": 1.0,
    "copula": 0.97,
    "called": 0.6,
    "apposition": 0.6,
    "opener": 1.2,
    "function": 0.75,
    "expansion": 0.9,
    "statement": 0.8,
}
"""What the weight of a passage is worth, by the rule that found it: how often each was right on those corpora."""
_UNKNOWN = 0.6
_AGREES, _AGREEMENT, _MOST_AGREEMENT = 0.5, 0.05, 2
"""Each further passage of at least this weight adds so much to the strength, at most so many times."""
_CALIBRATED = (
    (0.0, 0.02),
    (0.1, 0.1),
    (0.24, 0.15),
    (0.36, 0.22),
    (0.5, 0.35),
    (0.65, 0.55),
    (0.8, 0.68),
    (0.9, 0.8),
    (1.1, 0.88),
)
"""(strength, share that was right), rising in both: an isotonic fit, smoothed by hand."""
CONTEXT = 0.03
"""Of a sentence that only speaks of the term."""


def strength(passage: Passage) -> float:
    """What orders the passages of one term: weight by trust."""
    return passage.weight * _TRUST.get(passage.rule, _UNKNOWN)


def confidence(best: Passage, others: Sequence[Passage]) -> float:
    """0–1, two digits: for a definition that rests on ``best`` while ``others`` define the term too."""
    agreeing = sum(other.weight >= _AGREES for other in others)
    return calibrated(strength(best) + _AGREEMENT * min(agreeing, _MOST_AGREEMENT))


def calibrated(value: float) -> float:
    """The share of right definitions at a strength, by straight lines between the measured points."""
    at = bisect_right(_CALIBRATED, value, key=lambda point: point[0])
    if at == len(_CALIBRATED):
        return _CALIBRATED[-1][1]
    (left, low), (right, high) = _CALIBRATED[at - 1], _CALIBRATED[at]
    return round(low + (high - low) * (value - left) / (right - left), 2)
