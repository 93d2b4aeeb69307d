"""Names, notes, archive and deleting: of finished runs only, and with a way back."""

from __future__ import annotations

from contextlib import closing

import pytest

from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.store import runs, tidying
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.selection import Selection
from tests.core.runs.fault_support import Trial, messages_of, rows_of, shown_in
from tests.support import make_project


@pytest.fixture
def project(tmp_path):
    project = make_project(tmp_path, "The Lock and the Weir.")
    trial = Trial(project)
    for _ in range(2):
        trial.run()
    trial.manager.close()
    return project


@pytest.fixture
def connection(project):
    with closing(connect(project)) as connection:
        yield connection


@pytest.fixture
def active(connection):
    return runs.insert_run(
        connection, uuid="a", scope=Scope.FULL, engine="offline", triggered_by="manual", settings="{}", owner="me"
    )


def listed(connection, *filters):
    return sorted(runs.run_ids(connection, Selection(filters=filters)))


def test_a_deleted_run_is_out_of_the_lists_and_comes_back_whole(connection, project):
    before = rows_of(project)[1]
    assert tidying.delete_runs(connection, [1]) == [1]
    assert listed(connection) == [2]
    tidying.restore_runs(connection, [1])
    assert listed(connection) == [1, 2]
    assert rows_of(project)[1] == before
    assert messages_of(project, 1)


def test_what_is_purged_is_gone_and_the_glossary_stays(connection, project):
    shown = shown_in(project)
    tidying.delete_runs(connection, [1, 2])
    tidying.purge(connection)
    assert messages_of(project, 1) == []
    for table in ("results", "run_steps", "drafts"):
        assert connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] == 0
    assert shown_in(project) == shown
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_active_run_is_neither_deleted_nor_archived(connection, active):
    assert tidying.delete_runs(connection, [active]) == []
    assert tidying.archive_runs(connection, [active]) == []
    assert runs.write_end(connection, active, "me", RunStatus.CANCELLED)
    assert tidying.delete_runs(connection, [active]) == [active]


def test_the_archive_is_a_place_apart(connection):
    assert tidying.archive_runs(connection, [1]) == [1]
    assert (listed(connection, "current"), listed(connection, "archived")) == ([2], [1])
    assert tidying.archive_runs(connection, [1, 2], archived=False) == [1]
    assert listed(connection, "current") == [1, 2]


def test_names_and_notes_are_found_by_search(connection):
    tidying.rename_run(connection, 1, "the good one")
    tidying.write_note(connection, 2, "before the new manual")
    assert list(runs.run_ids(connection, Selection(search="good"))) == [1]
    assert list(runs.run_ids(connection, Selection(search="new manual"))) == [2]
