"""What the rules of both languages hand to the finder, and what they all refuse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from genglossary_gui.core.keys import term_key

LONGEST = 400
"""Longer sentences tell too many things to define one."""
SHORTEST = 12


def words(text: str) -> frozenset[str]:
    """The words of ``text`` as a set."""
    return frozenset(text.split())


_WORD = re.compile(r"\w+")


@lru_cache(maxsize=16)
def words_in(text: str) -> frozenset[str]:
    """The words of a sentence in small letters.  Several rules ask for those of one sentence, one after the other."""
    return frozenset(_WORD.findall(text.lower()))


def holds(text: str, marks: Iterable[str]) -> bool:
    """Whether ``text`` holds one of ``marks``: to see that costs a tenth of a pattern that begins with them."""
    for mark in marks:  # noqa: SIM110 - half the time of any()
        if mark in text:
            return True
    return False


class Match(NamedTuple):
    """``text[start:end]`` of the searched sentence defines ``head``; ``weight`` 0–1, larger is surer."""

    head: str
    rule: str
    weight: float
    start: int
    end: int


Marks = tuple[tuple[int, int], ...]
"""Where bold or emphasised phrases stand in the sentence, in order."""

POINTS_BACK = re.compile(
    r"(?:(?:This|These|Such|That) (?!(?:[\w-]+ ){1,2}(?:of|in which|that) )|(?:That|This)[’'](?=s )|It|They|In this|"
    r"これ|この(?!よう)|それ|その|こう)"
)
"""The beginning of a sentence that speaks of what the sentence before said."""

PRONOUN_INSIDE = re.compile(
    r"\b(?:it|they|them|such|(?:this|these|(?<![\w)] )that) (?:is|are|was|were|will|can|may|would))\b(?!.*such as)"
    r"(?=.* (?:called|known as|termed|as) )"
)
"""“The water enclosed behind it is called the basin.”"""
_EARLY = 40

_BOILERPLATE = (
    "copyright",
    "all rights reserved",
    "table of contents",
    "licensed under",
    "著作権",
    "無断転載",
    "目次",
    "work in progress",
    "under construction",
    "click here",
    "self explanatory",
    "self-explanatory",
    "self\u2011explanatory",
    "edit this page",
    "(credit:",
)
_BRACKETED = re.compile(r"\s*[(（][^()（）]*[)）]")
_CODE = re.compile(
    r"[][{}<>=$\\|;:：]|--|//|\(\)|^\W*$|\b(?:Ctrl|Shift|Alt|Cmd)\s?[+-]|^(?:figure|table|図|表)\s?\d", re.I
)


def is_prose(text: str) -> bool:
    """Whether a sentence can define something at all: neither too short nor too long, no question, no lead-in
    to a list, no markup or code, no boiler-plate."""
    return (
        SHORTEST <= len(text) <= LONGEST
        and text[-1] not in "?？:：,、"
        and not holds(text.lower(), _BOILERPLATE)
        and 3 * sum(map(str.isalpha, text)) >= 2 * len(text) - 2 * text.count(" ")
    )


def leaves_open(text: str) -> bool:
    """“The water behind it is called …”: a pronoun so early that nothing before it in the sentence can be meant."""
    pronoun = PRONOUN_INSIDE.search(text)
    return pronoun is not None and pronoun.start() <= _EARLY


def is_code(text: str) -> bool:
    """Whether a phrase is markup, an option or a path rather than words."""
    return text.startswith(("-", "/", ".", "@", "#", "%", "&")) or _CODE.search(text) is not None


def is_named(head: str, text: str) -> bool:
    """Whether ``text`` holds ``head`` in one of its spellings, whatever its brackets put in between."""
    if head.casefold() in text.casefold():
        return True
    key = term_key(head)
    return any(key in term_key.__wrapped__(form) for form in (text, _BRACKETED.sub("", text)))


def clamp(weight: float) -> float:
    """``weight`` held between 0.05 and 1, to two digits."""
    return round(min(max(weight, 0.05), 1.0), 2)
