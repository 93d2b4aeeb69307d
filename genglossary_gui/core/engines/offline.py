"""The engine that needs no network: rules and statistics, in worker processes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from genglossary_gui.core import i18n
from genglossary_gui.core.compute.workers import Workers
from genglossary_gui.core.definitions.compose import compose
from genglossary_gui.core.definitions.finder import find_definitions
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.glossary import DefinitionDraft, Entry, IssueDraft, TermDraft
from genglossary_gui.core.keys import term_key
from genglossary_gui.core.review import refine as refining
from genglossary_gui.core.review import rules
from genglossary_gui.core.terms import analysis, codec, drafts
from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import DocumentText, Sentence

REVISION = f"{analysis.REVISION}+definitions-2"

_FIRST_BATCH, _LARGEST_BATCH = 4_000, 200_000
"""Characters."""
_BATCH_SHARE = 20
_BATCH_DOCUMENTS = 64
_BATCH_TERMS = 50
_CHUNK_TERMS = 250
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
        units = (_AnalyseUnit(language, batch) for batch in _batches(documents))
        for _unit, results in self._workers.map(_analyse, units, work.token, tick=work.tick):
            yield from results

    def extract(self, analyses: Iterable[tuple[int, bytes]], work: Work) -> list[TermDraft]:
        terms: list[TermDraft] = []
        for chunk in self._workers.call(_extract, list(analyses), work.token, tick=work.tick):
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
class _AnalyseUnit:
    language: str
    documents: tuple[tuple[int, DocumentText], ...]


def _batches(documents: Iterable[tuple[int, DocumentText]]) -> Iterator[tuple[tuple[int, DocumentText], ...]]:
    """Documents that make one trip to a worker process.

    A batch grows to a twentieth of what went before, within limits: the progress of a small project moves, a large
    one does not pay for thousands of trips.
    """
    batch: list[tuple[int, DocumentText]] = []
    length = sent = 0
    for content_id, text in documents:
        batch.append((content_id, text))
        length += len(text.text)
        if length >= max(_FIRST_BATCH, min(sent // _BATCH_SHARE, _LARGEST_BATCH)) or len(batch) >= _BATCH_DOCUMENTS:
            yield tuple(batch)
            batch, length, sent = [], 0, sent + length
    if batch:
        yield tuple(batch)


def _chunks(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    source = iter(items)
    while chunk := tuple(islice(source, size)):
        yield chunk


def _analyse(unit: _AnalyseUnit) -> list[tuple[int, bytes]]:
    return [(content_id, analyse_document(text, unit.language)) for content_id, text in unit.documents]


def analyse_document(text: DocumentText, language: str) -> bytes:
    """What one document contributes to the terms of a project."""
    sentences = tokenize(text, language)
    return analysis.pack(observe(text, sentences, _definitions(text, sentences)))


def _definitions(text: DocumentText, sentences: Sequence[Sentence]) -> list[analysis.FoundDefinition]:
    found: list[analysis.FoundDefinition] = []
    for finding in find_definitions(text, sentences):
        head = _ARTICLE.sub("", finding.head, count=1)
        key = term_key(head)
        if key:
            line, words = text.line_at(finding.start), text.text[finding.start : finding.end]
            passage = analysis.FoundPassage(finding.start, finding.end, line, words)
            found.append(analysis.FoundDefinition(key, head, passage, finding.weight, finding.rule))
    return found


def _extract(analyses: list[tuple[int, bytes]]) -> list[bytes]:
    def read() -> Iterator[tuple[int, analysis.Analysis]]:
        return ((content_id, analysis.unpack(data)) for content_id, data in analyses)

    return [codec.pack_terms(chunk) for chunk in _chunks(drafts.extract_terms(read), _CHUNK_TERMS)]


def _define(terms: tuple[TermDraft, ...]) -> list[tuple[str, DefinitionDraft]]:
    return [(term.key, compose(term)) for term in terms]


def _review(work: tuple[str, tuple[Entry, ...]]) -> list[IssueDraft]:
    language, entries = work
    if i18n.language() != language:
        i18n.set_language(language)
    return list(rules.review(entries))


def _refine(work: tuple[tuple[Entry, ...], tuple[IssueDraft, ...]]) -> list[tuple[str, DefinitionDraft]]:
    return list(refining.refine(*work))
