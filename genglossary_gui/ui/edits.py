"""Changes a person makes beside the runs, each with a way back."""

from __future__ import annotations

import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from genglossary_gui.core.errors import ProjectBusy, UserFacingError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.connection import connect, is_busy
from genglossary_gui.ui import phrases
from genglossary_gui.ui.background import Background

logger = logging.getLogger(__name__)

_BUSY_MS = 3_000
_BUSY_AT_CLOSE_MS = 50
Change = Callable[[sqlite3.Connection], Any]


class Edits(QObject):
    """Edits of one project, one after the other beside the window; ``stack`` undoes and redoes them.

    Everything is called in the GUI thread.  ``edited(words)``: a new edit was made, “2 runs deleted”.
    ``changed()``: the project is different, by an edit or by its undoing.  ``failed(sentence)``: it stays as it
    was; an undo that fails can be tried again.  With ``is_read_only`` everything is refused.
    """

    edited = Signal(str)
    changed = Signal()
    failed = Signal(str)

    def __init__(self, project: Path, parent: QObject | None = None, *, is_read_only: bool = False) -> None:
        super().__init__(parent)
        self._project = project
        self._is_read_only = is_read_only
        self._waiting: deque[_Waiting] = deque()
        self._is_at_work = False
        self._newest: Background | None = None
        self.stack = QUndoStack(self)

    @property
    def is_at_work(self) -> bool:
        """Whether something is still to be written."""
        return self._is_at_work or bool(self._waiting)

    def make(
        self,
        do: Change,
        undo: Callable[[sqlite3.Connection, Any], object],
        words: Callable[[Any], str],
        *,
        otherwise: Callable[[], str] = lambda: "",
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        """``done = do(connection)`` as soon as possible, in a thread of its own, like what follows.

        ``undo(connection, done)`` takes it back, ``words(done)`` tell it.  When ``done`` is empty nothing has
        changed and nothing is kept; ``otherwise()`` says why.  An ``undo`` that answers 0 found nothing as it was left.
        ``refused()``: it could not be written.
        """

        def on_done(done: Any) -> None:
            if not done:
                self.failed.emit(otherwise())
                return
            text = words(done)
            self.stack.push(_Edit(self, text, do, lambda connection: undo(connection, done)))
            self.changed.emit()
            self.edited.emit(text)

        self.carry_out(do, on_done, refused)

    def carry_out(self, change: Change, done: Callable[[Any], None], refused: Callable[[], None]) -> None:
        """Change the project, then call ``done`` with what ``change`` returned, or ``refused`` (see ``failed``)."""
        if self._is_read_only:
            refused()
            self.failed.emit(phrases.read_only())
            return
        self._waiting.append(_Waiting(change, done, refused))
        self._next()

    def carry_out_now(self, change: Change) -> None:
        """Change the project at once if it is free, and otherwise as soon as it is (see ``failed``)."""
        if self._is_read_only:
            return
        try:
            _write(self._project, change, _BUSY_AT_CLOSE_MS)
        except ProjectBusy:
            self.carry_out(change, lambda _result: None, lambda: None)
        except UserFacingError as error:
            self.failed.emit(error.full_text)

    def close(self) -> None:
        """The window closes: what is still to be written is written beside its end, and nobody hears of it."""
        changes = [each.change for each in self._waiting]
        self._waiting.clear()
        if changes:
            before, project = self._newest, self._project
            Background(self, lambda: _write_after(before, project, changes), lambda _done: None, lambda _error: None)

    def _next(self) -> None:
        if self._waiting and not self._is_at_work:
            self._is_at_work = True
            self._begin(self._waiting.popleft())

    def _begin(self, waiting: _Waiting) -> None:
        change, done, refused = waiting.change, waiting.done, waiting.refused

        def on_done(result: Any) -> None:
            self._is_at_work = False
            done(result)
            self._next()

        def on_failed(error: UserFacingError) -> None:
            self._is_at_work = False
            refused()
            self.failed.emit(error.full_text)
            self._next()

        self._newest = Background(self, partial(_write, self._project, change, _BUSY_MS), on_done, on_failed)


@dataclass(frozen=True)
class _Waiting:
    change: Change
    done: Callable[[Any], None]
    refused: Callable[[], None]


class _Edit(QUndoCommand):
    """An edit that is made already when it is pushed.

    The stack moves before the project does; after a failure it is moved back, which then finds nothing to do.
    """

    def __init__(self, edits: Edits, words: str, do: Change, undo: Change) -> None:
        super().__init__(words)
        self._edits = edits
        self._do = do
        self._undo = undo
        self._is_done = True

    def redo(self) -> None:
        if not self._is_done:
            self._is_done = True
            self._edits.carry_out(self._do, self._on_changed, partial(self._on_refused, is_done=False))

    def undo(self) -> None:
        if self._is_done:
            self._is_done = False
            self._edits.carry_out(self._undo, self._on_changed, partial(self._on_refused, is_done=True))

    def _on_changed(self, result: Any) -> None:
        self._edits.changed.emit()
        if result == 0:
            self._edits.failed.emit(_("It has been changed since: nothing was taken back."))

    def _on_refused(self, *, is_done: bool) -> None:
        self._is_done = is_done
        stack = self._edits.stack
        QTimer.singleShot(0, stack, stack.redo if is_done else stack.undo)


def _write_after(before: Background | None, project: Path, changes: Sequence[Change]) -> None:
    if before is not None:
        before.wait()
    for change in changes:
        try:
            _write(project, change, _BUSY_MS)
        except UserFacingError as error:
            logger.warning("an edit was lost when the window closed: %s", type(error).__name__)


def _write(project: Path, change: Change, busy_ms: int) -> Any:
    try:
        with closing(connect(project, busy_timeout_ms=busy_ms)) as connection:
            return change(connection)
    except sqlite3.Error as error:
        if not is_busy(error):
            logger.exception("an edit failed")
            sentence = _("The change could not be saved.")
            raise UserFacingError(sentence, hint=_("The details are in the application's log.")) from error
        sentence = _("The project is busy: a run is saving its results.")
        raise ProjectBusy(sentence, hint=_("Try again in a moment.")) from error
