"""A pause of the window is logged with the code that caused it."""

from __future__ import annotations

import logging
import threading

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.watchdog import Watchdog


def the_culprit(gate: threading.Event) -> None:
    gate.wait()


@pytest.mark.expected_logs("the window stood still")
def test_a_pause_is_logged_with_its_stack(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    dog = Watchdog(longest=0.05)
    gate = threading.Event()

    def release() -> None:
        while not dog._stall:
            threading.Event().wait(0.005)
        gate.set()

    helper = threading.Thread(target=release)
    with caplog.at_level(logging.WARNING):
        helper.start()
        QTimer.singleShot(0, lambda: the_culprit(gate))
        qtbot.waitUntil(lambda: "stood still" in caplog.text)
    helper.join()
    dog.stop()

    assert "the_culprit" in caplog.text
