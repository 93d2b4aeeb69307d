"""Comma- and tab-separated values: each record a table row."""

from __future__ import annotations

import csv
import io

from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.documents.plain_text import read_records
from genglossary_gui.core.text import BlockKind, DocumentText

_DELIMITERS = ",;\t|"


def read_csv(text: str) -> DocumentText:
    """The records of a table whose first line shows what separates its fields.  Never raises."""
    first = text.lstrip().partition("\n")[0]
    return _read(text, max(_DELIMITERS, key=first.count))


def read_tsv(text: str) -> DocumentText:
    """The records of a table whose fields are separated by tabs.  Never raises."""
    return _read(text, "\t")


def _read(text: str, delimiter: str) -> DocumentText:
    builder = TextBuilder(text.count("\n") + 1)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in rows:
            builder.block(BlockKind.TABLE_ROW)
            for field in row:
                builder.cell()
                builder.write(field, line)
            line = rows.line_num + 1
    except csv.Error:  # a quotation mark without an end swallows the rest of the file
        return read_records(text)
    return builder.finish()
