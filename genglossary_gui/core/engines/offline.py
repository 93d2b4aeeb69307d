"""The engine that needs no network: rules and statistics, in worker processes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from genglossary_gui.core import i18n
from genglossary_gui.core.compute import Limits, Stopped, Workers
from genglossary_gui.core.compute.collecting import without_collection
from genglossary_gui.core.definitions.compose import compose, defining_passages
from genglossary_gui.core.definitions.finder import find_definitions
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.engines.large import LargeExtraction, is_large, shown_terms
from genglossary_gui.core.engines.pieces import FlatText, cuts, flat, moved, pack_pieces, pieces, unflat, unpack_whole
from genglossary_gui.core.glossary import DefinitionDraft, Entry, IssueDraft, TermDraft
from genglossary_gui.core.i18n import _
from genglossary_gui.core.keys import term_key
from genglossary_gui.core.review import refine as refining
from genglossary_gui.core.review import rules
from genglossary_gui.core.terms import analysis, codec, drafts
from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.ranking import Ranked
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import DocumentText, Sentence
from genglossary_gui.core.text_language import is_other_language

REVISION = f"{analysis.REVISION}+definitions-12+pieces-2"

_FIRST_BATCH, _LARGEST_BATCH = 4_000, 200_000
"""Characters."""
_BATCH_SHARE = 20
_BATCH_DOCUMENTS = 64
_BATCH_TERMS = 50
_CHUNK_TERMS = 250
_SECONDS, _SLOWEST = 60.0, 5_000
"""What analysing may take: so many seconds, and one more for so many characters (a fiftieth of the usual speed)."""
_MB, _MB_PER_MILLION = 1024, 1024
_NOTHING = analysis.pack(analysis.Analysis(analysis.digest_of(""), {}, [], [], []))
_STRUCTURAL = frozenset({"definition_list", "table", "label"})
"""Rules that need no grammar."""
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)

T = TypeVar("T")


class OfflineEngine:
    """The ``Engine`` that works by itself.  All text work happens in the processes of ``workers``."""

    name = "offline"
    revision = REVISION

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def analyse(
        self, documents: Iterable[tuple[int, DocumentText]], language: str, work: Work
    ) -> Iterator[tuple[int, bytes]]:
        begun: dict[int, dict[int, bytes]] = {}
        for part, payload in self._analysed(_parts(documents), language, work):
            payloads = begun.setdefault(part.content_id, {})
            payloads[part.number] = payload
            if len(payloads) == part.count:
                yield part.content_id, pack_pieces([payloads[number] for number in range(part.count)])
                del begun[part.content_id]

    def _analysed(self, parts: Iterable[_Part], language: str, work: Work) -> Iterator[tuple[_Part, bytes]]:
        """Every part with its payload.  One that takes far too much contributes nothing, which ``work`` hears of."""
        alone: list[_Part] = []
        for batches in (_batches(parts), ((part,) for part in alone)):
            units = (_AnalyseUnit(language, batch) for batch in batches)
            analyses = self._workers.map_within(_limits, _analyse, units, work.token, tick=work.tick)
            for unit, payloads in analyses:
                if not isinstance(payloads, Stopped):
                    yield from zip(unit.parts, payloads, strict=True)
                    continue
                first, *others = unit.parts
                if others:
                    alone.extend(unit.parts)
                else:
                    work.warn(_("A stretch of text was left out: analysing it takes too much time or memory."))
                    yield first, _NOTHING

    def extract(self, analyses: Iterable[tuple[int, bytes]], work: Work) -> list[TermDraft]:
        if iter(analyses) is analyses:
            analyses = list(analyses)  # they are read more than once
        if is_large(analyses):
            chunks = LargeExtraction(self._workers, work).terms(analyses, _extract_large)
        else:
            chunks = self._workers.call(_extract, list(analyses), work.token, tick=work.tick)
        terms: list[TermDraft] = []
        for chunk in chunks:
            work.token.checkpoint()
            terms.extend(codec.unpack_terms(chunk))
        return terms

    def define(self, terms: Sequence[TermDraft], work: Work) -> Iterator[tuple[str, DefinitionDraft]]:
        for _unit, results in self._workers.map(_define, _chunks(terms, _BATCH_TERMS), work.token, tick=work.tick):
            yield from results

    def review(self, entries: Sequence[Entry], work: Work) -> Iterator[IssueDraft]:
        yield from self._workers.call(_review, (i18n.language(), tuple(entries)), work.token, tick=work.tick)

    def refine(
        self, entries: Sequence[Entry], issues: Sequence[IssueDraft], work: Work
    ) -> Iterator[tuple[str, DefinitionDraft]]:
        yield from self._workers.call(_refine, (tuple(entries), tuple(issues)), work.token, tick=work.tick)


@dataclass(frozen=True, slots=True)
class _Part:
    """Piece ``number`` of the ``count`` pieces of a document; it begins at ``offset``."""

    content_id: int
    number: int
    count: int
    offset: int
    length: int
    text: FlatText


@dataclass(frozen=True, slots=True)
class _AnalyseUnit:
    language: str
    parts: tuple[_Part, ...]


def _parts(documents: Iterable[tuple[int, DocumentText]]) -> Iterator[_Part]:
    for content_id, text in documents:
        count = len(cuts(text)) + 1
        for number, (offset, piece) in enumerate(pieces(text)):
            yield _Part(content_id, number, count, offset, len(piece.text), flat(piece))


def _batches(parts: Iterable[_Part]) -> Iterator[tuple[_Part, ...]]:
    """Documents, or pieces of them, that make one trip to a worker process.

    A batch grows to a twentieth of what went before, within limits: the progress of a small project moves, a large
    one does not pay for thousands of trips.
    """
    batch: list[_Part] = []
    length = sent = 0
    for part in parts:
        batch.append(part)
        length += part.length
        if length >= max(_FIRST_BATCH, min(sent // _BATCH_SHARE, _LARGEST_BATCH)) or len(batch) >= _BATCH_DOCUMENTS:
            yield tuple(batch)
            batch, length, sent = [], 0, sent + length
    if batch:
        yield tuple(batch)


def _chunks(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    source = iter(items)
    while chunk := tuple(islice(source, size)):
        yield chunk


def _limits(unit: _AnalyseUnit) -> Limits:
    characters = sum(part.length for part in unit.parts)
    return Limits(_SECONDS + characters / _SLOWEST, _MB + _MB_PER_MILLION * characters // 1_000_000)


def _analyse(unit: _AnalyseUnit) -> list[bytes]:
    return [analyse_document(unflat(part.text), unit.language, part.offset) for part in unit.parts]


@without_collection()
def analyse_document(text: DocumentText, language: str, offset: int = 0) -> bytes:
    """What one document contributes to the terms of a project; ``text`` may be its piece from ``offset`` on."""
    sentences = tokenize(text, language)
    is_known = language == "auto" and sentences  # the sentences tell
    is_other = sentences[0].language not in ("ja", "en") if is_known else is_other_language(text.text)
    return analysis.pack(moved(observe(text, sentences, _definitions(text, sentences, is_other)), offset))


def _definitions(text: DocumentText, sentences: Sequence[Sentence], is_other: bool) -> list[analysis.FoundDefinition]:
    found: list[analysis.FoundDefinition] = []
    findings = find_definitions(text, sentences)
    if is_other:
        findings = [finding for finding in findings if finding.rule in _STRUCTURAL]
    for finding in findings:
        head = _ARTICLE.sub("", finding.head, count=1)
        key = term_key(head)
        if key:
            line, words = text.line_at(finding.start), text.text[finding.start : finding.end]
            passage = analysis.FoundPassage(finding.start, finding.end, line, words)
            found.append(analysis.FoundDefinition(key, head, passage, finding.weight, finding.rule))
    return found


def _extract(analyses: list[tuple[int, bytes]]) -> list[bytes]:
    def read(wanted: Container[str] | None) -> Iterator[tuple[int, analysis.Analysis]]:
        return ((content_id, unpack_whole(payload, wanted)) for content_id, payload in analyses)

    return _packed(drafts.extract_terms(read))


def _extract_large(unit: tuple[Sequence[Ranked], bytes]) -> list[bytes]:
    return _packed(shown_terms(unit))


def _packed(terms: Iterable[TermDraft]) -> list[bytes]:
    return [codec.pack_terms(chunk) for chunk in _chunks(terms, _CHUNK_TERMS)]


def _define(terms: tuple[TermDraft, ...]) -> list[tuple[str, DefinitionDraft]]:
    return [(term.key, compose(term)) for term in terms]


def _review(work: tuple[str, tuple[Entry, ...]]) -> list[IssueDraft]:
    language, entries = work
    if i18n.language() != language:
        i18n.set_language(language)
    return list(rules.review(entries))


def _refine(work: tuple[tuple[Entry, ...], tuple[IssueDraft, ...]]) -> list[tuple[str, DefinitionDraft]]:
    return list(refining.refine(*work, defining_passages))
