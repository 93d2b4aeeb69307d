"""What is left of a run is told from measured rates only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from genglossary_gui.core.glossary import Scope, Step
from genglossary_gui.core.runs.estimate import Estimate, time_left
from tests.core.runs.rows import a_row

EXTRACTING = a_row(scope=Scope.FULL, step=Step.EXTRACT, done=25, total=100)
USUAL: dict[str, tuple[float, float]] = {
    Step.GENERATE: (10.0, 4.0),
    Step.REVIEW: (10.0, 1.0),
    Step.REFINE: (1.0, 0.5),
    Step.PUBLISH: (0.0, 0.5),
}


def test_the_pace_of_this_run_counts_and_the_later_steps_are_those_of_earlier_runs():
    assert time_left(EXTRACTING, {Step.EXTRACT: (25, 5.0)}, USUAL) == Estimate(15.0 + 6.0, is_whole=True)


def test_units_that_an_earlier_run_had_done_do_not_count_as_pace():
    assert time_left(EXTRACTING, {Step.EXTRACT: (5, 5.0)}, USUAL) == Estimate(75.0 + 6.0, is_whole=True)


def test_without_earlier_runs_only_the_present_step_is_told():
    assert time_left(EXTRACTING, {Step.EXTRACT: (25, 5.0)}, {}) == Estimate(15.0, is_whole=False)


def test_at_the_beginning_of_a_step_earlier_runs_tell_its_pace():
    row = replace(EXTRACTING, done=0)
    left = time_left(row, {}, {**USUAL, Step.EXTRACT: (50.0, 10.0)})
    assert left == Estimate(20.0 + 6.0, is_whole=True)


@pytest.mark.parametrize("row", [EXTRACTING, replace(EXTRACTING, step=""), replace(EXTRACTING, total=0, done=0)])
def test_nothing_is_said_that_is_not_known(row):
    assert time_left(row, {}, {}) is None


def test_a_step_without_units_goes_by_its_usual_time_and_never_below_zero():
    row = replace(EXTRACTING, step=Step.REVIEW, total=0, done=0)
    assert time_left(row, {Step.REVIEW: (0, 9.0)}, USUAL) == Estimate(1.0, is_whole=True)
