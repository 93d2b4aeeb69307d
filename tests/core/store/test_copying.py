"""A duplicate has what the project has, without its runs."""

from __future__ import annotations

from contextlib import closing

import pytest

from genglossary_gui.core.errors import ProjectError
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.copying import duplicate, free_copy
from tests.core.runs.fault_support import Trial, shown_in
from tests.support import make_project


@pytest.fixture
def project(tmp_path):
    project = make_project(tmp_path, "A weir is a low dam. The weir and the lock. The lock is shut.")
    trial = Trial(project)
    trial.run()
    trial.manager.close()
    return project


def count(connection, table):
    return connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def name_of(connection):
    return connection.execute("SELECT value FROM project WHERE key = 'name'").fetchone()[0]


def name_in(project):
    with closing(connect(project)) as connection:
        return name_of(connection)


def test_a_duplicate_shows_the_same_glossary_and_no_runs(project):
    target = free_copy(project)
    with closing(connect(project)):  # a window has it open
        duplicate(project, target)

    assert shown_in(target) == shown_in(project)
    with closing(connect(target)) as connection:
        assert count(connection, "terms") > 0
        assert [count(connection, table) for table in ("runs", "log_records", "drafts", "results")] == [0] * 4
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert name_of(connection) == f"{name_in(project)} 2"


def test_a_copy_that_is_called_otherwise_has_the_name_of_its_file(project):
    target = project.with_stem("lakes")
    duplicate(project, target)
    assert name_in(target) == "lakes"


def test_a_duplicate_can_be_run_again(project):
    target = free_copy(project)
    duplicate(project, target)
    shown = shown_in(target)
    trial = Trial(target)
    trial.run()
    trial.manager.close()
    assert shown_in(target) == shown


def test_a_file_that_exists_is_never_replaced(project, tmp_path):
    target = tmp_path / "mine.genglossary"
    target.write_text("mine")
    with pytest.raises(ProjectError):
        duplicate(project, target)
    assert target.read_text() == "mine"
    assert not list(tmp_path.glob("*.part*"))
