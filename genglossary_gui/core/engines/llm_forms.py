"""The forms of answers.  They are small, and every value in them is checked again before it is used."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from genglossary_gui.core.glossary import Category


class CitedSentence(BaseModel):
    """``evidence`` are the ids of the passages it rests on."""

    text: str
    evidence: list[str]


class CitedDefinition(BaseModel):
    """No sentences: the passages do not say what the term means."""

    sentences: list[CitedSentence]


class Classified(BaseModel):
    id: str
    category: Category


class Classification(BaseModel):
    terms: list[Classified]


class Judged(BaseModel):
    """``explanation``: one sentence for a person."""

    id: str
    verdict: Literal["nothing", "contradiction", "duplicate", "missing_relation"]
    explanation: str


class Judgement(BaseModel):
    pairs: list[Judged]
