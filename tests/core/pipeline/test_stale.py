"""An entry that a person locked is told when its documents say something else now."""

from __future__ import annotations

from contextlib import closing

import pytest

from genglossary_gui.core.review.fixing import Fix, fix, fix_of
from genglossary_gui.core.store import entry_edits
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.entry_record import entry_record
from tests.core.runs.fault_support import Trial
from tests.support import SimpleEngine, make_project


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, "Lock is here.", "Weir is there.")


@pytest.fixture
def locked(project):
    """The entries of both terms, run and locked; their numbers."""
    run(project)
    with closing(connect(project)) as connection:
        ids = dict(connection.execute("SELECT key, id FROM terms"))
        entry_edits.lock(connection, list(ids.values()))
    return ids


def run(project):
    trial = Trial(project, SimpleEngine())
    trial.run()
    trial.manager.close()


def issues(project):
    with closing(connect(project)) as connection:
        return connection.execute(
            "SELECT t.key, i.type, i.state FROM issues i JOIN terms t ON t.id = i.term_id ORDER BY i.id"
        ).fetchall()


def test_d5_a_changed_document_makes_locked_entries_stale_and_the_fix_renews_them(project, locked):
    (project.parent / "documents" / "0.txt").write_text("Now the Lock is here.", encoding="utf-8")
    run(project)
    assert issues(project) == [("lock", "stale_source", "open")]
    with closing(connect(project)) as connection:
        record = entry_record(connection, locked["lock"])
        assert record is not None
        assert record.detail.row.is_stale
        [issue] = record.detail.issues
        assert fix_of(issue) is Fix.RENEW_EVIDENCE
        fix(connection, [issue])
        record = entry_record(connection, locked["lock"])
        assert record is not None
        assert not record.detail.row.is_stale
    run(project)
    assert issues(project) == [("lock", "stale_source", "fixed")]


def test_d5_a_deleted_document_is_told_and_nothing_can_be_renewed(project, locked):
    (project.parent / "documents" / "1.txt").unlink()
    run(project)
    with closing(connect(project)) as connection:
        record = entry_record(connection, locked["weir"])
        assert record is not None
        assert record.detail.row.is_stale
        assert fix(connection, list(record.detail.issues)) == []


def test_unlocked_entries_are_defined_anew(project):
    run(project)
    (project.parent / "documents" / "0.txt").write_text("Now the Lock is here.", encoding="utf-8")
    run(project)
    assert issues(project) == []
