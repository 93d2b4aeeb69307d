"""Passages that say the same of one term with different numbers or dates, or one with a “not” and one without."""

from __future__ import annotations

import re
from itertools import combinations

from rapidfuzz import fuzz

from genglossary_gui.core.glossary import Entry, Passage
from genglossary_gui.core.keys import has_japanese
from genglossary_gui.core.review.mentions import names

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9_.,-])(?:\d+(?:[.,]\d+)*(?: (?:{_MONTHS}))?"
    r"|[〇一二三四五六七八九十百千万]+(?=[日月年回度時分割人本枚号キミメパリ]))"
)
"""A number or a date; of those in kanji only what counts something."""
_CLAUSE = re.compile(r"(?:[^,;、。()（）.]|\.(?=\d)|(?<=は)、){1,120}")
"""Up to the comma; the one behind 「Xは、」 is part of it."""
_SHORTEST, _FEWEST_WORDS = 20, 6
_NOT = re.compile(
    r"(?<= is) not\b|(?<= are) not\b|(?<= can) not\b|(?<= may) not\b|(?<= can)not\b|ではありません|ではない|ません"
)
_CONDITION = re.compile(
    r"\b(?:if|when|unless|until|only|always|necessarily|usually)\b|場合|とき|だけ|限り|必ずしも", re.I
)
"""What is so only under some condition denies nothing."""
_LIKENESS = 92
"""Per cent of likeness (rapidfuzz) of two clauses without their numbers."""


def contradiction(entry: Entry) -> tuple[str, str] | None:
    """The first two clauses about the term, of all its passages, that are alike but for as many numbers or a “not”."""
    said = [clause for passage in entry.term.passages if (clause := _clause(passage, entry))]
    numbered = [clause for clause in said if _NUMBER.search(clause)]
    found = next((pair for pair in combinations(numbered, 2) if _differ(*pair)), None)
    return found or next((pair for pair in combinations(said, 2) if _deny(*pair)), None)


def _clause(passage: Passage, entry: Entry) -> str:
    """What the passage says of the term, from its name to the end of the clause; empty when that is too short."""
    text = passage.text.casefold()
    places = [at for name in names(entry) if (at := text.find(name.casefold())) >= 0]
    clause = _CLAUSE.match(passage.text, min(places)) if places else None
    if not clause or len(clause[0]) < _SHORTEST:
        return ""
    # “Lifecycle Index 2015 Fund” is a name, no statement.
    return clause[0] if has_japanese(clause[0]) or len(clause[0].split()) >= _FEWEST_WORDS else ""


def _differ(ours: str, theirs: str) -> bool:
    first, second = _NUMBER.findall(ours), _NUMBER.findall(theirs)
    alike = fuzz.ratio(_NUMBER.sub("#", ours), _NUMBER.sub("#", theirs)) >= _LIKENESS
    return first != second and len(first) == len(second) and alike


def _deny(ours: str, theirs: str) -> bool:
    """Whether one clause says word for word what the other one denies: “X is …”, “X is not …”."""
    if _CONDITION.search(ours) or _CONDITION.search(theirs):
        return False
    first, second = (_NOT.sub(_affirmed, text).casefold().strip() for text in (ours, theirs))
    return first == second and bool(_NOT.search(ours)) != bool(_NOT.search(theirs))


def _affirmed(found: re.Match[str]) -> str:
    return {"ではありません": "です", "ではない": "である", "ません": "ます"}.get(found[0], "")
