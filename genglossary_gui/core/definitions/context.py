"""Which sentences belong to a passage: those before it that a pronoun points to, the one behind it that finishes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from genglossary_gui.core.definitions import english_marked
from genglossary_gui.core.definitions.match import LONGEST, POINTS_BACK, Match, leaves_open
from genglossary_gui.core.text import Sentence

MOST_BEFORE = 2
"""Sentences before the one that names a term that may be needed to understand it."""
_SUCH = re.compile(r"(?:この|その)ような|こうした|そうした")
_UNCERTAIN = re.compile(
    r"(?:It|They|This|That|These|Those|He|She|We|You|I|Ours?|Yours?|Theirs?|Its|Their|His|Hers?|Both|Others?|"
    r"Another|One|Some|Such|There|Here|If|When|But|And|So|However|Then|Or|Click|Select|Press|Use|See|After)\b|"
    r"この(?!よう)|その|これ|それ|ここ|そこ|こう|そう|また|しかし|ただし|もし|次に"
)
"""A sentence to which a pronoun of the next one cannot be traced with certainty, for it leans on another one itself.
What is named behind it is a term all the same, yet no quote explains it."""
_SURELY_UNCERTAIN = re.compile(
    r"(?:He|She|We|You|I|Ours?|Yours?|Theirs?|Its|Their|His|Hers?|There|Here|Then|Or|Click|Select|Press|Use|See|Another|"
    r"Others?)\b"
)
"""… and where the name is set in bold, as textbooks do: what comes before may begin with “When …”, “Some …”."""
_LEANS = re.compile(
    r"(?:It|They|This|These|Ours|Theirs?|Its|Their)\b|(?:In|On|At|With|By|For) [^.;]{0,30}\b(?:such|these|this) [a-z]|"
    r"その|これ|それ"
)
"""A sentence that speaks on of what the one before it named."""
_HERE = re.compile(r"\b(?:here|above|below|following)\b")
_IT_OF_ONE = re.compile(r"The [^.]*\bit is [^.]* (?:called|known as|termed)\b")
"""“The submodule has …; the repository it is embedded in is called …”: of one that was spoken of before."""
_POINTS_AT = re.compile(r"(?:This|These|Such|That|It|They) ")
_GOES_ON = re.compile(
    r"(?P<it>It|They|This|These|Such|Rather|Instead|Specifically|That is|In other words)\b|"
    r"(?:(?:In|With|During) )?(?:(?:[Tt]he|[Aa]n?) )?"
)
"""How a sentence begins that may say more of what the one before it named."""
_MEANS = ("copula", "refers", "function", "apposition")
_SAYS_MORE = re.compile(
    r"(?:It|They) (?!was\b|were\b|would\b|had\b|did\b|will\b)[a-z]|"
    r"(?:Rather|Instead|Specifically|That is|In other words|In short|More precisely|Simply put),? "
)
"""“It is made up of …”: the rest of what the sentence before it began to explain."""
_LONGEST_PAIR = 320
_ELSEWHERE = re.compile(
    r"\b(?:shown|illustrated|seen|depicted|presented|listed|given|discussed|described) (?:in|by)\b|\b[Ff]igure\b"
)
"""What sends its reader to a picture or another place."""


def placed(
    text: str,
    match: Match,
    sentence: Sentence,
    before: Sequence[Sentence],
    after: Sequence[Sentence],
    *,
    is_set: bool,
) -> tuple[int, int] | None:
    """Where the passage begins and ends that ``match``, found in ``sentence``, needs to be understood.

    ``before`` and ``after`` are the sentences of the text around it, ``is_set`` says whether its name is set in bold
    or italics there.  ``None`` where what it points to cannot be found.
    """
    start, end = match.start + sentence.start, match.end + sentence.start
    here = text[sentence.start : sentence.end]
    is_set = is_set and sentence.language != "ja"
    points = POINTS_BACK.match(here) or _SUCH.match(here) or (is_set and _POINTS_AT.match(here))
    if match.rule == "called" and (points or leaves_open(here) or _IT_OF_ONE.match(here)):
        # “… . This is called X.” makes sense only with the sentence before.
        led = _led_by(text, before, sentence, _SURELY_UNCERTAIN if is_set else _UNCERTAIN)
        if led is None and points:
            return None
        start = start if led is None else led
    elif is_set and _needs_one_before(match, here):
        led = _led_by(text, before, sentence, _SURELY_UNCERTAIN)
        if match.rule == "marked" and (led is None or led == sentence.start):
            return None
        start = start if led is None else led
    if before and start < before[-1].start:
        return start, end  # Three sentences are enough.
    if is_set and match.rule in ("marked", "called"):
        end = _led_on(text, sentence, after, match.head, start)
    elif is_set and match.rule in _MEANS and after and after[0].block == sentence.block:
        goes_on = _SAYS_MORE.match(text, after[0].start) and not _ELSEWHERE.search(text, after[0].start, after[0].end)
        end = after[0].end if goes_on and after[0].end - start <= _LONGEST_PAIR else end
    return start, end


def _needs_one_before(match: Match, sentence: str) -> bool:
    if match.rule == "marked":
        return english_marked.points_back(sentence)
    return match.rule == "apposition" and _POINTS_AT.match(sentence) is not None


def _led_by(text: str, before: Sequence[Sentence], sentence: Sentence, uncertain: re.Pattern[str]) -> int | None:
    """Where the sentence begins, of those ``before``, to which a pronoun in ``sentence`` can be traced with certainty:
    the last one, or where that leans on a thing spoken of before it the one that names this.

    Its own start if none is certain; ``None`` if none stands near enough.
    """
    near: int | None = None
    for earlier in reversed(before):
        if earlier.block != sentence.block or sentence.end - earlier.start > LONGEST:
            break
        near = sentence.start
        if not _LEANS.match(text, earlier.start, earlier.end):
            points = uncertain.match(text, earlier.start) or _HERE.search(text, earlier.start, earlier.end)
            return near if points else earlier.start
    return near


def _led_on(text: str, sentence: Sentence, after: Sequence[Sentence], head: str, start: int) -> int:
    """Where the passage ends: behind the next sentence, if that goes on speaking of the name that is marked here."""
    if not after or after[0].block != sentence.block or after[0].end - start > LONGEST:
        return sentence.end
    if _ELSEWHERE.search(text, after[0].start, after[0].end):
        return sentence.end
    begins = _GOES_ON.match(text, after[0].start)
    more = begins and (begins["it"] or text.startswith((head, head[:1].upper() + head[1:]), begins.end()))
    return after[0].end if more else sentence.end
