"""What a person asks of a language model's server while a window is open: beside it, and given up at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject

from genglossary_gui.core import secrets
from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.engines.llm_settings import llm_settings
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.settings import ModelSettings
from genglossary_gui.ui.background import Background

if TYPE_CHECKING:
    from genglossary_gui.core.llm import LlmSettings

T = TypeVar("T")
Ask = Callable[["LlmSettings"], Awaitable[T]]


class Probe:
    """Asks the server of ``settings``, with the key that is kept for it, in a thread with an event loop of its own.

    ``done`` or ``failed`` follows in the GUI thread, unless the probe was cancelled or ``owner`` is gone by then.
    """

    def __init__(
        self,
        owner: QObject,
        settings: ModelSettings,
        ask: Ask[Any],
        done: Callable[[Any], None],
        failed: Callable[[UserFacingError], None],
    ) -> None:
        self._settings = settings
        self._ask = ask
        self._done = done
        self._failed = failed
        self._token = CancelToken()
        Background(owner, self._work, self._on_done, self._on_failed)

    def cancel(self) -> None:
        """Close the connection; nobody hears of an answer any more."""
        self._token.request()

    def _work(self) -> Any:
        client = llm_settings(self._settings)
        # Not an exception: Cancelled is none, and nobody waits for a cancelled probe.
        with suppress(Cancelled):
            key = secrets.key_for_run(client.provider, client.host, self._token)
            return answer_of(self._ask(replace(client, api_key=key)), self._token)

    def _on_done(self, found: Any) -> None:
        if not self._token.is_cancelled:
            self._done(found)

    def _on_failed(self, error: UserFacingError) -> None:
        if not self._token.is_cancelled:
            self._failed(error)


def answer_of(question: Awaitable[T], token: CancelToken) -> T:
    """What ``question`` gives, in an event loop of its own.

    Raises what it raises; ``Cancelled`` once it has stopped because of ``token``.
    """
    from genglossary_gui.core.llm import loops

    loop = loops.OwnLoop()
    try:
        return loops.answer_of(question, token, loop)
    finally:
        loop.close()


async def list_models(settings: LlmSettings) -> list[str]:
    """``core.llm.list_models``, which takes a while to import: not in the GUI thread."""
    from genglossary_gui.core.llm import list_models

    return await list_models(settings)


async def test_connection(settings: LlmSettings) -> str:
    """``core.llm.test_connection``, like ``list_models``."""
    from genglossary_gui.core.llm import test_connection

    return await test_connection(settings)
