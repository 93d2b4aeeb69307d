"""Every statement in the life of a run fails once, with each kind of fault.

R30, R31, R63, R18 and I1–I4, I7–I9: whatever fails, a run has one true end, and the glossary is the old one or the new.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from genglossary_gui.core.errors import EngineError, UserFacingError
from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.runs import job
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
RUN = 2
"""The number of the run under trial: the first one published the old glossary."""

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
    """Its own run is cancelled while it works, as by a person."""

    def define(self, terms, work):
        work.token.request()
        work.token.checkpoint()
        yield from ()


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


def attempt(template, ending, faults) -> Tried:
    """One run that meets the fault; checks what must hold whatever happened."""
    project = copy_of(template)
    old = glossary_of(project)
    trial = Trial(project, ENGINES[ending](), faults=faults)
    raised = None
    try:
        trial.run()
    except (sqlite3.Error, UserFacingError) as error:
        raised = error
    trial.record()
    row = rows_of(project).get(RUN)
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
    messages_of(project, RUN)  # R77
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
