"""Forced interleavings: a cancel at every instruction, failing callbacks, threads that do not start, what is left."""

from __future__ import annotations

import sqlite3
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest
from filelock import Timeout

from genglossary_gui.core import cancellation
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.errors import ProjectError
from genglossary_gui.core.glossary import RunStatus, Scope, TermDraft
from genglossary_gui.core.pipeline import executor as executor_module
from genglossary_gui.core.runs import headless, ownership, recorder
from genglossary_gui.core.runs import job as job_module
from genglossary_gui.core.runs.job import RunJob
from genglossary_gui.core.runs.manager import RunManager, RunPhase
from genglossary_gui.core.runs.ownership import Incarnation, is_dead
from genglossary_gui.core.runs.recorder import RunRecorder
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import drafts, runs
from genglossary_gui.core.store.connection import connect, transaction
from tests.core.runs.fault_support import Trial, messages_of, rows_of, shown_in
from tests.support import make_project

S = RunStatus


class Steps:
    """An executor that stages one term, named after the run, and then does ``work``."""

    def __init__(self, work=lambda context: None):
        self.work = work

    def execute(self, connection, scope, context):
        name = f"term {context.run_id}"
        drafts.stage_terms(connection, context.run_id, [TermDraft(name, name, "en", 1.0, 1, 1, 1, True)])
        context.log("staged")
        self.work(context)
        try:
            context.token.checkpoint()
        except cancellation.Cancelled:
            return True
        return False


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


@pytest.fixture
def make_trial(project):
    trials = []

    def make(work=lambda context: None, **parts):
        trial = Trial(project, **parts)
        trial.manager._executor = Steps(work)  # type: ignore[assignment]
        trials.append(trial)
        return trial

    yield make
    for trial in trials:
        assert trial.faults.left_open == 0
        trial.manager.close()


# --- a cancel at every instruction -----------------------------------------------------------------


class CancelAt:
    """Traces the modules that decide, and cancels the run before the instruction numbered ``at``."""

    FILES = frozenset(module.__file__ for module in (job_module, executor_module, cancellation))

    def __init__(self, manager: RunManager, at: int) -> None:
        self.manager, self.at = manager, at
        self.count = 0
        self.answer: bool | None = None

    def __call__(self, frame, event, arg):
        if frame.f_code.co_filename not in self.FILES:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            self.count += 1
            [run_id] = self.manager.active_runs()
            # Nobody else gets in while the token decides.
            is_free = not self.manager._active[run_id].token._lock.locked()
            if self.count > self.at and self.answer is None and is_free:
                sys.settrace(None)
                self.answer = self.manager.cancel_run(run_id)
        return self


def test_i3_r10_a_cancel_at_any_instruction_is_accepted_or_too_late(project, make_trial, monkeypatch):
    monkeypatch.setattr(recorder, "_WRITE_EVERY", 0.0)
    trial = make_trial()
    cancel: CancelAt | None = None
    carry_out = trial.launch

    def launch(job: RunJob) -> None:
        sys.settrace(cancel)
        try:
            carry_out(job)
        finally:
            sys.settrace(previous)

    trial.manager._launch = launch
    previous = sys.gettrace()
    answers, newest = [], None
    at = 0
    while True:
        cancel = CancelAt(trial.manager, at)
        run_id = trial.run()
        row = rows_of(project)[run_id]
        if cancel.answer:
            assert (row.status, row.outcome, row.error) == (S.CANCELLED, None, ""), at  # I2, I3
        else:
            assert (row.status, row.outcome) == (S.COMPLETED, "completed"), at
            newest = run_id
        expected = [] if newest is None else [f"term {newest}"]
        assert [key for key, *_ in shown_in(project)] == expected, at  # I8
        if cancel.answer is None:
            break
        answers.append(cancel.answer)
        at += 1
    assert len(answers) > 200
    assert answers == sorted(answers, reverse=True)  # one commit point: accepted before it, refused after it
    assert set(answers) == {True, False}


def test_i3_a_cancel_during_publishing_is_too_late(project, make_trial, monkeypatch):
    trial = make_trial()
    answers, phases = [], []

    def publish(connection, run_id, owner):
        with transaction(connection):
            real(connection, run_id, owner)
            answers.append(trial.manager.cancel_run(run_id))
            phases.append(trial.manager.phase(run_id))

    real = job_module.publish
    monkeypatch.setattr(job_module, "publish", publish)
    run_id = trial.run()
    assert (answers, phases) == ([False], [RunPhase.SAVING])
    assert rows_of(project)[run_id].status is S.COMPLETED


@pytest.mark.expected_logs("failed")
def test_i3_i4_a_cancel_of_a_run_that_has_failed_already_is_too_late(project, make_trial):
    trial = make_trial(_fail)
    run_id = trial.manager.start_run("full")
    assert not trial.manager.cancel_run(run_id)
    trial.record()
    assert rows_of(project)[run_id].status is S.FAILED


