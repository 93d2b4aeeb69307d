"""Several runs of several managers on one project, in any order of events: the life-cycle table is the oracle.

Queue, drafts and kept results are modelled beside it: what waits, what may be resumed, kept, discarded or restored,
and what must be shown.  The threads are real and stop where the machine wants them; the managers, the database and
the locks are real too.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import data, sampled_from

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.glossary import RunMode, RunStatus
from genglossary_gui.core.runs import continuing, ownership
from genglossary_gui.core.runs import job as job_module
from genglossary_gui.core.runs.job import Ended
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.runs.run_queue import Waiting
from genglossary_gui.core.store import results, runs, tidying
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.publishing import publish
from tests.core.runs.fault_support import rows_of, shown_in
from tests.core.runs.life_support import BUSY, TERMINAL, Home, Run, choices, made_by
from tests.support import PATIENCE, make_project

S = RunStatus
LIVING = ("waiting", *BUSY, "ended")
MOST_RUNS, MOST_NEW, MOST_DEAD = 12, 6, 3
KEPT = 2
MODES = [RunMode.RESUME, RunMode.KEEP, RunMode.RESTORE]

pytestmark = pytest.mark.expected_logs("failed", "could not be")


class LifeCycles(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.project = make_project(Path(self.folder.name))
        self.world: dict[int, Run] = {}
        self.homes = [Home(self.project, self.world) for _ in range(2)]
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(job_module, "publish", self.publish)
        self.patch.setattr(results, "KEPT", KEPT)
        self.drafts: dict[int, dict[str, str] | None] = {}
        self.kept: dict[int, dict[str, str]] = {}

    def publish(self, connection, run_id, owner):
        self.world[run_id].stop_at("sealed")
        publish(connection, run_id, owner)
        self.world[run_id].stop_at("published")

    def at(self, *places: str) -> list[Run]:
        return [run for run in self.world.values() if run.place in places]

    def orphans_recovered(self) -> list[int]:
        """What recovery must find now: runs of dead homes, at once."""
        found = [run for run in self.at("dead") if run.status not in TERMINAL]
        for run in found:
            run.status = S.COMPLETED if run.published else S.INTERRUPTED
        return [run.number for run in found]

    # --- events ------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.world) < MOST_NEW)
    @rule(data=data())
    def start(self, data):
        home = data.draw(sampled_from(self.homes))
        self.orphans_recovered()
        begins = home.begins_now()
        self.has_started(home, begins, home.manager.start_run("full"))

    def has_started(self, home: Home, begins: bool, number: int, **values) -> None:
        run = self.world.setdefault(number, Run(home, number, number, **values))
        run.draft = run.draft or number
        if not begins:
            home.queue.append(number)
        assert run.place == ("launched" if begins else "waiting")

    @precondition(lambda self: 1 < len(self.world) < MOST_NEW)
    @rule(data=data(), why=sampled_from(["plain", "cancelled"]))
    def start_without_a_thread(self, data, why):
        home = data.draw(sampled_from(self.homes))
        self.orphans_recovered()
        begins = home.begins_now()
        home.refuses = why
        try:
            if not begins:
                self.has_started(home, begins, home.manager.start_run("full"))
                return
            with pytest.raises(RuntimeError, match="no more threads"):
                home.manager.start_run("full")
        finally:
            home.refuses = ""
        run = self.world[max(self.world)]
        run.draft, run.place, run.status = run.number, "recorded", S.CANCELLED if run.accepted else S.FAILED

    @precondition(lambda self: len(self.world) < MOST_RUNS and (self.drafts or self.kept) and self.ended_rows())
    @rule(data=data())
    def go_on_with_a_run(self, data):
        home = data.draw(sampled_from(self.homes))
        self.orphans_recovered()
        able = [(run, mode) for mode in MODES for run in self.ended_rows() if self.may(run, mode)]
        every = [(run, mode) for run in self.ended_rows() for mode in MODES]
        run, mode = data.draw(sampled_from(able * 9 + every))
        begins = home.begins_now()
        if (run, mode) not in able:
            with pytest.raises(UsageError):
                home.manager.continue_run(run.number, mode)
            return
        number = home.manager.continue_run(run.number, mode)
        self.has_started(home, begins, number, basis=run.number, mode=mode)
        self.world[number].draft = number if mode is RunMode.RESTORE else run.draft

    def ended_rows(self) -> list[Run]:
        return [run for run in self.world.values() if run.status in TERMINAL]

    def may(self, run: Run, mode: RunMode) -> bool:
        choices = self.choices(run)
        allowed = {RunMode.RESUME: choices.can_resume, RunMode.KEEP: choices.can_keep}
        return not run.deleted and allowed.get(mode, choices.can_restore)

    def choices(self, run: Run) -> continuing.Choices:
        return choices(run, self.world, self.drafts, self.kept)

    @precondition(lambda self: self.drafts)
    @rule(data=data())
    def a_draft_is_discarded(self, data):
        run = data.draw(sampled_from(list(self.world.values())))
        with closing(connect(self.project)) as connection:
            assert continuing.discard(connection, run.number) == self.choices(run).can_discard
        if self.choices(run).can_discard:
            del self.drafts[run.draft]

    # --- the queue ---------------------------------------------------------------------------------

    @precondition(lambda self: len(self.world) > 2)
    @rule(data=data(), paused=sampled_from([False, False, True]), limit=sampled_from([1, 2, 2, 3]))
    def the_queue_is_paused_or_its_limit_changed(self, data, paused, limit):
        home = data.draw(sampled_from(self.homes))
        home.is_paused = home.manager.queue.is_paused = paused
        home.limit = home.manager.queue.limit = limit
        assert home.manager.dispatch() == {}
        home.has_dispatched()

    @precondition(lambda self: self.at("waiting"))
    @rule(data=data(), position=sampled_from([1, 2, 9]))
    def a_waiting_run_is_moved(self, data, position):
        run = data.draw(sampled_from(self.at("waiting")))
        order = [number for number in run.home.queue if number != run.number]
        order.insert(position - 1, run.number)
        assert run.home.manager.queue.move(run.number, position) == (order != run.home.queue)
        run.home.queue = order

    # --- the work ----------------------------------------------------------------------------------

    @precondition(lambda self: self.at("launched", "sealed", "published"))
    @rule(data=data())
    def a_thread_goes_on(self, data):
        run = data.draw(sampled_from(self.at("launched", "sealed", "published")))
        {"launched": self.begins, "sealed": self.publishes, "published": self.ends}[run.place](run)

    @precondition(lambda self: self.at("working"))
    @rule(data=data(), order=sampled_from(["finish", "finish", "stage", "fail", "exit", "notice", "a record"]))
    def the_work_goes_on(self, data, order):
        self.works(data.draw(sampled_from(self.at("working"))), order)

    @precondition(lambda self: self.at(*BUSY))
    @rule(data=data(), order=sampled_from(["finish", "finish", "fail", "notice"]), staged=sampled_from([True, False]))
    def a_run_goes_to_its_end(self, data, order, staged):
        """Many events at once, so that stories get longer."""
        run = data.draw(sampled_from(self.at(*BUSY)))
        if run.place == "launched":
            self.begins(run)
        if run.place == "working" and staged:
            self.works(run, "stage")
        if run.place == "working" and order == "notice" and not run.accepted:
            assert run.home.manager.cancel_run(run.number)
            run.was_cancelled()
        if run.place == "working":
            self.works(run, order)
        if run.place == "sealed":
            self.publishes(run)
        if run.place == "published":
            self.ends(run)
        self.is_recorded(run)

    def begins(self, run: Run) -> None:
        run.order("begin")
        if run.accepted:
            assert run.place == "ended"  # R6: no code of the pipeline
            run.end = S.CANCELLED
            return
        self.drafts.setdefault(run.draft, None)
        if run.mode is RunMode.RESTORE:
            run.made = self.drafts[run.draft] = self.kept.get(run.basis or 0)
        run.status = S.RUNNING
        if run.mode is RunMode.RESTORE and run.made is None:
            assert run.place == "ended"  # its results are not kept any more
            run.end = S.FAILED
        else:
            assert run.place == "working"

    def works(self, run: Run, order: str) -> None:
        run.order(order)
        if order in ("stage", "finish") and self.drafts[run.draft] is None:
            self.drafts[run.draft] = made_by(run.number)  # otherwise an earlier run has done it
        if order in ("a record", "stage") or (order == "notice" and not run.accepted):
            assert run.place == "working"
        elif run.accepted:
            assert run.place == "ended"  # I3, R14, R33: whatever it did, it was cancelled
            run.end = S.CANCELLED
        elif order == "finish":
            assert run.place == "sealed"
        else:
            assert run.place == "ended"
            run.end = S.FAILED

    def publishes(self, run: Run) -> None:
        run.order("publish")
        assert run.place == "published"
        made = self.drafts.pop(run.draft)
        assert made is not None
        run.published, run.made = True, made
        self.kept[run.number] = made
        for number in sorted(self.kept)[:-KEPT]:
            del self.kept[number]

    def ends(self, run: Run) -> None:
        run.order("end")
        assert run.place == "ended"
        run.end = S.COMPLETED

    @precondition(lambda self: self.world)
    @rule(data=data(), foreign=sampled_from([False, False, True]))
    def cancel(self, data, foreign):
        run = data.draw(sampled_from(self.at(*LIVING) or list(self.world.values())))
        home = data.draw(sampled_from(self.homes)) if foreign or run.place == "dead" else run.home
        is_open = run.home is home and run.place in ("waiting", "launched", "working") and not run.accepted
        assert home.manager.cancel_run(run.number) == is_open  # R2, R3, R5, I3
        if is_open:
            run.was_cancelled()

    @precondition(lambda self: self.at(*LIVING))
    @rule(data=data())
    def another_process_wishes(self, data):
        run = data.draw(sampled_from(list(self.world.values())))
        with closing(connect(self.project)) as connection:
            assert runs.ask_to_cancel(connection, run.number) == (run.status not in TERMINAL and not run.asked)
        run.asked |= run.status not in TERMINAL

    @precondition(lambda self: any(run.asked for run in self.at("waiting", "launched", "working")))
    @rule(data=data())
    def wishes_are_obeyed(self, data):
        home = data.draw(sampled_from(self.homes))
        home.manager.obey_wishes()
        for run in self.at("waiting", "launched", "working"):
            if run.home is home and run.asked and not run.accepted:
                run.was_cancelled()

    @precondition(lambda self: self.at("ended"))
    @rule(data=data(), locked=sampled_from([False, False, True]))
    def the_end_is_recorded(self, data, locked):
        run = data.draw(sampled_from(self.at("ended")))
        assert run.ended is not None
        assert run.ended.status is run.end  # R8, R9
        if locked:  # R30, R31
            with closing(connect(self.project)) as other:
                other.execute("BEGIN IMMEDIATE")
                assert not run.home.manager.record_end(run.number, run.ended)
                other.rollback()
            self.a_slot_is_free(run)
            assert (run.number, run.ended) in run.home.manager.unrecorded()
            assert run.home.manager.phase(run.number) is RunPhase.UNSAVED
            return
        self.is_recorded(run)

    def is_recorded(self, run: Run) -> None:
        assert run.ended is not None
        assert run.end is not None
        assert run.home.manager.record_end(run.number, run.ended)
        self.a_slot_is_free(run)
        run.place, run.status = "recorded", run.end

    def a_slot_is_free(self, run: Run) -> None:
        if not run.noted:  # S3: now, not when it was cancelled
            run.noted = True
            run.home.has_dispatched()

    @precondition(lambda self: self.at("recorded"))
    @rule(data=data(), status=sampled_from([S.COMPLETED, S.CANCELLED, S.FAILED]))
    def an_end_is_recorded_again(self, data, status):
        home = data.draw(sampled_from(self.homes))
        run = data.draw(sampled_from(self.at("recorded", "dead")))
        assert home.manager.record_end(run.number, Ended(status))  # I7: nothing changes, see below

    @precondition(lambda self: self.at(*LIVING) and len(self.at("dead")) < MOST_DEAD)
    @rule(data=data())
    def a_process_dies(self, data):
        home = data.draw(sampled_from(self.homes))
        home.faults.at, home.faults.lasting = 0, True
        for run in [run for run in self.world.values() if run.home is home and run.place != "recorded"]:
            if run.place in BUSY:
                run.order("die")
            run.place = "dead"
        lock = home.manager._incarnation._lock
        lock.release()
        ownership.lock_file(self.project, home.manager.owner).touch()
        self.homes[self.homes.index(home)] = Home(self.project, self.world)

    @precondition(lambda self: self.at("dead"))
    @rule(data=data())
    def recover(self, data):
        home = data.draw(sampled_from(self.homes))
        assert home.manager.recover() == self.orphans_recovered()  # I5, R51, R54

    # --- what a person tidies ----------------------------------------------------------------------

    @precondition(lambda self: self.ended_rows())
    @rule(data=data(), archived=sampled_from([True, False]))
    def a_run_is_archived(self, data, archived):
        run = data.draw(sampled_from(list(self.world.values())))
        changes = run.status in TERMINAL and run.archived != archived
        with closing(connect(self.project)) as connection:
            done = tidying.archive_runs(connection, [run.number], archived=archived)
        assert done == ([run.number] if changes else [])
        run.archived ^= changes

    @precondition(lambda self: self.ended_rows())
    @rule(data=data(), comes_back=sampled_from([True, False]))
    def a_run_is_deleted_or_comes_back(self, data, comes_back):
        run = data.draw(sampled_from(list(self.world.values())))
        with closing(connect(self.project)) as connection:
            if comes_back:
                tidying.restore_runs(connection, [run.number])
                run.deleted = False
                return
            changes = run.status in TERMINAL and not run.deleted
            assert tidying.delete_runs(connection, [run.number]) == ([run.number] if changes else [])
        run.deleted |= changes

    @precondition(lambda self: any(run.deleted for run in self.world.values()))
    @rule()
    def deleted_runs_go_for_good(self):
        with closing(connect(self.project)) as connection:
            tidying.purge(connection)
        there = {run.draft for run in self.world.values() if not run.deleted}
        self.drafts = {draft: made for draft, made in self.drafts.items() if draft in there}
        self.kept = {number: made for number, made in self.kept.items() if not self.world[number].deleted}

    # --- what holds after each ---------------------------------------------------------------------

    @invariant()
    def i1_i2_i4_i7_the_rows_say_what_is_true(self):
        if not hasattr(self, "world"):
            return
        rows = rows_of(self.project)
        assert sorted(rows) == sorted(self.world)  # no row without a run, no run without a row
        for run in self.world.values():
            row = rows[run.number]
            assert row.status is run.status
            assert (row.outcome == "completed") == run.published
            assert row.owner == run.home.manager.owner
            assert (row.draft, row.basis, row.mode) == (run.draft, run.basis, run.mode)
            assert (row.archived, row.deleted) == (run.archived, run.deleted)
            if run.status in TERMINAL:
                # A wish may still be left while its process is dead, and a person may tidy; nothing else.
                row = replace(row, cancel_requested=False, archived=False, deleted=False)
                run.final = run.final or row
                assert row == run.final

    @invariant()
    def i6_s1_every_living_run_and_no_other_can_be_reached(self):
        for home in getattr(self, "homes", []):
            mine = [run for run in self.at(*LIVING) if run.home is home]
            assert home.manager.active_runs() == sorted(run.number for run in mine)

    @invariant()
    def s3_the_queue_is_as_a_person_left_it(self):
        for home in getattr(self, "homes", []):
            waiting = home.manager.queue
            assert waiting.run_ids() == home.queue
            for place, number in enumerate(home.queue, 1):
                assert home.manager.phase(number) is RunPhase.WAITING
                assert waiting.waiting(number) == Waiting(place, len(home.queue), home.limit, home.is_paused)

    @invariant()
    def r4_r5_drafts_and_results_are_there_as_long_as_they_are_of_use(self):
        if not hasattr(self, "world"):
            return
        with closing(connect(self.project)) as connection:
            assert {draft for (draft,) in connection.execute("SELECT DISTINCT draft FROM drafts")} == set(self.drafts)
            for run in self.world.values():
                row = runs.get_run(connection, run.number)
                assert row is not None
                if run.status in TERMINAL:
                    assert continuing.choices(connection, row) == self.choices(run)
            kept = {number: results.load(connection, number) for number in self.world}
        made = {
            number: {entry.term.key: entry.definition.text for entry in entries}
            for number, entries in kept.items()
            if entries is not None
        }
        assert made == self.kept

    @invariant()
    def i8_s2_the_glossary_is_that_of_the_newest_published_run(self):
        if not hasattr(self, "world"):
            return
        published = {run.number: run.made for run in self.world.values() if run.published}
        shown = {key: definition for key, _frequency, definition, *_ in shown_in(self.project)}
        assert shown == (published[max(published)] if published else {})

    def teardown(self):
        if not hasattr(self, "world"):
            return
        for home in self.homes:
            home.manager.refuse_new_runs()
            for run_id in home.manager.active_runs():
                home.manager.cancel_run(run_id)
        for run in self.at("waiting"):
            run.was_cancelled()
        while busy := self.at(*BUSY):
            busy[0].order("finish")
        for run in self.world.values():
            if run.thread is not None:
                run.thread.join(PATIENCE)
            if run.place == "ended":
                assert run.ended is not None
                assert run.home.manager.record_end(run.number, run.ended)  # I9
        for home in self.homes:
            home.manager.recover()
            home.manager.close()
        assert not [row for row in rows_of(self.project).values() if row.status.is_active]  # I9
        assert not list(self.project.parent.glob(".*.lock"))
        assert all(run.home.faults.left_open == 0 for run in self.world.values())  # R27
        self.patch.undo()
        self.folder.cleanup()


LifeCycles.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None, derandomize=True)
TestLifeCycles = LifeCycles.TestCase
