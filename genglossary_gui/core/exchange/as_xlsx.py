"""A workbook for spreadsheets: one sheet, a header that stays, every text a text.

Strings are never formulas or links, and their cells keep the mark that makes a spreadsheet treat them as text
also after a person has edited them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange.cells import clean_text
from genglossary_gui.core.exchange.columns import ALL, chosen
from genglossary_gui.core.exchange.exported import ExportedGlossary
from genglossary_gui.core.i18n import _
from genglossary_gui.core.own_glossary import MARK

_LONGEST_CELL = 32_767
_MOST_ROWS = 1_048_575
_EPOCH = datetime(2000, 1, 1)
_WIDTHS = {"term": 28, "aliases": 28, "definition": 70, "sources": 36, "notes": 36}
_TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(glossary: ExportedGlossary, columns: Sequence[str] = ALL) -> bytes:
    """The glossary as a workbook.  Raises ``ExportError`` for what no spreadsheet can hold."""
    from xlsxwriter import Workbook  # only who writes one waits for it

    if len(glossary.entries) > _MOST_ROWS:
        raise ExportError(_("A spreadsheet cannot hold so many entries."), hint=_("Choose CSV for them."))
    buffer = io.BytesIO()
    book = Workbook(buffer, _TEXT_ONLY)
    # What makes the same file of the same glossary: no moment of writing in it.
    book.set_properties({"title": clean_text(glossary.name)[:255], "created": _EPOCH, "comments": MARK})
    sheet = book.add_worksheet("Glossary")
    header = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True, "num_format": "@"})
    number = book.add_format({"valign": "top"})
    wanted = chosen(columns)
    for index, column in enumerate(wanted):
        sheet.set_column(index, index, _WIDTHS.get(column.name, 14))
        sheet.write_string(0, index, column.name, header)
    for row, entry in enumerate(glossary.entries, 1):
        for index, column in enumerate(wanted):
            value = column.value(entry)
            if isinstance(value, str):
                if text := _fitting(clean_text(value), entry.term):
                    sheet.write_string(row, index, text, plain)
            else:
                sheet.write_number(row, index, value, number)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(glossary.entries), 1), len(wanted) - 1)
    book.close()
    return buffer.getvalue()


def _fitting(text: str, term: str) -> str:
    """``text``, whose length a spreadsheet counts in UTF-16.  Raises ``ExportError`` when it is too long."""
    if len(text) > _LONGEST_CELL // 2 and len(text.encode("utf-16-le")) > 2 * _LONGEST_CELL:
        raise ExportError(
            _("The text for “{term}” is longer than a cell of a spreadsheet can be.").format(term=term[:80]),
            hint=_("Choose CSV, or leave that column out."),
        )
    return text
