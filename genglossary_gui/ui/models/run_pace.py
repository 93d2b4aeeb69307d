"""How long the active runs will still need, from measured steps that the reader thread brings."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

from genglossary_gui.core import times
from genglossary_gui.core.i18n import _
from genglossary_gui.core.runs.estimate import time_left
from genglossary_gui.core.store.runs import RunRow, steps_of, usual_steps
from genglossary_gui.ui.models.words import duration

_EVERY = 2.0
"""Seconds between two looks at what was measured."""


@dataclass(frozen=True)
class Measured:
    """``steps``: run → its own steps; ``usual``: engine → those of its earlier runs."""

    steps: Mapping[int, Mapping[str, tuple[int, float]]] = field(default_factory=dict)
    usual: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)


class RunPace:
    """Answers at once from the last measurement; until the first one nothing can be said."""

    def __init__(self) -> None:
        self.measured = Measured()
        self._next = 0.0

    def question(self, rows: Collection[RunRow]) -> Callable[[sqlite3.Connection], Measured] | None:
        """What the reader thread shall find out about these active runs; None when it is too early to ask again."""
        if not rows or times.monotonic() < self._next:
            return None
        self._next = times.monotonic() + _EVERY
        return partial(_measure, runs=[row.id for row in rows], engines={row.engine for row in rows})

    def left(self, row: RunRow) -> str:
        """The time left of a run at work, of its step where the rest is not known; empty for unknown."""
        usual = self.measured.usual.get(row.engine, {})
        estimate = time_left(row, self.measured.steps.get(row.id, {}), usual)
        if estimate is None:
            return ""
        words = _("about {time}") if estimate.is_whole else _("this step {time}")
        return words.format(time=duration(estimate.seconds, is_over=False))


def _measure(connection: sqlite3.Connection, runs: Collection[int], engines: Collection[str]) -> Measured:
    return Measured(
        {run_id: steps_of(connection, run_id) for run_id in runs},
        {engine: usual_steps(connection, engine) for engine in engines},
    )
