"""A process is killed while a model answers: what was answered is never asked again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from genglossary_gui.core import times
from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.runs import recover
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store.answers import KEPT_DAYS, count_answers
from genglossary_gui.core.store.connection import connect
from tests.core.engines.killed_llm import carry_out, settings_of
from tests.core.engines.llm_support import faithful
from tests.llm_server import LlmServer, Reply, Request
from tests.support import make_project

ROOT = Path(__file__).resolve().parents[3]
TERMS, ANSWERED = 100, 50


def numbers() -> list[str]:
    """Words of letters that the simplest engine takes for terms."""
    letters = "abcdefghij"
    return [f"Lock{letters[n // 10]}{letters[n % 10]}" for n in range(TERMS)]


def count(project: Path) -> int:
    with closing(connect(project)) as connection:
        return count_answers(connection)


def let_time_pass(project: Path) -> None:
    """So much that answers would be dropped, if nothing could be resumed that needs them."""
    long_ago = times.days_ago(KEPT_DAYS + 1)
    with closing(connect(project)) as connection:
        connection.execute("UPDATE answers SET created_at = ?, used_at = ?", (long_ago, long_ago))


def test_r4_r50_after_kill_at_50_of_100_answers_resume_makes_exactly_50_more_requests(tmp_path):
    project = make_project(tmp_path, " and ".join(numbers()))
    carry_out(project, "extract", RunSettings())
    gate = threading.Event()

    def script(request: Request) -> Reply:
        answer = faithful(request)
        return answer if request.number <= ANSWERED else Reply(answer.text, gate=gate)

    with LlmServer(script) as server:
        command = [sys.executable, "-m", "tests.core.engines.killed_llm", str(project), server.url]
        with subprocess.Popen(command, cwd=ROOT) as process:
            try:
                server.wait_for(lambda s: len(s.requests) > ANSWERED and s.open == 4)
                deadline = time.monotonic() + 20
                while count(project) < ANSWERED and time.monotonic() < deadline:
                    pass
            finally:
                process.kill()
        assert count(project) == ANSWERED
        let_time_pass(project)
        server.wait_for(lambda s: s.open == 0)
        gate.set()
        asked_before = len(server.requests)
        [run_id] = recover(project)
        ended = carry_out(project, "generate", settings_of(server.url), resumed=run_id)
        assert ended.status is RunStatus.COMPLETED
        assert len(server.requests) - asked_before == TERMS - ANSWERED
    assert count(project) == TERMS
    with closing(connect(project)) as connection:
        origins = connection.execute("SELECT origin, COUNT(*) FROM definitions WHERE current = 1 GROUP BY 1").fetchall()
    assert origins == [("llm", TERMS)]
