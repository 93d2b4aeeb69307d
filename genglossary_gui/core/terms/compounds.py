"""What the words of all candidates together tell of one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from genglossary_gui.core.terms.analysis import Count
from genglossary_gui.core.terms.merge import Candidate

_MOST_CAPITALS = 0.9
_SENTENCES = frozenset(["copula", "called", "refers", "apposition", "opener", "function"])
"""Rules of definitions that found a sentence, not a list or mere markup."""
_SAYS = 0.4
"""Weight from which a sentence says what a term is."""
_DOUBT = 10
"""Marked words added to those that a share is taken of: three of four are no habit."""
_SOME, _MOST = 0.15, 0.4
"""Share of what is marked: no manual with bold buttons and stressed words has the first, textbooks have the second."""
_KNOWN_NAME = 20
"""Occurrences in running text below which a word in capitals is no name of the whole project."""


def word_frequencies(candidates: Iterable[Candidate]) -> dict[str, int]:
    """Word → how often it stands in a noun phrase, each phrase counted once (by its longest candidate)."""
    found: defaultdict[str, int] = defaultdict(int)
    for candidate in candidates:
        for word in candidate.words:
            found[word] += candidate.frequency - candidate.counts[Count.NESTED]
    return {word: max(1, frequency) for word, frequency in found.items()}


def longer_phrases(candidates: Iterable[Candidate]) -> dict[tuple[str, ...], tuple[int, int, int]]:
    """Phrase → (sum of frequencies, number, highest frequency) of the longer candidates around it."""
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for candidate in candidates:
        words = candidate.words
        for size in range(1, len(words)):
            for first in range(len(words) - size + 1):
                entry = found[words[first : first + size]]
                entry[0] += candidate.frequency
                entry[1] += 1
                entry[2] = max(entry[2], candidate.frequency)
    return {words: (total, number, highest) for words, (total, number, highest) in found.items()}


def compounds(candidates: Iterable[Candidate]) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    """Phrase → how many longer candidates end with it; … begin with it."""
    ends: Counter[tuple[str, ...]] = Counter()
    begins: Counter[tuple[str, ...]] = Counter()
    for candidate in candidates:
        words = candidate.words
        ends.update(words[cut:] for cut in range(1, len(words)))
        begins.update(words[:cut] for cut in range(1, len(words)))
    return ends, begins


def project_name(candidates: Iterable[Candidate]) -> str:
    """The word that is written with a capital and stands in the most paragraphs: the name of the program, mostly.

    Empty where no word is such a name.
    """
    found = [
        (candidate.counts[Count.PARAGRAPH], candidate.words[0])
        for candidate in candidates
        if len(candidate.words) == 1 and _is_name(candidate)
    ]
    return max(found, default=(0, ""))[1]


def _is_name(candidate: Candidate) -> bool:
    running = [(surface, count[0]) for surface, count in candidate.surfaces.items() if count[0]]
    total = sum(count for _surface, count in running)
    capitals = sum(count for surface, count in running if surface != surface.lower())
    return total > _KNOWN_NAME and capitals >= _MOST_CAPITALS * total


def explained_share(candidates: Iterable[Candidate]) -> float:
    """The share of all occurrences that stand in a definition of another term."""
    explaining = total = 0
    for candidate in candidates:
        explaining += candidate.counts[Count.EXPLAINS]
        total += candidate.frequency
    return explaining / max(1, total)


def marks_terms(candidates: Iterable[Candidate]) -> float:
    """0–1: whether the documents set in bold or italics, once, where they say what it is, what they teach.

    Textbooks do so; manuals mark what a person presses or types, again and again, and what is to be stressed.
    """
    marked = [candidate for candidate in candidates if candidate.counts[Count.MARKED]]
    introduced = sum(candidate.counts[Count.MARKED] == 1 and _is_said(candidate) for candidate in marked)
    return max(0.0, min(1.0, (introduced / (len(marked) + _DOUBT) - _SOME) / (_MOST - _SOME)))


def _is_said(candidate: Candidate) -> bool:
    return any(rule in _SENTENCES and highest >= _SAYS for rule, (_sum, highest) in candidate.defined.items())
