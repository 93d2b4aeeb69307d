"""The formats an export can have.  A new one is a module with ``render`` and a line here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.exchange import as_csv, as_docx, as_html, as_json, as_markdown, as_tbx, as_xlsx
from genglossary_gui.core.exchange.columns import ALL, FOR_READING
from genglossary_gui.core.exchange.exported import ExportedGlossary
from genglossary_gui.core.i18n import _, listed


class Render(Protocol):
    def __call__(self, glossary: ExportedGlossary, columns: Sequence[str] = ...) -> bytes:
        """The glossary as the content of a file; raises ``ExportError`` for what the format cannot hold."""
        ...


@dataclass(frozen=True)
class Format:
    """``everything``: holds all candidates unless asked otherwise, because programs read it, not people.

    ``columns``: those it has unless others are chosen; empty where the format itself says what it holds.
    """

    name: str
    suffixes: tuple[str, ...]
    render: Render
    columns: tuple[str, ...] = ()
    everything: bool = False


FORMATS = {
    format.name: format
    for format in (
        Format("md", (".md", ".markdown"), as_markdown.render, FOR_READING),
        Format("html", (".html", ".htm"), as_html.render, FOR_READING),
        Format("csv", (".csv",), as_csv.render, ALL),
        Format("xlsx", (".xlsx",), as_xlsx.render, ALL),
        Format("json", (".json",), as_json.render, everything=True),
        Format("tbx", (".tbx",), as_tbx.render),
        Format("docx", (".docx",), as_docx.render, FOR_READING),
    )
}
"""Name → format, in the order in which they are offered."""


def choose_format(target: Path, name: str | None = None) -> Format:
    """The format called ``name``, or the one that the suffix of ``target`` means.  Raises ``UsageError``."""
    known = listed(FORMATS)
    if name is not None:
        if name not in FORMATS:
            raise UsageError(_("“{name}” is not an export format; there are {known}.").format(name=name, known=known))
        return FORMATS[name]
    suffix = target.suffix.lower()
    found = next((format for format in FORMATS.values() if suffix in format.suffixes), None)
    if found is None:
        raise UsageError(
            _("The name “{name}” does not tell the format; there are {known}.").format(name=target.name, known=known)
        )
    return found
