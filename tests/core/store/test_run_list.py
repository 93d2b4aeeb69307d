"""The list of runs: headers before their groups, counts, what is left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.store import runs, tidying
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.core.store.run_list import RunSelection, header_id, listed_runs, state_counts, state_of_header


@pytest.fixture
def project(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "runs.genglossary"
    create_project(path, [])
    connection = connect(path)
    yield connection
    connection.close()


def add(connection: sqlite3.Connection, status: RunStatus | None = None) -> int:
    run_id = runs.insert_run(
        connection,
        uuid=str(connection.total_changes),
        scope=Scope.FULL,
        engine="offline",
        triggered_by="manual",
        settings="{}",
        owner="me",
    )
    if status is not None:
        runs.mark_running(connection, run_id, "me")
        runs.write_end(connection, run_id, "me", status)
    return run_id


def test_each_group_stands_under_its_header_in_the_order_of_the_sort(project: sqlite3.Connection) -> None:
    failed, cancelled, active = add(project, RunStatus.FAILED), add(project, RunStatus.CANCELLED), add(project)
    failed_too = add(project, RunStatus.FAILED)

    listed = listed_runs(project, RunSelection(sort="number", is_grouped=True))

    assert list(listed) == [
        header_id("active"),
        active,
        header_id("failed"),
        failed,
        failed_too,
        header_id("cancelled"),
        cancelled,
    ]
    assert listed.counts == {"active": 1, "failed": 2, "cancelled": 1}


def test_a_collapsed_group_keeps_its_header_and_its_count(project: sqlite3.Connection) -> None:
    add(project, RunStatus.FAILED)

    listed = listed_runs(project, RunSelection(is_grouped=True, collapsed=frozenset({"failed"})))

    assert (list(listed), listed.counts) == ([header_id("failed")], {"failed": 1})


def test_headers_are_told_from_runs(project: sqlite3.Connection) -> None:
    assert [state_of_header(row_id) for row_id in (header_id("interrupted"), 1, -1, -99)] == ["interrupted", "", "", ""]


def test_a_search_narrows_the_groups(project: sqlite3.Connection) -> None:
    tidying.write_note(project, add(project, RunStatus.FAILED), "needle")
    add(project, RunStatus.FAILED)

    assert listed_runs(project, RunSelection(search="needle", is_grouped=True)).counts == {"failed": 1}


@pytest.mark.parametrize("sort", ["note", "progress"])
def test_the_list_is_sorted_by_what_only_it_shows(project: sqlite3.Connection, sort: str) -> None:
    first, second = add(project), add(project)
    for run_id, done in ((first, 9), (second, 2)):
        tidying.write_note(project, run_id, f"note {done}")
        runs.write_progress(project, run_id, step="scan", done=done, total=10, warnings=0, counts={})

    assert list(listed_runs(project, RunSelection(sort=sort))) == [second, first]


def test_the_archive_is_counted_apart_and_deleted_runs_not_at_all(project: sqlite3.Connection) -> None:
    ids = [add(project, RunStatus.FAILED) for _ in range(4)]
    add(project)
    tidying.archive_runs(project, ids[:2])
    tidying.delete_runs(project, ids[2:3])

    counts = state_counts(project)

    assert counts == {
        "all": 2, "active": 1, "completed": 0, "failed": 1, "cancelled": 0, "interrupted": 0, "archived": 2,
    }  # fmt: skip
