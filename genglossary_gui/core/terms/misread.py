"""Nouns that HanTa takes for something else: of a word that it does not know it guesses by the last letters, and reads
“osmolarity” and “committer” as adverbs, “taxonomy” as an adjective, “protozoa” as a number."""

from __future__ import annotations

import re

from genglossary_gui.core.text import Pos

_NOUN_ENDING = re.compile(r"(?:[nt]omy|logy|geny|ploidy|[ae]ncy|pathy|metry|scopy|graphy|ism|[oey]sis|tude|ness)$")
_ADVERB_ENDING = re.compile(r"(?:ly|wards?|wise|where|ways|fold|most)$")
_WORDS = {
    Pos.ADVERB: """
        abroad afresh again ahead alike alone altogether anew anyhow anymore apart aside astray away back beforehand
        besides closer else enough farther fast faster fastest forever forth further furthest halfway harder hence
        henceforth indeed indoors instead latter likelier little long longer longest low lower midway much nearer
        nevertheless nonetheless offline okay online outdoors outright overnight overseas pretty quicker regardless
        right seldom slower somehow sometime somewhat soon sooner soonest straight thence thereafter thereby therein
        thereof thereupon today tomorrow tonight twice underway upstairs downstairs uphill downhill verbatim whence
        whenever whereby wherein whereupon wide yesterday
    """,
    Pos.NUMBER: """
        one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
        trillion dozen tens dozens hundreds thousands millions billions half halves thirds quarters fourths fifths
        tenths
    """,
}
_CLOSED = {pos: frozenset(words.split()) for pos, words in _WORDS.items()}
"""All adverbs that do not end as adverbs do, and all words for numbers."""


def is_misread_noun(word: str, pos: Pos) -> bool:
    """Whether ``word`` (in small letters), which HanTa takes for a ``pos``, is a noun."""
    match pos:
        case Pos.ADJECTIVE:
            return _NOUN_ENDING.search(word) is not None
        case Pos.ADVERB:
            return word not in _CLOSED[pos] and _ADVERB_ENDING.search(word) is None
        case Pos.NUMBER:
            return word not in _CLOSED[pos]
        case _:
            return False
