"""The context that stands in where no passage defines a term: a general sentence that speaks of the whole name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from genglossary_gui.core.definitions import english, japanese, readable, statements
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
_JAPANESE_CLASS = (
    r"(?:\s?(?:形式|画像|ファイル|モデル|プロトコル|言語|規格|ライブラリー?|ツール|コマンド|フィルター|モード))?"
)
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
_OF_ANOTHER = re.compile(r".{1,20}とは")
"""A sentence that says what something is: if not of ours, then of another."""
_FRAGMENT = re.compile(
    r"[A-Z][a-z]+ed (?:by|to|for|in|with|when|as|from)\b|\w+ly, |[^,]{0,60}, (?:for example|on the other hand)\b|"
    r"(?:Only|Many|Some|Additional|Besides|Because|Most|Several|Other|Another|Various)\b|"
    r"The (?:first|second|third|main|following|previous|next|last|same)\b|"
    r".*(?:\b(?:is|are) (?:checked|shown)\b|\bon the (?:right|left)\b| than [A-Z]|"
    r"\. (?:Its?|They|This|These)\b|\bsee the\b)|"
    r"残念|実際|時には|ときには|できるのは|ですが|でも|もちろん|そもそも|とはいえ|ちなみに|特に|一部の|通常(?!は)|なお|"
    r"(?!.*[はが]).*。$"
)
"""What leans on the sentence before, has no subject (in Japanese a step) or is no sentence at all."""
_MAIN_VERB = re.compile(
    r"(?:(?! (?:that|which|who|whose|where|how|what|whether|when|if|used|to)\b).){1,120}? (?:is|are|can|may|will|has|"
    r"have|does|do|[a-z]{3,}s(?= (?:the|an?|all|any|each|every|its|their|that|how|"
    r"no|new|one|two|which|on|in|at|from|with|by)\b)|consists|depends|refers|belongs|"
    r"(?<=[^s]s )(?:depend|allow|provide|use|contain|include|support|require|represent|define|need|hold|store|make|"
    r"create|describe|show|determine|happen|occur|come|work|apply|exist|appear|refer|belong|consist))\b"
)
"""A verb that belongs to the sentence and not to a clause that explains its first noun."""
_READER = re.compile(r"\b(?:you|your|we|our|here|please|notice)\b|[—–]\s?see\b", re.IGNORECASE)
_JOINED = re.compile(r"[一-鿿々ァ-ヺーA-Za-z0-9]")
_INSTANCE = re.compile(r"the [a-z-]+s? ", re.IGNORECASE)
"""“The checkout has to …” tells of one that was spoken of before."""


def standing_in(term: TermDraft, contexts: Sequence[Passage]) -> Passage | None:
    """The first of ``contexts`` that makes a general statement about the term.  Where there is none, of a term that is
    used often, yet is none of the first, one that names it, not as a part of a longer name; else ``None``."""
    names = [term.term, *(variant.surface for variant in term.variants)]
    general = [context for context in contexts if _is_general(context.text)]
    if term.rank <= FIRST:
        general = [context for context in general if not is_incidental(context, names)]
    speaks = _tells_of if term.rank <= FIRST else _speaks_of
    speaking = next((context for context in general if speaks(context.text, names)), None)
    if speaking or term.frequency < _OFTEN:
        return speaking
    told = [(at, index, c) for index, c in enumerate(general) if (at := _named_at(c.text, names)) >= 0]
    if not told and term.rank > FIRST and term.frequency >= _VERY_OFTEN:
        stated = [context for context in contexts if _is_statement(context.text)]
        told = [(at, index, c) for index, c in enumerate(stated) if (at := _named_at(c.text, names)) >= 0]
    if term.rank <= FIRST:
        # In English only a sentence that speaks of it; in Japanese one that names it early may do.
        told = [found for found in told if found[2].text[-1] == "。" and _is_of_ours(found[2].text, found[0])]
    return min(told, key=lambda found: (found[0] > _EARLY, found[1]))[2] if told else None


def _is_general(text: str) -> bool:
    return statements.is_general(text) and _is_statement(text)


def _is_statement(text: str) -> bool:
    return (
        _FRAGMENT.match(text) is None
        and (text[-1] == "。" or (_MAIN_VERB.match(text) is not None and not _READER.search(text)))
        and statements.is_statement(text)
        and is_prose(text)
        and readable.is_sentence(text)
        and not english.is_vague(text)
        and not japanese.is_vague(text)
    )


def _speaks_of(text: str, names: Sequence[str]) -> bool:
    """“X stores …”, 「Xは…」."""
    return any(_subject(name).match(text[:_OPENING]) for name in names) and not _INSTANCE.match(text)


def _tells_of(text: str, names: Sequence[str]) -> bool:
    """… with a verb that tells more than what happens to one of them: “The depth of a lock determines …”."""
    if text[-1] == "。":
        return _speaks_of(text, names)
    name = "|".join(re.escape(name) for name in names)
    subject = rf"(?:an? |the )?(?:{name}){_CLASS}(?:e?s)?(?P<of> (?:of|for) an? [\w-]+)? {_TELLING}"
    match = re.match(subject, text[:_OPENING], re.IGNORECASE)
    return match is not None and (match["of"] is not None or not _INSTANCE.match(text))


def _subject(name: str) -> re.Pattern[str]:
    word = re.escape(name)
    if has_japanese(name):
        return re.compile(rf"「?{word}」?{_JAPANESE_CLASS}\s?(?:は|とは)", re.IGNORECASE)
    return re.compile(
        rf"(?:an? |the )?{word}(?:{_CLASS}(?:e?s)? (?-i:{_VERB})|{_JAPANESE_CLASS}\s?(?:は|とは))", re.IGNORECASE
    )


def _named_at(text: str, names: Sequence[str]) -> int:
    """Where ``text`` holds one of ``names`` as a whole; else -1."""
    is_japanese = text[-1] == "。"
    places = (
        match.start()
        for name in names
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}" if not is_japanese else re.escape(name), text, re.I)
        if match.start() < _OPENING and (_stands_free(text, match) if is_japanese else _is_whole(text, match))
    )
    return min(places, default=-1)


def _is_of_ours(text: str, at: int) -> bool:
    """Whether a Japanese sentence that names ours at ``at`` is near enough to it, and about no other term."""
    return at <= _EARLY and not _OF_ANOTHER.match(text)


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """Whether it is no part of a longer name; that of a program or a format keeps its meaning in “PNG images”."""
    return _GOES_ON.match(text, match.end()) is not None or (match[0][1:] != match[0][1:].lower() and len(match[0]) > 2)


def _stands_free(text: str, match: re.Match[str]) -> bool:
    """Whether no word that is written like a name touches it."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return not _JOINED.match(before) and not _JOINED.match(after)
