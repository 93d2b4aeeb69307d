"""The log of one run as a table that grows: what is shown of it, and what a search finds in it."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Sequence
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
from genglossary_gui.core.store import log_search
from genglossary_gui.core.store.log_search import LogQuery, Section
from genglossary_gui.core.store.logs import LogRecord, count_records, read_records
from genglossary_gui.ui import plain
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.log_finder import LogFinder
from genglossary_gui.ui.models.log_lines import cells, heading_cells, records_of
from genglossary_gui.ui.models.log_rows import LogRows
from genglossary_gui.ui.models.reader import Reader

Index = QModelIndex | QPersistentModelIndex
TIME, LEVEL, STEP, MESSAGE = range(4)
HEADING = Qt.ItemDataRole.UserRole + 1
"""Role: whether the row is the heading of a step."""

_PAGE = 200
_PAGES_KEPT = 40
_COALESCE_MS = 50
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ToolTipRole, HEADING)


class LogModel(QAbstractTableModel):
    """Time, level, step and message of the records of one run.

    A query chooses the levels and holds the words that are searched for; records without them are shown too unless
    ``hides_others``.  Grouped, the records stand under headings of their steps, which fold them.

    ``counted``: the number of rows, records, or matches has changed, or a search has ended.  ``refused(sentence)``: the
    query cannot be answered; empty: it can.
    """

    counted = Signal()
    refused = Signal(str)

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        # A Python object may be collected in any thread; a child of a QObject is destroyed in this one.
        super().__init__(parent or reader)
        self._reader = reader
        self._run_id: int | None = None
        self._query = LogQuery()
        self._hides_others = True
        self._is_grouped = False
        self._is_relative = False
        self._total = self._announced = self._counted_to = 0
        self._counts: dict[Level, int] = {}
        self._began_at = ""
        self._seqs: array[int] | None = None
        self._matches: array[int] | None = None
        self._sections: list[Section] = []
        self._folded: frozenset[int] = frozenset()
        self._fold_to = 0  # steps that begin up to this record are folded as soon as they are known
        self._rows = LogRows()
        self._pages: OrderedDict[int, list[LogRecord]] = OrderedDict()
        self._shown_finder, self._match_finder = LogFinder(reader, self), LogFinder(reader, self)
        for finder, slot in ((self._shown_finder, self._on_shown), (self._match_finder, self._on_matched)):
            finder.found.connect(slot)
            finder.refused.connect(self.refused)
            finder.ended.connect(self.counted)
        self._coalesce = QTimer(self, singleShot=True, interval=_COALESCE_MS)
        self._coalesce.timeout.connect(self._on_coalesced)

    @property
    def run_id(self) -> int | None:
        return self._run_id

    @property
    def total(self) -> int:
        """How many records the run has, whatever is shown of them."""
        return self._total

    @property
    def shown(self) -> int:
        """How many records are shown or folded."""
        return self._total if self._seqs is None else len(self._seqs)

    @property
    def level_counts(self) -> dict[Level, int]:
        """How many records of each level the run has."""
        return self._counts

    @property
    def matches(self) -> int | None:
        """How many records hold what is searched for; None without a search."""
        if not self._query.text:
            return None
        found = self._seqs if self._matches is None else self._matches
        return len(found) if found is not None else 0

    @property
    def is_filtered(self) -> bool:
        return self._seqs is not None

    @property
    def is_grouped(self) -> bool:
        return self._is_grouped

    @property
    def is_searching(self) -> bool:
        """Whether not all records have been looked at yet."""
        return self._shown_finder.is_at_work(self._total) or self._match_finder.is_at_work(self._total)

    def set_run(self, run_id: int | None) -> None:
        """Show the log of a run as far as it goes, or nothing."""
        self._run_id = run_id
        self._announced, self._counted_to, self._counts = 0, 0, {}
        self._folded, self._fold_to = frozenset(), 0
        self._start_over()

    def set_query(self, query: LogQuery, *, hides_others: bool = True) -> None:
        """Search, and hide what does not match or only mark what does."""
        if (query, hides_others) != (self._query, self._hides_others):
            self._query, self._hides_others = query, hides_others
            self.refused.emit("")
            self._start_over()

    def set_grouped(self, is_grouped: bool) -> None:
        """Put the records under headings of their steps."""
        if is_grouped != self._is_grouped:
            self._is_grouped = is_grouped
            self._folded, self._fold_to = frozenset(), 0
            self._start_over()

    def set_relative(self, is_relative: bool) -> None:
        """Show times from the first record on instead of times of day."""
        self._is_relative = is_relative
        self._all_changed()

    def toggle_fold(self, row: int) -> None:
        """Hide the records of the step whose heading is in this row, or show them again."""
        section = self._rows.heading_at(row)
        if section is None:
            return
        folded = self._folded ^ {section.first}
        changed = LogRows(self._numbers(), self._sections, folded)
        difference = len(changed) - len(self._rows)
        if difference > 0:
            self.beginInsertRows(QModelIndex(), row + 1, row + difference)
        else:
            self.beginRemoveRows(QModelIndex(), row + 1, row - difference)
        self._folded, self._rows = folded, changed
        self.endInsertRows() if difference > 0 else self.endRemoveRows()
        self.dataChanged.emit(self.index(row, 0), self.index(row, MESSAGE))

    def fold_all(self, is_folded: bool) -> None:
        """Hide the records of all steps, or show them; also of those that are still being looked up."""
        if self._is_grouped:
            self.beginResetModel()
            self._fold_to = self._total if is_folded else 0
            self._folded = frozenset(section.first for section in self._sections) if is_folded else frozenset()
            self._lay_out()
            self.endResetModel()

    def record_at(self, row: int) -> LogRecord | None:
        """The record in a row; None for a heading and outside the table."""
        seq = self._rows.seq_at(row)
        if seq is None:
            return None
        if self._seqs is None:
            place, number = (seq - 1) % _PAGE, (seq - 1) // _PAGE
        else:
            at = bisect_left(self._seqs, seq)
            place, number = at % _PAGE, at // _PAGE
        page = self._page(number, place)
        return page[place] if place < len(page) else None

    def seqs(self, first: int, last: int) -> Sequence[int]:
        """Numbers of the records in the rows ``first`` to ``last`` (inclusive), without headings."""
        return self._rows.seqs_between(first, last)

    def shown_seqs(self) -> Sequence[int]:
        """Numbers of all records that are shown or folded, as they are now."""
        numbers = self._numbers()
        return numbers if isinstance(numbers, range) else array("q", numbers)

    def reveal(self, seq: int) -> int:
        """The row of the record with this number (-1: not shown); its step is unfolded."""
        if not self._sections or self._sections[-1].last < seq:
            # Folding its step when it comes would take away what was asked for.
            self._fold_to = 0
        section = self._rows.section_of(seq)
        if section is not None and section.first in self._folded:
            self.toggle_fold(self._rows.row_of(section.first))
        row = self._rows.row_of(seq)
        return row if self._rows.seq_at(row) == seq else -1

    def next_match(self, row: int, *, forward: bool) -> int | None:
        """The number of the nearest record after (before) a row that holds what is searched for, round the end."""
        found = self._seqs if self._matches is None else self._matches
        if not self._query.text or not found:
            return None
        here = self._rows.seq_at(row) or 0
        place = bisect_right(found, here) if forward else bisect_left(found, here) - 1
        return found[place % len(found)]

    def match_number(self, row: int) -> int:
        """1 for the first match, … ; 0 when the row holds none."""
        found = self._seqs if self._matches is None else self._matches
        seq = self._rows.seq_at(row)
        if not self._query.text or not found or seq is None:
            return 0
        place = bisect_left(found, seq)
        return place + 1 if place < len(found) and found[place] == seq else 0

    def next_at_level(self, level: Level, row: int, *, forward: bool) -> int | None:
        """The number of the nearest record of this level after (before) a row, shown or not."""
        run_id, here = self._run_id, self._rows.seq_at(row)
        if run_id is None:
            return None
        if here is None:
            section = self._rows.heading_at(row)
            here = section.first - (1 if forward else 0) if section else 0

        return self._reader.now(
            lambda connection: log_search.next_at_level(connection, run_id, level, here, forward=forward), None
        )

    def is_folded(self, row: int) -> bool:
        section = self._rows.heading_at(row)
        return section is not None and section.first in self._folded

    def retranslate(self) -> None:
        """Show titles and words in the current language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, MESSAGE)
        self._all_changed()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

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
        if role not in _ROLES:
            return None
        section = self._rows.heading_at(index.row())
        if role == HEADING:
            return section is not None
        if section is not None:
            return self._heading_data(index, section, role)
        record = self.record_at(index.row())
        if record is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(_ICONS.get(record.level, "")) if index.column() == LEVEL else None
        words = cells(record, since=self._began_at if self._is_relative else "")[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tool_tip(words) if index.column() == MESSAGE else None
        return words

    def _heading_data(self, index: Index, section: Section, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return heading_cells(section)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == TIME:
            return icon("chevron-right" if section.first in self._folded else "chevron-down")
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
        self._grow(total=max(self._announced, self._total))
        self._look()
        self.counted.emit()

    def _start_over(self) -> None:
        self.beginResetModel()
        self._total = self._count()
        self._began_at = self._first_moment() if self._total else ""
        wants_search = self._query.text and not self._hides_others
        shown = LogQuery(levels=self._query.levels) if wants_search else self._query
        self._seqs = None if shown.is_everything or self._run_id is None else array("q")
        self._matches = array("q") if wants_search else None
        self._sections = []
        self._pages.clear()
        self._lay_out()
        self.endResetModel()
        self._shown_finder.begin(None if self._seqs is None else self._run_id, shown)
        self._match_finder.begin(self._run_id if wants_search else None, self._query)
        self._look()
        self.counted.emit()

    def _look(self) -> None:
        """Ask for everything that is not known yet of the records that are there."""
        self._shown_finder.extend_to(self._total)
        self._match_finder.extend_to(self._total)
        run_id, total = self._run_id, self._total
        if run_id is None:
            return
        if self._counted_to < total:
            query = partial(_counts, run_id=run_id, after=self._counted_to, last=total)
            self._reader.ask(query, self._on_levels_counted)
        if self._is_grouped and (not self._sections or self._sections[-1].last < total):
            known = tuple(self._sections)
            self._reader.ask(partial(_sections, run_id=run_id, last=total, known=known), self._on_sections)

    def _count(self) -> int:
        run_id = self._run_id
        if run_id is None:
            return 0
        return self._reader.now(lambda connection: count_records(connection, run_id), 0)

    def _first_moment(self) -> str:
        run_id = self._run_id
        assert run_id is not None
        records = self._reader.now(lambda connection: read_records(connection, run_id, 1, 1), [])
        return records[0].at if records else ""

    def _numbers(self) -> Sequence[int]:
        return range(1, self._total + 1) if self._seqs is None else self._seqs

    def _lay_out(self) -> None:
        self._rows = LogRows(self._numbers(), self._sections if self._is_grouped else None, self._folded)

    def _grow(self, *, total: int = 0, found: array[int] | None = None) -> None:
        """There are more records, or more of them are to be shown: they come below the others."""
        before = len(self._rows)
        numbers = self._seqs
        if not self._began_at and total:
            self._began_at = self._first_moment()
        after = before + (total - self._total if numbers is None else len(found or ()))
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
        self._total = max(total, self._total)
        if numbers is not None and found:
            numbers.extend(found)
        if after > before:
            # As long as nobody knows their steps, new records stand below the last section.
            self._lay_out()
            self.endInsertRows()

    @Slot(object)
    def _on_shown(self, found: array[int]) -> None:
        self._grow(found=found)
        self.counted.emit()

    @Slot(object)
    def _on_matched(self, found: array[int]) -> None:
        assert self._matches is not None
        self._matches.extend(found)
        self._all_changed()
        self.counted.emit()

    @Slot(object)
    def _on_levels_counted(self, answer: tuple[int, int, int, dict[Level, int]]) -> None:
        run_id, after, last, counts = answer
        if run_id == self._run_id and after == self._counted_to:
            self._counted_to = last
            self._counts = {level: self._counts.get(level, 0) + counts.get(level, 0) for level in Level}
            self.counted.emit()

    @Slot(object)
    def _on_sections(self, answer: tuple[int, list[Section]]) -> None:
        run_id, sections = answer
        if run_id != self._run_id or not self._is_grouped:
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        places = [(self._rows.seq_at(index.row()), self._rows.heading_at(index.row())) for index in kept]
        known = self._sections[-1].last if self._sections else 0
        self._sections = sections
        self._folded |= {section.first for section in sections if known < section.first <= self._fold_to}
        if sections and sections[-1].last >= self._fold_to:
            self._fold_to = 0
        self._lay_out()
        for index, (seq, heading) in zip(kept, places, strict=True):
            row = self._rows.row_of(heading.first) if heading else self._rows.row_of(seq or 0)
            if heading is not None and self._rows.heading_at(row) is None:
                row -= 1
            self.changePersistentIndex(index, self.index(row, index.column()))
        self.layoutChanged.emit()
        self.counted.emit()

    def _all_changed(self) -> None:
        if len(self._rows):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, MESSAGE))

    def _page(self, number: int, place: int) -> Sequence[LogRecord]:
        """The page, read again when it was shorter than ``place`` before the log grew."""
        page = self._pages.get(number)
        if page is None or place >= len(page):
            page = self._pages[number] = self._read(self._numbers()[number * _PAGE : (number + 1) * _PAGE])
        self._pages.move_to_end(number)
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    def _read(self, seqs: Sequence[int]) -> list[LogRecord]:
        run_id = self._run_id
        assert run_id is not None
        # Without an answer painting goes on; the next paint asks again.
        return self._reader.now(lambda connection: records_of(connection, run_id, seqs), [])


def _counts(connection: Any, *, run_id: int, after: int, last: int) -> tuple[int, int, int, dict[Level, int]]:
    return run_id, after, last, log_search.level_counts(connection, run_id, after, last)


def _sections(connection: Any, *, run_id: int, last: int, known: Sequence[Section]) -> tuple[int, list[Section]]:
    return run_id, log_search.sections(connection, run_id, last, known)


_ICONS = {Level.DEBUG: "debug", Level.INFO: "info", Level.WARNING: "warning", Level.ERROR: "error"}
