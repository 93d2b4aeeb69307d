"""Several runs of several managers on one project, in any order of events: the life-cycle table is the oracle.

The threads are real and stop where the machine wants them; the managers, the database and the locks are real too.
"""

from __future__ import annotations

import queue
import tempfile
import threading
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import data, sampled_from

from genglossary_gui.core.glossary import DefinitionDraft, RunStatus, Stage, TermDraft
from genglossary_gui.core.runs import job as job_module
from genglossary_gui.core.runs import ownership
from genglossary_gui.core.runs.job import Ended, RunJob
from genglossary_gui.core.runs.manager import RunManager, RunPhase
from genglossary_gui.core.store import drafts, runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.publishing import publish
from tests.core.runs.fault_support import Faults, rows_of, shown_in
from tests.support import PATIENCE, make_project

S = RunStatus
LIVING = ("launched", "working", "sealed", "published", "ended")
MOST_RUNS, MOST_DEAD = 6, 2
TERMINAL = {S.COMPLETED, S.CANCELLED, S.FAILED, S.INTERRUPTED}

pytestmark = pytest.mark.expected_logs("failed", "could not be")


@dataclass
class Run:
    """One run as the table says it should be.

    ``place``: launched, working, sealed, published, ended, recorded or dead (its process is).
    """

    home: Home
    number: int
    place: str = "launched"
    status: RunStatus = S.PENDING
    accepted: bool = False
    asked: bool = False
    published: bool = False
    end: RunStatus | None = None
    ended: Ended | None = None
    final: runs.RunRow | None = None
    orders: queue.SimpleQueue[str] = field(default_factory=queue.SimpleQueue)
    arrivals: queue.SimpleQueue[tuple[str, Ended | None]] = field(default_factory=queue.SimpleQueue)
    thread: threading.Thread | None = None

    def stop_at(self, place: str) -> str:
        """In the run's thread: wait for the machine's order."""
        self.arrivals.put((place, None))
        order = self.orders.get(timeout=PATIENCE)
        if order == "die":
            raise SystemExit
        return order

    def order(self, order: str) -> None:
        """In the machine's thread: let the run go on, until it stops again or has ended."""
        self.orders.put(order)
        self.arrive()

    def arrive(self) -> None:
        self.place, self.ended = self.arrivals.get(timeout=PATIENCE)


class Home:
    """A process, as far as its runs are concerned: a manager with its lock and its connections."""

    def __init__(self, project: Path, world: dict[int, Run]) -> None:
        self.faults, self.world = Faults(), world
        self.refuses = ""
        self.manager = RunManager(project, Script(world), self.launch, make_connection=self.faults.open)  # type: ignore[arg-type]

    def launch(self, job: RunJob) -> None:
        run = self.world[job.run_id] = Run(self, job.run_id)
        if self.refuses:
            run.accepted = self.refuses == "cancelled" and self.manager.cancel_run(job.run_id)
            raise RuntimeError("no more threads")

        def work() -> None:
            try:
                run.stop_at("launched")
            except SystemExit:
                run.arrivals.put(("dead", None))
                return
            run.arrivals.put(("ended", job.carry_out(lambda run_id, last: None)))

        run.thread = threading.Thread(target=work)
        run.thread.start()
        run.arrive()


class Script:
    """An executor that does what the machine orders."""

    def __init__(self, world: dict[int, Run]) -> None:
        self.world = world

    def execute(self, connection, scope, context) -> bool:
        run_id = context.run_id
        words = ["common", f"own {run_id}"]
        drafts.stage_terms(
            connection, run_id, [TermDraft(word, word, "en", 1.0, n, 1, 1, True) for n, word in enumerate(words, 1)]
        )
        found = [(word, DefinitionDraft(f"by {run_id}", 0.5, (), "offline")) for word in words]
        drafts.stage_definitions(connection, run_id, Stage.PROVISIONAL, found)
        while True:
            order = self.world[run_id].stop_at("working")
            if order == "finish":
                return False
            if order == "fail":
                raise ZeroDivisionError
            if order == "exit":
                raise KeyboardInterrupt
            if order == "notice" and context.token.is_cancelled:
                return True
            context.log(order)


