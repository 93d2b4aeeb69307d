"""The context that stands in where no passage defines a term: a general sentence that speaks of the whole name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from genglossary_gui.core.definitions import english, japanese, readable, statements
from genglossary_gui.core.definitions.incidental import is_incidental
from genglossary_gui.core.definitions.match import is_prose
from genglossary_gui.core.glossary import Passage, TermDraft
from genglossary_gui.core.keys import has_japanese

_OFTEN = 3
"""Of a name that is used this often even a sentence that only mentions it tells something."""
FIRST = 100
"""Entries that a person reads first, of the most important terms: if none of their many sentences says anything of
them, one that only mentions them is worse than silence."""
_EARLY = 25
"""A context that names the term within so many characters is more likely about it."""
_NEAR = 40
"""… and that is all that may stand before one of the first terms in English."""
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
_GOES_ON = re.compile(
    r"(?:e?s)?(?:[,.;:)\"”’»]|$| (?:is|are|was|can|may|has|have|does|do|of|in|on|at|to|for|from|with|without|by|"
    r"as|and|or|but|that|which|who|where|when|while|if|into|between|through|via|using|so|than|because|after|before|during|"
    r"under|over|within|across|per|the|an?|its|their)\b)"
)
"""What may stand behind a name that is not the beginning of a longer one: of “object name” the first word is."""
_BEFORE = re.compile(
    r"(?:^|[(\"“‘'«,:;—–/「]\s?|\b(?:an?|the|of|in|for|with|to|from|by|on|at|as|and|or|but|nor|each|every|any|all|no|one|"
    r"its|their|into|onto|between|per|via|than|over|under|using|through|within|without|about|are|is|"
    r"called|named|[a-z]{3,}(?:ing|s|ed)) [\"“‘']?)$",
    re.IGNORECASE,
)
"""What may stand before a name that is not the end of a longer one: of “cover letter” the last word is."""
_CONTROL = re.compile(r"(?:[A-Z][\w-]*…? ){1,4}[a-z]+\b")
"""“The Expense Accounts tab”: one control of a window."""
_OF_ANOTHER = re.compile(
    r"[^,]{0,90}?\b(?:is|are) (?:also |often |sometimes )?(?:called|known as|referred to as|termed|"
    r"an? (?!(?:part|kind)\b)|defined as)|"
    r"(?:[A-Z][a-z]+ )?\w+s are [a-z]+s (?:of|that|for|in|which)\b|.{1,20}とは"
)
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
    r"(?:(?! (?:that|which|who|whose|where|how|what|whether|when|if|used|to)\b).){1,120}? (?:is|are|can|may|has|have|"
    r"does|do|[a-z]{3,}s(?= (?:the|an?|all|any|each|every|its|their|that|how|"
    r"no|new|one|two|which|on|in|at|from|with|by)\b)|consists|depends|refers|belongs)\b"
)
"""A verb that belongs to the sentence and not to a clause that explains its first noun."""
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
    speaking = next((context for context in general if _speaks_of(context.text, names)), None)
    if speaking or term.frequency < _OFTEN:
        return speaking
    told = [(at, index, c) for index, c in enumerate(general) if (at := _named_at(c.text, names)) >= 0]
    if term.rank <= FIRST:
        told = [
            (at, index, c)
            for at, index, c in told
            if at <= (_NEAR if c.text[-1] == "." else _EARLY) and _is_of_ours(c.text, at)
        ]
    return min(told, key=lambda found: (found[0] > _EARLY, found[1]))[2] if told else None


def _is_general(text: str) -> bool:
    return (
        _FRAGMENT.match(text) is None
        and (text[-1] == "。" or _MAIN_VERB.match(text) is not None)
        and statements.is_general(text)
        and is_prose(text)
        and readable.is_sentence(text)
        and not english.is_vague(text)
        and not japanese.is_vague(text)
    )


def _speaks_of(text: str, names: Sequence[str]) -> bool:
    """“X stores …”, 「Xは…」."""
    return any(_subject(name).match(text[:_OPENING]) for name in names) and not _INSTANCE.match(text)


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
    """Whether a sentence that names ours at ``at`` is near enough to it, and about no other term."""
    if at > (_EARLY if text[-1] == "。" else _NEAR):
        return False
    free = text[-1] == "。" or (_BEFORE.search(text, 0, at) is not None and not _CONTROL.match(text, at))
    return free and not _OF_ANOTHER.match(text)


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """Whether it is no part of a longer name; that of a program or a format keeps its meaning in “PNG images”."""
    return _GOES_ON.match(text, match.end()) is not None or (match[0][1:] != match[0][1:].lower() and len(match[0]) > 2)


def _stands_free(text: str, match: re.Match[str]) -> bool:
    """Whether no word that is written like a name touches it."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return not _JOINED.match(before) and not _JOINED.match(after)
