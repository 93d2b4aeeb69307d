"""Sums of analyses, as analyses: what many documents contribute to the terms, in the space of one.

``add_up`` is associative and commutative, and ``collect`` gives the same for the sum as for its parts: counts may be
added up as a tree, on any machine, in any order.  Sums show nothing: the passages stay where they are.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from genglossary_gui.core.terms.analysis import Analysis, Count, FoundDefinition, FoundPassage, Observed, add
from genglossary_gui.core.terms.drafts import DOCUMENTS_LOOKED_AT, MOST_PASSAGES

SHARDS = 16
_NOWHERE = FoundPassage(0, 0, 1, "")
_NOTED = 3
"""A heading, bold print or a definition speaks for a candidate like so many occurrences."""


def add_up(analyses: Iterable[Analysis]) -> Analysis:
    """The sum.  The candidates of ``analyses`` become its own: use them no more."""
    total: dict[str, Observed] = {}
    abbreviations: list[tuple[str, str]] = []
    definitions: list[FoundDefinition] = []
    for analysis in analyses:
        for key, seen in analysis.candidates.items():
            known = total.get(key)
            if known is None:
                seen.passages = []
                total[key] = seen
            else:
                _add(known, seen)
        abbreviations.extend(analysis.abbreviations)
        definitions.extend(found._replace(passage=_NOWHERE) for found in analysis.definitions)
    return Analysis("", total, [], abbreviations, definitions)


def _add(known: Observed, seen: Observed) -> None:
    # The same choices as in merge.collect: no order may show.  Mostly there is nothing to choose.
    if seen.words != known.words:
        known.words = max(known.words, seen.words, key=lambda words: (len(words), words))
    known.language = max(known.language, seen.language)
    known.form = max(known.form, seen.form)
    add(known.counts, seen.counts)
    for surface, counts in seen.surfaces.items():
        add(known.surfaces.setdefault(surface, [0, 0]), counts)


def shards(total: Analysis) -> list[Analysis]:
    """A sum in ``SHARDS`` parts; a candidate is in the same part of every sum, with its definitions."""
    parts = [Analysis("", {}, [], [], []) for _number in range(SHARDS)]
    for key, seen in total.candidates.items():
        parts[_shard(key)].candidates[key] = seen
    for short, long in total.abbreviations:
        parts[_shard(short)].abbreviations.append((short, long))
    for found in total.definitions:
        parts[_shard(found.head)].definitions.append(found)
    return parts


def _shard(key: str) -> int:
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % SHARDS


def weights(total: Analysis) -> Counter[int]:
    """How many candidates there are of each weight: occurrences, and what else speaks for them."""
    defined = {found.head for found in total.definitions}
    return Counter(_weight(key, seen, defined) for key, seen in total.candidates.items())


def _weight(key: str, seen: Observed, defined: set[str]) -> int:
    counts = seen.counts
    noted = counts[Count.WHOLE_HEADING] or counts[Count.TERM] or counts[Count.MARKED] or key in defined
    return counts[Count.FREQUENCY] + (_NOTED if noted else 0)


def least_weight(found: Counter[int], most: int) -> int:
    """The smallest weight of which, with all larger ones, there are at most ``most`` candidates."""
    left = most
    for weight in sorted(found, reverse=True):
        left -= found[weight]
        if left < 0:
            return weight + 1
    return 0


def heavy(total: Analysis, least: int) -> Analysis:
    """The sum without the candidates below that weight."""
    defined = {found.head for found in total.definitions}
    light = {key for key, seen in total.candidates.items() if _weight(key, seen, defined) < least}
    return replace(
        total,
        candidates={key: seen for key, seen in total.candidates.items() if key not in light},
        definitions=[found for found in total.definitions if found.head not in light],
    )


Analysed = tuple[int, Analysis]
"""Content id and analysis of one document."""


def documents_of_terms(documents: Sequence[Analysed], owner: Mapping[str, str]) -> Counter[str]:
    """How many of the documents name or define each term; ``owner`` gives the term to which a key belongs."""
    return Counter(
        term
        for _number, analysis in documents
        for term in {owner[key] for key in (*analysis.candidates, *_heads(analysis)) if key in owner}
    )


def _heads(analysis: Analysis) -> Iterator[str]:
    return (found.head for found in analysis.definitions)


def shown(documents: Sequence[Analysed], owner: Mapping[str, str]) -> list[Analysed]:
    """Of each analysis what can be shown of the terms in the end, of all documents together.

    What comes of it does not grow with the documents.  Doing it again with more of them changes nothing in the end.
    """
    contexts = _best_contexts(documents, owner)
    definitions = _best_definitions(documents, owner)
    found = ((number, _shown(analysis, owner, contexts, definitions)) for number, analysis in documents)
    return [(number, analysis) for number, analysis in found if analysis.candidates or analysis.definitions]


def _best_contexts(documents: Sequence[Analysed], owner: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """Term → the last of the places in the order of ``drafts`` that is looked at."""
    places: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for _number, analysis in documents:
        for key, seen in analysis.candidates.items():
            if key in owner:
                places[owner[key]].append((-seen.counts[Count.FREQUENCY], analysis.digest))
    return {term: sorted(found)[:DOCUMENTS_LOOKED_AT][-1] for term, found in places.items()}


def _best_definitions(documents: Sequence[Analysed], owner: Mapping[str, str]) -> set[int]:
    """The ``id`` of the definitions of which a term shows the first that differ."""
    found: defaultdict[str, list[tuple[float, str, int, FoundDefinition]]] = defaultdict(list)
    for _number, analysis in documents:
        for item in analysis.definitions:
            if item.head in owner:
                found[owner[item.head]].append((-item.weight, analysis.digest, item.passage.start, item))
    kept: set[int] = set()
    for items in found.values():
        texts: set[str] = set()
        for *_order, item in sorted(items, key=lambda entry: entry[:3]):
            if len(texts) == MOST_PASSAGES:
                break
            if item.passage.text not in texts:
                texts.add(item.passage.text)
                kept.add(id(item))
    return kept


def _shown(
    analysis: Analysis, owner: Mapping[str, str], contexts: Mapping[str, tuple[int, str]], definitions: set[int]
) -> Analysis:
    numbers: dict[int, int] = {}
    candidates: dict[str, Observed] = {}
    for key, seen in analysis.candidates.items():
        if key in owner and (-seen.counts[Count.FREQUENCY], analysis.digest) <= contexts[owner[key]]:
            kept = [numbers.setdefault(number, len(numbers)) for number in seen.passages]
            candidates[key] = Observed((), seen.language, seen.counts, {}, kept)
    return Analysis(
        analysis.digest,
        candidates,
        [analysis.passages[number] for number in numbers],
        [],
        [found for found in analysis.definitions if id(found) in definitions],
    )
