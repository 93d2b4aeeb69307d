"""Workbooks: the first visible sheet as a table.

Own reader, row by row and within limits: libraries that build the whole sheet can be kept busy, or out of memory,
by a small file.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress

from genglossary_gui.core.exchange.fields import Row, entries_of_table
from genglossary_gui.core.exchange.imported import MOST_ROWS, ImportedFile, ImportProblem, too_many_rows
from genglossary_gui.core.exchange.xml_reading import Node, walk
from genglossary_gui.core.i18n import _

_MOST_MEMBERS = 10_000
_MOST_BYTES = 256 << 20
_SMALL, _MOST_RATIO = 8 << 20, 200
"""A member of more than so many bytes that unpacks to more than so many times its size is no sheet."""
_MOST_COLUMNS = 200
_PLACE = re.compile(r"([A-Z]{1,3})\d+")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, LookupError,
    NotImplementedError,
)  # fmt: skip


def read_xlsx(data: bytes, mapping: Mapping[int, str] | None = None) -> ImportedFile:
    """The entries of a workbook.  Raises ``ImportProblem``."""
    return entries_of_table(_rows(_Package(data)), "xlsx", mapping)


class _Package:
    """The parts of a workbook; what is unpacked of it in all is bounded."""

    def __init__(self, data: bytes) -> None:
        self._left = _MOST_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE as error:
            raise _broken() from error
        if len(self._zip.filelist) > _MOST_MEMBERS:
            raise _unsafe()

    def read(self, name: str) -> bytes:
        try:
            info = self._zip.getinfo(name)
            # The sizes in the archive may lie: the limit is kept while unpacking.
            limit = min(self._left, max(_SMALL, info.compress_size * _MOST_RATIO))
            with self._zip.open(info) as member:
                data = member.read(limit + 1)
        except _UNREADABLE as error:
            raise _broken() from error
        if len(data) > limit:
            raise _unsafe()
        self._left -= len(data)
        return data

    def elements(self, name: str, wanted: str) -> list[Node]:
        found: list[Node] = []
        walk(self.read(name), (wanted,), found.append)
        return found

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → ``(kind, name of the part)`` of what a part refers to."""
        folder, name = posixpath.split(part)
        found = self.elements(posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship")
        return {
            node.attributes.get("Id", ""): (
                node.attributes.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, node.attributes.get("Target", ""))).lstrip("/"),
            )
            for node in found
        }


def _rows(package: _Package) -> Iterator[Row]:
    book = next((name for kind, name in package.related("").values() if kind == "officeDocument"), "")
    targets = package.related(book)
    shared = next((name for kind, name in targets.values() if kind == "sharedStrings"), "")
    strings: list[str] = []
    if shared:
        walk(package.read(shared), ("si",), lambda node: strings.append(_string(node)))
    for sheet in package.elements(book, "sheet"):
        kind, name = targets.get(sheet.attributes.get("id", ""), ("", ""))
        if kind == "worksheet" and sheet.attributes.get("state", "visible") == "visible":
            return iter(_sheet(package.read(name), strings))
    raise ImportProblem(_("The workbook has no sheet."))


def _sheet(data: bytes, strings: list[str]) -> list[Row]:
    rows: list[Row] = []

    def take(node: Node) -> None:
        number = node.attributes.get("r", "")
        cells: list[str] = []
        for cell in node.children:
            column = _column(cell.attributes.get("r", ""), len(cells))
            if column < _MOST_COLUMNS:
                cells.extend("" for _gap in range(column - len(cells)))
                cells.append(_value(cell, strings))
        if any(cells):
            rows.append((int(number) if number.isdecimal() and len(number) < 8 else len(rows) + 1, cells))
        if len(rows) > MOST_ROWS + 1:
            raise too_many_rows()

    walk(data, ("row",), take)
    return rows


def _column(place: str, otherwise: int) -> int:
    match = _PLACE.fullmatch(place)
    if match is None:
        return otherwise
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number - 1, otherwise)


def _value(cell: Node, strings: list[str]) -> str:
    kind = cell.attributes.get("t", "n")
    if kind == "inlineStr":
        return _string(cell)
    text = next((part.text for part in cell.children if part.name == "v"), "")
    if kind == "s":
        return strings[int(text)] if text.isdecimal() and len(text) < 10 and int(text) < len(strings) else ""
    if kind == "b":
        return "true" if text == "1" else "false"
    if kind == "n":
        with suppress(ValueError, OverflowError):
            return f"{float(text):.15g}"
    return "" if kind == "e" else _unescaped(text)


def _string(node: Node) -> str:
    """The text of all runs, without the readings of Japanese."""
    return _unescaped("".join(part.text for part in node.every(but=("rPh",)) if part.name == "t"))


def _unescaped(text: str) -> str:
    """``text`` with the characters for which ``_x0041_`` stands."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _broken() -> ImportProblem:
    return ImportProblem(_("The workbook is damaged, or protected by a password."))


def _unsafe() -> ImportProblem:
    return ImportProblem(_("The workbook unpacks to far more than a glossary needs and was not opened."))
