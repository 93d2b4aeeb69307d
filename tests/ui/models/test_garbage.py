"""Objects of Qt that became garbage are destroyed in the GUI thread, whichever thread made it grow."""

from __future__ import annotations

import gc
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


def test_everything_is_looked_through_again_only_when_there_is_more_of_it(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    full = 2
    held = [[number] for number in range(300_000)]
    for _ in range(20):
        gc.collect(1)
    qtbot.waitUntil(lambda: collector._lasting > len(held), timeout=10_000)
    collections = gc.get_stats()[full]["collections"]
    for _ in range(20):
        gc.collect(1)
        collector._on_timeout()

    assert gc.get_count()[full] > gc.get_threshold()[full]
    assert gc.get_stats()[full]["collections"] == collections
    collector.stop()
