"""Ranks candidates by a sum of named features, and tells which of them a person would want to review."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from genglossary_gui.core.terms.analysis import Count
from genglossary_gui.core.terms.features import Features
from genglossary_gui.core.terms.merge import Candidate, Collection

MOST_TERMS = 2000
MOST_SUGGESTED = 300
_PARTIAL = -0.5
"""A candidate with a ``fragment`` below this is not suggested unless it is defined."""
_NESTED = 0.9
"""So large a share of its occurrences inside longer phrases makes a candidate a part of those."""

WEIGHTS: Mapping[str, float] = {
    "c_value": 2.0,
    "weirdness": 0.35,
    "defined": 0.4,
    "best_definition": 1.2,
    "defined_in_sentence": 1.0,
    "heading": 0.4,
    "whole_heading": 1.2,
    "term": 0.5,
    "marked": 1.8,
    "subject": 0.2,
    "abbreviation": 0.5,
    "acronym": 1.4,
    "common_word": -1.2,
    "fragment": -1.5,
    "nested_only": -0.8,
    "structural": -3.0,
    "code": -0.9,
    "verbal": -0.5,
    "table": -0.5,
    "one_character": -0.8,
    "generic_opener": -1.5,
}
"""Chosen on documentation sets whose glossaries are known, one set of weights for both languages."""


@dataclass(frozen=True, slots=True)
class Ranked:
    candidate: Candidate
    score: float
    features: dict[str, float]
    """The addends of the score by name; those of 0 are left out."""
    suggested: bool


def rank(collection: Collection) -> list[Ranked]:
    """The best ``MOST_TERMS`` candidates, best first; equal scores are ordered by key."""
    features = Features(collection)
    kept = [candidate for candidate in collection.candidates.values() if _is_supported(candidate)]
    scored = [(candidate, _addends(features.of(candidate))) for candidate in kept]
    ordered = sorted(
        ((candidate, math.fsum(addends.values()), addends) for candidate, addends in scored),
        key=lambda row: (-row[1], row[0].key),
    )
    left = suggested_count(len(kept))
    ranked: list[Ranked] = []
    for candidate, score, addends in ordered[:MOST_TERMS]:
        suggested = left > 0 and _stands_alone(candidate, addends)
        left -= suggested
        ranked.append(Ranked(candidate, score, addends, suggested))
    return ranked


def suggested_count(supported: int) -> int:
    """How many of so many supported candidates to suggest: 4·√n (60 of 225, 150 of 1,400), at most 300."""
    return min(supported, MOST_SUGGESTED, round(4 * math.sqrt(supported)))


def _stands_alone(candidate: Candidate, addends: Mapping[str, float]) -> bool:
    """Not merely a part of other terms: “stop” of “stop log”."""
    partial = candidate.counts[Count.NESTED] >= _NESTED * candidate.frequency
    return bool(candidate.defined) or not (partial or addends.get("fragment", 0.0) < _PARTIAL)


def _is_supported(candidate: Candidate) -> bool:
    """Seen twice, or once in a place that speaks for it."""
    counts = candidate.counts
    noted = counts[Count.WHOLE_HEADING] or counts[Count.TERM] or counts[Count.MARKED]
    return candidate.frequency >= 2 or bool(candidate.defined) or bool(noted)


def _addends(features: dict[str, float]) -> dict[str, float]:
    return {name: round(weight * features[name], 4) for name, weight in WEIGHTS.items() if features[name]}
