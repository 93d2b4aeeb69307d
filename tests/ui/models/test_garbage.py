"""Objects of Qt that became garbage are destroyed in the GUI thread, whichever thread made it grow."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.models.garbage import GarbageCollector


class Loop(QObject):
    def __init__(self, destroyed_in: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        self.destroyed_in = destroyed_in

    def __del__(self) -> None:
        self.destroyed_in.append(threading.current_thread())


def make_garbage() -> None:
    for _ in range(20_000):
        loop: list[object] = []
        loop.append(loop)


def test_a_worker_never_destroys_an_object_of_qt(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    destroyed_in: list[threading.Thread] = []
    Loop(destroyed_in)

    worker = threading.Thread(target=make_garbage)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(destroyed_in))
    collector.stop()

    assert destroyed_in == [threading.main_thread()]
