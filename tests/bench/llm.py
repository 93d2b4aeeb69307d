"""How much time a session loses beside the answers themselves, with a server on loopback in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from pydantic import BaseModel

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.llm import Answer, LlmSession, LlmSettings, Provider, Question
from tests.bench.measuring import timed
from tests.bench.table import Row

_QUESTIONS, _PARALLEL, _ANSWER_SECONDS = 200, 8, 0.05
_GOAL = 1.15
_ANSWER = json.dumps({"text": "A gate that is lowered between two grooves to close an opening."})


class _Meaning(BaseModel):
    text: str


def measure() -> list[Row]:
    server = subprocess.Popen([sys.executable, "-m", "tests.bench.llm"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        url = server.stdout.readline().decode().strip()
        settings = LlmSettings(provider=Provider.COMPATIBLE, base_url=url, model="tiny", parallel=_PARALLEL)
        with LlmSession(settings) as session:
            # The first questions load the library and open the connections.
            _ask(session, _PARALLEL)
            taken, answers = min(timed(lambda: _ask(session, _QUESTIONS)) for _time in range(3))
    finally:
        server.stdin.close()
        server.wait()
    assert answers == _QUESTIONS
    ideal = _QUESTIONS * _ANSWER_SECONDS / _PARALLEL
    return [
        Row(
            what=f"{_QUESTIONS} questions at 50 ms, {_PARALLEL} in parallel (goal ≤ × {_GOAL})",
            figure=taken * 1000,
            unit="ms",
            baseline=ideal * 1000,
            against="questions × 50 ms ÷ 8",
        )
    ]


def _ask(session: LlmSession, count: int) -> int:
    passage = "The stop log is lowered between two grooves. " * 20
    questions = (Question(str(number), "Define the term.", passage, _Meaning) for number in range(count))
    return sum(isinstance(outcome, Answer) for outcome in session.ask_all(questions, CancelToken()))


def _serve() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from tests.llm_server import LlmServer, Reply

    with LlmServer(lambda request: Reply(_ANSWER, delay=_ANSWER_SECONDS)) as server:
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    _serve()
