"""Counts the candidates of one document and keeps passages that show them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from genglossary_gui.core.terms.abbreviations import find_abbreviations
from genglossary_gui.core.terms.analysis import (
    Analysis,
    Count,
    FoundDefinition,
    Observed,
    digest_of,
)
from genglossary_gui.core.terms.candidates import Run, key_of, noun_runs
from genglossary_gui.core.terms.japanese import NAMING
from genglossary_gui.core.terms.passages import RUNNING, choose_passages
from genglossary_gui.core.text import BlockKind, DocumentText, Pos, Sentence, Span, SpanKind, Token

_IDENTIFIER = re.compile(r"[^\W\d_][\w+-]*(?:\.js)?")
_ARTICLE = len("the ")
"""By so much what is bold or emphasised may be longer than the candidate."""
# What stands in an enumeration is found slowly: the inner loops have names of their own for it.
_COUNTS = len(Count)
_FREQUENCY, _NESTED, _HEADING, _WHOLE_HEADING, _TERM, _MARKED, _SUBJECT, _CODE, _VERBAL, _TABLE, _PARAGRAPH = range(11)
_HEAD, _QUOTED, _INDEFINITE, _DETERMINED, _JOINED, _DONE, _EXPLAINS = range(11, _COUNTS)
_ADJECTIVE, _ADVERB, _DETERMINER, _PARTICLE, _VERBAL_NOUN = (
    Pos.ADJECTIVE,
    Pos.ADVERB,
    Pos.DETERMINER,
    Pos.PARTICLE,
    Pos.VERBAL_NOUN,
)
_TABLE_ROW, _CODE_SPAN = BlockKind.TABLE_ROW, SpanKind.CODE
_FINITE = (Pos.VERB, Pos.AUXILIARY)
_TITLES = (BlockKind.HEADING, BlockKind.TERM)
_SUBJECT_PARTICLES = ("は", "が", "とは")
_BEFORE_NOUN = (Pos.DETERMINER, Pos.ADJECTIVE, Pos.NOUN)
_OPENING, _CLOSING = "\"“‘'`", "\"”’'`"
_QUOTE = re.compile(f"[{_OPENING}]")
_OWNERS = frozenset({"my", "your", "his", "her", "its", "our", "their"})
_JOINING = frozenset(["や", "と", "、", ",", "，", "､", "・", "または", "および", "及び", "か"])
_DOING = frozenset(["する", "為る", "できる", "出来る", "いただく", "頂く", "くださる", "下さる", "致す"])
_SAYS = 0.4
"""Weight from which a passage says what a term is."""
_NEAR = 8
"""Passages that are looked at: more hardly ever overlap."""
_FILLERS = (Pos.DETERMINER, Pos.NUMBER, Pos.SYMBOL)


def observe(text: DocumentText, sentences: Sequence[Sentence], definitions: Sequence[FoundDefinition] = ()) -> Analysis:
    """The candidates of a document with their counts, spellings and passages."""
    return _Observer(text).run(sentences, definitions)


class _Observer:
    """What is true of all candidates in a sentence, or in a run of nouns, is looked at once."""

    def __init__(self, text: DocumentText) -> None:
        self._document = text
        self._text = text.text
        self._spans = _SpanIndex(text)
        self._seen: dict[str, tuple[Observed, list[tuple[int, int, int]]]] = {}
        """Key → the candidate and its places: number of the sentence, start, end."""
        self._abbreviations: list[tuple[str, str]] = []
        self._sentences: Sequence[Sentence] = ()
        self._defining: _Defining = _Defining(())

    def run(self, sentences: Sequence[Sentence], definitions: Sequence[FoundDefinition]) -> Analysis:
        self._sentences, self._defining = sentences, _Defining(definitions)
        for number, sentence in enumerate(sentences):
            self._read(number, sentence)
        passages = choose_passages(self._document, sentences, self._seen.values())
        candidates: dict[str, Observed] = {}
        for key, (item, places) in self._seen.items():
            item.counts[_FREQUENCY] = len(places)
            candidates[key] = item
        return Analysis(digest_of(self._text), candidates, passages, self._abbreviations, list(definitions))

    def _read(self, number: int, sentence: Sentence) -> None:
        text, start, end = self._text, sentence.start, sentence.end
        if text.find("(", start, end) >= 0 or text.find("（", start, end) >= 0:
            self._abbreviations.extend((found.short, found.long) for found in find_abbreviations(text[start:end]))
        spans = self._spans.inside(start, end)
        blocked: list[tuple[int, int]] = []
        for span in spans:
            if span.kind is _CODE_SPAN and not _IDENTIFIER.fullmatch(text, span.start, span.end):
                blocked.append((span.start, span.end))
        runs = noun_runs(text, sentence, blocked)
        if runs:
            self._note(number, sentence, runs, spans)

    def _note(self, number: int, sentence: Sentence, runs: Sequence[Run], spans: Sequence[Span]) -> None:
        tokens, block, seen = sentence.tokens, sentence.block, self._seen
        kind, japanese = self._document.blocks[block].kind, sentence.language == "ja"
        is_running, is_title, is_cell = kind in RUNNING, kind in _TITLES, kind is _TABLE_ROW
        heads = self._defining.heads(sentence)
        has_quotes = is_running and not japanese and _QUOTE.search(self._text, sentence.start, sentence.end) is not None
        is_plain = not (has_quotes or heads or spans or is_title or is_cell)
        for begin, end, parts in runs:
            origin = tokens[begin][0]
            # “coupled architecture” of “tightly coupled architecture” is none.
            is_loose = tokens[begin][3] is _ADJECTIVE and begin > 0 and tokens[begin - 1][3] is _ADVERB
            around = self._around(tokens, begin, end, japanese) if is_running else ()
            is_subject = not is_title and _is_subject(tokens, begin, end, japanese)
            for part_first, part_last, key, words, surface, offset in parts:
                if is_loose and not part_first:
                    continue
                first, last, start = begin + part_first, begin + part_last, origin + offset
                place = number, start, start + len(surface)
                found = seen.get(key)
                if found is None:
                    form = self._form(tokens[first : last + 1], surface, key) if japanese else ""
                    counts, spelling, places = [0] * _COUNTS, [0, 0], [place]
                    counts[_PARAGRAPH] = 1
                    item = Observed(words, sentence.language, counts, {surface: spelling}, [], form)
                    seen[key] = item, places
                else:
                    item, places = found
                    counts, spelling = item.counts, item.surfaces.get(surface)
                    if spelling is None:
                        spelling = item.surfaces[surface] = [0, 0]
                    if (before := places[-1][0]) != number and self._sentences[before].block != block:
                        counts[_PARAGRAPH] += 1
                    places.append(place)
                spelling[0 if is_running and first else 1] += 1
                if part_first or last < end:
                    counts[_NESTED] += 1
                if last > first and not japanese and tokens[first][3] is _VERBAL_NOUN and _is_verbal(tokens, first):
                    counts[_VERBAL] += 1
                if last == end:
                    for name in around:
                        counts[name] += 1
                    if is_subject and (japanese or not part_first):
                        counts[_SUBJECT] += 1
                if is_plain:
                    continue
                if has_quotes and self._is_quoted(start, place[2]):
                    counts[_QUOTED] += 1
                if heads and _explains(key, heads):
                    counts[_EXPLAINS] += 1
                if spans:
                    _note_marks(counts, spans, start, place[2])
                if is_title:
                    _note_title(counts, kind, (*tokens[:first], *tokens[last + 1 :]))
                elif is_cell:
                    counts[_TABLE] += 1

    def _around(self, tokens: Sequence[Token], begin: int, end: int, japanese: bool) -> Sequence[int]:
        """What is counted of a noun phrase of running text for the words before and after it."""
        if japanese:
            if end + 1 < len(tokens):
                after = tokens[end + 1]
                if after.lemma in _DOING:
                    return _HEAD, _DONE
                if self._text[after.start : after.end] in _JOINING:
                    return _HEAD, _JOINED
            return (_HEAD,)
        if begin:
            before = tokens[begin - 1]
            word = self._text[before.start : before.end].lower()
            if word in ("a", "an"):
                return _HEAD, _INDEFINITE, _DETERMINED
            if before.pos in (_DETERMINER, Pos.NUMBER) or word in _OWNERS:
                return _HEAD, _DETERMINED
        return (_HEAD,)

    def _is_quoted(self, start: int, end: int) -> bool:
        text = self._text
        return start > 0 and text[start - 1] in _OPENING and text[end : end + 1] in _CLOSING and end < len(text)

    def _form(self, tokens: Sequence[Token], surface: str, key: str) -> str:
        """Of Japanese: the words in the spelling that the dictionary prefers, if it is another one than ``key``."""
        text = self._text
        form = "".join([lemma if pos in NAMING else text[start:end] for start, end, lemma, pos in tokens])
        if form == surface or (folded := key_of(form)) == key:
            return ""
        return folded


def _is_subject(tokens: Sequence[Token], begin: int, end: int, japanese: bool) -> bool:
    """Whether what follows the run tells that it is the subject: in English of the sentence that it begins."""
    if (begin > 1 and not japanese) or end + 1 >= len(tokens):
        return False
    following = tokens[end + 1]
    if japanese:
        return following.pos is _PARTICLE and following.lemma in _SUBJECT_PARTICLES
    return following.pos in _FINITE and (begin == 0 or tokens[0].pos is _DETERMINER)


def _is_verbal(tokens: Sequence[Token], first: int) -> bool:
    """Whether nothing before a gerund that begins a phrase makes it a noun."""
    return first == 0 or tokens[first - 1].pos not in _BEFORE_NOUN


def _note_marks(counts: list[int], spans: Sequence[Span], start: int, end: int) -> None:
    for span in spans:
        if span.start <= start and end <= span.end:
            if span.kind is SpanKind.CODE:
                counts[_CODE] += 1
            elif span.kind is not SpanKind.LINK:
                counts[_MARKED] += end - start >= span.end - span.start - _ARTICLE


def _note_title(counts: list[int], kind: BlockKind, rest: Sequence[Token]) -> None:
    """``rest``: the other words of the heading, or of the term of a list."""
    is_whole = all(token.pos in _FILLERS for token in rest)
    if kind is BlockKind.HEADING:
        counts[_HEADING] += 1
        counts[_WHOLE_HEADING] += is_whole
    else:
        counts[_TERM] += is_whole


def _explains(key: str, heads: Sequence[str]) -> bool:
    """Whether ``key`` is another name than those that are defined, and no part of them or longer form."""
    return not any(key in head or head in key for head in heads)


class _Defining:
    """Finds the terms that a sentence defines."""

    def __init__(self, definitions: Sequence[FoundDefinition]) -> None:
        found = [(d.passage.start, d.passage.end, d.head) for d in definitions if d.weight >= _SAYS]
        self._passages = sorted(set(found))
        self._starts = [start for start, _end, _head in self._passages]

    def heads(self, sentence: Sentence) -> Sequence[str]:
        """Passages are sentences or begin with one: those that begin in it, or reach it from not far before."""
        last = bisect_left(self._starts, sentence.end)
        if not last:
            return ()
        near = self._passages[max(0, last - _NEAR) : last]
        return [head for _start, end, head in near if end > sentence.start]


class _SpanIndex:
    """Finds the inline markup inside a sentence."""

    def __init__(self, text: DocumentText) -> None:
        self._spans = sorted(text.spans, key=lambda span: (span.start, span.end, span.kind))
        self._starts = [span.start for span in self._spans]

    def inside(self, start: int, end: int) -> Sequence[Span]:
        if not self._starts:
            return ()
        first = bisect_left(self._starts, start)
        return self._spans[first : bisect_left(self._starts, end, first)]
