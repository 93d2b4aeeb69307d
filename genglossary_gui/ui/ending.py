"""How the process ends: in good order if the runs let it, and never by force."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import NoReturn

from PySide6.QtCore import QEventLoop, QTimer

from genglossary_gui.ui.controller import RunController

logger = logging.getLogger(__name__)

_POLL_MS = 20


def stop_now(controllers: Sequence[RunController], seconds: float) -> bool:
    """Cancel all runs and wait until their ends are recorded; False when ``seconds`` were not enough.

    For moments in which the system waits for this call to return; events are handled while it waits.
    """
    for controller in controllers:
        controller.cancel_all()
    if not _are_active(controllers):
        return True
    waiting = QEventLoop()
    look, deadline = QTimer(interval=_POLL_MS), QTimer(singleShot=True, interval=round(seconds * 1000))
    look.timeout.connect(lambda: _are_active(controllers) or waiting.quit())
    deadline.timeout.connect(waiting.quit)
    for timer in (look, deadline):
        timer.start()
    waiting.exec()
    for timer in (look, deadline):
        timer.stop()
    return not _are_active(controllers)


def leave(status: int) -> NoReturn:
    """End the process although a run is at work: the next start recovers it.

    A thread of Qt that is destroyed while it runs would crash the process; nothing is destroyed here.
    """
    logger.error("a run did not stop in time; the process ends without it")
    end_now(status)


def end_now(status: int) -> NoReturn:
    """End the process as it is, whatever its threads are doing; what has been logged is written."""
    logging.shutdown()
    os._exit(status)


def _are_active(controllers: Sequence[RunController]) -> bool:
    return any(controller.active_runs() for controller in controllers)
