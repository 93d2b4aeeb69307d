"""Long questions are answered in the GUI thread, by another thread."""

from __future__ import annotations

import sqlite3
import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.models.reader import Reader
from tests.ui.models.run_support import RunBook

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"


class Asker(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []

    def on_answer(self, answer: object) -> None:
        self.heard.append((answer, threading.current_thread()))


def thread_and_ids(connection: sqlite3.Connection) -> tuple[str, int]:
    return threading.current_thread().name, connection.execute("SELECT COUNT(*) FROM runs").fetchone()[0]


def endless(connection: sqlite3.Connection) -> object:
    return connection.execute(ENDLESS).fetchone()


def test_a_question_is_worked_off_elsewhere_and_answered_here(qtbot: QtBot, book: RunBook, reader: Reader) -> None:
    book.pending()
    asker = Asker()

    reader.ask(thread_and_ids, asker.on_answer)
    qtbot.waitUntil(lambda: bool(asker.heard))

    assert asker.heard == [(("reader", 1), threading.main_thread())]


def test_a_newer_question_stops_the_older_one_of_the_same_asker(qtbot: QtBot, reader: Reader) -> None:
    asker = Asker()
    begun = threading.Event()

    def slow(connection: sqlite3.Connection) -> object:
        begun.set()
        return endless(connection)

    reader.ask(slow, asker.on_answer)
    assert begun.wait(60)
    reader.ask(lambda connection: "new", asker.on_answer)
    qtbot.waitUntil(lambda: bool(asker.heard))

    assert [answer for answer, _ in asker.heard] == ["new"]


def test_askers_do_not_replace_each_other(qtbot: QtBot, reader: Reader) -> None:
    first, second = Asker(), Asker()

    reader.ask(lambda connection: 1, first.on_answer)
    reader.ask(lambda connection: 2, second.on_answer)
    qtbot.waitUntil(lambda: bool(first.heard and second.heard))

    assert (first.heard[0][0], second.heard[0][0]) == (1, 2)


@pytest.mark.expected_logs("a question to the project failed")
def test_a_question_that_fails_says_so_and_ends_nothing(qtbot: QtBot, reader: Reader) -> None:
    asker = Asker()

    with qtbot.waitSignal(reader.failed):
        reader.ask(lambda connection: connection.execute("SELECT nonsense"), asker.on_answer)
    reader.ask(lambda connection: "still there", asker.on_answer)
    qtbot.waitUntil(lambda: bool(asker.heard))

    assert [answer for answer, _ in asker.heard] == ["still there"]


def test_an_answer_for_a_dead_asker_is_dropped(qtbot: QtBot, reader: Reader) -> None:
    dead, alive = Asker(), Asker()
    reader.ask(lambda connection: 1, dead.on_answer)
    from shiboken6 import Shiboken

    Shiboken.delete(dead)
    reader.ask(lambda connection: 2, alive.on_answer)
    qtbot.waitUntil(lambda: bool(alive.heard))

    assert dead.heard == []


def test_closing_stops_a_question_that_never_ends(qtbot: QtBot, book: RunBook) -> None:
    reader = Reader(book.project)
    begun = threading.Event()

    def slow(connection: sqlite3.Connection) -> object:
        begun.set()
        return endless(connection)

    reader.ask(slow, Asker().on_answer)
    assert begun.wait(60)
    reader.close()

    assert "reader" not in {thread.name for thread in threading.enumerate()}


def test_the_window_cannot_write(qtbot: QtBot, reader: Reader) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.connection().execute("DELETE FROM runs")


@pytest.mark.expected_logs("the project cannot be read")
def test_nonsense_in_a_project_does_not_stop_the_painting(reader: Reader) -> None:
    def nonsense(connection: sqlite3.Connection) -> object:
        raise IndexError("level 20")

    assert reader.now(nonsense, "nothing") == "nothing"
