"""Work in a thread beside the window; the GUI thread is told when it is done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import Shiboken

from genglossary_gui.core import times
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _

logger = logging.getLogger(__name__)


_under_way: set[Background] = set()


class Background(QObject):
    """One call of ``work()`` in a thread of its own; ``done`` or ``failed`` then follows in the GUI thread.

    When ``owner`` is gone by then, nothing is called any more; the work itself always goes on to its end.
    """

    _ended = Signal(object, object)

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[UserFacingError], None],
    ) -> None:
        # Not a child of the owner: it must not be destroyed while its thread speaks.
        super().__init__()
        _under_way.add(self)
        self._owner = owner
        self._work = work
        self._done = done
        self._failed = failed
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._run, name="window-work", daemon=True)
        self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait in any other thread until the work is done; False when ``seconds`` were not enough."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        result, error = None, None
        try:
            result = self._work()
        except Exception as problem:  # a border: it is told to a person below
            error = problem
        with suppress(RuntimeError):  # the application has ended meanwhile, and this object with it
            self._ended.emit(result, error)

    @Slot(object, object)
    def _on_ended(self, result: Any, error: Exception | None) -> None:
        _under_way.discard(self)
        if not Shiboken.isValid(self._owner):
            return
        if error is None:
            self._done(result)
        elif isinstance(error, UserFacingError):
            self._failed(error)
        else:
            logger.error("work beside the window failed", exc_info=error)
            sentence = _("That did not work because of an internal error.")
            self._failed(UserFacingError(sentence, hint=_("The details are in the application's log.")))


def finish(seconds: float) -> bool:
    """Wait until all work is done, for the end of the application: nobody hears of it any more.

    False when ``seconds`` were not enough.
    """
    deadline = times.monotonic() + seconds
    for each in list(_under_way):
        if not each.wait(max(0.0, deadline - times.monotonic())):
            return False
        _under_way.discard(each)
    return True
