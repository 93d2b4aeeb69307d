"""Passages that say the same of one term with different numbers or dates."""

from __future__ import annotations

import re
from itertools import combinations

from rapidfuzz import fuzz

from genglossary_gui.core.glossary import Entry, Passage
from genglossary_gui.core.keys import has_japanese
from genglossary_gui.core.review.mentions import names

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMBER = re.compile(
    rf"(?<![\w.,-])(?:\d+(?:[.,]\d+)*(?: (?:{_MONTHS}))?"
    r"|[〇一二三四五六七八九十百千万]+(?=[日月年回度時分割人本枚号キミメパリ]))"
)
"""A number or a date; of those in kanji only what counts something."""
_CLAUSE = re.compile(r"(?:[^,;、。()（）.]|\.(?=\d)){1,120}")
_SHORTEST, _FEWEST_WORDS = 20, 6
_LIKENESS = 92
"""Per cent of likeness (rapidfuzz) of two clauses without their numbers."""


def contradiction(entry: Entry) -> tuple[str, str] | None:
    """The first two clauses about the term, of all its passages, that are alike but for as many numbers."""
    said = [clause for passage in entry.term.passages if (clause := _numbered_clause(passage, entry))]
    return next((pair for pair in combinations(said, 2) if _differ(*pair)), None)


def _numbered_clause(passage: Passage, entry: Entry) -> str:
    """What the passage says of the term, from its name to the end of the clause; empty without a number in it."""
    text = passage.text.casefold()
    places = [at for name in names(entry) if (at := text.find(name.casefold())) >= 0]
    clause = _CLAUSE.match(passage.text, min(places)) if places else None
    if not clause or len(clause[0]) < _SHORTEST or not _NUMBER.search(clause[0]):
        return ""
    # “Lifecycle Index 2015 Fund” is a name, no statement.
    return clause[0] if has_japanese(clause[0]) or len(clause[0].split()) >= _FEWEST_WORDS else ""


def _differ(ours: str, theirs: str) -> bool:
    first, second = _NUMBER.findall(ours), _NUMBER.findall(theirs)
    alike = fuzz.ratio(_NUMBER.sub("#", ours), _NUMBER.sub("#", theirs)) >= _LIKENESS
    return first != second and len(first) == len(second) and alike
