"""Counts the candidates of one document and keeps passages that show them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from genglossary_gui.core.keys import term_key
from genglossary_gui.core.terms.abbreviations import find_abbreviations
from genglossary_gui.core.terms.analysis import (
    Analysis,
    Count,
    FoundDefinition,
    Observed,
    digest_of,
)
from genglossary_gui.core.terms.candidates import Part, Run, noun_runs
from genglossary_gui.core.terms.japanese import NAMING
from genglossary_gui.core.terms.passages import RUNNING, choose_passages
from genglossary_gui.core.text import Block, BlockKind, DocumentText, Pos, Sentence, Span, SpanKind, Token

_IDENTIFIER = re.compile(r"[^\W\d_][\w+-]*(?:\.js)?")
_ARTICLE = len("the ")
"""By so much what is bold or emphasised may be longer than the candidate."""
_FILLERS = (Pos.DETERMINER, Pos.NUMBER, Pos.SYMBOL)


def observe(text: DocumentText, sentences: Sequence[Sentence], definitions: Sequence[FoundDefinition] = ()) -> Analysis:
    """The candidates of a document with their counts, spellings and passages."""
    return _Observer(text).run(sentences, definitions)


class _Observer:
    def __init__(self, text: DocumentText) -> None:
        self._document = text
        self._text = text.text
        self._spans = _SpanIndex(text)
        self._seen: dict[str, tuple[Observed, list[tuple[int, int, int]]]] = {}
        """Key → the candidate and its places: number of the sentence, start, end."""
        self._abbreviations: list[tuple[str, str]] = []
        self._sentences: Sequence[Sentence] = ()

    def run(self, sentences: Sequence[Sentence], definitions: Sequence[FoundDefinition]) -> Analysis:
        self._sentences = sentences
        for number, sentence in enumerate(sentences):
            self._read(number, sentence)
        passages = choose_passages(self._document, sentences, self._seen.values())
        candidates = {key: item for key, (item, _places) in self._seen.items()}
        return Analysis(digest_of(self._text), candidates, passages, self._abbreviations, list(definitions))

    def _read(self, number: int, sentence: Sentence) -> None:
        block = self._document.blocks[sentence.block]
        spans = self._spans.inside(sentence.start, sentence.end)
        code = [(s.start, s.end) for s in spans if s.kind is SpanKind.CODE]
        blocked = [(a, b) for a, b in code if not _IDENTIFIER.fullmatch(self._text, a, b)]
        if "(" in (words := self._text[sentence.start : sentence.end]) or "（" in words:
            self._abbreviations.extend((found.short, found.long) for found in find_abbreviations(words))
        for run in noun_runs(self._text, sentence, blocked):
            for part in run.parts:
                self._note(number, sentence, block, run, part, spans, code)

    def _note(
        self,
        number: int,
        sentence: Sentence,
        block: Block,
        run: Run,
        part: Part,
        spans: Sequence[Span],
        code: Sequence[tuple[int, int]],
    ) -> None:
        tokens = sentence.tokens
        first, last = run.first + part.first, run.first + part.last
        start, end = tokens[first].start, tokens[last].end
        nested = first > run.first or last < run.last
        before = tokens[first - 1] if first else None
        if before is not None and before.pos is Pos.ADVERB and tokens[first].pos is Pos.ADJECTIVE:
            return  # “coupled architecture” of “tightly coupled architecture”
        seen = self._seen.get(part.key)
        if seen is None:
            item = Observed(part.words, sentence.language)
            if sentence.language == "ja":
                form = term_key("".join(self._preferred(token) for token in tokens[first : last + 1]))
                item.form = form if form != part.key else ""
            seen = self._seen[part.key] = item, []
        item, places = seen
        counts = item.counts
        counts[Count.FREQUENCY] += 1
        counts[Count.NESTED] += nested
        counts[Count.PARAGRAPH] += not places or self._sentences[places[-1][0]].block != sentence.block
        if tokens[first].pos is Pos.VERBAL_NOUN and sentence.language == "en" and last > first:
            counts[Count.VERBAL] += before is None or before.pos not in (
                Pos.DETERMINER,
                Pos.ADJECTIVE,
                Pos.NOUN,
            )
        for span in spans:
            if span.kind is SpanKind.CODE:
                counts[Count.CODE] += span.start <= start and end <= span.end
            elif span.kind is not SpanKind.LINK and span.start <= start and end <= span.end:
                counts[Count.MARKED] += end - start >= span.end - span.start - _ARTICLE
        self._note_place(counts, block, sentence, first, last)
        running = block.kind in RUNNING
        spelling = item.surfaces.setdefault(self._text[start:end], [0, 0])
        spelling[0 if running and first else 1] += 1
        places.append((number, start, end))

    def _preferred(self, token: Token) -> str:
        return token.lemma if token.pos in NAMING else self._text[token.start : token.end]

    @staticmethod
    def _note_place(counts: list[int], block: Block, sentence: Sentence, first: int, last: int) -> None:
        tokens = sentence.tokens
        if block.kind in (BlockKind.HEADING, BlockKind.TERM):
            rest = (*tokens[:first], *tokens[last + 1 :])
            whole = all(token.pos in _FILLERS for token in rest)
            counts[Count.HEADING] += block.kind is BlockKind.HEADING
            counts[Count.WHOLE_HEADING] += block.kind is BlockKind.HEADING and whole
            counts[Count.TERM] += block.kind is BlockKind.TERM and whole
            return
        counts[Count.TABLE] += block.kind is BlockKind.TABLE_ROW
        if last + 1 >= len(tokens):
            return
        following = tokens[last + 1]
        if sentence.language == "ja":
            counts[Count.SUBJECT] += following.pos is Pos.PARTICLE and following.lemma in ("は", "が", "とは")
        elif first == 0 or (first == 1 and tokens[0].pos is Pos.DETERMINER):
            counts[Count.SUBJECT] += following.pos in (Pos.VERB, Pos.AUXILIARY)


class _SpanIndex:
    """Finds the inline markup inside a sentence."""

    def __init__(self, text: DocumentText) -> None:
        self._spans = sorted(text.spans, key=lambda span: (span.start, span.end, span.kind))
        self._starts = [span.start for span in self._spans]

    def inside(self, start: int, end: int) -> list[Span]:
        index = bisect_right(self._starts, start - 1)
        found: list[Span] = []
        while index < len(self._spans) and self._spans[index].start < end:
            found.append(self._spans[index])
            index += 1
        return found
