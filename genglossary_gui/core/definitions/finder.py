"""Finds the passages of a document that define something."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from genglossary_gui.core.definitions import english, expansions, japanese, statements, structure
from genglossary_gui.core.definitions.match import LONGEST, POINTS_BACK, PRONOUN_INSIDE, Marks, Match, is_named
from genglossary_gui.core.japanese_marks import with_usual_marks
from genglossary_gui.core.keys import term_key
from genglossary_gui.core.text import BlockKind, DocumentText, Sentence, SpanKind

_SHORT_FORM = re.compile(r"[(（](?:(?=[A-Z])|(?<=[A-Z0-9].)|(?<=[A-Z0-9] .))")
"""A bracket beside what may be an abbreviation."""
_SUCH = re.compile(r"(?:この|その)ような|こうした|そうした")
_UNCERTAIN = re.compile(
    r"(?:It|They|This|That|These|Those|He|She|We|You|I|Ours?|Yours?|Theirs?|Its|Their|His|Hers?|Both|Others?|"
    r"Another|One|Some|Such|There|Here|If|When|But|And|So|However|Then|Or|Click|Select|Press|Use|See|After)\b|"
    r"この(?!よう)|その|これ|それ|ここ|そこ|こう|そう|また|しかし|ただし|もし|次に"
)
"""A sentence to which a pronoun of the next one cannot be traced with certainty, for it leans on another one itself.
What is named behind it is a term all the same, yet no quote explains it."""
_READ = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.DESCRIPTION, BlockKind.QUOTE)


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
    previous: Sentence | None = None
    marked: set[str] = set()
    for sentence in sentences:
        before, previous = previous, sentence
        if text.blocks[sentence.block].kind not in _READ:
            continue
        here = text.text[sentence.start : sentence.end]
        rules = japanese if sentence.language == "ja" else english
        matches = list(rules.find(here, marks.get(sentence.start, ())))
        if _SHORT_FORM.search(here):
            matches += expansions.find(here)
        for match in matches or statements.find(here, sentence.language):
            start = match.start + sentence.start
            if match.rule == "marked":
                key = term_key(match.head)
                if key in marked:
                    continue
                marked.add(key)
            back = POINTS_BACK.match(here) or _SUCH.match(here)
            if match.rule == "called" and (back or PRONOUN_INSIDE.search(here)):
                # “… . This is called X.” makes sense only with the sentence before.
                if before and before.block == sentence.block and sentence.end - before.start <= LONGEST:
                    if not _UNCERTAIN.match(text.text, before.start):
                        start = before.start
                elif back:
                    continue
            yield match._replace(start=start, end=match.end + sentence.start)


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
