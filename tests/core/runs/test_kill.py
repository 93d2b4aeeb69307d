"""Processes that are killed in the middle of a run, and two that work on one project at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from genglossary_gui.core.glossary import RunMode, RunStatus
from genglossary_gui.core.runs import recover
from genglossary_gui.core.store import drafts
from genglossary_gui.core.store.connection import connect
from tests.core.runs.fault_support import Trial, copy_of, glossary_of, make_template, messages_of, rows_of, shown_in
from tests.support import SimpleEngine, make_project

S = RunStatus
ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 20
RUN = 2


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("kill"))


@contextmanager
def child(mode: str, project: Path, number: int, how: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.core.runs.killed_run", mode, str(project), str(number), how],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        with process:
            yield process
    finally:
        process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture(scope="module")
def model(template):
    """How many statements a run has, and the glossary that it publishes."""
    project = copy_of(template, "model")
    with child("statements", project, -1, "go") as process:
        return int(line_of(process)), shown_in(project)


@pytest.mark.parametrize("part", range(ROUNDS))
def test_r50_r54_a_run_is_killed_at_any_statement(template, model, part):
    count, new = model
    how = "go" if part % 4 == 3 else "stay"
    project = copy_of(template, "killed")
    old = glossary_of(project)
    with child("statements", project, part * count // ROUNDS, how) as process:
        assert line_of(process) == "here"
        process.kill()
    check_integrity(project)
    is_new = shown_in(project) == new
    assert is_new or glossary_of(project) == old  # I8: never a part
    before = rows_of(project).get(RUN)
    recovered = recover(project)
    after = rows_of(project).get(RUN)
    assert recovered == ([RUN] if before and before.status.is_active else [])  # I9, R51
    assert (after and after.status) == (S.COMPLETED if is_new else S.INTERRUPTED if before else None)  # I1, I5
    assert recover(project) == []
    messages_of(project, RUN)
    trial = Trial(project)
    if after is not None and after.status is S.INTERRUPTED:
        resume(trial)
        assert shown_in(project) == new
    next_run = trial.run()
    trial.manager.close()
    assert rows_of(project)[next_run].status is S.COMPLETED
    assert shown_in(project) == new
    assert not list(project.parent.glob(".*.lock"))


def resume(trial: Trial) -> None:
    """Go on with the interrupted run, if it had begun anything; the run after it ends well."""
    with closing(connect(trial.project)) as connection:
        has_begun = drafts.exists(connection, RUN)
    if has_begun:
        number = trial.manager.continue_run(RUN, RunMode.RESUME)
        trial.record()
    else:
        number = trial.run()
    assert rows_of(trial.project)[number].status is S.COMPLETED


def check_integrity(project: Path) -> None:
    with closing(connect(project)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_s1_two_processes_run_and_cancel_on_one_project(template):
    project = copy_of(template, "shared")
    with child("rivals", project, 12, "0") as one, child("rivals", project, 12, "1") as two:
        for process in (one, two):
            assert line_of(process) == "at work"
        # Both are in the middle of a run: one will be cancelled, the other completed.
        assert recover(project) == []
        assert [row.status for row in rows_of(project).values() if row.id > 1] == [S.RUNNING, S.RUNNING]
        for process in (one, two):
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        ends = [json.loads(line_of(process)) for process in (one, two)]
        for process in (one, two):
            assert process.wait(60) == 0
    said = {int(number): status for end in ends for number, status in end.items()}
    rows = {number: row for number, row in rows_of(project).items() if number > 1}
    assert len(said) == len(rows) == 24
    assert {number: row.status for number, row in rows.items()} == said
    assert sorted(said.values()) == [S.CANCELLED] * 12 + [S.COMPLETED] * 12
    assert [len({rows[int(number)].owner for number in end}) for end in ends] == [1, 1]
    assert sum(row.outcome is not None for row in rows.values()) == 12
    check_integrity(project)
    assert not list(project.parent.glob(".*.lock"))


class Stopping(SimpleEngine):
    """Is cancelled when it has defined a term."""

    def define(self, terms, work):
        yield from super().define(terms[:1], work)
        work.token.request()
        work.token.checkpoint()


def test_s1_r4_of_two_processes_that_resume_the_same_run_exactly_one_wins(tmp_path):
    project = make_project(tmp_path, "The Lock and the Weir.")
    trial = Trial(project, Stopping())
    cancelled = [trial.run() for _ in range(12)]
    trial.manager.close()
    with child("resumes", project, len(cancelled), "-") as one, child("resumes", project, len(cancelled), "-") as two:
        for process in (one, two):
            assert line_of(process) == "ready"
        for process in (one, two):
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        won = [json.loads(line_of(process)) for process in (one, two)]
        for process in (one, two):
            assert process.wait(60) == 0
    assert sorted(won[0] + won[1]) == cancelled
    resumed = {row.basis: row.status for row in rows_of(project).values() if row.mode is RunMode.RESUME}
    assert resumed == dict.fromkeys(cancelled, S.COMPLETED)
    check_integrity(project)
