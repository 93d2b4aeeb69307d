"""Sentences that say something general of a thing without saying what it is: better than silence, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.definitions import english, english_descriptions, english_heads, japanese, japanese_heads
from genglossary_gui.core.definitions.match import Match, clamp, is_prose, words, words_in

_SHORTEST, _LONGEST = 30, 250
_SHORTEST_JAPANESE, _LONGEST_JAPANESE = 16, 140
_REACH = 80
_MOST_WORDS = 4
_VERB = re.compile(
    r" (?:(?P<passive>(?:can be|may be|is|are) (?:\w+ly |often )?(?:used|created|stored|made|generated|designed|"
    r"built|kept|held|"
    r"represented|identified|produced|formed|written|associated|attached|organi[sz]ed|computed|calculated|measured|"
    r"described|determined|divided|given|grouped|based|located|found|placed|saved|recorded|caused)"
    r"(?= (?:by|in|with|as|from|for|to|on|into|of|through|using|via|at|after|between)\b))"
    r"|can (?!be\b|not\b)[a-z]+(?!,)|has|have"
    r"|(?<=[^s]s )(?:hold|store|keep|use|record|track|manage|control|measure|handle|combine|implement|support|create|"
    r"send|join|produce|generate|reduce|cause|affect|form|carry|share|process|organi[sz]e)"
    r"|(?!means )[a-z]{3,}s(?= (?:the|an?|all|any|each|every|how|whether|its|their|one|two|both|new|data|"
    r"information)\b)"
    r"|(?:applies|refers|leads|belongs|corresponds|points|relates|contributes|amounts|maps|tends) to)"
    r"(?=[ ,])"
)
_INCIDENTAL = words(
    """
    not never was were had did will would should must if please now still already also instead however
    """
)
_INCIDENTAL_SOME = words(
    """
    longer been g t much far even
    """
)
_INCIDENTAL_PHRASES = re.compile(
    r"\b(?:no longer|(?:has|have) (?:\w+ )?(?:been|become|done|made|grown|\w{3,}ed)|e\.g|[a-z]+n't|"
    r"(?:much|far|even) (?:more|less))\b",
    re.IGNORECASE,
)
_TWO_DIGITS = re.compile(r"(?<![\w-])\d{2}(?!-[a-z])")
"""Not those of a name or a kind: MT940, SHA-256, 32-bit."""
_ASIDE = re.compile(r" \([^()]*\)")
_FINITE = re.compile(
    r" (?:is|are|can|may|has|have|does|do|[a-z]{3,}s (?:the|an?|all|any|each|its|their|to|as|in|on|at|from|for|"
    r"with|by|that|how|when))\b"
)
"""A verb behind the first word: without one it is a title or a command."""
_PAST = re.compile(
    r"\b(?!used|based|called|named|defined|need|seed|feed|speed|indeed|embed)[a-z]+ed (?:the|an?|that|to|it)\b"
)
_PLACE = re.compile(
    r"(?:In|With|During|Under) (?:an? |the )?((?:[\w-]+ ){0,3}[\w-]+), (?:an?|the|people|users?|you|we|each|all|one) "
)
"""“In a lucid dream, a person …”"""
_OF_PLACE = 0.16
_WEIGHTS = {"a": 0.2, "": 0.18, "the": 0.12}
_PASSIVE = 0.04
_GENERAL_END = re.compile(r"(?:ます|[るうくすつぶむぬぐ])。$")
_INCIDENTAL_JAPANESE = re.compile(
    r"ません|(?<!少)(?<!限ら)ない(?!し)|なか|ました|でした|ましょう|ください|必要が|場合|たとき|(?:した|った)[。、]|"
    r"[0-9０-９]{2}|もし|ただし|しかし|より[^、。]{1,8}です|同じように|同様に|[？?]|"
    r"(?:[0-9０-９一二三四五六]\s?(?:つ|種類|個|本|通り)[^、。]{0,8}(?:あり|分かれ|並ん|です))"
)


def find(text: str, language: str) -> Iterator[Match]:
    """The things of which ``text`` makes a general statement in the present tense; of one case or one time: none."""
    yield from _japanese(text) if language == "ja" else _english(text)


def is_general(text: str) -> bool:
    """Whether a sentence of either language is complete, in the present tense and about no single case or time."""
    return is_statement(text) and (text[-1] == "。" or not (_is_incidental(text) or _PAST.search(text)))


def is_statement(text: str) -> bool:
    """Whether a sentence is complete and states something, in English be it of one case or one time."""
    if text[-1:] == "。":
        return (
            _SHORTEST_JAPANESE <= len(text) <= _LONGEST_JAPANESE
            and japanese.is_statement(text)
            and ": " not in text
            and not _is_incidental_japanese(text)
        )
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and text[-1] == "."
        and text[0].isupper()
        and not english.is_vague(text)
        and not english_descriptions.is_command(text)
        and english_descriptions.informs(text)
        and not english_descriptions.instructs(text)
        and ": " not in text
        and _FINITE.search(text) is not None
    )


def _is_incidental(text: str) -> bool:
    """Whether a sentence tells of one case, one time or one wish rather than in general."""
    if "(" in text:
        text = _ASIDE.sub("", text)
    found = words_in(text)
    if not _INCIDENTAL.isdisjoint(found) or _TWO_DIGITS.search(text):
        return True
    return not _INCIDENTAL_SOME.isdisjoint(found) and _INCIDENTAL_PHRASES.search(text) is not None


def _english(text: str) -> Iterator[Match]:
    if not _SHORTEST <= len(text) <= _LONGEST or text[-1] != "." or not (text[0].isupper() or text[0] in "\"“‘'"):
        return
    if english_heads.names_nothing(text):
        return
    place = _PLACE.match(text)
    verb = None if place else _VERB.search(text, 0, _REACH)
    if not (place or verb) or _is_incidental(text) or english.is_vague(text) or not english_descriptions.informs(text):
        return
    if place and english_heads.is_head(place[1]) and is_prose(text):
        yield Match(place[1], "statement", _OF_PLACE, 0, len(text))
    if not verb:
        return
    subject = english_heads.parse_subject(text[: verb.start()])
    if subject and subject.article == "the" and len(subject.names[0].split()) == 1:
        return  # “The checkout has to …”: one that was spoken of before.
    if subject and not subject.lead and is_prose(text):
        weight = _WEIGHTS[subject.article] - (_PASSIVE if verb["passive"] else 0)
        for name in subject.names:
            if len(name.split()) <= _MOST_WORDS:
                yield Match(name, "statement", clamp(weight), 0, len(text))


def _japanese(text: str) -> Iterator[Match]:
    if not _SHORTEST_JAPANESE <= len(text) <= _LONGEST_JAPANESE or not _GENERAL_END.search(text):
        return
    topic = japanese.topic(text)
    if not topic or _is_incidental_japanese(text) or not is_prose(text):
        return
    subject = japanese_heads.parse_subject(text[: topic.start()])
    if subject and not subject.lead:
        for name in subject.names:
            yield Match(name, "statement", _WEIGHTS[""], 0, len(text))


def _is_incidental_japanese(text: str) -> bool:
    return _INCIDENTAL_JAPANESE.search(text) is not None or japanese.is_vague(text)
