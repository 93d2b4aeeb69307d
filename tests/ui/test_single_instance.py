"""A second start of the app speaks to the first, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.single_instance import FirstInstance, Wish, hand_over, server_name

_SECOND = """
import sys
from PySide6.QtCore import QCoreApplication
from genglossary_gui.ui.single_instance import Wish, hand_over
app = QCoreApplication([])
print(hand_over(Wish(*eval(sys.argv[1]))))
"""


def second_start(*wish: object) -> subprocess.Popen[str]:
    command = (sys.executable, "-c", _SECOND, repr(wish))
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


@pytest.fixture
def wishes() -> Iterator[list[Wish]]:
    found: list[Wish] = []
    first = FirstInstance(found.append)
    yield found
    first.close()


def test_what_a_second_start_asks_for_reaches_the_first(qtbot: QtBot, wishes: list[Wish]) -> None:
    second = second_start("/somewhere/水門.genglossary", False)

    qtbot.waitUntil(lambda: wishes == [Wish("/somewhere/水門.genglossary")], timeout=20_000)
    output, _error = second.communicate(timeout=20)

    assert output.strip() == "True"


def test_without_a_first_start_there_is_nobody_to_tell(qtbot: QtBot) -> None:
    assert not hand_over(Wish())


def test_what_a_killed_process_has_left_does_not_stop_the_next(qtbot: QtBot, wishes: list[Wish]) -> None:
    # The first one is still listening: a further one takes its place as if it had died.
    again: list[Wish] = []
    first = FirstInstance(again.append)

    second = second_start("", True)
    qtbot.waitUntil(lambda: [*wishes, *again] == [Wish(sample=True)], timeout=20_000)
    second.communicate(timeout=20)
    first.close()


@pytest.mark.parametrize("nonsense", [b"hello\n", b"[]\n", b'{"place": 3}\n', b'{"place": null}\n', b"x" * 200_000])
def test_nonsense_is_not_obeyed(qtbot: QtBot, wishes: list[Wish], nonsense: bytes) -> None:
    socket = QLocalSocket()
    socket.connectToServer(server_name())
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.ConnectedState)
    socket.write(nonsense)

    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)

    assert wishes == []
