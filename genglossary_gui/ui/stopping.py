"""Closing a window whose runs are still active: a person is asked, the runs are stopped, then the window closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from genglossary_gui.core.i18n import _, ngettext

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtWidgets import QMessageBox

    from genglossary_gui.ui.controller import RunController
    from genglossary_gui.ui.main_window import MainWindow
    from genglossary_gui.ui.run_enabling import RunEnabling
    from genglossary_gui.ui.run_news import RunNews
    from genglossary_gui.ui.shell import Shell

_STOP_SECONDS = 10.0
"""After that a window waits on, or the process is left if it is the last one."""


class Stopping(QObject):
    """Asks whether the active runs of ``window`` may be stopped, stops them, and closes it.

    Lives in the GUI thread.  Stopping needs a running asyncio loop.
    """

    def __init__(
        self, window: MainWindow, shell: Shell, controller: RunController, enabling: RunEnabling, news: RunNews
    ) -> None:
        super().__init__(window)
        self._window, self._shell, self._controller = window, shell, controller
        self._enabling, self._news = enabling, news
        self._question: QMessageBox | None = None
        self._closing: asyncio.Future[None] | None = None

    def is_needed(self) -> bool:
        """Whether a run is active, so that the window may not simply close."""
        return bool(self._controller.active_runs())

    def ask(self) -> None:
        """Ask whether the runs may be stopped; with a yes the window closes as soon as they have ended."""
        if self._question is not None or self._closing is not None:
            return
        from genglossary_gui.ui.dialogs.ask import ask

        count = len(self._controller.active_runs())
        self._question = ask(
            self._window,
            ngettext("{count} run is still active.", "{count} runs are still active.", count).format(count=count),
            _("What is finished is kept as a draft and can be resumed; the glossary stays as it is."),
            accept=_("Stop and quit"),
            reject=_("Stay"),
            accepted=self._on_accepted,
        )
        self._question.finished.connect(self._on_answered)

    async def stop(self, seconds: float) -> bool:
        """Stop the runs without asking, and start no other; False when ``seconds`` were not enough."""
        if self.is_needed():
            self._enabling.close()
            self._news.tell_stopping()
        return await self._controller.stop(seconds)

    @Slot()
    def _on_answered(self) -> None:
        self._question = None

    @Slot()
    def _on_accepted(self) -> None:
        import asyncio

        self._closing = asyncio.ensure_future(self._stop_and_close())

    async def _stop_and_close(self) -> None:
        """Stop the runs, then close.  When that takes too long the process is left, if no other window needs it."""
        while not await self._window.stop(_STOP_SECONDS):
            self._shell.leave_if_last(self._window)
            self._window.banner.say(
                _("A run has not ended yet. This window closes by itself as soon as it has."), "warning"
            )
        self._window.close()
