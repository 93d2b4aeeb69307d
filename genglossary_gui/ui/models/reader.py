"""Reads the project for its window: a thread for long questions, a connection for short ones."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import Shiboken

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.connection import connect

logger = logging.getLogger(__name__)

_GUI_BUSY_MS = 50
"""The window must not stand still for a lock."""
_OPERATIONS = 20_000
"""Operations of the database between two looks whether the answer is still wanted: about a millisecond."""

Query = Callable[[sqlite3.Connection], Any]
Answer = Callable[[Any], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Question:
    """What the thread is given.  No QObject: the thread could be the last to hold it and destroy it there."""

    ticket: int
    query: Query


@dataclass(frozen=True, slots=True)
class _Result:
    ticket: int
    value: Any = None
    is_failure: bool = False


class Reader(QObject):
    """Reads a project for its window.  Lives in the GUI thread; ``close()`` ends its thread.

    ``failed(sentence)``: a question could not be answered, its asker hears nothing.
    """

    failed = Signal(str)
    _worked_off = Signal(object)

    def __init__(self, project: Path, parent: QObject | None = None) -> None:
        """Raises ``ProjectError`` when the project cannot be opened."""
        super().__init__(parent)
        self._project = project
        self._connection = connect(project, busy_timeout_ms=_GUI_BUSY_MS, read_only=True)
        self._questions: SimpleQueue[_Question | None] = SimpleQueue()
        self._tickets = count(1)
        self._newest: dict[Answer, int] = {}
        self._answers: dict[int, Answer] = {}
        self._closed = False
        self._complaint = ""
        self._worked_off.connect(self._on_worked_off, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._work, name="reader", daemon=True)
        self._thread.start()

    def ask(self, query: Query, answer: Answer) -> None:
        """Run ``query(connection)`` in the reader thread, then ``answer(result)`` in the GUI thread.

        A new question of the same ``answer`` replaces the older one: it is stopped, and its result never
        arrives.  ``answer`` should be a method of a QObject: when that is gone, the result is dropped.
        ``query`` must not hold a QObject.
        """
        if self._closed:
            return
        ticket = next(self._tickets)
        self._answers.pop(self._newest.get(answer, 0), None)
        self._newest[answer] = ticket
        self._answers[ticket] = answer
        self._questions.put(_Question(ticket, query))

    def connection(self) -> sqlite3.Connection:
        """For the GUI thread itself, read-only: only for questions that take less than a frame."""
        return self._connection

    def now(self, query: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """``query(connection)`` here and now, for questions that take less than a frame.

        ``otherwise`` when the project cannot be read at the moment or does not make sense (the log says why), or
        is closed already.
        """
        if self._closed:
            return otherwise
        try:
            return query(self._connection)
        except Exception as error:  # a border: the project may come from anywhere, and painting must go on
            self._log_once(error)
            return otherwise

    def _log_once(self, error: Exception) -> None:
        # Painting asks again and again.
        complaint = f"{type(error).__name__}: {error}"
        if complaint != self._complaint:
            self._complaint = complaint
            logger.warning("the project cannot be read", exc_info=error)

    def close(self) -> None:
        """Stop the thread and close both connections; nothing is answered any more."""
        if self._closed:
            return
        self._closed = True
        self._newest.clear()
        self._answers.clear()
        self._questions.put(None)
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        try:
            connection = connect(self._project, read_only=True)
        except UserFacingError:
            logger.exception("the reader cannot open the project")
            return
        with closing(connection):
            while question := self._questions.get():
                if question.ticket in self._answers:
                    result = self._work_off(connection, question)
                    with suppress(RuntimeError):  # the application has ended meanwhile, and this object with it
                        self._worked_off.emit(result)

    def _work_off(self, connection: sqlite3.Connection, question: _Question) -> _Result:
        # An interrupt() that comes before the statement has begun would be lost.
        connection.set_progress_handler(lambda: question.ticket not in self._answers, _OPERATIONS)
        try:
            return _Result(question.ticket, question.query(connection))
        except Exception as error:  # a border: one bad question must not end the thread
            if question.ticket in self._answers:
                logger.exception("a question to the project failed", exc_info=error)
            return _Result(question.ticket, is_failure=True)

    @Slot(object)
    def _on_worked_off(self, result: _Result) -> None:
        answer = self._answers.pop(result.ticket, None)
        if answer is None:
            return
        del self._newest[answer]
        if result.is_failure:
            self.failed.emit(_("The project could not be read. The details are in the application's log."))
            return
        asker = getattr(answer, "__self__", None)
        if not isinstance(asker, QObject) or Shiboken.isValid(asker):
            answer(result.value)
