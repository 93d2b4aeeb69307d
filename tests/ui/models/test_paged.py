"""Rows keep their identity however the table is sorted, filtered or refreshed."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from sqlite3 import Connection

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from genglossary_gui.core.store.selection import Selection
from genglossary_gui.ui.models.paged import Column, PagedTableModel
from genglossary_gui.ui.models.reader import Reader
from tests.ui.models.run_support import RunBook


class Source:
    """Ids and rows that the test decides; ``read`` counts the rows that were asked for."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.all = array("q", ids)
        self.read = 0

    def ids(self, connection: Connection, selection: Selection) -> array[int]:
        found = (i for i in self.all if selection.search in str(i))
        return array("q", sorted(found, reverse=selection.descending) if selection.sort else found)

    def rows(self, connection: Connection, ids: Sequence[int]) -> dict[int, str]:
        self.read += len(ids)
        return {i: f"row {i}" for i in ids}


def make_model(reader: Reader, source: Source) -> PagedTableModel[str]:
    columns = (
        Column[str](name="text", title=lambda: "Text", text=lambda row: row),
        Column[str](name="bar", title=lambda: "Bar", text=lambda row: "", sortable=False, is_number=True),
    )
    return PagedTableModel(reader, columns, source.ids, source.rows)


def load(qtbot: QtBot, model: PagedTableModel[str]) -> None:
    with qtbot.waitSignal(model.loaded):
        model.refresh()


def test_only_the_pages_that_are_seen_are_read(qtbot: QtBot, reader: Reader) -> None:
    source = Source(range(1, 50_001))
    model = make_model(reader, source)
    load(qtbot, model)

    shown = [model.index(row, 0).data() for row in (0, 1, 40_000)]

    assert shown == ["row 1", "row 2", "row 40001"]
    assert source.read <= 200


def test_a_refresh_keeps_what_is_held_at_its_id(qtbot: QtBot, reader: Reader) -> None:
    source = Source([1, 2, 3])
    model = make_model(reader, source)
    load(qtbot, model)
    held = QPersistentModelIndex(model.index(model.row_of(2), 0))

    source.all = array("q", [9, 8, 7, 3, 2, 1])
    load(qtbot, model)

    assert model.id_at(held.row()) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(st.integers(1, 300), max_size=250), min_size=2, max_size=4), st.randoms())
def test_views_are_told_of_every_change_in_a_lawful_way(qtbot: QtBot, reader: Reader, states, random) -> None:
    source = Source([])
    model = make_model(reader, source)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for state in states:
        held = {model.id_at(row): QPersistentModelIndex(model.index(row, 0)) for row in range(model.rowCount())}
        ids = list(state)
        random.shuffle(ids)
        source.all = array("q", ids)
        load(qtbot, model)
        assert [model.index(row, 0).data() for row in range(model.rowCount())] == [f"row {i}" for i in ids]
        for row_id, index in held.items():
            assert (model.id_at(index.row()) if index.isValid() else None) == (row_id if row_id in state else None)
    del tester


def test_rows_that_join_a_page_are_read(qtbot: QtBot, reader: Reader) -> None:
    source = Source([1])
    model = make_model(reader, source)
    load(qtbot, model)
    # A view may look at the table in the middle of a change.
    model.rowsAboutToBeInserted.connect(lambda *_: model.index(0, 0).data())

    source.all = array("q", [1, 2])
    load(qtbot, model)

    assert model.index(1, 0).data() == "row 2"


def test_sorting_asks_the_database(qtbot: QtBot, reader: Reader) -> None:
    model = make_model(reader, Source([2, 3, 1]))
    load(qtbot, model)

    with qtbot.waitSignal(model.loaded):
        model.sort(0, Qt.SortOrder.DescendingOrder)

    assert [model.id_at(row) for row in range(3)] == [3, 2, 1]


def test_a_column_that_cannot_be_sorted_changes_nothing(reader: Reader) -> None:
    model = make_model(reader, Source([2, 3, 1]))

    model.sort(1)

    assert model.selection == Selection()


def test_a_search_shows_the_rows_that_match(qtbot: QtBot, reader: Reader) -> None:
    model = make_model(reader, Source(range(1, 100)))
    with qtbot.waitSignal(model.loaded):
        model.set_selection(Selection(search="7"))

    assert model.row_of(8) == -1
    assert model.rowCount() == 19


def test_a_changed_row_is_read_again(qtbot: QtBot, reader: Reader) -> None:
    source = Source([1, 2])
    model = make_model(reader, source)
    load(qtbot, model)
    assert model.value_at(0) == "row 1"

    source.rows = lambda connection, ids: dict.fromkeys(ids, "new")  # type: ignore[method-assign]
    model._query_rows = source.rows
    with qtbot.waitSignal(model.dataChanged):
        model.refresh_row(1)

    assert (model.value_at(0), model.value_at(1)) == ("new", "row 2")


def test_tool_tips_are_never_markup(qtbot: QtBot, reader: Reader, book: RunBook) -> None:
    column = Column[str](name="text", title=lambda: "Text", text=lambda row: "<img src=x> long enough for a tip")
    model = PagedTableModel(reader, (column,), Source([1]).ids, Source([1]).rows)
    load(qtbot, model)

    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)

    assert "&lt;img" in tip
    assert "<img" not in tip
