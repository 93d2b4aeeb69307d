"""An event loop that leaves no thread behind and never waits for one."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, TypeVar

from genglossary_gui.core.cancellation import Cancelled, CancelToken

T = TypeVar("T")


class OwnLoop(asyncio.SelectorEventLoop):
    """Looks host names up in threads that end by themselves.

    The usual loop has a pool for it, whose threads are joined when the loop is closed and when the program ends: a
    name server that does not answer would hold up a cancel for half a minute.
    """

    # Not the signature of the base class, which differs between versions of Python.
    async def getaddrinfo(self, host: Any, port: Any, **how: int) -> Any:  # type: ignore[override]
        found: asyncio.Future[Any] = self.create_future()

        def look_up() -> None:
            try:
                value = socket.getaddrinfo(host, port, **how)
            except (OSError, UnicodeError) as error:
                self._tell(found, error=OSError(*error.args) if isinstance(error, UnicodeError) else error)
            else:
                self._tell(found, value=value)

        threading.Thread(target=look_up, name="host name", daemon=True).start()
        return await found

    def _tell(self, found: asyncio.Future[Any], *, value: Any = None, error: OSError | None = None) -> None:
        def settle() -> None:
            if found.done():
                return
            if error is None:
                found.set_result(value)
            else:
                found.set_exception(error)

        with suppress(RuntimeError):  # the loop has been closed meanwhile: nobody waits any more
            self.call_soon_threadsafe(settle)


def answer_of(question: Awaitable[T], token: CancelToken, loop: OwnLoop) -> T:
    """What ``question`` gives, in ``loop``.  Raises what it raises; ``Cancelled`` once it has stopped because of
    ``token``."""
    try:
        task = asyncio.ensure_future(question, loop=loop)

        def wake() -> None:
            with suppress(RuntimeError):  # the loop has been closed meanwhile
                loop.call_soon_threadsafe(task.cancel)

        with token.on_cancel(wake):
            return loop.run_until_complete(task)
    except asyncio.CancelledError:
        raise Cancelled from None
