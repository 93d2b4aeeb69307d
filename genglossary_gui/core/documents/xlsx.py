"""Workbooks (ECMA-376 SpreadsheetML) to readable text: each sheet a heading, each row a table row.

Own reader, row by row: libraries that build the whole rectangle of a sheet need half a terabyte for two cells
in its corners.  Left out are hidden sheets, readings of Japanese text and error values.  The source lines are
the rows; those of the second sheet and further ones are counted on from the last row of the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from genglossary_gui.core.documents.archive import Archive, Attributes, elements, parse, value
from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.documents.office import is_on, main_part, reference, related, relationships
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.text import BlockKind, DocumentText

_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_MOST_ROWS = 1 << 20
_MOST_CHARACTERS = 64 << 20
"""A text may be used by any number of cells: what is written has a limit of its own."""
_WIDEST_GAP = 20
_DATES = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)}
_TIMES = {*range(18, 22), *range(32, 36), *range(45, 48)}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
# Day 60 of the calendar of spreadsheets is the 29th of February 1900, which never was: right from March on.
_DAY_ZERO, _DAY_ZERO_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


@dataclass(frozen=True)
class _Book:
    strings: Sequence[str]
    dates: frozenset[int]
    """Cell formats that show a day."""
    times: frozenset[int]
    """Cell formats that show only a time of day."""
    day_zero: datetime


def read_xlsx(data: bytes, encoding: str) -> tuple[DocumentText, str]:
    """The text of a workbook; it has no encoding to choose.  Raises ``Rejected``."""
    archive = Archive(data)
    part = main_part(archive)
    targets = relationships(archive, part)
    is_1904 = False
    sheets: list[tuple[str, str]] = []
    for name, attributes in elements(archive.read(part), "sheet", "workbookPr"):
        if name == "workbookPr":
            is_1904 = is_on(value(attributes, "date1904") or "0")
        elif value(attributes, "state") in ("", "visible"):
            kind, target = targets.get(reference(attributes), ("", ""))
            if kind == "worksheet":
                sheets.append((value(attributes, "name"), target))
    strings = _Strings()
    if shared := related(archive, part, "sharedStrings"):
        parse(archive.read(shared), strings)
    dates, times = _date_formats(archive, related(archive, part, "styles"))
    book = _Book(strings.found, dates, times, _DAY_ZERO_1904 if is_1904 else _DAY_ZERO)
    builder = TextBuilder()
    written = before = 0
    for title, target in sheets:
        builder.page(before + 1)
        builder.block(BlockKind.HEADING, 1)
        builder.write(title, 1)
        sheet = _Sheet(builder, book, before, written)
        parse(archive.read(target), sheet)
        before, written = before + sheet.row, sheet.written
    return builder.finish(), ""


def _date_formats(archive: Archive, part: str) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the cell formats that show dates, and of those that show times."""
    if not part:
        return frozenset(), frozenset()
    styles = _Styles()
    parse(archive.read(part), styles)
    dates, times = set(_DATES), set(_TIMES)
    for number, code in styles.codes.items():
        code = _QUOTED.sub("", code.lower())
        if re.search("[yd]", code):
            dates.add(number)
        elif "h" in code:
            times.add(number)
    kinds = list(enumerate(styles.formats))
    return (
        frozenset(index for index, number in kinds if number in dates),
        frozenset(index for index, number in kinds if number in times),
    )


class _Styles:
    """Handler for the styles: number formats, and which of them each cell format uses."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.formats: list[int] = []
        self._in_formats = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self.codes[_number(value(attributes, "numFmtId"))] = value(attributes, "formatCode")
        elif name == "cellXfs":
            self._in_formats = True
        elif name == "xf" and self._in_formats:
            self.formats.append(_number(value(attributes, "numFmtId")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_formats = False

    def text(self, data: str) -> None: ...


class _Strings:
    """Handler for the shared strings."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._in_text = self._in_reading = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._in_reading = True
        elif name == "t":
            self._in_text = True

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append("".join(self._parts))
        elif name == "rPh":
            self._in_reading = False
        elif name == "t":
            self._in_text = False

    def text(self, data: str) -> None:
        if self._in_text and not self._in_reading:
            self._parts.append(data)


@dataclass(slots=True)
class _Cell:
    kind: str
    format: int
    parts: list[str] = field(default_factory=list)


class _Sheet:
    """Handler for one sheet: writes each row when its cells come."""

    def __init__(self, builder: TextBuilder, book: _Book, rows_before: int, written: int) -> None:
        self.row = 0
        """Number of the row that was written last."""
        self.written = written
        self._builder = builder
        self._book = book
        self._before = rows_before
        self._column = 0
        self._cell: _Cell | None = None
        self._in_value = self._in_reading = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self.row = min(max(_number(attributes.get("r", "")), self.row + 1), _MOST_ROWS)
            self._column = 0
            self._builder.page(self._before + self.row)
            self._builder.block(BlockKind.TABLE_ROW)
        elif name == "c":
            self._move_to(attributes.get("r", ""))
            self._cell = _Cell(attributes.get("t", ""), _number(attributes.get("s", "")))
        elif name == "rPh":
            self._in_reading = True
        elif name in ("v", "t"):
            self._in_value = True

    def end(self, name: str) -> None:
        if name == "c" and self._cell:
            text = self._text(self._cell)
            self.written += len(text)
            if self.written > _MOST_CHARACTERS:
                raise Rejected(Reason.UNSAFE)
            self._builder.write(text.replace("\n", " "), 1)
            self._cell = None
        elif name == "rPh":
            self._in_reading = False
        elif name in ("v", "t"):
            self._in_value = False

    def text(self, data: str) -> None:
        if self._cell and self._in_value and not self._in_reading:
            self._cell.parts.append(data)

    def _move_to(self, place: str) -> None:
        match = _CELL.fullmatch(place)
        column = self._column + 1
        if match:
            number = 0
            for letter in match[1]:
                number = number * 26 + ord(letter) - ord("A") + 1
            column = max(column, number)
        for _gap in range(min(column - self._column, _WIDEST_GAP)):
            self._builder.cell()
        self._column = column

    def _text(self, cell: _Cell) -> str:
        text = "".join(cell.parts)
        match cell.kind:
            case "s":
                index = _number(text)
                return self._book.strings[index] if index < len(self._book.strings) else ""
            case "inlineStr" | "str" | "d":
                return text
            case "b":
                return "TRUE" if is_on(text) else "FALSE"
            case "e":
                return ""
        try:
            return self._shown(float(text), cell.format)
        except (ValueError, OverflowError):
            return text

    def _shown(self, number: float, format: int) -> str:
        """The number as a person would see it, near enough."""
        if format in self._book.dates or format in self._book.times:
            # Seconds are rounded: fractions of a day have no exact value.
            moment = self._book.day_zero + timedelta(seconds=round(number * 86_400))
            if format in self._book.times:
                return f"{moment:%H:%M}"
            has_time = (moment.hour, moment.minute) != (0, 0)
            return moment.strftime("%Y-%m-%d %H:%M" if has_time else "%Y-%m-%d")
        return f"{number:.15g}"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
