"""Says what a term means in the words of its passages."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from genglossary_gui.core.definitions import english, japanese_incidental, readable
from genglossary_gui.core.definitions.confidence import CONTEXT, confidence, strength
from genglossary_gui.core.definitions.contexts import best_first
from genglossary_gui.core.definitions.incidental import is_circular, is_incidental
from genglossary_gui.core.definitions.match import LONGEST, POINTS_BACK
from genglossary_gui.core.definitions.standin import FIRST, standing_in
from genglossary_gui.core.glossary import DefinitionDraft, Passage, PassageKind, TermDraft
from genglossary_gui.core.japanese_marks import with_usual_marks
from genglossary_gui.core.keys import has_japanese
from genglossary_gui.core.passages import stated

ORIGIN = "offline"
_SHOWN = 3
"""Passages kept as evidence."""
_TELL = ("function", "statement")
"""Rules that find what something does."""
_USEFUL = 0.3
"""Below this weight a passage hints at a meaning but adds nothing to a better one."""
_CLEAR = 0.44
"""From this weight on a second passage may stand behind the best one."""
_LEFT = 0.7
"""From this weight on a passage that nobody translated explains a Japanese name better than a mention in Japanese."""
_BRIEF = 28
"""Characters of a Japanese sentence that another one behind it may tell more than."""
_MEANS = ("copula", "refers", "called")
_SURE = 0.5
"""From this strength on a passage needs no weaker one behind it."""
_SAME = 0.6
"""Two passages that share this much of their words say the same."""
_OF_ANY = re.compile(r"The [\w -]{1,40} of (?:an?|any) ")
_END_INSIDE = re.compile(r"[.!?](?= [A-Z])|。(?!$)")
_AMBIGUOUS = 3
"""A name with that many different descriptions belongs to several things: each holds in its place only."""
_TYPICAL = 0.6
"""What being typical (0–1) adds to the strength of a passage when the best is looked for."""
_WORD = re.compile(r"[a-z]{4,}|[\u4e00-\u9fff]{1,2}|[ァ-ヺー]{2,}")
_OF_FIELD = re.compile(r"[\w ]{1,40} \((?:optional|required)\)")
_ABBREVIATION = re.compile(r"[\w&/-]*[A-Z0-9][\w&/-]*[A-Z0-9][\w&/-]*")
_ASKS = re.compile(r"(?:If|You|To|Use|See|Try|In practice|Please)\b")
"""What tells a reader what to do, or under which condition, says nothing more of what something is."""
_CONCEDES = re.compile(r", (?:but|so|which is why)\b|が、|最初の|最後の")


def compose(term: TermDraft) -> DefinitionDraft:
    """The definition of ``term`` in the words of its passages, at most three sentences, word for word.

    - The best defining passage; of a definition list its first sentences, behind a spelled-out abbreviation and
      behind a clear sentence one more that says something else.  Passages are taken by strength and by how typical
      their words are; equal ones by length and text, never by the order of documents.  Fragments and what only a
      reader of the page would understand are left out, what speaks of one case weighs less (``readable``).
    - When none defines it, what was found to define it and tells only something by the way, a context that speaks of
      the term as its subject, or of a term that is used often a sentence that names it, stands in with the lowest
      confidence (``standin``): it is shown as a mention.
    - Without any of these the text is empty, the confidence 0 and the evidence the best contexts.

    Evidence begins with the passages that make the text, followed by others that define the term too.  What a
    confidence means is told in ``confidence``.
    """
    term, found = _in_one_hand(term)
    names = _names(term)
    defining, passing = _defining(term, names)
    if defining:
        chosen = _chosen(defining, names)
        others = [p for p in defining if p not in chosen and stated(p) not in {stated(c) for c in chosen}]
        evidence = _as_found(found, (*chosen, *others))
        telling = chosen[-1] if chosen[0].rule == "expansion" else chosen[0]
        return DefinitionDraft(_joined(_as_found(found, chosen)), confidence(telling), evidence, ORIGIN)
    contexts = ranked(term, PassageKind.CONTEXT)
    speaking = standing_in(term, contexts, passing)
    if speaking:
        evidence = _as_found(found, (speaking, *(context for context in contexts if context is not speaking)))
        return DefinitionDraft(stated(evidence[0]), CONTEXT, evidence, ORIGIN)
    return DefinitionDraft("", 0.0, _as_found(found, best_first(contexts, names)), ORIGIN)


def defining_passages(term: TermDraft) -> list[Passage]:
    """The passages that may define ``term``, best first: readable, of the term itself and in its language."""
    read, found = _in_one_hand(term)
    return [found[_place(passage)] for passage in _defining(read, _names(read))[0]]


def _defining(term: TermDraft, names: Sequence[str]) -> tuple[list[Passage], list[Passage]]:
    """The passages that define the term, and those that were found to and tell only something by the way."""
    defining = [passage for passage in ranked(term, PassageKind.DEFINITION) if readable.is_readable(passage, names)]
    controls = [stated(p) for p in term.passages if readable.is_of_controls(p)]
    passing = [p for p in defining if _tells_by_the_way(p, names, controls, is_first=term.rank <= FIRST)]
    return _in_its_language(term, [passage for passage in defining if passage not in passing]), passing


def _tells_by_the_way(passage: Passage, names: Sequence[str], controls: Sequence[str], *, is_first: bool) -> bool:
    """Whether it says too little to be called a definition; in English only of the terms that a person reads first."""
    if not is_first and not has_japanese(stated(passage)):
        return False
    told = passage.rule in _TELL and any(_repeats(stated(passage), text) for text in controls)
    return told or is_incidental(passage, names)


def _in_its_language(term: TermDraft, defining: list[Passage]) -> list[Passage]:
    """Those in Japanese where a reader of Japanese looks the term up: its name is Japanese, or what speaks of it.

    Of a Japanese name that only passages in another language define those that do so beyond doubt.
    """
    contexts = [has_japanese(p.text) for p in term.passages if p.kind is PassageKind.CONTEXT]
    ours = [passage for passage in defining if has_japanese(stated(passage))]
    if has_japanese(term.term):
        return ours or [passage for passage in defining if passage.weight >= _LEFT]
    is_clear = any(passage.weight >= _SURE for passage in ours)
    return ours if ours and (4 if is_clear else 2) * sum(contexts) > len(contexts) else defining


Found = Mapping[tuple[int, int, int, str, str], Passage]
"""The passages of a term as its documents hold them, by what tells them from each other."""


def _in_one_hand(term: TermDraft) -> tuple[TermDraft, Found]:
    """``term`` as the rules read it, with 。 and 、 whatever its writers use, and the way back to what they wrote."""
    passages = tuple(_with_usual_marks(passage) for passage in term.passages)
    found = {_place(read): passage for read, passage in zip(passages, term.passages, strict=True)}
    return replace(term, passages=passages), found


def _with_usual_marks(passage: Passage) -> Passage:
    text = with_usual_marks(passage.text) if has_japanese(passage.text) else passage.text
    return passage if text is passage.text else replace(passage, text=text)


def _as_found(found: Found, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The first of ``passages``, which may have been weighed anew, as they were found."""
    return tuple(found[_place(passage)] for passage in passages[:_SHOWN])


