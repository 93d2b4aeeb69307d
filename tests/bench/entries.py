"""Glossary and issues of 100,000 terms in the real window: sorted, searched, narrowed, and worked on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from genglossary_gui.app import build_main_window
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.ui.models.paged import PagedTableModel
from genglossary_gui.ui.views.glossary import GlossaryPage
from tests.bench import projects
from tests.bench.loop import Loop, application, close
from tests.bench.measuring import temporary_home
from tests.bench.table import Row

_ROWS = 100_000
_STALL_GOAL = 100
_STALL = "… stall, worst"


def measure() -> list[Row]:
    with temporary_home() as folder:
        project = projects.make_project(folder, "large", terms=_ROWS)
        _fill(project)
        application()
        loop, workers = Loop(), Workers(1)
        window = build_main_window(project, settings=AppSettings(language="en"), workers=workers)
        window.show()
        try:
            parts = window.project
            assert parts is not None
            loop.until(lambda: parts.glossary.page.model.is_loaded and parts.issues.model.is_loaded)
            loop.settle()
            rows = _table_rows("entries", parts.glossary.page.model, ("仕", "gate 9"), loop)
            rows += _work_rows(parts.glossary, loop)
            parts.show_page(3)
            loop.settle()
            return rows + _table_rows("issues", parts.issues.model, ("9",), loop)
        finally:
            close(window, loop)
            workers.close()


def _fill(project: Path) -> None:
    """Every term is defined, with evidence and an alias; every other one has an issue."""
    with closing(connect(project)) as connection, transaction(connection):
        document, content = projects.add_content(connection)
        connection.execute(
            "INSERT INTO definitions (term_id, stage, text, confidence, origin, current, created_at)"
            " SELECT id, 'provisional', 'The ' || term || ' is a part.', 0.5, 'offline', 1, '2026' FROM terms"
            " WHERE id % 3 <> 0"
        )
        connection.execute(
            "INSERT INTO evidence SELECT id, 0, ?, ?, 0, 5, 1, 'text', 'definition', 1, '' FROM definitions",
            (document, content),
        )
        connection.execute("INSERT INTO variants SELECT id, upper(term) || 'X', 'spelling', 2 FROM terms")
        connection.execute(
            "INSERT INTO issues (term_id, type, explanation, action)"
            " SELECT id, 'unclear', 'It is too short.', 'Complete it.' FROM terms WHERE id % 2 = 0"
        )


def _table_rows(name: str, model: PagedTableModel, searches: tuple[str, ...], loop: Loop) -> list[Row]:
    whole = Selection()
    _select(model, whole, loop)
    sorts = [column.name for column in model.columns if column.sortable]
    found = {sort: _select(model, Selection(sort=sort, descending=True), loop) for sort in sorts}
    slowest = max(found, key=lambda sort: found[sort][0])
    worst = max(stall for _taken, stall in found.values())
    rows = [
        Row(what=f"{_ROWS:,} {name}: sort by the slowest column ({slowest})", figure=found[slowest][0], unit="ms"),
        Row(what=_STALL, figure=worst, unit="ms", goal=_STALL_GOAL),
    ]
    for words in searches:
        taken, stall = _select(model, replace(whole, search=words), loop)
        rows.append(Row(what=f"{_ROWS:,} {name}: search “{words}”", figure=taken, unit="ms"))
        rows.append(Row(what=_STALL, figure=stall, unit="ms", goal=_STALL_GOAL))
    _select(model, whole, loop)
    return rows


def _work_rows(page: GlossaryPage, loop: Loop) -> list[Row]:
    model, edits = page.page.model, page.entry.edits
    assert edits is not None
    wanted = model.id_at(_ROWS // 2)

    def is_shown() -> bool:
        return page.entry.record is not None and page.entry.record.detail.row.id == wanted

    acts: tuple[tuple[str, Callable[[], object], Callable[[], bool]], ...] = (
        ("show an entry", lambda: page.page.select(wanted), is_shown),
        ("select all", page.page.table.selectAll, lambda: True),
        ("approve all", page.actions_["actionApprove"].trigger, lambda: edits.stack.count() == 1),
        ("undo that", edits.stack.undo, lambda: not edits.is_at_work),
    )
    rows: list[Row] = []
    for act, do, done in acts:
        taken, stall = _timed(do, done, loop)
        rows.append(Row(what=f"{_ROWS:,} entries: {act}", figure=taken, unit="ms"))
        rows.append(Row(what=_STALL, figure=stall, unit="ms", goal=_STALL_GOAL))
    return rows


def _select(model: PagedTableModel, selection: Selection, loop: Loop) -> tuple[float, float]:
    if selection == model.selection:
        return 0.0, 0.0
    arrived: list[int] = []
    model.loaded.connect(arrived.append)
    try:
        return _timed(lambda: model.set_selection(selection), lambda: bool(arrived), loop)
    finally:
        model.loaded.disconnect(arrived.append)


def _timed(do: Callable[[], object], done: Callable[[], bool], loop: Loop) -> tuple[float, float]:
    """Milliseconds until it is done, and the worst stall meanwhile and right after."""
    loop.reset()
    began = perf_counter()
    do()
    loop.until(done)
    taken = perf_counter() - began
    loop.settle()
    return taken * 1000, loop.worst_ms()
