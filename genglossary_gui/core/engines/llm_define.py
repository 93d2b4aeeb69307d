"""Definitions by a model: what it is asked, and what of its answer is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from genglossary_gui.core.engines import llm_contexts, llm_room
from genglossary_gui.core.engines.llm_asking import Request
from genglossary_gui.core.engines.llm_forms import CitedDefinition
from genglossary_gui.core.engines.prompts import block, plain, prompt
from genglossary_gui.core.glossary import DefinitionDraft, Entry, IssueDraft, Passage, TermDraft
from genglossary_gui.core.review import grounding

ORIGIN = "llm"
MAX_TOKENS = 800
PASSAGES, PASSAGE_TOKENS = 8, 1_500
_LONGEST_TERM, _LONGEST_NOTE, _LONGEST_SENTENCE = 200, 1_000, 500
_MOST_SENTENCES, _MOST_NAMES = 4, 12
_SURE, _DOUBTED, _NOTHING_SURE = 0.7, 0.35, 0.1
"""Confidence of a definition whose sentences are all supported, some of them, none of them.  Not calibrated: how often
a model's definition is right depends on the model."""
_LANGUAGES = {"ja": "Japanese", "en": "English"}
_TASK = """\
Task: say what the term means in these documents, in one to three short sentences in {language}, for a reader who \
does not know it. Begin with what it is. For each sentence give in "evidence" the ids (such as "E1") of the passages \
that say it; a sentence without a passage that says it is worthless. A note of a person tells which meaning is wanted; \
it is not evidence. If the passages do not tell what the term means, answer with an empty list of sentences.
"""
_BETTER = """\
Task: improve the definition of the term so that what was found wrong with it is mended, in one to three short \
sentences in {language}. Use only what the passages say. For each sentence give in "evidence" the ids (such as "E1") \
of the passages that say it. If the passages do not allow a better definition, answer with an empty list of sentences.
"""


@dataclass(frozen=True)
class CheckedSentence:
    text: str
    evidence: tuple[Passage, ...]
    is_supported: bool


@dataclass(frozen=True)
class Checked:
    """A definition whose sentences were compared with what they cite."""

    sentences: tuple[CheckedSentence, ...]

    @property
    def unsupported(self) -> int:
        return sum(not sentence.is_supported for sentence in self.sentences)

    def draft(self) -> DefinitionDraft:
        """All sentences; those without support lower the confidence."""
        all_are, some_are = not self.unsupported, self.unsupported < len(self.sentences)
        return _draft(self.sentences, _SURE if all_are else _DOUBTED if some_are else _NOTHING_SURE)

    def supported_draft(self) -> DefinitionDraft | None:
        """Only the supported sentences; None when there are none."""
        kept = [sentence for sentence in self.sentences if sentence.is_supported]
        return _draft(kept, _SURE) if kept else None


def _draft(parts: Sequence[CheckedSentence], confidence: float) -> DefinitionDraft:
    evidence = dict.fromkeys(passage for part in parts for passage in part.evidence)
    return DefinitionDraft(joined([part.text for part in parts]), confidence, tuple(evidence), ORIGIN)


@dataclass(frozen=True)
class Asked:
    """A question with the passages that it shows, ``E1`` first; so many more were left out for want of room."""

    request: Request
    passages: tuple[Passage, ...]
    left_out: int


def request(term: TermDraft, notes: Mapping[str, str], context_tokens: int = 0) -> Asked:
    """The question what ``term`` means; for a model that reads ``context_tokens`` at once (0: any number)."""
    task = _TASK.format(language=_language(term))
    return _fitted(term.key, task, _about(term, notes), chosen(term), context_tokens)


