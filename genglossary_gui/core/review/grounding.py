"""Whether the evidence holds what a sentence of a definition says: no model is asked, words and figures are compared.

A sentence that stands in the evidence word for word is supported.  Any other must find its figures and its names there;
new words, a “not” turned round, the opposite of a word and an exchanged word are weighed together
(``grounding_score``).  A paraphrase passes; a fact that is nowhere in the evidence does not.  Of facts that are made
of the words of the evidence alone only the swapped ones are noticed that change a figure, a negation or an opposite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from genglossary_gui.core.japanese_marks import with_usual_marks
from genglossary_gui.core.keys import has_japanese
from genglossary_gui.core.review import grounding_english, grounding_japanese, grounding_score, sentences


class Doubt(StrEnum):
    """Why a sentence is not supported."""

    NO_EVIDENCE = "no_evidence"
    """It names no passage, or none that was given."""
    FIGURE = "figure"
    NAME = "name"
    OPPOSITE = "opposite"
    NEGATION = "negation"
    EXCHANGED = "exchanged"
    """Another word stands where the evidence has one, and all around it is the same."""
    WORDS = "words"


@dataclass(frozen=True)
class Verdict:
    """``doubt``: None when the sentence is supported; ``words``: what the evidence does not hold."""

    doubt: Doubt | None = None
    words: tuple[str, ...] = ()

    @property
    def is_supported(self) -> bool:
        return self.doubt is None


def check(sentence: str, evidence: Sequence[str], names: Sequence[str]) -> Verdict:
    """Whether ``evidence`` (texts of passages) supports ``sentence``; ``names`` are those of the term it explains."""
    if not evidence:
        return Verdict(Doubt.NO_EVIDENCE)
    sentence, evidence = with_usual_marks(sentence), [with_usual_marks(text) for text in evidence]
    folded = sentences.folded(sentence)
    if any(folded.rstrip(".。") in sentences.folded(text) for text in evidence):
        return Verdict()
    is_japanese = has_japanese(sentence)
    language = grounding_japanese if is_japanese else grounding_english
    found = language.compare(sentence, "\n".join(evidence), " ".join(names))
    if not grounding_score.is_doubtful(found, grounding_score.JAPANESE if is_japanese else grounding_score.ENGLISH):
        return Verdict()
    for doubt, words in (
        (Doubt.FIGURE, found.figures),
        (Doubt.NAME, found.names),
        (Doubt.OPPOSITE, found.opposites),
        (Doubt.NEGATION, found.negated),
        (Doubt.EXCHANGED, found.exchanged),
    ):
        if words:
            return Verdict(doubt, tuple(words))
    return Verdict(Doubt.WORDS, tuple(found.novel))


def unsupported(text: str, evidence: Sequence[str], names: Sequence[str]) -> list[str]:
    """The sentences of a definition that ``evidence`` does not support."""
    return [part for part in sentences.split(text) if not check(part, evidence, names).is_supported]
