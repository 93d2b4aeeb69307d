"""The context that stands in where no passage defines a term: a general sentence that speaks of the whole name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from genglossary_gui.core.definitions import english, japanese_mentions, readable, statements
from genglossary_gui.core.definitions.incidental import is_incidental
from genglossary_gui.core.definitions.match import is_prose
from genglossary_gui.core.glossary import Passage, TermDraft
from genglossary_gui.core.keys import has_japanese

_OFTEN = 4
"""Of a name that is used this often even a sentence that only mentions it tells something."""
_VERY_OFTEN = 8
"""… and of one that is used as often as this a sentence about one case."""
FIRST = 100
"""Entries that a person reads first, of the most important terms: if none of their many sentences says anything of
them, one that only mentions them is worse than silence."""
_EARLY = 25
"""A context that names the term within so many characters is more likely about it."""
_OPENING = 120
_VERB = (
    r"(?:is|are|has|have|can|will|"
    r"[a-z]{3,}s(?! (?:is|are|in|of|that|which|can|must|should|have|were|was|and|or|who)\b))\b"
)
_CLASS = (
    r"(?: (?:formats?|files?|models?|objects?|protocols?|languages?|standards?|specifications?|algorithms?|methods?|"
    r"systems?|libraries|library|functions?|hash|tools?|frameworks?|databases?|commands?|filters?|modes?))?"
)
"""“The PNG format is …” speaks of PNG."""
_TELLING = (
    r"(?-i:has|have|can (?!be\b)|is an? |[a-z]{3,}s (?=(?:the|an?|all|any|each|every|how|whether|its|their|one|two|"
    r"both|new|data|information)\b))"
)
_GOES_ON = re.compile(
    r"(?:e?s)?(?:[,.;:)\"”’»]|$| (?:is|are|was|can|may|has|have|does|do|of|in|on|at|to|for|from|with|without|by|"
    r"as|and|or|but|that|which|who|where|when|while|if|into|between|through|via|using|so|than|because|after|before|during|"
    r"under|over|within|across|per|the|an?|its|their)\b)"
)
"""What may stand behind a name that is not the beginning of a longer one: of “object name” the first word is."""
_FRAGMENT = re.compile(
    r"[A-Z][a-z]+ed (?:by|to|for|in|with|when|as|from)\b|\w+ly, |[^,]{0,60}, (?:for example|on the other hand)\b|"
    r"(?:Only|Many|Some|Additional|Besides|Because|Most|Several|Other|Another|Various)\b|"
    r"The (?:first|second|third|main|following|previous|next|last|same)\b|"
    r".*(?:\b(?:is|are) (?:checked|shown)\b|\bon the (?:right|left)\b| than [A-Z]|"
    r"\. (?:Its?|They|This|These)\b|\bsee the\b)"
)
"""What leans on the sentence before or is no sentence at all."""
_MAIN_VERB = re.compile(
    r"(?:(?! (?:that|which|who|whose|where|how|what|whether|when|if|used|to)\b).){1,120}? (?:is|are|can|may|will|has|"
    r"have|does|do|[a-z]{3,}s(?= (?:the|an?|all|any|each|every|its|their|that|how|"
    r"no|new|one|two|which|on|in|at|from|with|by)\b)|consists|depends|refers|belongs|"
    r"(?<=[^s]s )(?:depend|allow|provide|use|contain|include|support|require|represent|define|need|hold|store|make|"
    r"create|describe|show|determine|happen|occur|come|work|apply|exist|appear|refer|belong|consist))\b"
)
"""A verb that belongs to the sentence and not to a clause that explains its first noun."""
_READER = re.compile(r"\b(?:you|your|we|our|here|please|notice)\b|[—–]\s?see\b", re.IGNORECASE)
_INSTANCE = re.compile(r"the [a-z-]+s? ", re.IGNORECASE)
"""“The checkout has to …” tells of one that was spoken of before."""


def standing_in(term: TermDraft, contexts: Sequence[Passage], passing: Sequence[Passage] = ()) -> Passage | None:
    """The passage that says most about a term that none defines; ``None`` where none says anything.

    In Japanese one of ``passing``, which were found to define it, yet tell only something by the way, or of
    ``contexts`` (``best_mention``).  In English the first of ``contexts`` that makes a general statement about the
    term, or, of a term that is used often, yet is none of the first, one that names it, not as a part of a longer name.
    """
    names = [term.term, *(variant.surface for variant in term.variants)]
    mentions = [passage for passage in (*passing, *contexts) if has_japanese(passage.text)]
    if found := japanese_mentions.best_mention(mentions, names, often=term.frequency >= _OFTEN):
        return found
    return _standing_in_english(term, [context for context in contexts if not has_japanese(context.text)], names)


def _standing_in_english(term: TermDraft, contexts: Sequence[Passage], names: Sequence[str]) -> Passage | None:
    general = [context for context in contexts if _is_general(context.text)]
    if term.rank <= FIRST:
        # If none of many sentences says anything of it, one that only names it is worse than silence.
        return next((c for c in general if not is_incidental(c, names) and _tells_of(c.text, names)), None)
    speaking = next((context for context in general if _speaks_of(context.text, names)), None)
    if speaking or term.frequency < _OFTEN:
        return speaking
    told = [(at, index, c) for index, c in enumerate(general) if (at := _named_at(c.text, names)) >= 0]
    if not told and term.frequency >= _VERY_OFTEN:
        stated = [context for context in contexts if _is_statement(context.text)]
        told = [(at, index, c) for index, c in enumerate(stated) if (at := _named_at(c.text, names)) >= 0]
    return min(told, key=lambda found: (found[0] > _EARLY, found[1]))[2] if told else None


def _is_general(text: str) -> bool:
    return statements.is_general(text) and _is_statement(text)


def _is_statement(text: str) -> bool:
    return (
        _FRAGMENT.match(text) is None
        and _MAIN_VERB.match(text) is not None
        and not _READER.search(text)
        and statements.is_statement(text)
        and is_prose(text)
        and readable.is_sentence(text)
        and not english.is_vague(text)
    )


def _speaks_of(text: str, names: Sequence[str]) -> bool:
    """“X stores …”, 「Xは…」."""
    return any(_subject(name).match(text[:_OPENING]) for name in names) and not _INSTANCE.match(text)


def _tells_of(text: str, names: Sequence[str]) -> bool:
    """… with a verb that tells more than what happens to one of them: “The depth of a lock determines …”."""
    name = "|".join(re.escape(name) for name in names)
    subject = rf"(?:an? |the )?(?:{name}){_CLASS}(?:e?s)?(?P<of> (?:of|for) an? [\w-]+)? {_TELLING}"
    match = re.match(subject, text[:_OPENING], re.IGNORECASE)
    return match is not None and (match["of"] is not None or not _INSTANCE.match(text))


def _subject(name: str) -> re.Pattern[str]:
    word = re.escape(name)
    return re.compile(rf"(?:an? |the )?{word}{_CLASS}(?:e?s)? (?-i:{_VERB})", re.IGNORECASE)


def _named_at(text: str, names: Sequence[str]) -> int:
    """Where ``text`` holds one of ``names`` as a whole; else -1."""
    places = (
        match.start()
        for name in names
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}", text, re.I)
        if match.start() < _OPENING and _is_whole(text, match)
    )
    return min(places, default=-1)


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """Whether it is no part of a longer name; that of a program or a format keeps its meaning in “PNG images”."""
    return _GOES_ON.match(text, match.end()) is not None or (match[0][1:] != match[0][1:].lower() and len(match[0]) > 2)
