"""Abbreviations whose long form is nowhere to be found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from genglossary_gui.core.glossary import Entry
from genglossary_gui.core.review.mentions import names

_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9_.-])[A-Z]{2,6}(?![A-Za-z0-9_-])")
"""Japanese words may touch it on both sides."""
_SMALL_WORD = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])")
_LONG_FORM = (
    r"\s?[(（][^()（）]{{6,}}[)）]|{name}\s(?:stands? for|is short for|means)|"
    r"{name}(?:は|とは).{{3,60}}(?:略|頭字語)"
)
_FAMILIAR_WORDS = """
AM PM OK ID PC TV UK US USA EU CD DVD CPU GPU RAM ROM USB PDF HTML HTTP HTTPS URL URI XML JSON CSS SQL
API UI GUI IT AI OS IP TCP UDP DNS SSH FTP CSV PNG JPEG JPG GIF ASCII UTF ISO AND OR NOT NULL TRUE FALSE
TODO FAQ YAML PHP CLI README SSL TLS KW MW GW HZ KHZ MHZ GHZ MUST SHALL SHOULD MAY GET POST PUT HEAD SELECT
UPDATE INSERT DELETE DNA RNA NASA UNIX GNU SDK IDE GB MB KB TB II III IV VI VII
"""
_FAMILIAR = frozenset(_FAMILIAR_WORDS.split())


def undefined_abbreviations(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """``(key of the entry, abbreviation)`` for each abbreviation nothing explains, each once.

    An entry's own term comes first; abbreviations that readers know from daily life are left out, and so are words that
    definitions write in small letters too: “CLIENT” is no abbreviation.
    """
    explained = {name.casefold() for entry in entries for name in names(entry)}
    words = {word for entry in entries for word in _SMALL_WORD.findall(entry.definition.text)}
    told: set[str] = set()
    for entry in entries:
        term = entry.term.term
        if (
            term not in _FAMILIAR
            and term.casefold() not in words
            and _ABBREVIATION.fullmatch(term)
            and not _has_long_form(entry)
        ):
            told.add(term)
            yield entry.term.key, term
    for entry in entries:
        text = entry.definition.text
        for found in _ABBREVIATION.findall(text):
            if (
                found in told
                or found.casefold() in explained
                or found in _FAMILIAR
                or found.casefold() in words
                or _expands(text, found)
                or found == _initials(entry.term.term)
            ):
                continue
            told.add(found)
            yield entry.term.key, found


def _has_long_form(entry: Entry) -> bool:
    if any(variant.kind == "long_form" or " " in variant.surface for variant in entry.term.variants):
        return True
    texts = (entry.definition.text, *(passage.text for passage in entry.term.passages))
    return any(_expands(text, entry.term.term) for text in texts) or any(
        passage.rule == "expansion" for passage in entry.term.passages
    )


def _initials(term: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]+", term) if word).upper()


def _expands(text: str, abbreviation: str) -> bool:
    """Whether ``text`` holds “ABC (long form)”, “long form (ABC)” or “ABC stands for”."""
    name = re.escape(abbreviation)
    return re.search(rf"[(（]{name}s?[)）]|{name}" + _LONG_FORM.format(name=name), text) is not None
