"""Every statement in the life of a run fails once, with each kind of fault.

R30, R31, R63, R18 and I1–I4, I7–I9: whatever fails, a run has one true end, and the glossary is the old one or the new.
Runs that go on with another one meet one kind at each statement, in turn; ``tests/bench/faults.py`` tries all.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from genglossary_gui.core.errors import EngineError, UserFacingError
from genglossary_gui.core.glossary import RunMode, RunStatus
from genglossary_gui.core.runs import continuing, job
from genglossary_gui.core.runs.ownership import is_dead
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect
from tests.core.runs.fault_support import (
    Fault,
    Faults,
    Trial,
    copy_of,
    glossary_of,
    make_template,
    messages_of,
    rows_of,
    shown_in,
    write_at_once,
)
from tests.support import SimpleEngine

S = RunStatus
RUN, CONTINUED = 2, 3
"""The number of the run under trial: the first one published the old glossary, the second one may be gone on with."""
BASES = {RunMode.RESUME: 2, RunMode.KEEP: 2, RunMode.RESTORE: 1}

pytestmark = pytest.mark.expected_logs("failed", "could not be written", "could not be started")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="module")
def new_glossary(template):
    project = copy_of(template, "model")
    trial = Trial(project)
    trial.run()
    trial.manager.close()
    return shown_in(project)


class Cancelling(SimpleEngine):
    """Its own run is cancelled while it works, as by a person; ``defined`` terms are defined before."""

    defined = 0

    def define(self, terms, work):
        yield from super().define(terms[: self.defined], work)
        work.token.request()
        work.token.checkpoint()


class CancellingLater(Cancelling):
    defined = 2


ENGINES = {
    S.COMPLETED: SimpleEngine,
    S.CANCELLED: Cancelling,
    S.FAILED: lambda: SimpleEngine(error=EngineError("The model is not there.")),
}
REASONS = {S.COMPLETED: "", S.CANCELLED: "", S.FAILED: "The model is not there."}


@dataclass
class Tried:
    project: Path
    faults: Faults
    raised: BaseException | None
    row: runs.RunRow | None

    def __str__(self):
        sql, places = self.faults.seen[self.faults.at], sorted(self.faults.places)
        return f"{self.row} after {self.faults.fault} at statement {self.faults.at}, {sql!r}, in {places}"


def attempt(template, ending, faults, mode=RunMode.WORK) -> Tried:
    """One run that meets the fault; checks what must hold whatever happened."""
    project = copy_of(template)
    old = glossary_of(project)
    trial = Trial(project, ENGINES[ending](), faults=faults)
    number = RUN if mode is RunMode.WORK else CONTINUED
    raised = None
    try:
        if mode is RunMode.WORK:
            trial.run()
        else:
            trial.manager.continue_run(BASES[mode], mode)
    except (sqlite3.Error, UserFacingError) as error:
        raised = error
    trial.record()
    row = rows_of(project).get(number)
    tried = Tried(project, faults, raised, row)
    owner, active = trial.manager.owner, trial.manager.active_runs()
    trial.manager.close()
    # I6, R16, R27: no token, no connection, no lock stays.
    assert (active, faults.left_open, list(project.parent.glob(".*.lock"))) == ([], 0, []), tried
    assert is_dead(project, owner)
    if row is not None:
        # I9, I1: an end, and "completed" is what was published.
        assert not row.status.is_active, tried
        assert (row.outcome == "completed") == (row.status is S.COMPLETED), tried
    if row is None or row.status is not S.COMPLETED:
        assert glossary_of(project) == old, tried  # I8, R15
    messages_of(project, number)  # R77
    return tried


def true_end(tried: Tried, ending: RunStatus) -> tuple[RunStatus, str] | None:
    """What must have become of the run, by the place where the single fault struck, and why; None: there is no run."""
    places, fault = tried.faults.places, tried.faults.fault
    if "_insert" in places or ("recover" in places and tried.raised is not None):
        return None
    harmless = places & {"recover", "_write_if_due", "close", "record_end"}
    begins = tried.faults.at >= 0 and tried.faults.seen[tried.faults.at] == "BEGIN IMMEDIATE"
    waits = fault is Fault.LOCKED and ("_publish_patiently" in places or (begins and "carry_out" in places))
    if harmless or waits or not places:
        return ending, REASONS[ending]
    return S.FAILED, tried.project.name if tried.faults.seen[tried.faults.at] == "OPEN" else fault.value[0]


def count_statements(template, ending) -> int:
    faults = Faults()
    attempt(template, ending, faults)
    return len(faults.seen)


def staged_in(project: Path) -> int:
    with closing(connect(project)) as connection:
        return connection.execute("SELECT COUNT(*) FROM drafts WHERE draft = ?", (RUN,)).fetchone()[0]


def make_continued(folder: Path, mode: RunMode) -> Path:
    """A project whose second run was cancelled in the middle, or is completed if the first one is to be restored."""
    project = make_template(folder)
    trial = Trial(project, SimpleEngine() if mode is RunMode.RESTORE else CancellingLater())
    trial.run()
    trial.manager.close()
    return project


def try_continued(template: Path, mode: RunMode, model: list[tuple], fault: Fault, at: int) -> None:
    """One fault in a run that goes on with another: it ends truthfully, and nothing of the other is lost."""
    tried = attempt(template, S.COMPLETED, Faults(fault, at), mode)
    expected = true_end(tried, S.COMPLETED)
    assert (tried.row and tried.row.status) == (expected and expected[0]), tried
    if expected == (S.COMPLETED, ""):
        assert shown_in(tried.project) == model, tried
        assert staged_in(tried.project) == 0, tried
    elif mode is RunMode.RESUME:
        latest = CONTINUED if tried.row is not None else RUN
        trial = Trial(tried.project)
        trial.manager.continue_run(latest, mode)
        trial.record()
        trial.manager.close()
        assert shown_in(tried.project) == model, tried
    else:
        with closing(connect(tried.project)) as connection:
            basis = runs.get_run(connection, BASES[mode])
            assert basis is not None
            if mode is RunMode.RESTORE or tried.row is None:
                choices = continuing.choices(connection, basis)
                assert (choices.can_keep, choices.can_restore) == (mode is RunMode.KEEP, mode is RunMode.RESTORE), tried
            else:
                assert continuing.choices(connection, tried.row).can_keep, tried


def model_of(template: Path, mode: RunMode) -> tuple[list[tuple], int]:
    """What such a run publishes, and how many statements it has."""
    faults = Faults()
    tried = attempt(template, S.COMPLETED, faults, mode)
    return shown_in(tried.project), len(faults.seen)


@pytest.mark.parametrize("ending", ENGINES)
@pytest.mark.parametrize("fault", Fault)
def test_i1_i4_r18_r30_r77_one_fault_anywhere(template, new_glossary, monkeypatch, ending, fault):
    write_at_once(monkeypatch)
    log = messages_of(attempt(template, ending, Faults()).project, RUN)
    for at in range(count_statements(template, ending)):
        tried = attempt(template, ending, Faults(fault, at))
        assert (tried.raised is None) == (tried.row is not None), tried
        if "_write_if_due" in tried.faults.places:
            assert messages_of(tried.project, RUN) == log, tried
        expected = true_end(tried, ending)
        assert (tried.row and tried.row.status) == (expected and expected[0]), tried
        if tried.row is not None and expected is not None:
            assert expected[1] in tried.row.error, tried
            assert bool(expected[1]) == bool(tried.row.error), tried
        if expected == (S.COMPLETED, ""):
            assert shown_in(tried.project) == new_glossary, tried
            assert staged_in(tried.project) == 0, tried


@pytest.mark.parametrize("ending", ENGINES)
@pytest.mark.parametrize("fault", Fault)
def test_r63_i9_a_fault_that_lasts_until_the_run_has_ended(template, monkeypatch, ending, fault):
    write_at_once(monkeypatch)
    monkeypatch.setattr(job, "_PATIENCE_SECONDS", 0.0)
    for at in range(0, count_statements(template, ending), 3):
        tried = attempt(template, ending, Faults(fault, at, lasting=True))
        assert (tried.raised is None) == (tried.row is not None), tried
        if tried.row is not None and "mark_running" not in tried.faults.places:
            assert tried.row.status in (ending, S.FAILED), tried


@pytest.mark.parametrize("mode", BASES)
def test_r4_i8_one_fault_anywhere_in_a_run_that_goes_on_with_another(tmp_path, monkeypatch, mode):
    write_at_once(monkeypatch)
    template = make_continued(tmp_path, mode)
    model, count = model_of(template, mode)
    kinds = list(Fault)
    for at in range(count):
        try_continued(template, mode, model, kinds[at % len(kinds)], at)
