"""Frozen values ↔ JSON for staged results.

A value is the list of its fields in their order: without their names it takes half the room and half the time.
Texts of earlier versions, objects with names, are read as well.
"""

from __future__ import annotations

import json
from operator import attrgetter
from typing import Any

from genglossary_gui.core.glossary import (
    Category,
    DefinitionDraft,
    IssueDraft,
    IssueType,
    Passage,
    PassageKind,
    TermDraft,
    Variant,
)

_CATEGORIES = {str(category): category for category in Category}
_KINDS = {str(kind): kind for kind in PassageKind}
# Found once, and called without a detour through the defaults of ``json``: there are tens of thousands of values.
_text_of = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_raw_of = json.JSONDecoder().decode
_of_term, _of_variant, _of_passage, _of_definition, _of_issue = (
    attrgetter(*value.__slots__) for value in (TermDraft, Variant, Passage, DefinitionDraft, IssueDraft)
)


def encode_term(term: TermDraft) -> str:
    """The value as JSON text; ``decode_term`` gives it back equal."""
    *plain, variants, passages, features = _of_term(term)
    return _text_of([*plain, [*map(_of_variant, variants)], [*map(_of_passage, passages)], features])


def encode_definition(definition: DefinitionDraft) -> str:
    """The value as JSON text; ``decode_definition`` gives it back equal."""
    text, confidence, evidence, origin = _of_definition(definition)
    return _text_of((text, confidence, [*map(_of_passage, evidence)], origin))


def encode_issue(issue: IssueDraft) -> str:
    """The value as JSON text; ``decode_issue`` gives it back equal."""
    return _text_of(_of_issue(issue))


def decode_term(text: str) -> TermDraft:
    values = _fields(text)
    category, variants, passages, _features = values[-4:]
    values[-4] = _CATEGORIES[category]
    values[-3] = tuple([Variant(*_values(variant)) for variant in variants])
    values[-2] = _passages(passages)
    return TermDraft(*values)


def decode_definition(text: str) -> DefinitionDraft:
    words, confidence, evidence, origin = _fields(text)
    return DefinitionDraft(words, confidence, _passages(evidence), origin)


def decode_issue(text: str) -> IssueDraft:
    key, kind, explanation, action, related, *said = _fields(text)
    return IssueDraft(key, IssueType(kind), explanation, action, tuple(related), *said)


def _fields(text: str) -> list[Any]:
    return _values(_raw_of(text))


def _values(raw: Any) -> list[Any]:
    """The fields in their order, also of an earlier version's object: it has them in the same one."""
    return raw if isinstance(raw, list) else list(raw.values())


def _passages(raw: list[Any]) -> tuple[Passage, ...]:
    return tuple([_passage(*_values(passage)) for passage in raw])


def _passage(
    content_id: int, start: int, end: int, line: int, text: str, kind: str, weight: float, rule: str, document_id: int
) -> Passage:
    return Passage(content_id, start, end, line, text, _KINDS[kind], weight, rule, document_id)
