"""Looks for records of a log, stretch by stretch, beside the window."""

from __future__ import annotations

import sqlite3
from array import array
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.store import log_search
from genglossary_gui.core.store.log_search import LogQuery
from genglossary_gui.ui.models.reader import Reader

_FIRST, _LARGEST = 5_000, 100_000
"""Records in a stretch: the first answer is there at once, further ones cost few questions."""


@dataclass(frozen=True)
class _Answer:
    run_id: int
    query: LogQuery
    reached: int
    seqs: array[int]
    refusal: str = ""


class LogFinder(QObject):
    """One search in the log of one run, from its first record on.

    ``found(numbers)``: these further records match.  ``ended``: everything that is there has been looked at.
    ``refused(sentence)``: the query cannot be answered.
    """

    found = Signal(object)
    ended = Signal()
    refused = Signal(str)

    def __init__(self, reader: Reader, parent: QObject) -> None:
        super().__init__(parent)
        self._reader = reader
        self._run_id: int | None = None
        self._query = LogQuery()
        self._reached = self._wanted = 0
        self._asked = -1
        reader.failed.connect(self._on_failed)

    def begin(self, run_id: int | None, query: LogQuery) -> None:
        """Start at the first record of a run; None: look for nothing."""
        self._run_id, self._query = run_id, query
        self._reached, self._wanted, self._asked = 0, 0, -1

    def extend_to(self, last: int) -> None:
        """The log reaches ``last`` now: look so far."""
        self._wanted = last
        self._ask()

    def is_at_work(self, last: int) -> bool:
        """Whether the records up to ``last`` have not all been looked at."""
        return self._run_id is not None and self._reached < last

    def _ask(self) -> None:
        if self._run_id is None or self._reached >= self._wanted or self._asked == self._reached:
            return
        self._asked = self._reached
        stretch = _LARGEST if self._reached else _FIRST
        last = min(self._wanted, self._reached + stretch)
        self._reader.ask(partial(_find, self._run_id, self._query, self._reached + 1, last), self._on_answer)

    @Slot(object)
    def _on_answer(self, answer: _Answer) -> None:
        if (answer.run_id, answer.query) != (self._run_id, self._query) or answer.reached <= self._reached:
            return
        if answer.refusal:
            self._reached = self._wanted
            self._run_id = None
            self.refused.emit(answer.refusal)
            self.ended.emit()
            return
        self._reached = answer.reached
        if answer.seqs:
            self.found.emit(answer.seqs)
        self._ask()
        if self._reached >= self._wanted:
            self.ended.emit()

    @Slot()
    def _on_failed(self) -> None:
        self._asked = -1


def _find(run_id: int, query: LogQuery, first: int, last: int, connection: sqlite3.Connection) -> _Answer:
    try:
        return _Answer(run_id, query, last, log_search.find(connection, run_id, query, first, last))
    except UserFacingError as error:
        return _Answer(run_id, query, last, array("q"), error.full_text)
