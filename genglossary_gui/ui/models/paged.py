"""One model for every table: it knows the ids in order, and reads the rows it must show, page by page."""

from __future__ import annotations

import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot

from genglossary_gui.core.store.selection import Selection
from genglossary_gui.ui import plain
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.reader import Reader

_WITH_HINT = ("QList<QPersistentModelIndex>", "QAbstractItemModel::LayoutChangeHint")
"""The form of the signals that says that only rows change places.  After the other one a header makes its columns anew,
and while it does, a column that takes what room is left takes too much."""

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The value behind a cell: the row as the store gives it, or None."""

_PAGE = 100
_PAGES_KEPT = 40
_FEW = 16
"""So many ids are searched for one by one."""
_SHORT = 16
"""Characters that fit any column: no tool tip for them."""


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """A column of a table.  ``name`` is its name in the sorts of the store's catalogue.

    ``text`` is shown (made harmless, on one line), ``tip`` is the tool tip where it says more than the text,
    ``icon`` names an icon.
    """

    name: str
    title: Callable[[], str]
    text: Callable[[Row], str]
    tip: Callable[[Row], str] | None = None
    icon: Callable[[Row], str] | None = None
    sortable: bool = True
    is_number: bool = False


class PagedTableModel(QAbstractTableModel, Generic[Row]):
    """Rows of the store in any order and under any filter, at the price of the rows that are seen.

    ``loaded(count)``: the ids have arrived, the table has ``count`` rows.  Rows keep their identity over
    ``refresh`` and ``set_selection``: selections, current cells and index widgets stay with their ids.
    """

    loaded = Signal(int)

    def __init__(
        self,
        reader: Reader,
        columns: Sequence[Column[Row]],
        ids: Callable[[sqlite3.Connection, Selection], array[int]],
        rows: Callable[[sqlite3.Connection, Sequence[int]], Mapping[int, Row]],
        selection: Selection | None = None,
        parent: QObject | None = None,
    ) -> None:
        # A Python object may be collected in any thread; a child of a QObject is destroyed in this one.
        super().__init__(parent or reader)
        self.columns = tuple(columns)
        self._reader = reader
        self._query_ids = ids
        self._query_rows = rows
        self._selection = selection or Selection()
        self._ids: array[int] = array("q")
        self._places: dict[int, int] = {}
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()
        self._is_loaded = False
        self._arrived: _Arrived | None = None

    @property
    def selection(self) -> Selection:
        """What the table shows, or will show as soon as the ids arrive."""
        return self._selection

    @property
    def is_loaded(self) -> bool:
        """Whether ids have arrived at all: before that, an empty table means nothing."""
        return self._is_loaded

    def set_selection(self, selection: Selection) -> None:
        """Sort and filter anew.  Names that the catalogue does not have end in ``Reader.failed``."""
        if selection != self._selection:
            self._selection = selection
            self.refresh()

    def refresh(self) -> None:
        """Ask for the ids again; rows, selection and position stay as they are until they arrive."""
        self._reader.ask(partial(_ask_ids, self._query_ids, self._selection, self._ids), self._on_arrived)

    def refresh_row(self, row_id: int) -> None:
        """Read one row again and show it.  An id that is not in the table is ignored."""
        row = self.row_of(row_id)
        if row < 0:
            return
        page = self._pages.get(row // _PAGE)
        if page is not None:
            page.update(self._read([row_id]) or {})
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def row_of(self, row_id: int) -> int:
        """Where the id stands, or -1."""
        # Searching a long table takes milliseconds, and the same few ids are asked for again and again.
        if row_id not in self._places:
            try:
                self._places[row_id] = self._ids.index(row_id)
            except ValueError:
                self._places[row_id] = -1
        return self._places[row_id]

    def id_at(self, row: int) -> int:
        """The id in a row, or -1 outside the table."""
        return self._ids[row] if 0 <= row < len(self._ids) else -1

    def ids_between(self, first: int, last: int) -> array[int]:
        """The ids in the rows ``first`` to ``last`` (inclusive)."""
        return self._ids[max(first, 0) : last + 1]

    def value_at(self, row: int) -> Row | None:
        """The row as the store gives it; None outside the table and for rows that are gone meanwhile."""
        if not 0 <= row < len(self._ids):
            return None
        return self._page(row // _PAGE).get(self._ids[row])

    def column_of(self, name: str) -> int:
        """The position of the column of this name.  Raises ``KeyError``."""
        for position, column in enumerate(self.columns):
            if column.name == name:
                return position
        raise KeyError(name)

    def retranslate(self) -> None:
        """Show titles and words in the current language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self._touch_all()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        value = self.value_at(index.row())
        if value is None:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return harmless(column.text(value))
        if role == Qt.ItemDataRole.DecorationRole and column.icon is not None:
            return icon(column.icon(value))
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(column, value)
        return value if role == ROW_ROLE else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, in the database; -1: the natural order.  Unsortable columns do nothing."""
        if column < 0:
            self.set_selection(replace(self._selection, sort="", descending=False))
        elif self.columns[column].sortable:
            descending = order is Qt.SortOrder.DescendingOrder
            self.set_selection(replace(self._selection, sort=self.columns[column].name, descending=descending))

    def touch(self, row_id: int, column: int) -> None:
        """Have one cell painted again without reading anything."""
        row = self.row_of(row_id)
        if row >= 0:
            self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.columns[column].is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _page(self, number: int) -> Mapping[int, Row]:
        page = self._pages.get(number)
        if page is None:
            rows = self._read(self._ids[number * _PAGE : (number + 1) * _PAGE])
            if rows is None:
                return {}
            page = self._pages[number] = dict(rows)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page

    def _read(self, ids: Sequence[int]) -> Mapping[int, Row] | None:
        # Without an answer painting goes on; the next paint asks again.
        return self._reader.now(lambda connection: self._query_rows(connection, ids), None)

    @Slot(object)
    def _on_arrived(self, arrived: _Arrived) -> None:
        self._arrived = arrived
        self._on_ids(arrived.ids)

    @Slot(object)
    def _on_ids(self, ids: array[int]) -> None:
        self._pages.clear()
        if ids == self._ids:
            self._touch_all()
        else:
            self._replace_ids(ids)
        self._is_loaded = True
        self.loaded.emit(len(ids))

    def _replace_ids(self, ids: array[int]) -> None:
        """Grow at the end, reorder, shrink at the end: so views keep what they hold on to.

        No id stands twice at any moment, else two rows that a view holds would become one.
        """
        before, after = len(self._ids), len(ids)
        way = self._arrived
        if way is None or way.ids is not ids or way.known is not self._ids:
            way = _Arrived.of(ids, self._ids)
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self._hold(way.grown)
            self.endInsertRows()
            self._pages.clear()  # The last page may have been read while it was shorter.
        self._reorder(way.reordered)
        if after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
            self._hold(ids)
            self.endRemoveRows()

    def _reorder(self, target: array[int]) -> None:
        if target == self._ids:
            return
        rows_only = self.LayoutChangeHint.VerticalSortHint
        self.layoutAboutToBeChanged[_WITH_HINT].emit([], rows_only)  # pyright: ignore[reportIndexIssue]
        held = self.persistentIndexList()
        wanted = {self._ids[index.row()] for index in held}
        rows = _places(wanted, target)
        moved = [self.index(rows.get(self._ids[index.row()], -1), index.column()) for index in held]
        self._hold(target)
        self._pages.clear()
        self.changePersistentIndexList(held, moved)
        self.layoutChanged[_WITH_HINT].emit([], rows_only)  # pyright: ignore[reportIndexIssue]

    def _hold(self, ids: array[int]) -> None:
        self._ids = ids
        self._places.clear()

    def _touch_all(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))


def _ask_ids(
    ids: Callable[[sqlite3.Connection, Selection], array[int]],
    selection: Selection,
    known: array[int],
    connection: sqlite3.Connection,
) -> _Arrived:
    return _Arrived.of(ids(connection, selection), known)


@dataclass(frozen=True)
class _Arrived:
    """New ids, and how a table that holds the ``known`` ones comes to them: worked out beside the window."""

    ids: array[int]
    known: array[int]
    grown: array[int]
    """The known ones and behind them those that are added, as many as there will be more."""
    reordered: array[int]
    """The new ones and behind them those that go, as long as the table is until they go."""

    @classmethod
    def of(cls, ids: array[int], known: array[int]) -> _Arrived:
        if ids == known:
            return cls(ids, known, known, ids)
        before, after = len(known), len(ids)
        grown = known + _others(ids, known, after - before)
        return cls(ids, known, grown, ids + _others(known, ids, before - after))


def _others(ids: array[int], known: array[int], count: int) -> array[int]:
    """The first ``count`` of ``ids`` that are not among ``known``, which holds no id twice."""
    if count <= 0:
        return array("q")
    if not known:
        return ids[:count]
    # Mostly a few rows have come or gone, and all before and after them is the same.
    start = _alike(ids, known)
    end = _alike(ids[start:][::-1], known[start:][::-1])
    without = set(known[start : len(known) - end])
    return array("q", islice((row_id for row_id in ids[start : len(ids) - end] if row_id not in without), count))


def _places(wanted: set[int], ids: array[int]) -> dict[int, int]:
    """Where the ``wanted`` ones stand, as far as they do."""
    if len(wanted) > _FEW:
        return {row_id: row for row, row_id in enumerate(ids) if row_id in wanted}
    places: dict[int, int] = {}
    for row_id in wanted:
        with suppress(ValueError):
            places[row_id] = ids.index(row_id)
    return places


def _alike(first: array[int], second: array[int]) -> int:
    """With how many of the same ids both begin."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _tip(column: Column[Row], value: Row) -> str:
    text = column.tip(value) if column.tip is not None else column.text(value)
    return plain.tool_tip(harmless(text)) if column.tip is not None or len(text) > _SHORT else ""
