"""A run without a window: what reaches it while its caller waits."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from genglossary_gui.core.compute import Workers
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.runs.headless import run_to_end
from genglossary_gui.core.runs.manager import RunManager
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import projects
from tests.support import PATIENCE

_LONGER_THAN_A_LOOK = 0.3


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_signal_that_takes_long_to_handle_still_cancels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The handler may have to wait for other threads before it runs: by then the caller's look is over."""
    documents, project = tmp_path / "documents", tmp_path / "p.genglossary"
    documents.mkdir()
    (documents / "a.md").write_text("# Lava\n\nLava is molten rock.\n", encoding="utf-8")
    projects.create_project(project, [documents])
    begun, sent, asked = threading.Event(), threading.Event(), threading.Event()
    wishes: list[Callable[[], None]] = []
    caller = threading.get_ident()
    real_cancel = RunManager.cancel_run

    def cancel_run(manager: RunManager, run_id: int) -> bool:
        accepted = real_cancel(manager, run_id)
        asked.set()
        return accepted

    def on_start(_run_id: int, wish: Callable[[], None]) -> None:
        wishes.append(wish)
        begun.set()

    def on_change(_run_id: int, _last_seq: int) -> None:
        if not sent.is_set() and begun.wait(PATIENCE):
            sent.set()
            signal.pthread_kill(caller, signal.SIGUSR1)
            asked.wait(PATIENCE)

    def on_signal(*_: object) -> None:
        threading.Event().wait(_LONGER_THAN_A_LOOK)
        wishes[0]()

    monkeypatch.setattr(RunManager, "cancel_run", cancel_run)
    before = signal.signal(signal.SIGUSR1, on_signal)
    try:
        workers = Workers(1)
        ended = run_to_end(
            project, Scope.FULL, settings=RunSettings(), workers=workers, on_start=on_start, on_change=on_change
        )
        workers.close()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert ended.status is RunStatus.CANCELLED
