"""CSV and TSV of any program: in UTF-8, UTF-16 or the Japanese encoding of Windows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from genglossary_gui.core.exchange.cells import unguard
from genglossary_gui.core.exchange.fields import Row, entries_of_table
from genglossary_gui.core.exchange.imported import LONGEST_TEXT, BadRow, ImportedFile, ImportProblem
from genglossary_gui.core.i18n import _

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t"


def read_csv(data: bytes, mapping: Mapping[int, str] | None = None) -> ImportedFile:
    """The entries of a table as text.  Raises ``ImportProblem``."""
    text = decode(data)
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    broken: list[BadRow] = []
    found = entries_of_table(_rows(text, delimiter, broken), "csv", mapping)
    bad = sorted((*found.bad, *broken), key=lambda row: row.line)
    return ImportedFile(found.format, found.entries, tuple(bad), found.columns)


def decode(data: bytes) -> str:
    """``data`` as text; ``"\\0"`` is dropped.  Raises ``ImportProblem`` when it is none in a known encoding."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # A file of another kind is full of controls; some text has a few.
        if text[:4096].count("\0") * 8 > len(text[:4096]):
            break
        return text.replace("\0", "")
    raise ImportProblem(
        _("The file is not text in a known encoding."), hint=_("Save it as UTF-8 in the program that wrote it.")
    )


def _rows(text: str, delimiter: str, broken: list[BadRow]) -> Iterator[Row]:
    """The records; those that cannot be read go to ``broken``, and the reading goes on behind them."""
    # The limit of the module is one for the whole process; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_TEXT + 2))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken.append(BadRow(line, _("A quotation mark is missing or stands in the wrong place.")))
            continue
        yield line, [unguard(cell) for cell in cells]
