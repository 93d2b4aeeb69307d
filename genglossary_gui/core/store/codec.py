"""Frozen values ↔ JSON for staged results."""

from __future__ import annotations

import json
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


def encode(value: TermDraft | DefinitionDraft | IssueDraft) -> str:
    """The value as JSON text; ``decode_*`` gives it back equal."""
    return json.dumps(value, ensure_ascii=False, default=_fields)


def _fields(value: Any) -> dict[str, Any]:
    # Much faster than dataclasses.asdict, which copies every value.
    return {name: getattr(value, name) for name in value.__slots__}


def decode_term(text: str) -> TermDraft:
    raw = json.loads(text)
    raw["category"] = Category(raw["category"])
    raw["variants"] = tuple(Variant(**variant) for variant in raw["variants"])
    raw["passages"] = _passages(raw["passages"])
    return TermDraft(**raw)


def decode_definition(text: str) -> DefinitionDraft:
    raw = json.loads(text)
    raw["evidence"] = _passages(raw["evidence"])
    return DefinitionDraft(**raw)


def decode_issue(text: str) -> IssueDraft:
    raw = json.loads(text)
    raw["type"] = IssueType(raw["type"])
    raw["related"] = tuple(raw["related"])
    return IssueDraft(**raw)


def _passages(raw: list[dict[str, Any]]) -> tuple[Passage, ...]:
    return tuple(Passage(**{**passage, "kind": PassageKind(passage["kind"])}) for passage in raw)