def request_better(
    entry: Entry, issues: Sequence[IssueDraft], notes: Mapping[str, str], context_tokens: int = 0
) -> Asked:
    """The question for a better definition of ``entry``, in which ``issues`` were found."""
    found = "".join(block("found wrong", issue.explanation, longest=_LONGEST_SENTENCE) for issue in issues)
    current = block("definition so far", entry.definition.text, longest=4 * _LONGEST_SENTENCE)
    data = _about(entry.term, notes) + current + found
    task = _BETTER.format(language=_language(entry.term))
    return _fitted(entry.term.key, task, data, chosen(entry.term, entry.definition.evidence), context_tokens)


def _fitted(key: str, task: str, data: str, passages: Sequence[Passage], context_tokens: int) -> Asked:
    """With as many of the passages as there is room for, the most telling first; one is always there."""
    limit = llm_room.room(context_tokens, MAX_TOKENS)
    shown = len(passages)
    while True:
        asked = prompt(task, data + _passages(passages[:shown]))
        if shown <= 1 or limit == llm_room.ANY or llm_room.size(asked) <= limit:
            request = Request(key, asked, CitedDefinition, MAX_TOKENS)
            return Asked(request, tuple(passages[:shown]), len(passages) - shown)
        shown -= 1


def chosen(term: TermDraft, first: Sequence[Passage] = ()) -> list[Passage]:
    """The passages that are shown; ``E1`` is the first.  Those that a definition rests on already go ``first``."""
    others = [p for p in llm_contexts.choose(term, most=PASSAGES, budget=PASSAGE_TOKENS) if not _is_in(p, first)]
    return [*first[: PASSAGES - 1], *others][:PASSAGES]


def checked(answer: CitedDefinition, term: TermDraft, passages: Sequence[Passage]) -> Checked:
    """The sentences of an answer, each compared with the passages that it cites; unknown ids do not count."""
    ids = {f"E{number}": passage for number, passage in enumerate(passages, 1)}
    names = [term.term, *(variant.surface for variant in term.variants)]
    found: dict[str, CheckedSentence] = {}
    for sentence in answer.sentences[:_MOST_SENTENCES]:
        text = plain(sentence.text, _LONGEST_SENTENCE)
        if text and text not in found:
            own = tuple(ids[name] for name in dict.fromkeys(map(_id, sentence.evidence)) if name in ids)
            verdict = grounding.check(text, [llm_contexts.shown(passage) for passage in own], names)
            found[text] = CheckedSentence(text, own, verdict.is_supported)
    return Checked(tuple(found.values()))


def joined(parts: Sequence[str]) -> str:
    """Sentences one after the other, each with an end, so that they can be told apart again."""
    text = ""
    for part in parts:
        text += ("" if not text or text.endswith(("。", "．", "｡", "！", "？")) else " ") + _ended(part)
    return text


def _ended(part: str) -> str:
    if part[-1] in ".。．｡!！?？":
        return part
    return part + ("。" if any("\u3040" <= character <= "\u30ff" for character in part) else ".")


def _about(term: TermDraft, notes: Mapping[str, str]) -> str:
    data = block("term", term.term, longest=_LONGEST_TERM)
    names = [variant.surface for variant in term.variants if variant.surface != term.term][:_MOST_NAMES]
    if names:
        data += block("other names of the term", " / ".join(names), longest=_LONGEST_TERM * 2)
    if notes.get(term.key):
        data += block("note of a person about the term", notes[term.key], longest=_LONGEST_NOTE)
    return data


def _passages(passages: Sequence[Passage]) -> str:
    return "".join(
        block(f"passage E{number}", passage.text, longest=llm_contexts.LONGEST)
        for number, passage in enumerate(passages, 1)
    )


def _language(term: TermDraft) -> str:
    return _LANGUAGES.get(term.language, "the language of the passages")


def _id(text: str) -> str:
    return text.strip().strip("[]()").upper()


def _is_in(passage: Passage, others: Sequence[Passage]) -> bool:
    return any(
        (passage.content_id, passage.start, passage.end) == (other.content_id, other.start, other.end)
        for other in others
    )
