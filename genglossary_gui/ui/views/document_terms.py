"""All terms of the glossary in a document: where they stand, and what they mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from genglossary_gui.core.store.glossary import GlossaryTerm
from genglossary_gui.core.text import DocumentText

_WORD = re.compile(r"[0-9A-Za-zÀ-ɏ_]")
_STRETCH = 200_000
"""Characters that are searched at once: between two stretches the window may go on."""


@dataclass(frozen=True)
class TermPlaces:
    """``places``: (start, end, number in ``terms``) of each occurrence, in order, none inside another."""

    terms: Sequence[GlossaryTerm] = ()
    places: Sequence[tuple[int, int, int]] = ()
    _starts: Sequence[int] = field(default=(), repr=False)

    def at(self, offset: int) -> GlossaryTerm | None:
        """The term that stands at a character."""
        position = bisect_right(self._starts, offset) - 1
        if position < 0 or self.places[position][1] <= offset:
            return None
        return self.terms[self.places[position][2]]


def find_terms(document: DocumentText, terms: Sequence[GlossaryTerm]) -> TermPlaces:
    """Every occurrence of every term, the longest spelling first; Latin words as a whole, capitals ignored."""
    numbers: dict[str, int] = {}
    for number, term in enumerate(terms):
        for surface in term.surfaces:
            if surface.strip():
                numbers.setdefault(surface.lower(), number)
    if not numbers:
        return TermPlaces()
    owners = list(numbers.values())
    automaton = AhoCorasick(list(numbers), matchkind=MatchKind.LeftmostLongest)
    text = document.text
    lowered = text.lower()
    # Some capitals become longer in lower case: then places would be shifted.
    haystack = lowered if len(lowered) == len(text) else text
    places: list[tuple[int, int, int]] = []
    for first, last in _stretches(haystack):
        for pattern, start, end in automaton.find_matches_as_indexes(haystack[first:last]):
            if _is_whole(text, first + start, first + end):
                places.append((first + start, first + end, owners[pattern]))
    return TermPlaces(terms, places, [place[0] for place in places])


def _stretches(text: str) -> Sequence[tuple[int, int]]:
    """Pieces of the text that end with a line, so that no term is cut."""
    found, first = [], 0
    while first < len(text):
        last = text.find("\n", first + _STRETCH) + 1 or len(text)
        found.append((first, last))
        first = last
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    begins_inside = start > 0 and _WORD.match(text[start]) and _WORD.match(text[start - 1])
    ends_inside = end < len(text) and _WORD.match(text[end - 1]) and _WORD.match(text[end])
    return not begins_inside and not ends_inside
