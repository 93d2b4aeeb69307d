"""The life-cycle table of a run, as the database guards it."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.strategies import sampled_from

from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import create

S = RunStatus
NEXT = {
    S.PENDING: {S.RUNNING, S.CANCELLED, S.FAILED, S.INTERRUPTED},
    S.RUNNING: {S.COMPLETED, S.CANCELLED, S.FAILED, S.INTERRUPTED},
    S.COMPLETED: set(),
    S.CANCELLED: set(),
    S.FAILED: set(),
    S.INTERRUPTED: set(),
}


@pytest.fixture
def connection(tmp_path):
    with closing(create(tmp_path / "a.genglossary")) as connection:
        yield connection


def new_run(connection, owner="me", uuid="u1"):
    return runs.insert_run(
        connection, uuid=uuid, scope=Scope.FULL, engine="offline", triggered_by="manual", settings="{}", owner=owner
    )


def bring_to(connection, run_id, status):
    if status is not S.PENDING and status is not S.CANCELLED:
        runs.mark_running(connection, run_id, "me")
    if status is S.COMPLETED:
        assert runs.mark_published(connection, run_id, "me")
    if status in (S.COMPLETED, S.CANCELLED, S.FAILED):
        assert runs.write_end(connection, run_id, "me", status)
    if status is S.INTERRUPTED:
        assert runs.write_recovered(connection, run_id, "me") is S.INTERRUPTED


@pytest.mark.parametrize("after", S)
@pytest.mark.parametrize("before", S)
def test_the_database_allows_exactly_the_transitions_of_the_table(connection, before, after):
    if before is after:
        return
    run_id = new_run(connection)
    bring_to(connection, run_id, before)
    sql = "UPDATE runs SET status = ? WHERE id = ?"
    if after is S.COMPLETED and before is S.RUNNING:
        runs.mark_published(connection, run_id, "me")
    if after in NEXT[before]:
        connection.execute(sql, (after, run_id))
    else:
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(sql, (after, run_id))
        row = runs.get_run(connection, run_id)
        assert row is not None
        assert row.status is before


def test_completed_needs_published_results(connection):
    run_id = new_run(connection)
    runs.mark_running(connection, run_id, "me")
    with pytest.raises(sqlite3.IntegrityError):
        runs.write_end(connection, run_id, "me", S.COMPLETED)


@pytest.mark.parametrize("status", [S.CANCELLED, S.FAILED])
def test_a_published_run_can_only_be_completed(connection, status):
    run_id = new_run(connection)
    bring_to(connection, run_id, S.RUNNING)
    runs.mark_published(connection, run_id, "me")
    with pytest.raises(sqlite3.IntegrityError):
        runs.write_end(connection, run_id, "me", status)


@pytest.mark.parametrize("status", [S.COMPLETED, S.CANCELLED, S.FAILED, S.INTERRUPTED])
def test_progress_never_touches_a_finished_run(connection, status):
    run_id = new_run(connection)
    bring_to(connection, run_id, status)
    before = runs.get_run(connection, run_id)
    runs.write_progress(connection, run_id, step="scan", done=1, total=2, warnings=3, counts={"terms": 4})
    assert runs.get_run(connection, run_id) == before


def test_only_the_owner_ends_a_run(connection):
    run_id = new_run(connection, owner="somebody")
    assert not runs.mark_running(connection, run_id, "me")
    assert not runs.write_end(connection, run_id, "me", S.FAILED)


def test_recovery_believes_the_outcome(connection):
    run_id = new_run(connection)
    runs.mark_running(connection, run_id, "me")
    runs.mark_published(connection, run_id, "me")
    assert runs.write_recovered(connection, run_id, "me") is S.COMPLETED


def test_numbers_are_never_used_again(connection):
    first = new_run(connection)
    connection.execute("DELETE FROM runs WHERE id = ?", (first,))
    assert new_run(connection, uuid="u2") > first


def test_two_recoverers_are_harmless(connection):
    run_id = new_run(connection)
    assert runs.write_recovered(connection, run_id, "me") is S.INTERRUPTED
    assert runs.write_recovered(connection, run_id, "me") is None


class LifeCycle(RuleBasedStateMachine):
    """Any order of the store's own functions keeps to the table."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.connection = create(Path(self.folder.name) / "a.genglossary")
        self.run_id = new_run(self.connection)
        self.status, self.published = S.PENDING, False

    @rule()
    def start(self):
        won = runs.mark_running(self.connection, self.run_id, "me")
        assert won == (self.status is S.PENDING)
        if won:
            self.status = S.RUNNING

    @rule()
    def publish(self):
        won = runs.mark_published(self.connection, self.run_id, "me")
        assert won == (self.status is S.RUNNING and not self.published)
        self.published |= won

    @rule(status=sampled_from([S.COMPLETED, S.CANCELLED, S.FAILED]))
    def end(self, status):
        if self.status.is_active and self.published != (status is S.COMPLETED):
            with pytest.raises(sqlite3.IntegrityError):
                runs.write_end(self.connection, self.run_id, "me", status)
            return
        won = runs.write_end(self.connection, self.run_id, "me", status)
        assert won == self.status.is_active
        if won:
            self.status = status

    @rule()
    def recover(self):
        status = runs.write_recovered(self.connection, self.run_id, "me")
        assert (status is not None) == self.status.is_active
        if status is not None:
            assert status is (S.COMPLETED if self.published else S.INTERRUPTED)
            self.status = status

    @invariant()
    def the_row_says_so(self):
        row = runs.get_run(self.connection, self.run_id)
        assert row is not None
        assert row.status is self.status
        assert (row.outcome == "completed") == self.published

    def teardown(self):
        if hasattr(self, "connection"):
            self.connection.close()
            self.folder.cleanup()


LifeCycle.TestCase.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
TestLifeCycle = LifeCycle.TestCase
