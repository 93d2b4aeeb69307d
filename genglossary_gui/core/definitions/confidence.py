"""How sure a definition is, as a number with a meaning.

Confidence 0.8 means: of 100 definitions shown with 0.8, about 80 hold the sentence with which the authors' own
glossary begins its entry (70 % of its words in order) or share three tenths of it (ROUGE-L F1).  It is an isotonic fit
over nine of the development corpora, 460 definitions of terms that their own glossaries define (not over the textbook,
whose licence forbids it), smoothed by hand.

How often a definition is right depends on the documents more than on anything that its sentence shows: nearly always
where the authors' definitions stand in them, for a third of the manuals whose glossary says the same in other words.
Frequency and agreement with other passages foretell which of the two it is, but within one set of documents nothing
(logistic fit with an effect for each set): they have no say.  ``python -m tests.bench.reliability`` measures all of
it again, each set also by a fit without it; docs/quality.md holds the tables.
"""

from __future__ import annotations

from bisect import bisect_right

from genglossary_gui.core.glossary import Passage

_TRUST = {
    "definition_list": 0.85,
    "table": 0.75,
    "label": 0.45,
    "refers": 1.0,
    "copula": 0.97,
    "called": 0.6,
    "apposition": 0.6,
    "marked": 0.8,
    "opener": 1.2,
    "function": 0.75,
    "expansion": 0.9,
    "statement": 0.8,
}
"""What the weight of a passage is worth, by the rule that found it: how often each was right on those corpora."""
_UNKNOWN = 0.6
CALIBRATED = (
    (0.0, 0.03),
    (0.1, 0.1),
    (0.2, 0.18),
    (0.33, 0.25),
    (0.45, 0.33),
    (0.6, 0.48),
    (0.75, 0.56),
    (0.8, 0.66),
    (0.85, 0.78),
    (0.9, 0.86),
    (1.0, 0.91),
)
"""(strength, share that was right), rising in both."""
CONTEXT = 0.03
"""Of a sentence that only speaks of the term."""


def strength(passage: Passage) -> float:
    """What orders the passages of one term: weight by trust."""
    return passage.weight * _TRUST.get(passage.rule, _UNKNOWN)


def confidence(best: Passage) -> float:
    """0–1, two digits: for a definition that rests on ``best``."""
    return calibrated(strength(best))


def calibrated(value: float) -> float:
    """The share of right definitions at a strength, by straight lines between the measured points."""
    at = bisect_right(CALIBRATED, value, key=lambda point: point[0])
    if at == len(CALIBRATED):
        return CALIBRATED[-1][1]
    (left, low), (right, high) = CALIBRATED[at - 1], CALIBRATED[at]
    return round(low + (high - low) * (value - left) / (right - left), 2)