class LifeCycles(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.project = make_project(Path(self.folder.name))
        self.world: dict[int, Run] = {}
        self.homes = [Home(self.project, self.world) for _ in range(2)]
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(job_module, "publish", self.publish)

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

    @precondition(lambda self: len(self.world) < MOST_RUNS)
    @rule(data=data())
    def start(self, data):
        home = data.draw(sampled_from(self.homes))
        self.orphans_recovered()
        number = home.manager.start_run("full")
        assert self.world[number].place == "launched"

    @precondition(lambda self: len(self.world) < MOST_RUNS)
    @rule(data=data(), why=sampled_from(["plain", "cancelled"]))
    def start_without_a_thread(self, data, why):
        home = data.draw(sampled_from(self.homes))
        self.orphans_recovered()
        home.refuses = why
        with pytest.raises(RuntimeError, match="no more threads"):
            home.manager.start_run("full")
        home.refuses = ""
        run = self.world[max(self.world)]
        run.place, run.status = "recorded", S.CANCELLED if run.accepted else S.FAILED

    @precondition(lambda self: self.at("launched"))
    @rule(data=data())
    def the_thread_begins(self, data):
        run = data.draw(sampled_from(self.at("launched")))
        run.order("begin")
        if run.accepted:
            assert run.place == "ended"  # R6: no code of the pipeline
            run.end = S.CANCELLED
        else:
            assert run.place == "working"
            run.status = S.RUNNING

    @precondition(lambda self: self.at("working"))
    @rule(data=data(), order=sampled_from(["finish", "fail", "exit", "notice", "a record"]))
    def the_work_goes_on(self, data, order):
        run = data.draw(sampled_from(self.at("working")))
        run.order(order)
        if order == "a record" or (order == "notice" and not run.accepted):
            assert run.place == "working"
        elif run.accepted:
            assert run.place == "ended"  # I3, R14, R33: whatever it did, it was cancelled
            run.end = S.CANCELLED
        elif order == "finish":
            assert run.place == "sealed"
        else:
            assert run.place == "ended"
            run.end = S.FAILED

    @precondition(lambda self: self.at("sealed"))
    @rule(data=data())
    def the_results_are_published(self, data):
        run = data.draw(sampled_from(self.at("sealed")))
        run.order("publish")
        assert run.place == "published"
        run.published = True

    @precondition(lambda self: self.at("published"))
    @rule(data=data())
    def the_thread_ends(self, data):
        run = data.draw(sampled_from(self.at("published")))
        run.order("end")
        assert run.place == "ended"
        run.end = S.COMPLETED

    @precondition(lambda self: self.world)
    @rule(data=data(), foreign=sampled_from([False, False, True]))
    def cancel(self, data, foreign):
        run = data.draw(sampled_from(self.at(*LIVING) or list(self.world.values())))
        home = data.draw(sampled_from(self.homes)) if foreign or run.place == "dead" else run.home
        is_open = run.home is home and run.place in ("launched", "working") and not run.accepted
        assert home.manager.cancel_run(run.number) == is_open  # R2, R3, R5, I3
        run.accepted |= is_open

    @precondition(lambda self: self.world)
    @rule(data=data())
    def another_process_wishes(self, data):
        run = data.draw(sampled_from(list(self.world.values())))
        with closing(connect(self.project)) as connection:
            assert runs.ask_to_cancel(connection, run.number) == (run.status not in TERMINAL and not run.asked)
        run.asked |= run.status not in TERMINAL

    @rule(data=data())
    def wishes_are_obeyed(self, data):
        home = data.draw(sampled_from(self.homes))
        home.manager.obey_wishes()
        for run in self.at("launched", "working"):
            run.accepted |= run.home is home and run.asked

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
            assert (run.number, run.ended) in run.home.manager.unrecorded()
            assert run.home.manager.phase(run.number) is RunPhase.UNSAVED
            return
        assert run.home.manager.record_end(run.number, run.ended)
        run.place, run.status = "recorded", run.end

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
            if run.place not in ("ended", "dead"):
                run.order("die")
            run.place = "dead"
        lock = home.manager._incarnation._lock
        lock.release()
        ownership._lock_file(self.project, home.manager.owner).touch()
        self.homes[self.homes.index(home)] = Home(self.project, self.world)

    @rule(data=data())
    def recover(self, data):
        home = data.draw(sampled_from(self.homes))
        assert home.manager.recover() == self.orphans_recovered()  # I5, R51, R54

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
            if run.status in TERMINAL:
                run.final = run.final or row
                # A wish may still be left while its process is dead, nothing else.
                assert replace(row, cancel_requested=False) == replace(run.final, cancel_requested=False)

    @invariant()
    def i6_s1_every_living_run_and_no_other_can_be_reached(self):
        for home in getattr(self, "homes", []):
            mine = [run for run in self.at(*LIVING) if run.home is home]
            assert home.manager.active_runs() == sorted(run.number for run in mine)

    @invariant()
    def i8_s2_the_glossary_is_that_of_the_newest_published_run(self):
        if not hasattr(self, "world"):
            return
        newest = max((run.number for run in self.world.values() if run.published), default=None)
        shown = {key: definition for key, _frequency, definition, *_ in shown_in(self.project)}
        assert shown == ({} if newest is None else {"common": f"by {newest}", f"own {newest}": f"by {newest}"})

    def teardown(self):
        if not hasattr(self, "world"):
            return
        while busy := self.at("launched", "working", "sealed", "published"):
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


LifeCycles.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None, derandomize=True)
TestLifeCycles = LifeCycles.TestCase