@pytest.mark.parametrize("cancelled", [False, True])
def test_i7_r3_a_run_whose_row_was_ended_by_somebody_else_does_nothing(project, make_trial, cancelled):
    """As when the project was copied, or locks do not bind: the row is believed, not the memory."""
    entered = []
    trial = make_trial(lambda context: entered.append(context.run_id))
    carry_out = trial.launch

    def launch(job: RunJob) -> None:
        with closing(connect(project)) as connection:
            assert runs.write_recovered(connection, job.run_id, job.owner) is S.INTERRUPTED
        if cancelled:
            assert trial.manager.cancel_run(job.run_id)
        carry_out(job)

    trial.manager._launch = launch
    run_id = trial.run()
    assert (entered, rows_of(project)[run_id].status) == ([], S.INTERRUPTED)


@pytest.mark.parametrize("change", ["outcome = 'completed'", "archived = 1", "deleted_at = 'now'"])
def test_i1_the_database_itself_refuses_what_a_run_that_has_not_begun_cannot_be(project, change):
    with closing(connect(project)) as connection:
        runs.insert_run(
            connection, uuid="u", scope=Scope.FULL, engine="offline", triggered_by="cli", settings="{}", owner="me"
        )
        with pytest.raises(sqlite3.IntegrityError, match=r"run"):
            connection.execute(f"UPDATE runs SET {change}")


# --- callbacks and exceptions ----------------------------------------------------------------------


@pytest.mark.expected_logs("telling")
def test_r82_a_listener_that_always_fails_changes_no_ending(project, make_trial, monkeypatch):
    monkeypatch.setattr(recorder, "_TELL_EVERY", 0.0)

    def fail(run_id, last):
        raise RuntimeError

    run_id = make_trial(on_change=fail).run()
    assert rows_of(project)[run_id].status is S.COMPLETED
    assert messages_of(project, run_id)[-1] == "Completed."


@pytest.mark.expected_logs("failed")
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError])
def test_i1_r35_nothing_after_publishing_makes_a_run_failed(project, make_trial, monkeypatch, error):
    monkeypatch.setattr(recorder, "_WRITE_EVERY", 0.0)
    monkeypatch.setattr(recorder, "_TELL_EVERY", 0.0)

    def fail(run_id, last):
        if rows_of(project)[run_id].outcome == "completed":
            raise error

    run_id = make_trial(on_change=fail).run()
    assert rows_of(project)[run_id].status is S.COMPLETED


@pytest.mark.expected_logs("failed")
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit, StopIteration, cancellation.Cancelled])
@pytest.mark.parametrize("cancelled", [False, True])
def test_r33_r35_every_exception_has_one_ending(project, make_trial, error, cancelled):
    def work(context):
        if cancelled:
            context.token.request()
        raise error

    run_id = make_trial(work).run()
    row = rows_of(project)[run_id]
    assert row.status is (S.CANCELLED if cancelled else S.FAILED)
    assert bool(row.error) is not cancelled


def test_r77_a_record_does_not_share_the_fate_of_a_transaction_around_it(project, make_trial, monkeypatch):
    monkeypatch.setattr(recorder, "_WRITE_EVERY", 0.0)
    trial = make_trial()
    trial.run()
    with closing(connect(project)) as connection:
        lines = RunRecorder(connection, 1, lambda run_id, last: None)
        with suppress(ZeroDivisionError), transaction(connection):
            lines.log("inside")
            raise ZeroDivisionError
        lines.close()
    assert messages_of(project, 1)[-1] == "inside"


def test_s1_no_lock_is_held_while_results_are_encoded_for_staging(project):
    with closing(connect(project)) as connection, closing(connect(project, busy_timeout_ms=0)) as other:
        run_id = runs.insert_run(
            connection, uuid="u", scope=Scope.FULL, engine="offline", triggered_by="cli", settings="{}", owner="me"
        )

        def terms():
            for number in range(2_000):
                with transaction(other):
                    pass
                yield TermDraft(f"t{number}", "t", "en", 1.0, number, 1, 1, True)

        drafts.stage_terms(connection, run_id, terms())
        assert len(drafts.staged_terms(connection, run_id)) == 2_000


def test_s1_a_run_waits_while_another_one_publishes_for_long(make_trial):
    waits = []

    def opened(path, **options):
        waits.append(getattr(options.get("patience"), "seconds", 0.0))
        return connect(path, **options)

    trial = make_trial()
    trial.manager._connect = opened
    trial.run()
    assert max(waits) >= 60


# --- starting --------------------------------------------------------------------------------------


