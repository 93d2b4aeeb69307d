"""The end of the process: the runs are stopped, and whoever waits for them does not wait for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.runs import recover
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.runs import get_run
from genglossary_gui.ui.ending import stop_now
from tests.support import PATIENCE, Gate, SimpleEngine, make_project
from tests.ui.windows import MakeWindow, action, row_of

WAIT = 60_000
TESTS = Path(__file__).parents[1]


class Deaf(SimpleEngine):
    """Its review does not hear of a cancel."""

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self.gate = gate

    def review(self, entries, work):
        self.gate.stop_here()
        yield from ()


def test_the_end_of_a_session_cancels_the_runs(qtbot: QtBot, tmp_path: Path, make_window: MakeWindow) -> None:
    gate = Gate()
    window = make_window(make_project(tmp_path, "A Lock."), SimpleEngine(gates={"extract": gate}), limit=1)
    assert window.workspace is not None
    action(window, "actionRun").trigger()
    action(window, "actionRun").trigger()
    qtbot.waitUntil(gate.arrived.is_set, timeout=WAIT)

    assert stop_now([window.workspace.controller], PATIENCE)

    assert [row_of(window, n).status for n in (1, 2)] == [RunStatus.CANCELLED] * 2
    # The session may go on after all.
    assert action(window, "actionRun").isEnabled()


def test_the_end_of_a_session_does_not_wait_for_ever(qtbot: QtBot, tmp_path: Path, make_window: MakeWindow) -> None:
    gate = Gate()
    window = make_window(make_project(tmp_path, "A Lock."), Deaf(gate))
    assert window.workspace is not None
    action(window, "actionRun").trigger()
    qtbot.waitUntil(gate.arrived.is_set, timeout=WAIT)

    assert not stop_now([window.workspace.controller], 0.0)
    gate.pass_on.set()


def test_a_quit_of_the_desktop_ends_the_process_in_good_order(tmp_path: Path) -> None:
    project = make_project(tmp_path, "A Lock is here.")
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent)}

    ended = subprocess.run(
        [sys.executable, TESTS / "quit_window.py", project],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE * 3,
    )

    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_r49_a_run_that_does_not_stop_is_left_and_recovered(tmp_path: Path) -> None:
    project = make_project(tmp_path, "A Lock is here.")
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent)}
    command = [sys.executable, TESTS / "deaf_window.py", project]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"at work"
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE * 3) == 128 + signal.SIGTERM

    assert recover(project) == [1]
    with closing(connect(project)) as connection:
        row = get_run(connection, 1)
    assert row is not None
    assert row.status is RunStatus.INTERRUPTED
