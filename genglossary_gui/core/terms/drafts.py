"""Ranked candidates as ``TermDraft``: how they are shown, their spellings, and passages about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from genglossary_gui.core.glossary import Passage, PassageKind, TermDraft, Variant
from genglossary_gui.core.keys import has_japanese, term_key
from genglossary_gui.core.terms.abbreviations import is_short_form
from genglossary_gui.core.terms.analysis import Analysis, Count, FoundPassage
from genglossary_gui.core.terms.categories import category_of
from genglossary_gui.core.terms.merge import Candidate, collect
from genglossary_gui.core.terms.other import CHINESE, GERMAN
from genglossary_gui.core.terms.passages import is_early, opens, worth
from genglossary_gui.core.terms.ranking import Ranked, rank

MOST_PASSAGES = 12
MOST_CONTEXTS = 9
MOST_VARIANTS = 12
DOCUMENTS_LOOKED_AT = 16
"""Contexts come from the documents that name a term most often, at most so many."""
_SHORT_PASSAGE = 25


@dataclass(slots=True)
class _Found:
    definitions: list[tuple[float, str, Passage]] = field(default_factory=list)
    contexts: list[tuple[int, str, list[Passage]]] = field(default_factory=list)
    """(minus the occurrences in the document, digest of the document, passages in its order)"""
    documents: int = 0

    def add_contexts(self, count: int, digest: str, passages: list[Passage]) -> None:
        self.contexts.append((-count, digest, passages))
        if len(self.contexts) > 4 * DOCUMENTS_LOOKED_AT:
            self._shorten()

    def _shorten(self) -> None:
        self.contexts.sort(key=lambda entry: entry[:2])
        del self.contexts[DOCUMENTS_LOOKED_AT:]

    def chosen(self, names: Iterable[str]) -> tuple[Passage, ...]:
        """Definitions first, then contexts: those that tell most, of equal ones spread over the documents."""
        self._shorten()
        definitions = _distinct(
            (
                passage
                for _weight, _digest, passage in sorted(
                    self.definitions, key=lambda entry: (*entry[:2], entry[2].start)
                )
            ),
            MOST_PASSAGES - 3,
        )
        taken = {(passage.content_id, passage.start, passage.end) for passage in definitions}
        rounds = max((len(passages) for _count, _digest, passages in self.contexts), default=0)
        spread = [passages[i] for i in range(rounds) for *_rest, passages in self.contexts if i < len(passages)]
        free = [passage for passage in spread if (passage.content_id, passage.start, passage.end) not in taken]
        surfaces = [name.casefold() for name in names]
        free.sort(key=lambda passage: _place(passage.text, surfaces))
        contexts = _distinct(free, min(MOST_CONTEXTS, MOST_PASSAGES - len(definitions)))
        return (*definitions, *contexts)


def extract_terms(read: Callable[[Container[str] | None], Iterable[tuple[int, Analysis]]]) -> list[TermDraft]:
    """The ranked terms of all documents.

    ``read(wanted)`` gives ``(content id, analysis)`` of each, with the candidates and definitions of ``wanted`` keys
    at least; None: with all.  Neither the order of documents nor their ids have any influence on terms, ranks and
    texts.
    """
    ranked = rank(collect(analysis for _content, analysis in read(None)))
    return drafts_of(ranked, read(owners(ranked)))


def owners(ranked: Iterable[Ranked]) -> dict[str, str]:
    """The key of the term that each key of a ranked candidate belongs to."""
    return {key: row.candidate.key for row in ranked for key in row.candidate.keys}


def drafts_of(
    ranked: Sequence[Ranked], shown: Iterable[tuple[int, Analysis]], documents: Mapping[str, int] | None = None
) -> list[TermDraft]:
    """``ranked`` with what shows the terms: ``(content id, analysis)`` of all documents.

    ``documents``: how many name each term, where ``shown`` has only those that are needed.
    """
    found = {row.candidate.key: _Found() for row in ranked}
    owner = owners(ranked)
    for content_id, analysis in shown:
        _gather(content_id, analysis, owner, found)
    for key, count in (documents or {}).items():
        found[key].documents = count
    return [_draft(row, position, found[row.candidate.key]) for position, row in enumerate(ranked, 1)]


def _gather(content_id: int, analysis: Analysis, owner: dict[str, str], found: dict[str, _Found]) -> None:
    def passage(place: FoundPassage, kind: PassageKind, weight: float = 0.0, rule: str = "") -> Passage:
        return Passage(content_id, place.start, place.end, place.line, place.text, kind, weight, rule)

    for definition in analysis.definitions:
        key = owner.get(definition.head)
        if key is not None:
            place = passage(definition.passage, PassageKind.DEFINITION, definition.weight, definition.rule)
            found[key].definitions.append((-definition.weight, analysis.digest, place))
    heads = {definition.head for definition in analysis.definitions}
    for kept in {owner[key] for key in heads | analysis.candidates.keys() if key in owner}:
        found[kept].documents += 1
    for key, seen in analysis.candidates.items():
        kept = owner.get(key)
        if kept is not None:
            places = [passage(analysis.passages[number], PassageKind.CONTEXT) for number in seen.passages]
            found[kept].add_contexts(seen.counts[Count.FREQUENCY], analysis.digest, places)


def _place(text: str, surfaces: Sequence[str]) -> tuple[int, bool]:
    """Contexts by how much they tell of the name, most first; very short ones last."""
    folded = text.casefold()
    places = [at for surface in surfaces if (at := folded.find(surface)) >= 0]
    early, first = any(is_early(text, at) for at in places), any(map(opens, places))
    return -3 * worth(text) - early - first, len(text) < _SHORT_PASSAGE


def _distinct(passages: Iterable[Passage], most: int) -> list[Passage]:
    """The first ``most`` that say different things."""
    chosen: dict[str, Passage] = {}
    for passage in passages:
        if len(chosen) == most:
            break
        chosen.setdefault(passage.text, passage)
    return list(chosen.values())


def _draft(row: Ranked, position: int, found: _Found) -> TermDraft:
    candidate = row.candidate
    term = display_form(candidate)
    return TermDraft(
        key=candidate.key,
        term=term,
        language="ja" if has_japanese(term) and candidate.language != CHINESE else candidate.language,
        score=round(row.score, 4),
        rank=position,
        frequency=candidate.frequency,
        document_frequency=found.documents,
        suggested=row.suggested,
        category=category_of(term, is_general=row.is_general),
        variants=_variants(candidate, term),
        passages=found.chosen(candidate.surfaces),
        features=row.features,
    )


def display_form(candidate: Candidate) -> str:
    """The most frequent spelling in running text; a singular where there is one.

    Headings, tables and beginnings of sentences count only when nothing else is there: their capitals
    say nothing.  Of joined spellings (abbreviation, long form) that of the candidate's own key is shown.
    """
    own = {surface: count for surface, count in candidate.surfaces.items() if term_key(surface) == candidate.key}
    spellings = own or candidate.surfaces
    if not spellings:
        return candidate.key
    singular = {
        surface: count
        for surface, count in spellings.items()
        if _plain(surface) == candidate.key and not has_japanese(surface)
    }
    weighed = singular if any(sum(count) for count in singular.values()) else spellings
    best = max(weighed, key=lambda surface: (*_weight(weighed[surface]), -len(surface), surface))
    is_lowered = candidate.language != GERMAN and _is_begun(best, spellings)
    return best[0].lower() + best[1:] if is_lowered else best


def _is_begun(surface: str, spellings: dict[str, list[int]]) -> bool:
    """Whether its capital comes from the beginning of sentences only: “Fluid mud”."""
    if spellings[surface][0] or not surface[:1].isupper() or surface[1:] != surface[1:].lower():
        return False
    return " " in surface or any(count[0] and other[0].islower() for other, count in spellings.items())


def _weight(count: Sequence[int]) -> tuple[int, int]:
    return count[0], sum(count)


def _plain(surface: str) -> str:
    """Folded as a key is, but with its plural."""
    return " ".join(surface.casefold().replace("-", " ").replace("_", " ").replace("/", " ").split())


def _variants(candidate: Candidate, term: str) -> tuple[Variant, ...]:
    """Spellings that differ from the term in more than case; the most frequent first."""
    by_case: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for surface, count in candidate.surfaces.items():
        if surface.casefold() != term.casefold() and sum(count):
            by_case[surface.casefold()][surface] = sum(count)
    found = [_variant(spellings, term, candidate) for spellings in by_case.values()]
    for long, count in candidate.long_forms.items():
        found.append(Variant(long, count, "long_form"))
    found.sort(key=lambda variant: (-variant.frequency, variant.surface))
    return tuple(found[:MOST_VARIANTS])


def _variant(spellings: Counter[str], term: str, candidate: Candidate) -> Variant:
    """The most frequent of spellings that differ in case only; of equal ones that with fewer capitals."""
    surface = max(spellings, key=lambda spelling: (spellings[spelling], spelling))
    return Variant(surface, spellings.total(), _kind(surface, term, candidate))


def _kind(surface: str, term: str, candidate: Candidate) -> str:
    key = term_key(surface)
    if key not in candidate.spellings:
        return "abbreviation" if is_short_form(surface) else "long_form"
    if key != term_key(term):
        return "spelling"
    return "spelling" if _plain(surface) == _plain(term) or has_japanese(surface) else "inflection"
