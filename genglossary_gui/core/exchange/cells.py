"""What texts look like in the files of other programs: without harmful characters, never a formula, lists in one cell.

Export and import share these rules, so that what was written is read again: for every text,
``clean_text(unguard(guard(clean_text(text)))) == clean_text(text)``, and likewise for lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Controls other than tab and line feed, halves of surrogate pairs, and what is no character: XML 1.0 forbids most of
# them, and none means anything in a glossary.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_BREAKS = re.compile("[\t\n]+")

# What a spreadsheet may take for a formula (https://owasp.org/www-community/attacks/CSV_Injection); the
# full-width signs count in Japanese ones.  Apostrophes may stand before it, so that dropping one from
# whatever matches always undoes the guard.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")

_SEPARATORS = ";；、|\n"
"""What separates the items of a list that people typed; we write only the first."""
_ITEM = re.compile(rf'\s*(?:"((?:[^"]|"")*)"\s*(?=[{_SEPARATORS}]|$)|([^{_SEPARATORS}]*))(?:[{_SEPARATORS}]|$)')
_NEEDS_QUOTES = re.compile(rf'[{_SEPARATORS}]|^"|^\s|\s$')


def clean_text(text: str) -> str:
    """``text`` with line feeds as its only line ends and without what no file can hold or nobody sees at its edges."""
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)).strip()


def clean_name(text: str) -> str:
    """``text`` as ``clean_text`` gives it, in one line: for terms and aliases."""
    return _BREAKS.sub(" ", clean_text(text)).strip()


def guard(text: str) -> str:
    """``text`` as a cell that no spreadsheet computes: an apostrophe before what looks like a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """What ``guard`` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def join_list(items: Iterable[str]) -> str:
    """The items in one cell, separated by ``"; "``; those that hold a separator stand in quotation marks."""
    names = filter(None, map(clean_name, items))
    return "; ".join(_quoted(name) if _NEEDS_QUOTES.search(name) else name for name in names)


def split_list(text: str) -> tuple[str, ...]:
    """The items of such a cell, each once, in order; also of one a person has filled."""
    found: dict[str, None] = {}
    place = 0
    while place < len(text):
        match = _ITEM.match(text, place)
        assert match is not None  # its second alternative matches anything
        item = match[2] if match[1] is None else match[1].replace('""', '"')
        if item := clean_name(item):
            found[item] = None
        place = max(match.end(), place + 1)
    return tuple(found)


def _quoted(item: str) -> str:
    return '"' + item.replace('"', '""') + '"'
