"""Runs and processes as the state machine knows them: threads that stop where it wants them, and do what it orders."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field
from pathlib import Path

from genglossary_gui.core.glossary import DefinitionDraft, RunMode, RunStatus, Stage, Step, TermDraft
from genglossary_gui.core.pipeline.steps import take_over
from genglossary_gui.core.runs import continuing
from genglossary_gui.core.runs.job import Ended, RunJob
from genglossary_gui.core.runs.manager import RunManager
from genglossary_gui.core.store import drafts, runs
from tests.core.runs.fault_support import Faults
from tests.support import PATIENCE

S = RunStatus
BUSY = ("launched", "working", "sealed", "published")
"""Places of a run that has a thread."""
TERMINAL = {S.COMPLETED, S.CANCELLED, S.FAILED, S.INTERRUPTED}


@dataclass
class Run:
    """One run as the table says it should be.

    ``place``: waiting, launched, working, sealed, published, ended, recorded or dead (its process is).
    ``noted``: its manager knows that it has ended.
    """

    home: Home
    number: int
    draft: int = 0
    basis: int | None = None
    mode: RunMode = RunMode.WORK
    place: str = "waiting"
    status: RunStatus = S.PENDING
    accepted: bool = False
    asked: bool = False
    published: bool = False
    noted: bool = False
    archived: bool = False
    deleted: bool = False
    made: dict[str, str] | None = None
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

    def was_cancelled(self) -> None:
        """A cancel was accepted; a run that waited has ended with that."""
        self.accepted = True
        if self.place == "waiting":
            self.home.queue.remove(self.number)
            self.place, self.noted, self.end, self.ended = "ended", True, S.CANCELLED, Ended(S.CANCELLED)

    def arrive(self) -> None:
        self.place, self.ended = self.arrivals.get(timeout=PATIENCE)


class Home:
    """A process, as far as its runs are concerned: a manager with its lock and its connections."""

    def __init__(self, project: Path, world: dict[int, Run]) -> None:
        self.faults, self.world = Faults(), world
        self.refuses = ""
        self.limit, self.is_paused = 2, False
        self.queue: list[int] = []
        self.manager = RunManager(
            project,
            Script(world),  # type: ignore[arg-type]
            self.launch,
            make_connection=self.faults.open,
            limit=self.limit,
        )

    def at_work(self) -> list[Run]:
        """The runs that take a slot: those whose end the manager has not heard of."""
        mine = (run for run in self.world.values() if run.home is self)
        return [run for run in mine if run.place in BUSY or (run.place == "ended" and not run.noted)]

    def begins_now(self) -> bool:
        return not self.is_paused and not self.queue and len(self.at_work()) < self.limit

    def has_dispatched(self) -> None:
        """The first ones that waited have begun, in their order, as many as there are slots."""
        begun = [number for number in self.queue if self.world[number].place != "waiting"]
        assert begun == self.queue[: len(begun)]
        self.queue = self.queue[len(begun) :]
        at_work = len(self.at_work())
        assert not begun or (not self.is_paused and at_work <= self.limit)
        assert not self.queue or self.is_paused or at_work >= self.limit

    def launch(self, job: RunJob) -> None:
        run = self.world.setdefault(job.run_id, Run(self, job.run_id, job.draft, job.basis, job.mode))
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
        if context.mode is RunMode.KEEP:
            take_over.keep(connection, context)
        drafts.begin(connection, context.draft_id, "")
        if context.mode is RunMode.RESTORE:
            take_over.restore(connection, context)
        while True:
            order = self.world[context.run_id].stop_at("working")
            if order in ("stage", "finish") and not drafts.has_results(connection, context.draft_id):
                stage(connection, context)
            if order == "finish":
                return False
            if order == "fail":
                raise ZeroDivisionError
            if order == "exit":
                raise KeyboardInterrupt
            if order == "notice" and context.token.is_cancelled:
                return True
            context.log(order)


def stage(connection, context) -> None:
    """All the work of a run: two terms, one that every run has and one of its own."""
    made = made_by(context.run_id)
    terms = [TermDraft(word, word, "en", 1.0, n, 1, 1, True) for n, word in enumerate(made, 1)]
    drafts.stage_terms(connection, context.draft_id, terms)
    drafts.finish(connection, context.draft_id, Step.EXTRACT, "")
    found = [(word, DefinitionDraft(text, 0.5, (), "offline")) for word, text in made.items()]
    drafts.stage_definitions(connection, context.draft_id, Stage.PROVISIONAL, found)


def made_by(number: int) -> dict[str, str]:
    return {"common": f"by {number}", f"own {number}": f"by {number}"}


def choices(
    run: Run, world: dict[int, Run], drafts: dict[int, dict[str, str] | None], kept: dict[int, dict[str, str]]
) -> continuing.Choices:
    """What a person may do with a run that has ended: the table of the contract."""
    if run.status is S.COMPLETED:
        return continuing.Choices(can_restore=run.number in kept, can_compare=run.number in kept)
    family = [other for other in world.values() if other.draft == run.draft]
    is_taken = any(other.number > run.number and not other.deleted for other in family)
    if is_taken or any(other.status not in TERMINAL for other in family):
        return continuing.Choices()
    exists, is_made = run.draft in drafts, drafts.get(run.draft) is not None
    return continuing.Choices(can_resume=exists, can_keep=is_made, can_discard=exists, can_compare=is_made)
