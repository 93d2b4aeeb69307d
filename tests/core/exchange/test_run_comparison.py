from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.exchange.run_comparison import compare_runs, facts
from genglossary_gui.core.glossary import RunMode, RunStatus, Step
from genglossary_gui.core.store import drafts, runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.tidying import delete_runs
from tests.core.exchange.conftest import Publish, run_row, term
from tests.support import start_run


@pytest.fixture
def connection(project: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(project)) as connection:
        yield connection


def end(connection: sqlite3.Connection, run: int, status: RunStatus) -> None:
    runs.write_end(connection, run, "me", status, seconds=1.0)


@pytest.fixture
def two_runs(connection: sqlite3.Connection, publish: Publish) -> None:
    publish([term("magma", 1), term("ash", 2)], {"magma": "Molten rock."})
    publish([term("magma", 1), term("lava", 2)], {"magma": "Hot molten rock."})
    for run in (1, 2):
        end(connection, run, RunStatus.COMPLETED)


@pytest.mark.usefixtures("two_runs")
def test_what_two_runs_published(project: Path) -> None:
    compared = compare_runs(project, 1, 2)
    assert compared.comparison is not None
    assert [(each.kind, each.entry.term.term) for each in compared.comparison.differences] == [
        ("changed", "magma"),
        ("removed", "ash"),
        ("added", "lava"),
    ]
    assert (compared.first.terms, compared.first.definitions) == (2, 1)
    assert compared.first.can_publish
    assert compared.second.can_publish


@pytest.mark.usefixtures("two_runs")
def test_mirrored_is_the_comparison_the_other_way_round(project: Path) -> None:
    assert compare_runs(project, 1, 2).mirrored() == compare_runs(project, 2, 1)


@pytest.mark.usefixtures("two_runs")
def test_what_an_unfinished_run_has_done_is_compared(project: Path, connection: sqlite3.Connection) -> None:
    run = start_run(connection)
    drafts.stage_terms(connection, run, [term("magma", 1)])
    drafts.finish(connection, run, Step.EXTRACT, "state")
    end(connection, run, RunStatus.CANCELLED)
    compared = compare_runs(project, 2, run)
    assert compared.comparison is not None
    assert [each.entry.term.term for each in compared.comparison.removed] == ["lava"]
    assert not compared.second.can_publish


@pytest.mark.usefixtures("two_runs")
def test_a_run_at_work_is_not_compared(project: Path, connection: sqlite3.Connection) -> None:
    run = start_run(connection)
    drafts.stage_terms(connection, run, [term("magma", 1)])
    drafts.finish(connection, run, Step.EXTRACT, "state")
    compared = compare_runs(project, 1, run)
    assert compared.comparison is None
    assert compared.absence == "Run 3 is still being worked on."


@pytest.mark.usefixtures("two_runs")
def test_results_that_were_let_go(project: Path, connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM results WHERE run_id = 1")
    compared = compare_runs(project, 1, 2)
    assert compared.comparison is None
    assert compared.absence == "The results of run 1 are not kept any more."
    assert not compared.first.can_publish


@pytest.mark.usefixtures("two_runs")
def test_an_unfinished_run_that_left_nothing(project: Path, connection: sqlite3.Connection) -> None:
    run = start_run(connection)
    end(connection, run, RunStatus.CANCELLED)
    assert compare_runs(project, 1, run).absence == "Nothing is left of run 3 that could be compared."


@pytest.mark.usefixtures("two_runs")
def test_a_run_that_is_not_there(project: Path, connection: sqlite3.Connection) -> None:
    delete_runs(connection, [1])
    for number in (1, 99):
        with pytest.raises(UsageError):
            compare_runs(project, number, 2)


def test_settings_and_figures_of_both() -> None:
    first = replace(run_row(1), settings='{"max_document_mb": 64, "engine": "offline", "old": 1}', counts={"terms": 3})
    second = replace(
        run_row(2), settings='{"max_document_mb": 32, "temperature": 0.5}', engine="llm", mode=RunMode.RESUME
    )
    found = {fact.name: (fact.before, fact.after) for fact in facts(first, second) if fact.differs}
    assert found == {
        "engine": ("offline", "llm"),
        "mode": (RunMode.WORK, RunMode.RESUME),
        "max_document_mb": (64, 32),
        "old": (1, None),
        "temperature": (None, 0.5),
        "terms": (3, None),
    }
    settings = [fact.name for fact in facts(first, second) if fact.is_setting]
    assert settings == ["scope", "engine", "mode", "max_document_mb", "old", "temperature"]


@pytest.mark.parametrize("settings", ["", "not json", "[1]", "3"])
def test_settings_that_make_no_sense_are_left_out(settings: str) -> None:
    odd = replace(run_row(1), settings=settings)
    assert [fact.name for fact in facts(odd, odd) if fact.is_setting] == ["scope", "engine", "mode"]
