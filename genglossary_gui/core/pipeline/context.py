"""What a run hands down to its steps: frozen, one for each run, nothing shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.engines.base import AnswerStore, Figures, Work
from genglossary_gui.core.glossary import Level, RunMode, Step
from genglossary_gui.core.settings import RunSettings


class Log(Protocol):
    def __call__(
        self, message: str, *, level: Level = Level.INFO, step: str = "", term: str = "", document: str = ""
    ) -> None:
        """Append a record to the run's log.  Call it in the run's thread."""
        ...


class Progress(Protocol):
    """How far a run has come; every method belongs to the run's thread."""

    def begin(self, step: Step, total: int = 0, done: int = 0) -> None:
        """A step begins; ``total`` units of work, 0 while unknown; ``done`` of them an earlier run has finished."""
        ...

    def advance(self, done: int = 1) -> None:
        """So many further units are finished (never more than the total is shown)."""
        ...

    def count(self, name: str, value: int) -> None:
        """A figure of the run's summary."""
        ...

    def wait_for(self, what: str) -> None:
        """What the run is waiting for, in words; empty: it is at work again."""
        ...

    def tick(self) -> None:
        """Time to write what is due; cheap, call it often."""
        ...


class NoProgress:
    """For callers that do not watch."""

    def begin(self, step: Step, total: int = 0, done: int = 0) -> None:
        pass

    def advance(self, done: int = 1) -> None:
        pass

    def count(self, name: str, value: int) -> None:
        pass

    def wait_for(self, what: str) -> None:
        pass

    def tick(self) -> None:
        pass


@dataclass(frozen=True)
class ExecutionContext:
    """One run as its steps see it.

    ``answers``, ``notes`` and ``figures`` are for engines, see ``engines.base.Work``.

    ``draft`` names the draft that its results are staged in (0: the run's own), ``basis`` the run that a
    ``mode`` other than *work* begins with.
    """

    run_id: int
    log: Log
    token: CancelToken
    settings: RunSettings = field(default_factory=RunSettings)
    progress: Progress = field(default_factory=NoProgress)
    mode: RunMode = RunMode.WORK
    basis: int | None = None
    draft: int = 0
    answers: AnswerStore | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)

    @property
    def draft_id(self) -> int:
        return self.draft or self.run_id

    def work(self) -> Work:
        """The same for an engine."""
        return Work(
            self.token,
            self.progress.tick,
            lambda message: self.log(message, level=Level.WARNING),
            say=self.log,
            wait_for=self.progress.wait_for,
            answers=self.answers,
            notes=self.notes,
            figures=self.figures,
        )
