"""Markdown for people: a heading for each entry, in alphabetical order.

Text from documents stays text: whatever could start a heading, a list, a link or HTML is escaped by the
rules of CommonMark (https://spec.commonmark.org/0.31.2/#backslash-escapes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedGlossary
from genglossary_gui.core.i18n import _, listed

_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters that are no white space, and what turns the direction of writing."""
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>&#|~$])")
_AT_START = re.compile(r"^([-+=:]|\d{1,9}(?=[.)]))")


def render(glossary: ExportedGlossary) -> bytes:
    """The glossary as CommonMark in UTF-8."""
    parts = [f"# {escape(glossary.name)}"]
    for entry in sorted(glossary.entries, key=lambda entry: (entry.term.casefold(), entry.rank)):
        parts.extend(_entry(entry))
    return ("\n\n".join(parts) + "\n").encode()


def escape(text: str) -> str:
    """``text`` in one line that Markdown shows as it is, also at the start of a block."""
    line = " ".join(_INVISIBLE.sub("", text).split())
    return _AT_START.sub(_escape_start, _ACTIVE.sub(r"\\\1", line))


def _escape_start(found: re.Match[str]) -> str:
    # A number cannot be escaped; the point behind it can.
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"


def _entry(entry: ExportedEntry) -> Iterator[str]:
    yield f"## {escape(entry.term)}"
    if entry.aliases:
        yield _("Also: {aliases}").format(aliases=listed(escape(alias) for alias in entry.aliases))
    yield escape(entry.definition) or _("No definition found.")
    if entry.evidence:
        places = dict.fromkeys(f"{evidence.document}:{evidence.line}" for evidence in entry.evidence)
        yield "\n".join(f"- {escape(place)}" for place in places)
