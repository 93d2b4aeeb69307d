"""The cancel token of a run: one life, one winner, no reset.

States: ``LIVE → CANCEL → SEALED`` or ``LIVE → SEALED``.  A request is accepted only while the token is
live; ``seal`` is the commit point, after which a cancel is answered "too late".
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum

logger = logging.getLogger(__name__)


class Cancelled(BaseException):
    """The run was asked to stop.  Not an ``Exception``: a loop that skips bad items must not swallow it."""


class TokenState(Enum):
    LIVE = "live"
    CANCEL = "cancel"
    SEALED = "sealed"


class CancelToken:
    """Tells one run to stop.  Every method may be called from any thread and returns at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = TokenState.LIVE
        self._requested = threading.Event()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def state(self) -> TokenState:
        return self._state

    @property
    def is_cancelled(self) -> bool:
        """True once a request was accepted, for ever."""
        return self._requested.is_set()

    def request(self) -> bool:
        """Ask the run to stop; True when this call was accepted, False when it came too late or twice.

        The callbacks run in the calling thread; an exception in one is logged and stops no other.
        """
        with self._lock:
            if self._state is not TokenState.LIVE:
                return False
            self._state = TokenState.CANCEL
            self._requested.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            _call_safely(callback)
        return True

    def seal(self) -> bool:
        """Pass the commit point; False when a cancel was accepted before (then nothing may be published)."""
        with self._lock:
            won = self._state is TokenState.LIVE
            self._state = TokenState.SEALED
            self._callbacks.clear()
            return won and not self._requested.is_set()

    def checkpoint(self) -> None:
        """Raise ``Cancelled`` when a cancel was accepted.  Call it between units of work."""
        if self._requested.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Sleep for ``seconds`` unless cancelled; raises ``Cancelled`` as soon as a cancel is accepted."""
        if self._requested.wait(seconds):
            raise Cancelled

    @contextmanager
    def on_cancel(self, wake: Callable[[], None]) -> Iterator[None]:
        """Call ``wake`` once if a cancel is accepted inside the block (at once if it already was)."""
        with self._lock:
            already = self._requested.is_set()
            if not already:
                self._callbacks.append(wake)
        if already:
            _call_safely(wake)
        try:
            yield
        finally:
            with self._lock:
                if wake in self._callbacks:
                    self._callbacks.remove(wake)


def _call_safely(callback: Callable[[], None]) -> None:
    try:
        callback()
    except Exception:  # a border: the other callbacks must still hear of the cancel
        logger.exception("a cancel callback failed")
