"""CSV and TSV of any program: in UTF-8, UTF-16, or the Japanese or Western European encoding of Windows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from genglossary_gui.core.exchange.cells import unguard
from genglossary_gui.core.exchange.fields import Row, entries_of_table
from genglossary_gui.core.exchange.imported import LONGEST_TEXT, BadRow, ImportedFile, ImportProblem
from genglossary_gui.core.i18n import _

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t"
_SAMPLE = 2_000
"""Lines that are looked at to tell encodings apart."""
_FOREIGN_LINES = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")
_FOREIGN = re.compile(r"[^\0-\x7f]")
_ALONE = re.compile(r"(?<![^\0-\x7f])[^\0-\x7f](?![^\0-\x7f])")
_IMPOSSIBLE = re.compile("[\x80-\xa0\ufffd\ue000-\uf8ff]")
_HALF_WIDTH = frozenset(map(chr, range(0xFF61, 0xFFA0)))
_ASCII_END = 0x80


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
    for encoding in (marked,) if marked else _likely(data):
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


def _likely(data: bytes) -> Iterator[str]:
    """Encodings of text without a mark, in the order of belief.

    The bytes of “Größe” can often be read as Japanese too.  Then each foreign letter stands alone, made of one byte or
    of one and a Latin letter; in Japanese they stand side by side, or are made of two bytes beyond ASCII.
    """
    yield "utf-8"
    lines = islice(_FOREIGN_LINES.finditer(data), _SAMPLE)
    text = b"".join(line[0] for line in lines).decode("cp932", errors="replace")
    western = sum(_is_western(found[0]) for found in _ALONE.finditer(text)) + len(_IMPOSSIBLE.findall(text))
    yield "cp1252" if western * 2 > len(_FOREIGN.findall(text)) else "cp932"


def _is_western(letter: str) -> bool:
    """Of a letter that was read as Japanese: whether it is one of a Western language rather."""
    if _IMPOSSIBLE.fullmatch(letter):
        return False  # counted apart from these
    return letter in _HALF_WIDTH or letter.encode("cp932")[-1] < _ASCII_END


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
        except csv.Error as error:
            if "field larger" in str(error):
                reason = _("A text is too long.")
            else:
                reason = _("A quotation mark is missing or stands in the wrong place.")
            broken.append(BadRow(line, reason))
            continue
        yield line, [unguard(cell) for cell in cells]
