"""The queue: a limit, an order a person may change, a pause; a waiting run is cancelled without ever beginning."""

from __future__ import annotations

import pytest

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.runs.job import Ended
from genglossary_gui.core.runs.manager import RunManager, RunPhase
from genglossary_gui.core.runs.run_queue import Waiting
from tests.core.runs.fault_support import rows_of
from tests.support import make_project


class Desk:
    """A manager whose launched runs do nothing until they are ended by hand."""

    def __init__(self, project, limit):
        self.project = project
        self.launched: list[int] = []
        self.refuses: set[int] = set()
        self.manager = RunManager(project, PipelineExecutor(), self.launch, limit=limit)

    def launch(self, job):
        if job.run_id in self.refuses:
            raise RuntimeError("no more threads")
        self.launched.append(job.run_id)

    def end(self, run_id, status=RunStatus.CANCELLED):
        assert self.manager.record_end(run_id, Ended(status))

    def close(self):
        active = self.manager.active_runs()
        for run_id in active:
            self.manager.cancel_run(run_id)
        for run_id in active:
            self.end(run_id)
        self.manager.close()


@pytest.fixture
def desk(tmp_path):
    desk = Desk(make_project(tmp_path, "A text."), limit=2)
    yield desk
    desk.close()


def test_s3_a_run_begins_when_the_work_of_another_has_really_stopped(desk):
    first, second, third = (desk.manager.start_run("full") for _ in range(3))
    assert desk.launched == [first, second]
    assert desk.manager.phase(third) is RunPhase.WAITING
    assert desk.manager.cancel_run(first)
    assert desk.manager.dispatch() == {}
    assert desk.launched == [first, second]
    desk.end(first)
    assert desk.launched == [first, second, third]
    assert desk.manager.phase(third) is RunPhase.ACTIVE


def test_r6_a_waiting_run_is_cancelled_without_beginning(desk):
    numbers = [desk.manager.start_run("full") for _ in range(3)]
    assert desk.manager.cancel_run(numbers[2])
    assert desk.manager.unrecorded() == [(numbers[2], Ended(RunStatus.CANCELLED))]
    desk.end(numbers[2])
    desk.end(numbers[0])
    row = rows_of(desk.project)[numbers[2]]
    assert (row.status, row.started_at) == (RunStatus.CANCELLED, None)
    assert numbers[2] not in desk.launched


def test_r3_the_order_of_the_queue_can_be_changed(desk):
    numbers = [desk.manager.start_run("full") for _ in range(5)]
    assert desk.manager.queue.move(numbers[4], 1)
    assert not desk.manager.queue.move(numbers[4], 1)
    assert desk.manager.queue.waiting(numbers[2]) == Waiting(2, 3, 2, False)
    desk.end(numbers[0])
    assert desk.launched[-1] == numbers[4]


def test_r3_a_paused_queue_holds_runs_back_until_it_goes_on(desk):
    desk.manager.queue.is_paused = True
    number = desk.manager.start_run("full")
    assert desk.launched == []
    waiting = desk.manager.queue.waiting(number)
    assert waiting is not None
    assert waiting.is_paused
    desk.manager.queue.is_paused = False
    assert desk.manager.dispatch() == {}
    assert desk.launched == [number]


def test_r3_a_higher_limit_lets_waiting_runs_begin(desk):
    numbers = [desk.manager.start_run("full") for _ in range(4)]
    desk.manager.queue.limit = 3
    desk.manager.dispatch()
    assert desk.launched == numbers[:3]


@pytest.mark.expected_logs("could not be started")
def test_r18_a_queued_run_that_cannot_be_launched_fails_and_the_next_one_begins(desk):
    numbers = [desk.manager.start_run("full") for _ in range(4)]
    desk.refuses.add(numbers[2])
    desk.end(numbers[0])
    assert desk.launched == [numbers[0], numbers[1], numbers[3]]
    [(failed, ended)] = desk.manager.unrecorded()
    assert (failed, ended.status) == (numbers[2], RunStatus.FAILED)
    desk.end(failed, ended.status)


def test_closing_lets_no_waiting_run_begin(desk):
    numbers = [desk.manager.start_run("full") for _ in range(3)]
    desk.manager.refuse_new_runs()
    desk.end(numbers[0])
    assert desk.launched == numbers[:2]


def test_r6_a_cancel_between_row_and_queue_is_honoured_also_while_the_queue_is_paused(desk, monkeypatch):
    desk.manager.queue.is_paused = True
    put = desk.manager.queue.put

    def put_late(run_id, job):
        assert desk.manager.cancel_run(run_id)
        put(run_id, job)

    monkeypatch.setattr(desk.manager.queue, "put", put_late)
    number = desk.manager.start_run("full")
    assert desk.manager.unrecorded() == [(number, Ended(RunStatus.CANCELLED))]
    assert desk.manager.queue.run_ids() == []
