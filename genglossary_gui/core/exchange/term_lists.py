"""Lists of terms as files: a name in each line, or the first column of a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.exchange.cells import clean_name, guard, unguard
from genglossary_gui.core.exchange.from_csv import decode
from genglossary_gui.core.exchange.writing import write_whole
from genglossary_gui.core.i18n import _
from genglossary_gui.core.keys import term_key

MOST_NAMES, LONGEST_NAME = 20_000, 200
_MOST_BYTES = 8 << 20
_TITLES = frozenset({"term", "terms", "name", "用語", "名称"})


def read_names(path: Path) -> list[str]:
    """The names in a list, each once.  Raises ``UsageError`` with what is wrong with the file; for any thread."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(_("“{name}” is too large for a list of terms.").format(name=path.name))
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(_("“{name}” cannot be read: {reason}.").format(name=path.name, reason=reason)) from error
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UsageError(_("“{name}” holds no text.").format(name=path.name))
    text = decode(data)
    names = _column(text) if path.suffix.lower() in (".csv", ".tsv") else text.splitlines()
    return clean_names(names)


def clean_names(names: Iterable[str]) -> list[str]:
    """Names with single blanks, each once; lines without a letter, comments (#) and titles of columns are left out."""
    found: dict[str, None] = {}
    for number, line in enumerate(names):
        name = " ".join(clean_name(line.replace("\ufeff", "")).split())
        is_title = number == 0 and name.lower() in _TITLES
        if name and not name.startswith("#") and not is_title and len(name) <= LONGEST_NAME and term_key(name):
            found[name] = None
        if len(found) >= MOST_NAMES:
            break
    return list(found)


def write_names(path: Path, names: Iterable[str]) -> None:
    """A name in each line, or a CSV file with one column.  Whole or not at all; raises ``ExportError``."""
    if path.suffix.lower() == ".csv":
        rows = io.StringIO()
        csv.writer(rows, lineterminator="\r\n").writerows([("term",), *((guard(name),) for name in names)])
        write_whole(path, ("\ufeff" + rows.getvalue()).encode("utf-8"))
    else:
        write_whole(path, "".join(f"{name}\n" for name in names).encode("utf-8"))


def _column(text: str) -> list[str]:
    try:
        dialect = csv.Sniffer().sniff(text[:4096], ",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        return [unguard(row[0]) for row in csv.reader(io.StringIO(text), dialect) if row]
    except csv.Error:
        return text.splitlines()
