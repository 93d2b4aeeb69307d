"""Markdown for people: a heading for each entry, in alphabetical order.

Text from documents stays text: whatever could start a heading, a list, a link or HTML is escaped by the
rules of CommonMark (https://spec.commonmark.org/0.31.2/#backslash-escapes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from genglossary_gui.core.exchange.columns import FOR_READING, Column, absence, chosen, sources
from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedGlossary
from genglossary_gui.core.i18n import _, listed
from genglossary_gui.core.own_glossary import MARKDOWN_MARK

_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters that are no white space, what turns the direction of writing, and halves of pairs."""
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>&#|~$])")
_AT_START = re.compile(r"^([-+=:]|\d{1,9}(?=[.)]))")
_IN_TEXT = ("term", "aliases", "definition", "sources", "notes")
"""The columns that have a place of their own; the others share a line."""


def render(glossary: ExportedGlossary, columns: Sequence[str] = FOR_READING) -> bytes:
    """The glossary as CommonMark in UTF-8."""
    parts = [f"# {escape(glossary.name)}"]
    wanted = {column.name: column for column in chosen(columns)}
    facts = [column for name, column in wanted.items() if name not in _IN_TEXT]
    for entry in alphabetical(glossary):
        parts.extend(_entry(entry, wanted, facts))
    parts.append(MARKDOWN_MARK)
    return ("\n\n".join(parts) + "\n").encode()


def alphabetical(glossary: ExportedGlossary) -> list[ExportedEntry]:
    """The entries in the order in which a person looks them up."""
    return sorted(glossary.entries, key=lambda entry: (entry.term.casefold(), entry.rank))


def escape(text: str) -> str:
    """``text`` in one line that Markdown shows as it is, also at the start of a block."""
    line = " ".join(_INVISIBLE.sub("", text).split())
    return _AT_START.sub(_escape_start, _ACTIVE.sub(r"\\\1", line))


def _escape_start(found: re.Match[str]) -> str:
    # A number cannot be escaped; the point behind it can.
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"


def _entry(entry: ExportedEntry, wanted: dict[str, Column], facts: Sequence[Column]) -> Iterator[str]:
    yield f"## {escape(entry.term)}"
    if "aliases" in wanted and entry.aliases:
        yield _("Also: {aliases}").format(aliases=listed(escape(alias) for alias in entry.aliases))
    if "definition" in wanted:
        # Nothing is left of one that turns the direction of writing and says no word.
        yield f"{absence(entry)} {escape(entry.definition)}".strip() or _("No definition found.")
    if shown := [(column.title, column.shown(entry)) for column in facts]:
        yield escape(" · ".join(f"{title}: {value}" for title, value in shown if value))
    if "notes" in wanted and entry.notes.strip():
        yield f"{wanted['notes'].title}: {escape(entry.notes)}"
    if "sources" in wanted and entry.evidence:
        yield "\n".join(f"- {escape(place)}" for place in sources(entry))
