"""Two runs of a project side by side: what they made, and how."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.exchange.comparison import Comparison, compare
from genglossary_gui.core.glossary import Entry, RunStatus
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store import results, runs
from genglossary_gui.core.store.connection import connect_to_read
from genglossary_gui.core.store.runs import RunRow

_FIGURES = ("documents", "unreadable", "terms", "definitions", "issues", "refined")
"""The order of those that are known."""


@dataclass(frozen=True)
class Side:
    """One of the runs.  ``terms`` are the suggested ones, ``definitions`` theirs that have a text.

    ``is_there``: its results can be compared; ``can_publish``: they are kept whole, to be published again.
    """

    run: RunRow
    is_there: bool
    can_publish: bool
    terms: int = 0
    definitions: int = 0

    @property
    def absence(self) -> str:
        """Why there is nothing to compare, in a sentence; empty when there is."""
        if self.is_there:
            return ""
        if self.run.status.is_active:
            return _("Run {number} is still being worked on.").format(number=self.run.id)
        if self.run.status is RunStatus.COMPLETED:
            return _("The results of run {number} are not kept any more.").format(number=self.run.id)
        return _("Nothing is left of run {number} that could be compared.").format(number=self.run.id)


@dataclass(frozen=True, slots=True)
class Fact:
    """A setting, or a figure of the outcome, of both runs; None where a run does not have it."""

    name: str
    before: Any
    after: Any
    is_setting: bool

    @property
    def differs(self) -> bool:
        return self.before != self.after

    def mirrored(self) -> Fact:
        return Fact(self.name, self.after, self.before, self.is_setting)


@dataclass(frozen=True)
class RunComparison:
    """``comparison`` is None when one of the runs has left nothing (its side says why)."""

    first: Side
    second: Side
    facts: tuple[Fact, ...]
    comparison: Comparison | None

    @property
    def changed_settings(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.is_setting and fact.differs)

    @property
    def absence(self) -> str:
        """Why nothing is compared; empty when it is."""
        return self.first.absence or self.second.absence

    def mirrored(self) -> RunComparison:
        """The second run compared with the first."""
        facts = tuple(fact.mirrored() for fact in self.facts)
        return RunComparison(self.second, self.first, facts, self.comparison and self.comparison.mirrored())


def compare_runs(project: Path, first: int, second: int, *, everything: bool = False) -> RunComparison:
    """What run ``second`` made differently from run ``first``; ``everything``: all candidates, not the suggested ones.

    Any thread may call this; it takes seconds for hundreds of thousands of candidates.  Raises ``ProjectError``,
    and ``UsageError`` for a number that is no run.
    """
    with closing(connect_to_read(project)) as connection:
        connection.execute("BEGIN")  # one moment: a run may publish while we read
        found = []
        for number in (first, second):
            run = runs.get_run(connection, number)
            if run is None or run.deleted:
                raise UsageError(_("The project has no run {number}.").format(number=number))
            entries = None if run.status.is_active else results.entries_of(connection, number)
            can_publish = run.status is RunStatus.COMPLETED and entries is not None
            found.append((_side(run, entries, can_publish), entries))
    (before, old), (after, new) = found
    comparison = None if old is None or new is None else compare(old, new, everything=everything)
    return RunComparison(before, after, facts(before.run, after.run), comparison)


def facts(first: RunRow, second: RunRow) -> tuple[Fact, ...]:
    """Settings and outcome of both runs, the settings first."""
    settings, others = _settings(first), _settings(second)
    names = [*settings, *sorted(others.keys() - settings.keys())]
    found = [Fact(name, settings.get(name), others.get(name), True) for name in names]
    counted = first.counts.keys() | second.counts.keys()
    figures = [name for name in _FIGURES if name in counted] + sorted(counted.difference(_FIGURES))
    return (
        *found,
        Fact("status", first.status, second.status, False),
        Fact("seconds", first.seconds, second.seconds, False),
        Fact("warnings", first.warnings, second.warnings, False),
        *(Fact(name, first.counts.get(name), second.counts.get(name), False) for name in figures),
    )


def _side(run: RunRow, entries: Sequence[Entry] | None, can_publish: bool) -> Side:
    suggested = [entry for entry in entries or () if entry.term.suggested]
    definitions = sum(1 for entry in suggested if entry.definition.text)
    return Side(run, entries is not None, can_publish, len(suggested), definitions)


def _settings(run: RunRow) -> Mapping[str, Any]:
    """Scope, engine and beginning, then what the run has frozen of the settings, by name."""
    try:
        frozen = json.loads(run.settings)
    except ValueError:
        frozen = {}
    first = {"scope": run.scope, "engine": run.engine, "mode": run.mode}
    rest = frozen.items() if isinstance(frozen, dict) else ()
    return first | {name: value for name, value in sorted(rest) if name not in first}
