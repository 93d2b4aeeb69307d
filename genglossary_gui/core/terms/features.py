"""What speaks for and against a candidate, each as one number."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from genglossary_gui.core.keys import term_key
from genglossary_gui.core.terms.abbreviations import is_short_form
from genglossary_gui.core.terms.analysis import Count
from genglossary_gui.core.terms.merge import Candidate, Collection
from genglossary_gui.core.terms.stopwords import ENGLISH_OPENERS

_UNSEEN = 1e-8
"""Share of general text given to a word that the frequency list does not hold."""


_SENTENCES = ("copula", "called", "refers", "apposition", "opener", "function")


class Features:
    """Computes the features of the candidates of one collection."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._words = _word_frequencies(collection.candidates.values())
        self._total = max(1, sum(self._words.values()))
        self._longer = _longer_phrases(collection.candidates.values())

    def of(self, candidate: Candidate) -> dict[str, float]:
        """Name → value; most lie between 0 and 3.  C-value after Frantzi et al. 2000 (with ``length + 1``,
        so that single words count), weirdness after Ahmad et al. 1999.
        """
        counts, frequency = candidate.counts, max(1, candidate.frequency)
        size = len(candidate.words)
        rarity = [self._weirdness(word, candidate.language) for word in candidate.words] or [0.0]
        commonness = [_general_share(word, candidate.language) for word in candidate.words] or [0.0]
        defined = candidate.defined

        def share(name: Count) -> float:
            return counts[name] / frequency

        return {
            "c_value": self._c_value(candidate),
            "weirdness": sum(rarity) / len(rarity),
            "common_word": max(0.0, math.log10(max(commonness)) + 4.5) if size == 1 else 0.0,
            "defined": math.log1p(sum(total for total, _highest in defined.values())),
            "best_definition": max((highest for _total, highest in defined.values()), default=0.0),
            "defined_in_sentence": math.log1p(sum(defined[rule][0] for rule in _SENTENCES if rule in defined)),
            "heading": math.log10(1 + counts[Count.HEADING]),
            "whole_heading": math.log10(1 + counts[Count.WHOLE_HEADING]),
            # “Example”, “See also”: nothing but the heading of many sections.
            "structural": share(Count.WHOLE_HEADING) if counts[Count.WHOLE_HEADING] > 3 else 0.0,
            "term": math.log10(1 + counts[Count.TERM]),
            "marked": math.log10(1 + counts[Count.MARKED]),
            "subject": share(Count.SUBJECT),
            "abbreviation": float(candidate.key in self._collection.abbreviated),
            "acronym": float(_is_acronym(candidate)),
            "fragment": self._fragment(candidate),
            "nested_only": float(counts[Count.NESTED] == candidate.frequency),
            "code": share(Count.CODE),
            "verbal": share(Count.VERBAL),
            "table": share(Count.TABLE),
            "one_character": float(len(candidate.key) == 1),
            "generic_opener": float(bool(candidate.words) and candidate.words[0] in ENGLISH_OPENERS),
        }

    def _c_value(self, candidate: Candidate) -> float:
        longer = self._longer.get(candidate.words)
        frequency = float(candidate.frequency)
        if longer is not None:
            frequency -= longer[0] / longer[1]
        return math.log10(1 + max(0.0, math.log2(1 + len(candidate.words)) * frequency))

    def _fragment(self, candidate: Candidate) -> float:
        """0–1: how nearly all occurrences stand in one and the same longer phrase."""
        longer = self._longer.get(candidate.words)
        return 0.0 if longer is None else max(0.0, min(1.0, 2 * longer[2] / max(1, candidate.frequency) - 1))

    def _weirdness(self, word: str, language: str) -> float:
        here = self._words.get(word, 1) / self._total
        ratio = math.log10(here / _general_share(word, language))
        return min(4.0, max(-2.0, ratio))


def _word_frequencies(candidates: Iterable[Candidate]) -> dict[str, int]:
    """Word → how often it stands in a noun phrase, each phrase counted once (by its longest candidate)."""
    found: defaultdict[str, int] = defaultdict(int)
    for candidate in candidates:
        for word in candidate.words:
            found[word] += candidate.frequency - candidate.counts[Count.NESTED]
    return {word: max(1, frequency) for word, frequency in found.items()}


def _longer_phrases(candidates: Iterable[Candidate]) -> dict[tuple[str, ...], tuple[int, int, int]]:
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


def _is_acronym(candidate: Candidate) -> bool:
    """Mostly written in capitals: a heading in capitals alone makes no acronym."""
    if len(candidate.words) != 1:
        return False
    running = {
        surface: count[0]
        for surface, count in candidate.surfaces.items()
        if count[0] and term_key(surface) == candidate.key
    }
    brief = sum(count for surface, count in running.items() if is_short_form(surface) and surface[:2].isupper())
    return 2 * brief > sum(running.values())


@lru_cache(maxsize=100_000)
def _general_share(word: str, language: str) -> float:
    table = _table(language)
    if word in table:
        return max(_UNSEEN, table[word])
    parts = word.replace("-", " ").split()
    return max(_UNSEEN, min((table.get(part, _UNSEEN) for part in parts), default=_UNSEEN))


@lru_cache(maxsize=2)
def _table(language: str) -> dict[str, float]:
    """Share of general text by key: the words of the list fold as terms do."""
    from wordfreq import get_frequency_dict  # a tenth of a second and 60 MB: only where terms are ranked

    table: dict[str, float] = {}
    for word, frequency in get_frequency_dict(language if language == "ja" else "en", wordlist="small").items():
        key = term_key.__wrapped__(word)
        table[key] = table.get(key, 0.0) + frequency
    return table
