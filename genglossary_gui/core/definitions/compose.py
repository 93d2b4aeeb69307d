"""Says what a term means in the words of its passages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from genglossary_gui.core.definitions import english, japanese
from genglossary_gui.core.definitions.match import is_prose
from genglossary_gui.core.glossary import DefinitionDraft, Passage, PassageKind, TermDraft
from genglossary_gui.core.passages import stated

ORIGIN = "offline"
_SHOWN = 3
"""Passages kept as evidence."""
_USEFUL = 0.3
"""Below this weight a passage hints at a meaning but adds nothing to a better one."""
_AGREES = 0.5
_LISTED = ("definition_list", "label", "table")
_AMBIGUOUS = 3
"""A name with that many different descriptions belongs to several things: each holds in its place only."""
_ABBREVIATION = re.compile(r"[\w&/-]*[A-Z0-9][\w&/-]*[A-Z0-9][\w&/-]*")
_CONTEXT_CONFIDENCE = 0.15
_TRUST = {
    "definition_list": 0.9,
    "table": 0.8,
    "label": 0.65,
    "refers": 1.0,
    "copula": 1.0,
    "called": 0.9,
    "apposition": 0.9,
    "opener": 0.8,
    "function": 0.9,
    "expansion": 0.9,
}
_OPENING = 120
_ENGLISH_VERB = (
    r"(?:is|are|has|have|can|will|"
    r"[a-z]{3,}s(?! (?:is|are|in|of|that|which|can|must|should|have|were|was|and|or|who)\b))\b"
)


def compose(term: TermDraft) -> DefinitionDraft:
    """The definition of ``term``: what one defining passage states, word for word (of a definition list its first
    sentences, at most three), or two when the better one only spells an abbreviation out.

    Passages are taken by weight; equal ones by length and text, never by the order of documents.  Evidence
    begins with the passages that make the text, followed by others that define the term too.  When none
    defines it, a context that speaks of the term as its subject stands in with a confidence of at most 0.15;
    without such a context the text is empty, the confidence 0 and the evidence the best contexts.

    Confidence 0.8 means: of 100 such definitions a careful reader would accept about 80 as they stand.  It is
    the weight of the passage times the trust in its rule, 0.05 more for each further passage (two at most)
    that clearly defines the term as well.
    """
    defining = ranked(term, PassageKind.DEFINITION)
    if defining:
        chosen = _chosen(defining)
        others = [p for p in defining if p not in chosen and stated(p) not in {stated(c) for c in chosen}]
        evidence = (*chosen, *others)[:_SHOWN]
        return DefinitionDraft(_joined(chosen), _confidence(chosen[-1], others), evidence, ORIGIN)
    contexts = ranked(term, PassageKind.CONTEXT)
    speaking = next((context for context in contexts if _speaks_of(context.text, term)), None)
    if speaking:
        evidence = (speaking, *(context for context in contexts if context is not speaking))[:_SHOWN]
        return DefinitionDraft(speaking.text, _CONTEXT_CONFIDENCE, evidence, ORIGIN)
    return DefinitionDraft("", 0.0, tuple(contexts[:_SHOWN]), ORIGIN)


def ranked(term: TermDraft, kind: PassageKind) -> list[Passage]:
    """The passages of one kind, best first, in an order that does not depend on the documents' order."""
    passages = [passage for passage in term.passages if passage.kind is kind]
    if not _ABBREVIATION.fullmatch(term.term):
        # “long form (ABC)” tells what ABC means, not what a long form is.
        passages = [p for p in passages if p.rule != "expansion" or p.text[-1] in ".。"]
    texts = {stated(passage) for passage in passages if passage.rule in _LISTED}
    if len(texts) >= _AMBIGUOUS:
        passages = [_as_option(passage) for passage in passages]
    return sorted(passages, key=lambda p: (-p.weight, len(p.text), p.text, p.content_id, p.start))


def _as_option(passage: Passage) -> Passage:
    return replace(passage, weight=passage.weight * 0.5) if passage.rule in _LISTED else passage


def _chosen(defining: Sequence[Passage]) -> list[Passage]:
    """The best passage; behind an expansion also the best one that says more."""
    best = defining[0]
    if best.rule != "expansion":
        return [best]
    more = next((p for p in defining if p.rule != "expansion" and p.weight >= _USEFUL), None)
    if more is None:
        return [best]
    return [best, more] if best.text[-1] in ".。" and stated(more) not in best.text else [more]


def _confidence(best: Passage, others: Sequence[Passage]) -> float:
    agreeing = sum(other.weight >= _AGREES for other in others)
    return round(min(best.weight * _TRUST.get(best.rule, 0.8) + 0.05 * min(agreeing, 2), 0.95), 2)


def _joined(passages: Sequence[Passage]) -> str:
    text = stated(passages[0])
    for passage in passages[1:]:
        text += ("" if text.endswith("。") else " ") + stated(passage)
    return text


def _speaks_of(text: str, term: TermDraft) -> bool:
    """Whether a context is a statement about the term that stands alone: “X stores …”, 「Xは…」."""
    if not is_prose(text) or text[-1] not in ".。!" or english.is_vague(text) or japanese.is_vague(text):
        return False
    if not japanese.is_statement(text):
        return False
    opening = text[:_OPENING].casefold()
    return any(_subject(name).match(opening) for name in (term.term, *(v.surface for v in term.variants)))


def _subject(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:an? |the )?{re.escape(name.casefold())}(?:(?:e?s)? {_ENGLISH_VERB}|は|とは)")
