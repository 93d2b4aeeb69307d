"""Large tables in the real window: how long until they show, and how long the window stands still meanwhile."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView

from genglossary_gui.app import build_main_window
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.glossary import Level
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store import glossary, logs, runs
from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.store.log_search import LogQuery
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.models.paged import PagedTableModel
from genglossary_gui.ui.views.log_panel import LogPanel
from tests.bench import projects
from tests.bench.loop import Loop, application, close
from tests.bench.measuring import median, resident_mb, temporary_home, timed
from tests.bench.table import Row

_ROWS = 100_000
_RECORDS = 1_000_000
_LOOKS = 100
_STALL_GOAL, _SEARCH_GOAL = 100, 1_000
_BARE = "the bare SQL question"


def measure() -> list[Row]:
    with temporary_home() as folder:
        project = projects.make_project(folder, "large", terms=_ROWS, runs=_ROWS)
        with closing(connect(project)) as connection, transaction(connection):
            projects.add_records(connection, 1, _RECORDS)
        application()
        loop, workers = Loop(), Workers(1)
        # The first window of a process loads fonts and icons.
        for name in ("first", "small"):
            small_opening, small_worst, small = _open(
                projects.make_project(folder, name, terms=10, runs=10), workers, loop
            )
            close(small, loop)
        opening, worst, window = _open(project, workers, loop)
        try:
            assert window.project is not None
            window.project.show_page(1)
            loop.settle()
            against = "the same with 10 terms, 10 runs"
            scroll_bare = _scroll(_constant_table(window), loop)
            return [
                Row(
                    what=f"open {_ROWS:,} terms, {_ROWS:,} runs, until both tables show",
                    figure=opening * 1000,
                    unit="ms",
                    baseline=small_opening * 1000,
                    against=against,
                ),
                Row(
                    what="… stall, worst (it builds the window)",
                    figure=worst,
                    unit="ms",
                    baseline=small_worst,
                    against=against,
                ),
                *_table_rows("terms", window.project.terms.page.table, project, loop, scroll_bare),
                *_table_rows("runs", window.project.runs.run_table, project, loop, scroll_bare),
                *_log_rows(window.project.runs.log, project, loop),
            ]
        finally:
            close(window, loop)
            workers.close()


def _open(project: Path, workers: Workers, loop: Loop) -> tuple[float, float, MainWindow]:
    """Seconds until terms and runs are shown, the worst stall in milliseconds, and the window."""
    loop.reset()
    start = perf_counter()
    window = build_main_window(project, settings=AppSettings(language="en"), workers=workers)
    window.show()
    window.resize(1360, 880)  # a virtual screen may be smaller: then nothing of the run table is seen
    parts = window.project
    assert parts is not None
    models = (parts.glossary.page.model, parts.terms.page.model, parts.runs.model)
    loop.until(lambda: all(model.is_loaded for model in models))
    window.grab()
    taken = perf_counter() - start
    loop.settle()
    return taken, loop.worst_ms(), window


_QUESTIONS: dict[str, tuple[Callable[..., Any], str, str]] = {
    "terms": (glossary.entry_ids, "frequency", "gate 9"),
    "runs": (runs.run_ids, "elapsed", "review"),
}
"""Table → its question, a column to sort by, words to search for."""


def _table_rows(name: str, table: QTableView, project: Path, loop: Loop, scroll_bare: tuple[float, float]) -> list[Row]:
    model = table.model()
    assert isinstance(model, PagedTableModel)
    ids, column, words = _QUESTIONS[name]
    rows: list[Row] = _every_column(name, model, loop)
    for act, selection in (
        (f"sort by {column}", Selection(sort=column)),
        (f"search “{words}”", Selection(search=words)),
        ("clear the search", Selection()),
    ):
        taken, worst = _select(model, selection, loop)
        with closing(connect(project, read_only=True)) as connection:
            bare, _ids = timed(lambda selection=selection, connection=connection: ids(connection, selection))
        title = f"{_ROWS:,} {name}: {act}"
        rows.append(Row(what=title, figure=taken * 1000, unit="ms", baseline=bare * 1000, against=_BARE))
        rows.append(Row(what="… stall, worst", figure=worst, unit="ms", goal=_STALL_GOAL))
    middle, worst = _scroll(table, loop)
    against = "a table of constant cells"
    rows.append(
        Row(
            what=f"{_ROWS:,} {name}: jump to any place and paint, median",
            figure=middle,
            unit="ms",
            baseline=scroll_bare[0],
            against=against,
        )
    )
    rows.append(
        Row(what="… worst", figure=worst, unit="ms", goal=_STALL_GOAL, baseline=scroll_bare[1], against=against)
    )
    return rows


def _every_column(name: str, model: PagedTableModel, loop: Loop) -> list[Row]:
    sorts = [(column.name, down) for column in model.columns if column.sortable for down in (False, True)]
    found = {sort: _select(model, Selection(sort=sort[0], descending=sort[1]), loop) for sort in sorts}
    _select(model, Selection(), loop)
    slowest = max(found, key=lambda sort: found[sort][0])
    title = f"{_ROWS:,} {name}: sort by each of {len(sorts) // 2} columns, both ways; slowest ({slowest[0]})"
    return [
        Row(what=title, figure=found[slowest][0] * 1000, unit="ms"),
        Row(what="… stall, worst", figure=max(worst for _taken, worst in found.values()), unit="ms", goal=_STALL_GOAL),
    ]


def _select(model: PagedTableModel, selection: Selection, loop: Loop) -> tuple[float, float]:
    """Seconds until the table shows it, and the worst stall in milliseconds."""
    loaded: list[int] = []

    def on_loaded(count: int) -> None:
        loaded.append(count)

    model.loaded.connect(on_loaded)
    loop.reset()
    start = perf_counter()
    model.set_selection(selection)
    loop.until(lambda: bool(loaded))
    taken = perf_counter() - start
    loop.settle(0.1)
    model.loaded.disconnect(on_loaded)
    return taken, loop.worst_ms()


def _scroll(table: QTableView, loop: Loop) -> tuple[float, float]:
    """Milliseconds (median, worst) of a jump to a place that was not seen before, painted."""
    bar, places = table.verticalScrollBar(), random.Random(7)
    taken: list[float] = []
    for _look in range(_LOOKS):
        start = perf_counter()
        bar.setValue(places.randrange(bar.maximum() + 1))
        table.viewport().repaint()
        taken.append((perf_counter() - start) * 1000)
        loop.settle(0.001)
    return median(taken), max(taken)


class _Constant(QAbstractTableModel):
    """As many rows, and nothing to look up."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else _ROWS

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 7

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return "tidal gate 1" if role == Qt.ItemDataRole.DisplayRole else None


