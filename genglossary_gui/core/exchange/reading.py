"""Opens a file of another program and says what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from genglossary_gui.core.exchange.from_csv import read_csv
from genglossary_gui.core.exchange.from_json import read_json
from genglossary_gui.core.exchange.from_tbx import read_tbx
from genglossary_gui.core.exchange.from_xlsx import read_xlsx
from genglossary_gui.core.exchange.imported import MOST_BYTES, ImportedFile, ImportProblem
from genglossary_gui.core.i18n import _, listed

SUFFIXES = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".json": "json", ".tbx": "tbx", ".xml": "tbx"}
"""Suffix of the name → format."""

_OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format 3")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_file(path: Path, mapping: Mapping[int, str] | None = None) -> ImportedFile:
    """The entries of a CSV, XLSX, TBX or JSON file; its suffix tells which.

    ``mapping`` (column number from 0 → field) replaces the guess for tables.  Any thread may call this.
    Raises ``ImportProblem``; the file is never changed.
    """
    format = SUFFIXES.get(path.suffix.lower())
    if format is None:
        raise ImportProblem(
            _("“{name}” is no file that can be imported.").format(name=path.name),
            hint=_("There are {known}.").format(known=listed(("csv", "xlsx", "tbx", "json"))),
        )
    data = _read(path)
    _check_kind(data, format)
    if format == "csv":
        return read_csv(data, mapping)
    if format == "xlsx":
        return read_xlsx(data, mapping)
    return read_tbx(data) if format == "tbx" else read_json(data)


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            words = _("“{name}” is not an ordinary file.") if path.exists() else _("“{name}” is not there.")
            raise ImportProblem(words.format(name=path.name))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ImportProblem(_("“{name}” cannot be read: {reason}.").format(name=path.name, reason=reason)) from error
    if len(data) > MOST_BYTES:
        raise ImportProblem(
            _("“{name}” is larger than {count} MB.").format(name=path.name, count=MOST_BYTES >> 20),
            hint=_("Split it into smaller ones."),
        )
    if not data.strip():
        raise ImportProblem(_("There is nothing in the file."))
    return data


def _check_kind(data: bytes, format: str) -> None:
    """Names lie; what is plainly something else is told so, not read as a strange table."""
    if data.startswith(_OLD_OFFICE):
        raise ImportProblem(
            _("This is a workbook of an old version of Excel, or a protected one."),
            hint=_("Save it as an XLSX file without a password."),
        )
    is_zip = data.startswith(b"PK\x03\x04")
    if data.startswith(_OTHER_KINDS) or is_zip != (format == "xlsx"):
        raise ImportProblem(_("The file is of another kind than its name says."))
