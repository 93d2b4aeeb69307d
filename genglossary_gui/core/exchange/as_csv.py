"""CSV for spreadsheets: RFC 4180, one row for each entry.

UTF-8 with a byte order mark: without it Excel reads the file in the system's old encoding and Japanese
becomes unreadable; other programs skip the mark.
"""

from __future__ import annotations

import csv
import io
import re

from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedGlossary

COLUMNS = (
    "term",
    "aliases",
    "category",
    "definition",
    "confidence",
    "stage",
    "approved",
    "rank",
    "score",
    "frequency",
    "document_frequency",
    "sources",
    "notes",
    "origin",
)
"""The header; machines read it, so it is never translated."""

# What a spreadsheet may take for a formula (https://owasp.org/www-community/attacks/CSV_Injection); the
# full-width signs count in Japanese ones.  Apostrophes may stand before it, so that dropping one from
# whatever matches always undoes the guard.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def render(glossary: ExportedGlossary) -> bytes:
    """The glossary as CSV; lists in a cell are separated by ``"; "``, sources are ``document:line``."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(entry) for entry in glossary.entries)
    return buffer.getvalue().encode("utf-8-sig")


def guard(text: str) -> str:
    """``text`` as a cell that no spreadsheet computes: an apostrophe before what looks like a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _row(entry: ExportedEntry) -> tuple[str | int | float, ...]:
    sources = "; ".join(f"{evidence.document}:{evidence.line}" for evidence in entry.evidence)
    return (
        guard(entry.term),
        guard("; ".join(entry.aliases)),
        entry.category,
        guard(entry.definition),
        entry.confidence,
        entry.stage,
        "true" if entry.approved else "false",
        entry.rank,
        entry.score,
        entry.frequency,
        entry.document_frequency,
        guard(sources),
        guard(entry.notes),
        entry.origin,
    )
