"""How much time a session loses beside the answers themselves, with a server on loopback in a process of its own."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import process_time
from urllib.parse import urlsplit

from pydantic import BaseModel

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.llm import Answer, LlmSession, LlmSettings, Provider, Question
from tests.bench.measuring import timed
from tests.bench.table import Row

_QUESTIONS, _PARALLEL, _ANSWER_SECONDS = 200, 8, 0.05
_GOAL, _ROUNDS = 1.15, 5
_PASSAGE = "The stop log is lowered between two grooves. " * 20
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
            rounds = [(_timed(session), _bare(url)) for _round in range(_ROUNDS)]
    finally:
        server.stdin.close()
        server.wait()
    (taken, computed), _bare_time = min(rounds)
    bare = min(bare for _session, bare in rounds)
    ideal = _QUESTIONS * _ANSWER_SECONDS / _PARALLEL
    what = f"{_QUESTIONS} questions at 50 ms, {_PARALLEL} in parallel"
    return [
        Row(
            what=what,
            figure=taken * 1000,
            unit="ms",
            baseline=ideal * 1000,
            against="questions × 50 ms ÷ 8",
            goal=_GOAL * ideal * 1000,
        ),
        Row(what=what, figure=taken * 1000, unit="ms", baseline=bare * 1000, against="the same over bare sockets"),
        Row(what="… computing, for each question", figure=computed / _QUESTIONS * 1000, unit="ms"),
    ]


def _timed(session: LlmSession) -> tuple[float, float]:
    """Seconds by the clock and of computing."""
    before = process_time()
    taken, answers = timed(lambda: _ask(session, _QUESTIONS))
    assert answers == _QUESTIONS
    return taken, process_time() - before


def _bare(url: str) -> float:
    """Seconds for as many requests over as many connections, whose answers nobody looks at."""
    parts = urlsplit(url)
    body = json.dumps({"model": "tiny", "messages": [{"role": "user", "content": _PASSAGE}]}).encode()
    head = f"POST {parts.path}/chat/completions HTTP/1.1\r\nhost: {parts.netloc}\r\ncontent-length: {len(body)}\r\n\r\n"
    waiting = iter(range(_QUESTIONS))

    async def connection() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for _number in waiting:
            writer.write(head.encode() + body)
            await reader.readuntil(b"\r\n0\r\n\r\n")
        writer.close()

    async def all_of_them() -> None:
        await asyncio.gather(*(connection() for _number in range(_PARALLEL)))

    return timed(lambda: asyncio.run(all_of_them()))[0]


def _ask(session: LlmSession, count: int) -> int:
    questions = (Question(str(number), "Define the term.", _PASSAGE, _Meaning) for number in range(count))
    return sum(isinstance(outcome, Answer) for outcome in session.ask_all(questions, CancelToken()))


async def _serve() -> None:
    """Answers each request 50 ms after it has come, and computes as little as it can meanwhile."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from tests.llm_server import Reply, streamed

    answer = b"".join(streamed(Reply(_ANSWER)))

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                await reader.readexactly(int(head.partition(b"content-length:")[2].split(None, 1)[0]))
                await asyncio.sleep(_ANSWER_SECONDS)
                writer.write(answer)
        writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
