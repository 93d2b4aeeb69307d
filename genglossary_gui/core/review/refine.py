"""Mends what can be mended safely, always in the words of the documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from genglossary_gui.core.glossary import DefinitionDraft, Entry, IssueDraft, IssueType, Passage, TermDraft
from genglossary_gui.core.keys import term_key
from genglossary_gui.core.passages import stated
from genglossary_gui.core.review import sentences
from genglossary_gui.core.review.mentions import names
from genglossary_gui.core.review.rules import unsupported_sentences

_LONGEST = 400
_NEXT_BEST = 0.6
"""A passage that was not the first choice is trusted this much of its weight."""
_USEFUL, _AS_GOOD = 0.25, 0.5
"""Least weight of a passage that adds to a definition, and of one that may take the place of a circular one."""


Defining = Callable[[TermDraft], Sequence[Passage]]
"""The passages that may define a term, best first."""


def refine(
    entries: Sequence[Entry], issues: Sequence[IssueDraft], defining: Defining
) -> Iterator[tuple[str, DefinitionDraft]]:
    """``(term key, better definition)`` for each entry with an issue that a rule can mend.

    Only what ``defining`` finds fit for a definition takes the place of another:

    - A sentence that no evidence holds is removed; if nothing is left, the next best passage takes its place.
    - “However, ”, 「また、」 at the beginning is cut; the words after it stay as they are.
    - A definition that points back, is too short or is circular gives way to the best defining passage that
      is not; without one it stays.
    - Behind a definition that only spells an abbreviation out comes the best passage that says more.

    What a person wrote is never touched.  The text stays verbatim, its evidence holds every sentence of it.
    """
    found: defaultdict[str, list[IssueDraft]] = defaultdict(list)
    for issue in issues:
        found[issue.key].append(issue)
        for key in issue.related if issue.type is IssueType.CIRCULAR else ():
            found[key].append(issue)
    by_key = {entry.term.key: entry for entry in entries}
    mended: set[str] = set()
    for entry in entries:
        if entry.definition.origin == "person":
            continue
        better = _better(entry, found.get(entry.term.key, ()), by_key, mended, defining)
        if better is not None and better.text and better.text != entry.definition.text:
            mended.add(entry.term.key)
            yield entry.term.key, better


def _better(
    entry: Entry, issues: Sequence[IssueDraft], by_key: Mapping[str, Entry], mended: set[str], defining: Defining
) -> DefinitionDraft | None:
    types = {issue.type for issue in issues}
    if IssueType.UNSUPPORTED in types and (draft := _supported_part(entry)):
        return draft
    if IssueType.UNCLEAR in types and (draft := _without_connective(entry)):
        return draft
    circular = [issue for issue in issues if issue.type is IssueType.CIRCULAR]
    # Of two terms that explain each other one has to change, not both.
    partners = [key for issue in circular for key in (issue.key, *issue.related) if key != entry.term.key]
    if types & {IssueType.UNSUPPORTED, IssueType.UNCLEAR} or (circular and mended.isdisjoint(partners)):
        return _next_best(entry, [by_key[key] for key in partners if key in by_key], defining(entry.term))
    return _completed_expansion(entry, defining)


def _supported_part(entry: Entry) -> DefinitionDraft | None:
    definition = entry.definition
    missing = unsupported_sentences(entry)
    kept = [sentence for sentence in sentences.split(definition.text) if sentence not in missing]
    if not missing or not kept:
        return None
    return DefinitionDraft(_joined(kept), definition.confidence, definition.evidence, definition.origin)


def _without_connective(entry: Entry) -> DefinitionDraft | None:
    definition = entry.definition
    text = sentences.without_connective(definition.text)
    if text == definition.text or sentences.starts_unresolved(text):
        return None
    return DefinitionDraft(text, definition.confidence, definition.evidence, definition.origin)


def _next_best(entry: Entry, partners: Sequence[Entry], passages: Sequence[Passage]) -> DefinitionDraft | None:
    """The best other of ``passages`` that is clear and does not speak of the ``partners``."""
    avoided = [term_key(name) for partner in partners for name in names(partner)]
    for passage in passages:
        text = stated(passage)
        if passage.weight < (_AS_GOOD if partners else _USEFUL):
            continue
        if passage.rule == "expansion" and text[-1] not in ".。":
            continue  # “long form (ABC)” defines nothing.
        if text in entry.definition.text or sentences.is_very_short(text) or sentences.starts_unresolved(text):
            continue
        if sentences.without_connective(text) == text and not any(key in term_key(text) for key in avoided):
            confidence = round(_NEXT_BEST * passage.weight, 2)
            return DefinitionDraft(text, confidence, (passage, *_others(passages, passage)), entry.definition.origin)
    return None


def _completed_expansion(entry: Entry, defining: Defining) -> DefinitionDraft | None:
    definition = entry.definition
    if not definition.evidence or definition.evidence[0].rule != "expansion" or not definition.text:
        return None
    if sentences.folded(definition.text) != sentences.folded(definition.evidence[0].text):
        return None
    more = next((p for p in defining(entry.term) if _adds(p)), None)
    if more is None or len(definition.text) + len(stated(more)) > _LONGEST:
        return None
    first = [definition.text] if definition.text[-1] in ".。" else []
    evidence = (definition.evidence[0], more) if first else (more, definition.evidence[0])
    return DefinitionDraft(
        _joined([*first, stated(more)]),
        max(definition.confidence, round(_NEXT_BEST * more.weight, 2)),
        evidence,
        definition.origin,
    )


def _others(passages: Sequence[Passage], chosen: Passage) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if passage is not chosen)[:2]


def _adds(passage: Passage) -> bool:
    return passage.rule != "expansion" and passage.weight >= _USEFUL and _is_sentence(stated(passage))


def _is_sentence(text: str) -> bool:
    return text[-1] in ".。．｡!)）" and not sentences.starts_unresolved(text)


def _joined(parts: Sequence[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        text += ("" if text.endswith(("。", "．", "｡")) else " ") + part
    return text
