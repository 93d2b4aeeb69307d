"""Finds the passages of a document that define something."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from genglossary_gui.core.definitions import (
    context,
    english,
    english_marked,
    expansions,
    japanese,
    statements,
    structure,
)
from genglossary_gui.core.definitions.context import MOST_BEFORE
from genglossary_gui.core.definitions.match import Marks, Match, clamp, is_named
from genglossary_gui.core.japanese_marks import with_usual_marks
from genglossary_gui.core.keys import term_key
from genglossary_gui.core.text import BlockKind, DocumentText, Sentence, SpanKind

_SHORT_FORM = re.compile(r"[(（](?:(?=[A-Z])|(?<=[A-Z0-9].)|(?<=[A-Z0-9] .))")
"""A bracket beside what may be an abbreviation."""
_BRACKET = re.compile(r"\s?[(（][^()（）]*[)）]$")
_READ = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.DESCRIPTION, BlockKind.QUOTE)


_INTRODUCE = ("apposition", "called", "function", "refers", "copula")
_INTRODUCED = 0.2
"""Where a name is set in bold or italics for the first time, a sentence that explains it is likely meant to: what this
adds to its weight."""


class Finding(NamedTuple):
    """``text[start:end]`` of a document defines ``head``.

    ``head`` is the phrase as it stands in the text, without article and quotes.  ``weight`` (0–1) orders
    findings of one head; ``rule`` is one of ``definition_list`` · ``table`` · ``label`` · ``refers`` ·
    ``copula`` · ``called`` · ``apposition`` · ``marked`` · ``opener`` · ``function`` · ``expansion`` · ``statement``.
    """

    head: str
    start: int
    end: int
    weight: float
    rule: str


def find_definitions(text: DocumentText, sentences: Sequence[Sentence]) -> list[Finding]:
    """All passages of ``text`` that define something, in order; several findings may share a passage.

    One finding per head and passage: the heaviest; the passage always names the head (``passages.stated`` gives
    what follows the name in a list, table, label or below a heading).  Needs only the offsets, blocks and languages of
    ``sentences``, not their tokens.  Time is linear in the length of the text.
    """
    if any(sentence.language == "ja" for sentence in sentences):
        text = _in_one_hand(text)
    by_block: defaultdict[int, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        by_block[sentence.block].append(sentence)
    shape = structure.Shape(text, by_block)
    matches = list(_in_sentences(text, sentences))
    by_passage: defaultdict[tuple[int, int], list[Match]] = defaultdict(list)
    for match in matches:
        by_passage[match.start, match.end].append(match)
    found = _heaviest(
        (
            *structure.definition_lists(shape),
            *structure.labels(shape),
            *structure.tables(shape),
            *structure.openers(shape, by_passage),
            *matches,
        )
    )
    # A quote that does not name what it is said to define convinces nobody.
    return [finding for finding in found if is_named(finding.head, text.text[finding.start : finding.end])]


def _in_one_hand(text: DocumentText) -> DocumentText:
    """The rules know Japanese sentences by 。 and 、; offsets stay."""
    usual = with_usual_marks(text.text)
    return text if usual is text.text else replace(text, text=usual)


def _in_sentences(text: DocumentText, sentences: Sequence[Sentence]) -> Iterator[Match]:
    """What the rules of its language say of each sentence, at offsets of the document."""
    marks = _marks(text, sentences)
    marked: set[str] = set()
    introduced: set[str] = set()
    for index, sentence in enumerate(sentences):
        if text.blocks[sentence.block].kind not in _READ:
            continue
        here = text.text[sentence.start : sentence.end]
        rules = japanese if sentence.language == "ja" else english
        marked_here = marks.get(sentence.start, ())
        matches = list(rules.find(here, marked_here))
        if marked_here and rules is english:
            told = {match.head for match in matches}
            matches += [match for match in _led_to(text, sentences, index, marked_here) if match.head not in told]
        if _SHORT_FORM.search(here):
            matches += expansions.find(here)
        for match in matches or statements.find(here, sentence.language):
            key = term_key(match.head)
            is_set = _is_marked(here, key, marked_here)
            if match.rule == "marked":
                if key in marked:
                    continue
                marked.add(key)
                introduced.add(key)
            elif match.rule in _INTRODUCE and key not in introduced and is_set:
                introduced.add(key)
                match = match._replace(weight=clamp(match.weight + _INTRODUCED))
            before, after = sentences[max(0, index - MOST_BEFORE) : index], sentences[index + 1 : index + 2]
            place = context.placed(text.text, match, sentence, before, after, is_set=is_set)
            if place:
                yield match._replace(start=place[0], end=place[1])


def _led_to(text: DocumentText, sentences: Sequence[Sentence], index: int, marks: Marks) -> Iterator[Match]:
    """Names set in bold that the sentence behind or before this one explains."""
    here = text.text[sentences[index].start : sentences[index].end]
    yield from english_marked.by_mark_behind(here, marks)
    for following in sentences[index + 1 : index + 2]:
        if following.block == sentences[index].block:
            yield from english_marked.by_mark_before(here, marks, text.text[following.start : following.end])


def _is_marked(sentence: str, key: str, marks: Marks) -> bool:
    names = (sentence[start:end] for start, end in marks)
    return any(key in (term_key(name), term_key(_BRACKET.sub("", name))) for name in names)


def _marks(text: DocumentText, sentences: Sequence[Sentence]) -> dict[int, Marks]:
    """Start of a sentence → where bold and emphasised phrases stand in it."""
    spans = [span for span in text.spans if span.kind in (SpanKind.BOLD, SpanKind.EMPHASIS)]
    marks: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        while at < len(sentences) and sentences[at].end <= span.start:
            at += 1
        if at < len(sentences) and sentences[at].start <= span.start and span.end <= sentences[at].end:
            begin = sentences[at].start
            marks[begin].append((span.start - begin, span.end - begin))
    return {start: tuple(found) for start, found in marks.items()}


def _heaviest(matches: Iterable[Match]) -> list[Finding]:
    best: dict[tuple[str, int, int], Match] = {}
    for match in matches:
        place = (term_key(match.head), match.start, match.end)
        if place not in best or best[place].weight < match.weight:
            best[place] = match
    found = sorted(best.values(), key=lambda match: (match.start, match.end, match.head))
    return [Finding(match.head, match.start, match.end, match.weight, match.rule) for match in found]
