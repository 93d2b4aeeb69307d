"""Ranks candidates by a sum of named features, and tells which of them a person would want to review."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from genglossary_gui.core.terms.analysis import Count
from genglossary_gui.core.terms.features import Features, is_general
from genglossary_gui.core.terms.merge import Candidate, Collection

MOST_TERMS = 2000
MOST_SUGGESTED = 300
_SURELY, _READILY = 50, 150
"""So many are suggested whatever their score; … so many with a fair one."""
_FAIR = 4.3
_GOOD, _GOOD_IF_DEFINED = 6.0, 5.0
"""The score from which a candidate is suggested; … one that a passage clearly defines."""
_CLEARLY, _HALF = 0.8, 0.5
"""Weight of such a passage; of one that tells at least something."""
_VERSION = re.compile(r"\w[ -]?v?\d+(?:\.\d+)+$")
"""What ends in the number of a version is a release of something."""

WEIGHTS: Mapping[str, float] = {
    "c_value": 1.1,
    "contrast": 0.5,
    "contrast_head": 0.2,
    "weirdness": 0.3,
    "usual": -1.2,
    "usual_word": -0.1,
    "recurring": 0.45,
    "ends_compounds": 0.8,
    "begins_compounds": 0.55,
    "defined": 0.6,
    "best_definition": 1.0,
    "defined_in_sentence": 0.5,
    "named": 0.6,
    "term": 0.8,
    "whole_heading": 1.0,
    "repeated_heading": -1.0,
    "marked": 1.2,
    "marked_undefined": -1.1,
    "running": 0.35,
    "capitals": -0.45,
    "acronym": 2.0,
    "nested": -0.45,
    "fragment": -0.45,
    "part": -1.0,
    "code": -0.35,
    "verbal": -0.4,
    "one_character": -1.2,
    "generic_opener": -1.0,
    "foreign": -2.0,
    "control": -2.0,
    "titled": -1.4,
    "bare_acronym": -1.8,
    "called": 1.7,
    "explains": 0.9,
    "quoted": 1.4,
    "one_of_many": 0.5,
    "proper_name": -1.0,
    "of_project": -3.0,
    "done": -5.0,
    "joined": 1.7,
    "short": -0.7,
    "participle": -3.0,
    "attribute": -1.5,
    "numbered": -1.5,
    "apposed": -2.0,
    "shouted": -1.0,
    "in_no_sentence": -1.5,
    "introduced": 4.0,
    "doer": -0.8,
    "everyday": -0.5,
    "constant": -3.0,
}
"""Fitted to documentation sets whose glossaries are known, then rounded; one set for both languages (see
docs/decisions/0009-phrases-of-all-manuals.md; from ``called`` on docs/quality.md).  Those of ``part``, ``verbal``,
``generic_opener``, ``repeated_heading``, ``foreign``, ``control``, ``titled``, ``bare_acronym``, ``participle``,
``attribute``, ``numbered``, ``apposed``, ``shouted``, ``in_no_sentence`` and ``constant`` are set by hand: rare in the
sets, but nobody wants to read what they keep down.  ``introduced`` is from two textbooks, where every weight from 3 on
does the same.
"""


@dataclass(frozen=True, slots=True)
class Ranked:
    candidate: Candidate
    score: float
    features: dict[str, float]
    """The addends of the score by name; those of 0 are left out."""
    suggested: bool
    is_general: bool
    """A word of everyday language or of any manual, and nothing tells that it means more here."""


def rank(collection: Collection) -> list[Ranked]:
    """The best ``MOST_TERMS`` candidates, best first; equal scores are ordered by key."""
    features = Features(collection)
    kept = [candidate for candidate in collection.candidates.values() if _is_supported(candidate)]
    scored = [(candidate, features.of(candidate)) for candidate in kept]
    ordered = sorted(
        ((candidate, _addends(values), values) for candidate, values in scored),
        key=lambda row: (-math.fsum(row[1].values()), row[0].key),
    )
    most, count = suggested_count(len(kept)), 0
    ranked: list[Ranked] = []
    for candidate, addends, values in ordered[:MOST_TERMS]:
        score, general = math.fsum(addends.values()), is_general(candidate, values)
        good = score >= _least(count, values["best_definition"])
        suggested = count < most and good and not general and not values["part"]
        count += suggested
        ranked.append(Ranked(candidate, score, addends, suggested, general))
    return ranked


def _least(count: int, best_definition: float) -> float:
    """The score that the next candidate needs after ``count`` suggested ones."""
    if count < _SURELY or (count < _READILY and best_definition >= _HALF):
        return -math.inf
    if count < _READILY:
        return _FAIR
    return _GOOD_IF_DEFINED if best_definition >= _CLEARLY else _GOOD


def suggested_count(supported: int) -> int:
    """How many of so many supported candidates to suggest at most: 4·√n (60 of 225, 150 of 1,400), never over 300."""
    return min(supported, MOST_SUGGESTED, round(4 * math.sqrt(supported)))


def _is_supported(candidate: Candidate) -> bool:
    """Seen twice, or once in a place that speaks for it; “GIMP-2.10” only where it is clearly defined."""
    if _VERSION.search(candidate.key) and not any(
        highest >= _CLEARLY for _total, highest in candidate.defined.values()
    ):
        return False
    counts = candidate.counts
    noted = counts[Count.WHOLE_HEADING] or counts[Count.TERM] or counts[Count.MARKED]
    return candidate.frequency >= 2 or bool(candidate.defined) or bool(noted)


def _addends(features: dict[str, float]) -> dict[str, float]:
    addends = {name: round(weight * features[name], 4) for name, weight in WEIGHTS.items()}
    return {name: addend for name, addend in addends.items() if addend}