@pytest.mark.expected_logs("could not be started")
@pytest.mark.parametrize("cancelled", [False, True])
def test_r18_i3_a_thread_that_fails_to_start_while_the_database_is_locked(project, make_trial, cancelled):
    trial = make_trial()
    with closing(connect(project)) as other:

        def launch(job: RunJob) -> None:
            if cancelled:
                assert trial.manager.cancel_run(job.run_id)
            other.execute("BEGIN IMMEDIATE")
            raise RuntimeError("can't start new thread")

        trial.manager._launch = launch
        with pytest.raises(RuntimeError, match="new thread"):
            trial.manager.start_run("full")
        other.rollback()
    [(run_id, ended)] = trial.manager.unrecorded()
    assert trial.manager.record_end(run_id, ended)
    assert rows_of(project)[run_id].status is (S.CANCELLED if cancelled else S.FAILED)


def test_a_headless_run_whose_end_cannot_be_recorded_stops_waiting(project, monkeypatch):
    """The command line must come back when the project file is gone for good."""
    monkeypatch.setattr(headless, "_RECORD_SECONDS", 0.0)
    documents = project.parent / "documents"
    (documents / "a.txt").write_text("A magma chamber is a pool of rock.", encoding="utf-8")
    workers = Workers(1)
    try:
        with pytest.raises(ProjectError, match="moved, deleted or replaced"):
            headless.run_to_end(
                project,
                Scope.FULL,
                settings=RunSettings(),
                workers=workers,
                on_change=lambda run_id, last: project.unlink(missing_ok=True),
            )
    finally:
        workers.close()


# --- locks -----------------------------------------------------------------------------------------


def test_i5_a_living_owner_is_alive_also_through_a_link(project):
    link = project.parent / "elsewhere" / "link.genglossary"
    link.parent.mkdir()
    link.symlink_to(project)
    owner = Incarnation(project)
    owner.hold()
    assert not is_dead(link, owner.owner)
    ownership.sweep(link)
    assert not is_dead(project, owner.owner)
    owner.release()


def test_i5_a_manager_never_recovers_its_own_runs_even_where_locks_do_not_bind_a_process(
    project, make_trial, monkeypatch
):
    """On some network file systems a process is granted its own lock a second time."""
    recovered = []
    trial = make_trial(lambda context: recovered.extend(trial.manager.recover()))
    monkeypatch.setattr(ownership, "is_dead", lambda project, owner: True)
    run_id = trial.run()
    assert (recovered, rows_of(project)[run_id].status) == ([], S.COMPLETED)


def test_a_lock_is_taken_though_a_sweeper_holds_the_fresh_file_for_a_moment(project, monkeypatch):
    owner = Incarnation(project)
    acquire, refusals = owner._lock.acquire, [Timeout("swept"), Timeout("swept")]

    def acquire_late(**options):
        if refusals:
            raise refusals.pop()
        return acquire(**options)

    monkeypatch.setattr(owner._lock, "acquire", acquire_late)
    owner.hold()
    assert not is_dead(project, owner.owner)
    owner.release()


def test_a_lock_file_that_may_not_be_removed_is_no_obstacle(project, monkeypatch):
    owner = Incarnation(project)
    owner.hold()

    def refuse(self, missing_ok=False):
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        owner.release()
        assert is_dead(project, owner.owner)
    ownership.sweep(project)
    assert not list(project.parent.glob(".*.lock"))


# --- what is left ----------------------------------------------------------------------------------


def _cancel(context):
    context.token.request()


def _fail(context):
    raise ZeroDivisionError


def _interrupt(context):
    raise KeyboardInterrupt


ENDINGS = {"completed": lambda context: None, "cancelled": _cancel, "failed": _fail, "interrupt": _interrupt}


@pytest.mark.expected_logs("failed", "could not be started")
@pytest.mark.parametrize("kind", [*ENDINGS, "no thread"])
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts descriptors in /proc")
def test_r27_r29_200_runs_of_each_kind_leave_nothing(project, make_trial, kind):
    trial = make_trial(ENDINGS.get(kind, _fail))

    def launch(job: RunJob) -> None:
        if kind == "no thread":
            raise RuntimeError("can't start new thread")
        thread = threading.Thread(target=lambda: trial.launch(job))
        thread.start()
        thread.join()

    trial.manager._launch = launch

    def run(times: int) -> tuple[int, int, int]:
        for _ in range(times):
            if kind == "no thread":
                with pytest.raises(RuntimeError, match="new thread"):
                    trial.manager.start_run("full")
            else:
                trial.run()
        files = len(list(Path("/proc/self/fd").iterdir()))
        return files, threading.active_count(), len(list(project.parent.iterdir()))

    before = run(5)
    assert run(200) == before
    assert (trial.manager.active_runs(), trial.ends) == ([], {})
    status = {"no thread": S.FAILED, "interrupt": S.FAILED}.get(kind) or S(kind)
    assert {row.status for row in rows_of(project).values()} == {status}
    assert len(rows_of(project)) == 205
