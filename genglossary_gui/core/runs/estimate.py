"""When a run will be over, from measured rates only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from genglossary_gui.core.glossary import Scope, Step
from genglossary_gui.core.store.runs import RunRow

STEPS: Mapping[Scope, tuple[Step, ...]] = {
    Scope.FULL: tuple(Step),
    Scope.EXTRACT: (Step.SCAN, Step.EXTRACT, Step.PUBLISH),
    Scope.GENERATE: (Step.GENERATE, Step.PUBLISH),
    Scope.REVIEW: (Step.REVIEW, Step.PUBLISH),
    Scope.REFINE: (Step.REFINE, Step.PUBLISH),
}
"""The steps of a scope in their order."""
_LEAST_UNITS = 3
_LEAST_SECONDS = 0.5
"""Before that the pace of a step says nothing."""


@dataclass(frozen=True)
class Estimate:
    """``seconds`` left: of the whole run, or (not ``is_whole``) of its present step, as the rest is unknown."""

    seconds: float
    is_whole: bool


def time_left(
    row: RunRow, now: Mapping[str, tuple[int, float]], usual: Mapping[str, tuple[float, float]]
) -> Estimate | None:
    """What an active run still needs; None while nothing can be said honestly.

    ``now`` are this run's own measured steps (``runs.steps_of``), ``usual`` those of earlier runs
    (``runs.usual_steps``); both give step → (units, seconds).
    """
    steps = STEPS[row.scope]
    if row.step not in steps:
        return None
    present = _left_of_step(row, now.get(row.step), usual.get(row.step))
    if present is None:
        return None
    later = [usual.get(step) for step in steps[steps.index(Step(row.step)) + 1 :]]
    known = [seconds for step in later if step is not None for seconds in [step[1]]]
    return Estimate(present + sum(known), is_whole=len(known) == len(later))


def _left_of_step(row: RunRow, now: tuple[int, float] | None, usual: tuple[float, float] | None) -> float | None:
    done, seconds = now or (0, 0.0)
    if row.total and done >= _LEAST_UNITS and seconds >= _LEAST_SECONDS:
        return (row.total - row.done) * seconds / done
    if usual is None:
        return None
    usual_units, usual_seconds = usual
    if row.total and usual_units:
        return (row.total - row.done) * usual_seconds / usual_units
    return max(0.0, usual_seconds - seconds)