def ranked(term: TermDraft, kind: PassageKind) -> list[Passage]:
    """The passages of one kind, best first, in an order that does not depend on the documents' order."""
    passages = [passage for passage in term.passages if passage.kind is kind]
    if not _ABBREVIATION.fullmatch(term.term):
        # “long form (ABC)” tells what ABC means, not what a long form is.
        passages = [p for p in passages if p.rule != "expansion" or p.text[-1] in ".。"]
    texts = {stated(passage) for passage in passages if passage.rule in readable.LISTED}
    speaking = term.passages
    if len(texts) >= _AMBIGUOUS:
        passages = [_as_option(passage) for passage in passages]
        speaking = tuple(passage for passage in speaking if passage.rule not in readable.LISTED)
    names = _names(term)
    if kind is PassageKind.DEFINITION:
        passages = [_doubted(passage, names) for passage in passages]
    typical = _typicality(term.term, passages, speaking)
    return sorted(
        passages, key=lambda p: (-strength(p) - _TYPICAL * typical[p], len(p.text), p.text, p.content_id, p.start)
    )


def _typicality(name: str, passages: Sequence[Passage], others: Sequence[Passage]) -> dict[Passage, float]:
    """How much of its words each passage shares with the others that speak of the term (mean cosine, 0–1): what many
    passages say is more likely what the term means here."""
    own = _words(name)
    words = {passage.text: _words(passage.text) - own for passage in (*passages, *others)}
    texts = [other.text for other in others]
    return {
        passage: sum(_cosine(words[passage.text], words[text]) for text in texts if text != passage.text)
        / max(1, len(texts) - 1)
        for passage in passages
    }


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _cosine(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / math.sqrt(len(ours) * len(theirs)) if ours and theirs else 0.0


def _doubted(passage: Passage, names: Sequence[str]) -> Passage:
    factor = readable.doubt(passage, names)
    return passage if factor == 1.0 else replace(passage, weight=round(passage.weight * factor, 2))


def _repeats(text: str, control: str) -> bool:
    """Whether a sentence is what is said of a control, and not of any thing (“The depth of a lock …”)."""
    return control.startswith(text) and _OF_ANY.match(text) is None


def _place(passage: Passage) -> tuple[int, int, int, str, str]:
    return passage.content_id, passage.start, passage.end, passage.text, passage.rule


def _names(term: TermDraft) -> list[str]:
    return [term.term, *(variant.surface for variant in term.variants)]


def _as_option(passage: Passage) -> Passage:
    return replace(passage, weight=passage.weight * 0.5) if passage.rule in readable.LISTED else passage


def _chosen(defining: Sequence[Passage], names: Sequence[str]) -> list[Passage]:
    """The best passage and one more that is as clear; behind an expansion the best one that says more."""
    best = defining[0]
    if best.rule != "expansion":
        more = next((p for p in defining[1:] if _adds(p, best, names)), None)
        return [best, more] if more and best.rule not in readable.LISTED else [best]
    more = next((p for p in defining if p.rule != "expansion" and p.weight >= _USEFUL), None)
    if more is None:
        return [best]
    return [best, more] if best.text[-1] in ".。" and stated(more) not in best.text else [more]


def _adds(more: Passage, best: Passage, names: Sequence[str]) -> bool:
    """Whether ``more`` is a clear definition too, short enough to stand behind ``best`` and not the same again."""
    first, second = stated(best), stated(more)
    if has_japanese(second) != has_japanese(first) or (has_japanese(second) and not _goes_on(more, best, names)):
        return False
    if (
        more.weight < (_CLEAR if strength(best) >= _SURE else _USEFUL)
        or more.rule in readable.LISTED
        or len(first) + len(second) > LONGEST
    ):
        return False
    if is_circular(second, names) or _OF_FIELD.match(second):
        return False
    if len(_END_INSIDE.findall(first)) + len(_END_INSIDE.findall(second)) > 1:
        return False
    ours, theirs = _words(first), _words(second)
    common = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
    clear = _ASKS.match(second) is None and readable.is_sentence(second) and _CONCEDES.search(second) is None
    return common < _SAME and clear and not POINTS_BACK.match(second) and not english.is_vague(second)


def _goes_on(more: Passage, best: Passage, names: Sequence[str]) -> bool:
    """Whether a Japanese sentence speaks of the term and does not say once more what it is."""
    again = best.rule in _MEANS and more.rule in _MEANS and len(stated(best)) > _BRIEF
    return not again and japanese_incidental.speaks_of(stated(more), names)


def _joined(passages: Sequence[Passage]) -> str:
    text = stated(passages[0])
    for passage in passages[1:]:
        text += ("" if text.endswith(("。", "．", "｡")) else " ") + stated(passage)
    return text
