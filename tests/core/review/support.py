"""Entries for the tests of review and refine."""

from __future__ import annotations

from genglossary_gui.core.glossary import (
    DefinitionDraft,
    Entry,
    Passage,
    PassageKind,
    TermDraft,
    Variant,
)
from genglossary_gui.core.keys import term_key


def passage(text: str, weight: float = 0.8, rule: str = "copula") -> Passage:
    return Passage(1, 0, len(text), 1, text, PassageKind.DEFINITION, weight, rule)


def entry(
    name: str,
    text: str = "",
    *,
    evidence: tuple[Passage, ...] | None = None,
    passages: tuple[Passage, ...] = (),
    variants: tuple[Variant, ...] = (),
    origin: str = "offline",
    rank: int = 1,
    frequency: int = 10,
) -> Entry:
    """An entry defined by ``text``; unless told otherwise its evidence is one passage with the same words."""
    if evidence is None:
        evidence = (passage(text),) if text else ()
    term = TermDraft(
        term_key(name),
        name,
        "en",
        1.0,
        rank,
        frequency,
        1,
        True,
        variants=variants,
        passages=passages or evidence,
    )
    return Entry(term, DefinitionDraft(text, 0.8, evidence, origin))
