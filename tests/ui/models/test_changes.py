from __future__ import annotations

import sqlite3

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genglossary_gui.core.store.selection import Selection
from genglossary_gui.ui.models.changes import Changes, ChangesModel
from genglossary_gui.ui.models.reader import Reader
from tests.ui.compare_support import FIRST, SECOND, changes

_NO_CONNECTION = sqlite3.connect(":memory:")


def terms(made: Changes, **selection: object) -> list[str]:
    numbers = made.ids(_NO_CONNECTION, Selection(**selection))  # type: ignore[arg-type]
    rows = made.rows(_NO_CONNECTION, numbers)
    return [rows[number].entry.term.term for number in numbers]


@pytest.fixture(scope="module")
def made() -> Changes:
    return changes(FIRST, SECOND)


def test_differences_by_rank(made: Changes) -> None:
    assert terms(made) == ["weir", "sluice", "堰"]


def test_one_kind_only(made: Changes) -> None:
    assert terms(made, filters=("removed",)) == ["sluice"]


@pytest.mark.parametrize(
    ("search", "found"),
    [("WALL", ["weir"]), ("dam", ["weir"]), ("せき止め", ["堰"]), ("ｓｌｕｉｃｅ", ["sluice"]), ("gate", [])],
)
def test_the_search_finds_terms_and_both_definitions(made: Changes, search: str, found: list[str]) -> None:
    assert terms(made, search=search) == found


def test_sorted_by_a_column(made: Changes) -> None:
    assert terms(made, sort="term", descending=True) == ["堰", "weir", "sluice"]


def test_the_model_shows_what_it_is_given(qtbot: QtBot, reader: Reader, made: Changes) -> None:
    model = ChangesModel(reader)
    with qtbot.waitSignal(model.loaded):
        model.show_changes(made)
    shown = [model.index(0, column).data(Qt.ItemDataRole.DisplayRole) for column in range(model.columnCount())]
    assert shown == ["≠ Changed", "weir", "Definition · A low wall across a river.", "1"]


def test_fewer_differences_replace_more(qtbot: QtBot, reader: Reader, made: Changes) -> None:
    model = ChangesModel(reader)
    for given in (made, changes({}, {"堰": ""})):
        with qtbot.waitSignal(model.loaded):
            model.show_changes(given)
    assert model.rowCount() == 1
    assert model.index(0, 1).data() == "堰"
