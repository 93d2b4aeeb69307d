"""The log of one run as a table that grows, and its filter."""

from __future__ import annotations

import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from genglossary_gui.core.glossary import Level
from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.store.logs import LogRecord, count_records, matching_seqs
from genglossary_gui.ui import plain
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.log_lines import cells, records_of
from genglossary_gui.ui.models.reader import Reader

Index = QModelIndex | QPersistentModelIndex
TIME, LEVEL, STEP, MESSAGE = range(4)

_PAGE = 200
_PAGES_KEPT = 40
_COALESCE_MS = 50
_FIRST_MATCHES = 500
"""The first answer of a filter is short, so that it is seen at once."""
_MATCHES = 20_000


@dataclass(frozen=True)
class _Filter:
    run_id: int
    text: str
    least: Level


@dataclass(frozen=True)
class _Found:
    filter: _Filter
    seqs: array[int]
    reached: int
    """Number of the last record that was looked at."""


class LogModel(QAbstractTableModel):
    """Time, level, step and message of the records of one run.

    ``counted``: the number of rows or of records has changed, or a search has ended.
    """

    counted = Signal()

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        # A Python object may be collected in any thread; a child of a QObject is destroyed in this one.
        super().__init__(parent or reader)
        self._reader = reader
        self._run_id: int | None = None
        self._filter_text = ""
        self._least = Level.DEBUG
        self._total = 0
        self._announced = 0
        self._matches: array[int] | None = None
        self._reached = 0
        self._asked: _Filter | None = None
        self._pages: OrderedDict[int, list[LogRecord]] = OrderedDict()
        self._coalesce = QTimer(self, singleShot=True, interval=_COALESCE_MS)
        self._coalesce.timeout.connect(self._on_coalesced)
        reader.failed.connect(self._on_failed)

    @property
    def run_id(self) -> int | None:
        return self._run_id

    @property
    def total(self) -> int:
        """How many records the run has, whatever the filter shows."""
        return self._total

    @property
    def is_filtered(self) -> bool:
        return self._matches is not None

    @property
    def is_searching(self) -> bool:
        """Whether the filter has not seen all records yet."""
        return self._matches is not None and self._reached < self._total

    def set_run(self, run_id: int | None) -> None:
        """Show the log of a run as far as it goes, or nothing."""
        self._run_id = run_id
        self._announced = 0
        self._start_over()

    def set_filter(self, text: str, least: Level) -> None:
        """Show only records at level ``least`` or above whose message, term or document holds ``text``."""
        if (text, least) != (self._filter_text, self._least):
            self._filter_text, self._least = text, least
            self._start_over()

    def record_at(self, row: int) -> LogRecord | None:
        """The record in a row; None outside the table."""
        if not 0 <= row < self.rowCount():
            return None
        page = self._page(row // _PAGE, row % _PAGE)
        return page[row % _PAGE] if row % _PAGE < len(page) else None

    def seqs(self, first: int, last: int) -> Sequence[int]:
        """Numbers of the records in the rows ``first`` to ``last`` (inclusive)."""
        return range(first + 1, last + 2) if self._matches is None else self._matches[first : last + 1]

    def retranslate(self) -> None:
        """Show titles and words in the current language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, MESSAGE)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, MESSAGE))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid():
            return 0
        return self._total if self._matches is None else len(self._matches)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else MESSAGE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section <= MESSAGE:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return (pgettext("log", "Time"), pgettext("log", "Level"), pgettext("log", "Step"), _("Message"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.DecorationRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        record = self.record_at(index.row())
        if record is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cells(record)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == LEVEL:
            return icon(_ICONS.get(record.level, ""))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == MESSAGE:
            return plain.tool_tip(cells(record)[MESSAGE])
        return None

    @Slot(int)
    def catch_up(self, run_id: int) -> None:
        """Look how far the log of a run has got that nobody announces."""
        if run_id == self._run_id:
            self.on_appended(run_id, self._count())

    @Slot(int, int)
    def on_appended(self, run_id: int, last_seq: int) -> None:
        """The log of ``run_id`` reaches ``last_seq`` now; shown at most about 20 times a second."""
        if run_id == self._run_id and last_seq > max(self._announced, self._total):
            self._announced = last_seq
            if not self._coalesce.isActive():
                self._coalesce.start()

    @Slot()
    def _on_coalesced(self) -> None:
        before, after = self._total, max(self._announced, self._total)
        if self._matches is None and after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self._total = after
            self.endInsertRows()
        self._total = after
        self._search()
        self.counted.emit()

    def _start_over(self) -> None:
        self.beginResetModel()
        self._total = self._count()
        self._matches = None if self._filter() is None else array("q")
        self._reached = 0
        self._asked = None
        self._pages.clear()
        self.endResetModel()
        self._search()
        self.counted.emit()

    def _count(self) -> int:
        run_id = self._run_id
        if run_id is None:
            return 0
        return self._reader.now(lambda connection: count_records(connection, run_id), 0)

    def _filter(self) -> _Filter | None:
        if self._run_id is None or (not self._filter_text and self._least is Level.DEBUG):
            return None
        return _Filter(self._run_id, self._filter_text, self._least)

    def _search(self) -> None:
        """Look at the records that the filter has not seen yet, in the reader thread, answer by answer."""
        wanted = self._filter()
        if wanted is not None and self._asked != wanted and self.is_searching:
            self._asked = wanted
            limit = _MATCHES if self._reached else _FIRST_MATCHES
            self._reader.ask(partial(_find, wanted, self._reached, limit), self._on_found)

    @Slot(object)
    def _on_found(self, found: _Found) -> None:
        if self._matches is None or found.filter != self._filter():
            return
        self._asked = None
        self._reached = found.reached
        if found.seqs:
            before = len(self._matches)
            self.beginInsertRows(QModelIndex(), before, before + len(found.seqs) - 1)
            self._matches.extend(found.seqs)
            self.endInsertRows()
        self._search()
        self.counted.emit()

    @Slot()
    def _on_failed(self) -> None:
        self._asked = None

    def _page(self, number: int, offset: int) -> Sequence[LogRecord]:
        """The page, read again when it was shorter than ``offset`` before the log grew."""
        page = self._pages.get(number)
        if page is None or offset >= len(page):
            page = self._pages[number] = self._read(
                self.seqs(number * _PAGE, min((number + 1) * _PAGE, self.rowCount()) - 1)
            )
        self._pages.move_to_end(number)
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def _read(self, seqs: Sequence[int]) -> list[LogRecord]:
        run_id = self._run_id
        assert run_id is not None
        # Without an answer painting goes on; the next paint asks again.
        return self._reader.now(lambda connection: records_of(connection, run_id, seqs), [])


def _find(wanted: _Filter, after: int, limit: int, connection: sqlite3.Connection) -> _Found:
    last = count_records(connection, wanted.run_id)
    seqs = matching_seqs(connection, wanted.run_id, wanted.text, wanted.least, after=after, limit=limit)
    if len(seqs) == limit:
        return _Found(wanted, seqs, seqs[-1])
    return _Found(wanted, seqs, max(last, seqs[-1]) if seqs else last)


_ICONS = {Level.INFO: "info", Level.WARNING: "warning", Level.ERROR: "error"}
