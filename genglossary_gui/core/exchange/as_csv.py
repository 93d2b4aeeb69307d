"""CSV for spreadsheets: RFC 4180, one row for each entry.

UTF-8 with a byte order mark: without it Excel reads the file in the system's old encoding and Japanese
becomes unreadable; other programs skip the mark.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from genglossary_gui.core.exchange.cells import clean_text, guard
from genglossary_gui.core.exchange.columns import ALL, Value, chosen
from genglossary_gui.core.exchange.exported import ExportedGlossary


def render(glossary: ExportedGlossary, columns: Sequence[str] = ALL) -> bytes:
    """The glossary as CSV; lists in a cell are separated by ``"; "``, sources are ``document:line``."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    wanted = chosen(columns)
    # Machines read the header, so it is never translated.
    writer.writerow([column.name for column in wanted])
    writer.writerows([_cell(column.value(entry)) for column in wanted] for entry in glossary.entries)
    return buffer.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> Value:
    return guard(clean_text(value)) if isinstance(value, str) else value
