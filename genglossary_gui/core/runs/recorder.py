"""Writes a run's log and progress, in batches, on the run's own connection."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable
from functools import lru_cache

from genglossary_gui.core import times
from genglossary_gui.core.glossary import Level, Step
from genglossary_gui.core.redaction import redact, redact_all
from genglossary_gui.core.store import logs, runs
from genglossary_gui.core.store.connection import transaction

logger = logging.getLogger(__name__)

BATCH = 500
"""Records that are written together at most; what is said more slowly is written ten times a second."""
_WRITE_EVERY = 0.1
_TELL_EVERY = 0.05
_BACKLOG = 20_000


class RunRecorder:
    """The log and the numbers of one run; lives in the run's thread.

    ``on_change(run_id, last_seq)`` is called after a write, at most about 20 times a second, and once at the end.
    Nothing is dropped: while the database refuses them records wait in memory; beyond a bound that is an error.
    ``private`` are values (folders, names) that must not appear in a record.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        run_id: int,
        on_change: Callable[[int, int], None],
        private: Iterable[str] = (),
    ) -> None:
        self._connection = connection
        self._run_id = run_id
        self._on_change = on_change
        self._private = tuple(private)
        self._buffer: list[logs.Row] = []
        self._seq = logs.count_records(connection, run_id)
        self._step = ""
        self._done = self._total = self._warnings = 0
        self._counts: dict[str, int] = {}
        self._waits_for = ""
        self._dirty = False
        self._steps: dict[str, tuple[int, float]] = {}
        self._begun_with = 0
        self._written_at = self._told_at = self._began_step = times.monotonic()

    @property
    def step(self) -> str:
        return self._step

    def log(
        self, message: str, *, level: Level = Level.INFO, step: str = "", term: str = "", document: str = ""
    ) -> None:
        self.note(message, level=level, step=step, term=term, document=document)
        if len(self._buffer) >= BATCH or times.monotonic() - self._written_at >= _WRITE_EVERY:
            self._write_if_due(is_due=True)

    def note(
        self, message: str, *, level: Level = Level.INFO, step: str = "", term: str = "", document: str = ""
    ) -> None:
        """Like ``log``, but leaves the writing to others.  Raises nothing."""
        self._seq += 1
        row = (self._run_id, self._seq, times.utc_now(), level.rank, step or self._step, message, term, document)
        self._buffer.append(row)
        if level is Level.WARNING:
            self._warnings += 1

    def begin(self, step: Step, total: int = 0, done: int = 0) -> None:
        self._measure()
        self._step, self._done, self._total, self._begun_with = step, done, total, done
        self._began_step = times.monotonic()
        self._dirty = True
        # At once: whoever finds the row of a dead process is told at which step it was.
        self._write_if_due(is_due=True)

    def advance(self, done: int = 1) -> None:
        self._done = min(self._done + done, self._total)
        self._dirty = True
        self._write_if_due()

    def count(self, name: str, value: int) -> None:
        self._counts[name] = value
        self._dirty = True

    def wait_for(self, what: str) -> None:
        if what != self._waits_for:
            self._waits_for = _harmless(what, self._private)
            self._dirty = True
            self._write_if_due()

    def tick(self) -> None:
        self._write_if_due()

    def flush(self) -> None:
        """Write everything now.  Raises ``sqlite3.Error``; what could not be written is kept."""
        if not self._buffer and not self._dirty:
            return
        self._measure()
        rows = self._harmless_rows()
        with transaction(self._connection):
            logs.append_rows(self._connection, rows)
            runs.write_progress(
                self._connection,
                self._run_id,
                step=self._step,
                done=self._done,
                total=self._total,
                warnings=self._warnings,
                counts=self._counts,
                waits_for=self._waits_for,
            )
            for step, (units, seconds) in self._steps.items():
                runs.write_step(self._connection, self._run_id, step, units, seconds)
        self._buffer, self._dirty, self._steps = [], False, {}
        self._written_at = times.monotonic()
        if self._written_at - self._told_at >= _TELL_EVERY:
            self._tell()

    def close(self) -> None:
        """Write what is left and tell.  Raises nothing: the end of a run does not depend on its last log line."""
        self._dirty = self._dirty or bool(self._waits_for)
        self._waits_for = ""
        try:
            self.flush()
        except sqlite3.Error:
            logger.exception("the last log records of run %d could not be written", self._run_id)
        self._tell()

    def _harmless_rows(self) -> list[logs.Row]:
        """What is to be written, without secrets and private places: until then it is in memory only."""
        private = self._private
        messages = redact_all([row[5] for row in self._buffer], private)
        return [
            (
                run_id,
                seq,
                at,
                level,
                step,
                text if text.isascii() else _storable(text),
                _harmless(term, private) if term else "",
                _harmless(document, private) if document else "",
            )
            for (run_id, seq, at, level, step, _, term, document), text in zip(self._buffer, messages, strict=True)
        ]

    def _write_if_due(self, *, is_due: bool = False) -> None:
        due = is_due or len(self._buffer) >= BATCH or times.monotonic() - self._written_at >= _WRITE_EVERY
        # Within a transaction of a step the records would vanish together with it.
        if not due or self._connection.in_transaction:
            return
        try:
            self.flush()
        except sqlite3.OperationalError:
            if len(self._buffer) > _BACKLOG:
                raise
            self._written_at = times.monotonic()

    def _measure(self) -> None:
        """How long the step has taken so far, without what an earlier run had done of it."""
        if self._step:
            self._steps[self._step] = (self._done - self._begun_with, times.monotonic() - self._began_step)

    def _tell(self) -> None:
        self._told_at = times.monotonic()
        try:
            self._on_change(self._run_id, self._seq - len(self._buffer))
        except Exception:  # a border: a listener that fails must not end the run
            logger.exception("telling of run %d failed", self._run_id)


def _storable(text: str) -> str:
    # A lone surrogate (from a file name) cannot be stored as UTF-8.
    return text.encode("utf-8", "replace").decode()


@lru_cache(maxsize=4096)
def _harmless(text: str, private: tuple[str, ...]) -> str:
    """For terms and documents: the same come again and again."""
    return _storable(redact(text, private))