def _constant_table(window: MainWindow) -> QTableView:
    """A plain table of the size of the table of terms, in a window of its own."""
    assert window.project is not None
    table = QTableView()
    table.setModel(_Constant(table))
    table.verticalHeader().hide()
    table.resize(window.project.terms.page.table.size())
    table.show()
    return table


def _log_rows(panel: LogPanel, project: Path, loop: Loop) -> list[Row]:
    title = f"log of {_RECORDS:,} records"
    panel.show_run(None, follow=False)
    loop.settle(0.1)
    loop.reset()
    before = resident_mb()
    first_page, _none = timed(lambda: (panel.show_run(1, follow=False), panel.view.viewport().repaint()))
    loop.settle(0.1)
    worst_first = loop.worst_ms()
    assert panel.model.total == panel.model.rowCount() == _RECORDS
    with closing(connect(project, read_only=True)) as connection:
        count, _counted = timed(
            lambda: connection.execute("SELECT COUNT(*) FROM log_records WHERE run_id = 1").fetchone()
        )
        page, _records = timed(lambda: logs.read_records(connection, 1, 1, 200))
        bare, _found = timed(lambda: logs.matching_seqs(connection, 1, "needle", Level.DEBUG))
    searches: list[Row] = []
    for words, query in (
        ("1 in 1,000", LogQuery("needle")),
        ("a regular expression, 1 in 1,000", LogQuery(r"needle\b", is_regex=True)),
        ("one that names no word", LogQuery(r"[n]eedle\b", is_regex=True)),
    ):
        panel.model.set_query(LogQuery())
        loop.settle(0.1)
        loop.reset()
        start = perf_counter()
        panel.model.set_query(query)
        loop.until(lambda: panel.model.rowCount() > 0)
        first_match = perf_counter() - start
        loop.until(lambda: not panel.model.is_searching)
        all_matches = perf_counter() - start
        assert panel.model.rowCount() == _RECORDS // 1000
        name = f"{title}: filter ({words})"
        searches += [
            Row(what=f"{name}, first matches", figure=first_match * 1000, unit="ms", goal=_STALL_GOAL),
            Row(
                what=f"{name}, all matches",
                figure=all_matches * 1000,
                unit="ms",
                goal=_SEARCH_GOAL,
                baseline=bare * 1000,
                against=_BARE,
            ),
            Row(what="… stall, worst", figure=loop.worst_ms(), unit="ms", goal=_STALL_GOAL),
        ]
    middle, worst_look = _scroll(panel.view, loop)
    memory = resident_mb()
    if before and memory:
        held = Row(what=f"{title}: memory", figure=memory, unit="MB", baseline=before, against="before it was shown")
        searches.append(held)
    return [
        Row(
            what=f"{title}: count and first page painted",
            figure=first_page * 1000,
            unit="ms",
            goal=_STALL_GOAL,
            baseline=page * 1000,
            against="200 records, bare SQL",
        ),
        Row(what="… stall, worst", figure=worst_first, unit="ms", goal=_STALL_GOAL),
        Row(what="… COUNT(*), for comparison", figure=count * 1000, unit="ms"),
        *searches,
        Row(what=f"{title}: jump in the matches and paint, median", figure=middle, unit="ms"),
        Row(what="… worst", figure=worst_look, unit="ms", goal=_STALL_GOAL),
    ]
