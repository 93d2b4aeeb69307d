"""What a session does with its time, its threads, and servers of their own kind."""

from __future__ import annotations

import gc
import gzip
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.llm import Answer, Failure, FailureReason, LlmSession, LlmSettings, Provider, Question
from tests.llm_server import LlmServer, Reply, Request, Script, error


class Meaning(BaseModel):
    text: str


GOOD = json.dumps({"text": "a gate"})
STREAM = {"content-type": "text/event-stream"}


def question(key: str = "gate") -> Question:
    return Question(key, "Define the term.", f"term: {key}", Meaning, 100)


def questions(count: int) -> list[Question]:
    return [question(str(number)) for number in range(count)]


def settings(server: LlmServer, **others: Any) -> LlmSettings:
    values: dict[str, Any] = {"provider": Provider.COMPATIBLE, "base_url": server.url, "model": "tiny"}
    return LlmSettings(**{**values, **others})


def only(script: Script, **others: Any) -> Answer | Failure:
    with LlmServer(script) as server, LlmSession(settings(server, **others)) as session:
        (outcome,) = session.ask_all([question()], CancelToken())
    return outcome


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genglossary_gui.core.llm.session._FIRST_PAUSE", 0.01)


def _event(**what: Any) -> str:
    return f"data: {json.dumps(what)}\n\n"


@pytest.mark.parametrize(
    "reply",
    [
        # One that does not stream.
        Reply(raw=json.dumps({"choices": [{"message": {"content": GOOD}, "finish_reason": "stop"}]})),
        # Signs of life, an empty delta, no usage, no [DONE], line ends of another system.
        Reply(
            raw=": wait\r\n\r\nevent: x\r\n"
            + _event(choices=[{"delta": {"role": "assistant"}}]).replace("\n", "\r\n")
            + _event(choices=[{"delta": None, "finish_reason": None}])
            + _event(choices=[{"delta": {"content": GOOD}, "finish_reason": "stop"}]),
            headers=STREAM,
        ),
        Reply(raw=_event(choices=[{"delta": {"reasoning_content": "hm", "content": GOOD}, "finish_reason": "stop"}])),
    ],
    ids=["whole", "odd", "thinking"],
)
def test_servers_of_their_own_kind_are_understood(reply: Reply) -> None:
    if "event-stream" not in reply.headers.get("content-type", "") and (reply.raw or "").startswith("data:"):
        reply = Reply(raw=reply.raw, headers=STREAM)

    assert isinstance(only(lambda request: reply), Answer)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(raw="data: {not json\n\n", headers=STREAM), FailureReason.SERVER_ERROR),
        (Reply(raw="data: [1]\n\n", headers=STREAM), FailureReason.SERVER_ERROR),
        (Reply(raw="data: " + "[" * 200_000 + "\n\n", headers=STREAM), FailureReason.SERVER_ERROR),
        (Reply(raw=_event(choices=[7]), headers=STREAM), FailureReason.SERVER_ERROR),
        (Reply(raw="", headers=STREAM), FailureReason.SERVER_ERROR),
        (Reply(raw="x" * 3_000_000, headers=STREAM), FailureReason.SERVER_ERROR),
        (Reply(raw="[" * 3_000_000), FailureReason.SERVER_ERROR),
        (Reply(raw=_event(error={"message": "out of memory"}), headers=STREAM), FailureReason.SERVER_ERROR),
        (Reply(raw=_event(choices=[{"delta": {"reasoning": "x" * 90_000}}]), headers=STREAM), FailureReason.TOO_LONG),
        (error(400, "This model's maximum context length is 4096 tokens."), FailureReason.TOO_LONG),
        (error(400, "model 'tiny' not found"), FailureReason.MODEL_MISSING),
        (error(429, "You exceeded your current quota."), FailureReason.RATE_LIMITED),
    ],
    ids=range(12),
)
def test_what_is_no_answer_is_a_failure(reply: Reply, kind: FailureReason) -> None:
    outcome = only(lambda request: reply, retries=1)

    assert isinstance(outcome, Failure)
    assert outcome.kind is kind


def test_a_compressed_answer_is_not_unpacked() -> None:
    packed = gzip.compress(b"data: " + b" " * 50_000_000).decode("latin-1")
    outcome = only(lambda request: Reply(raw=packed, headers={**STREAM, "content-encoding": "gzip"}))

    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.SERVER_ERROR


def test_an_accident_does_not_cost_the_schema() -> None:
    with (
        LlmServer(lambda request: error(500) if request.number == 1 else Reply(GOOD)) as server,
        LlmSession(settings(server)) as session,
    ):
        assert all(isinstance(outcome, Answer) for outcome in session.ask_all(questions(4), CancelToken()))
        assert {request.form for request in server.requests} == {"json_schema"}
        assert len(server.requests) == 5


def test_a_server_without_schemas_has_the_model_told_the_form() -> None:
    def script(request: Request) -> Reply:
        return error(400, "response_format is not supported") if request.form else Reply(GOOD)

    with LlmServer(script) as server, LlmSession(settings(server)) as session:
        outcomes = list(session.ask_all(questions(8), CancelToken()))
        assert [type(outcome) for outcome in outcomes] == [Answer] * 8
        assert all('"required": ["text"]' in request.prompt for request in server.requests if not request.form)
        # Those under way together may each find out by themselves.
        assert len(server.requests) <= 8 + 2 * 4


def test_a_server_that_ignores_schemas_has_the_model_told_the_form() -> None:
    def script(request: Request) -> Reply:
        return Reply(GOOD if '"required"' in request.prompt else "A gate is a gate.")

    with LlmServer(script) as server, LlmSession(settings(server, parallel=1)) as session:
        outcomes = list(session.ask_all(questions(3), CancelToken()))

        assert [isinstance(outcome, Answer) and outcome.was_repaired for outcome in outcomes] == [True, False, False]
        assert session.usage.repairs == 1


@pytest.mark.parametrize(
    "reply",
    [
        error(401),
        error(404, "no such model"),
        Reply(drop_after=0),
        Reply(raw="<p>", headers={"content-type": "text/html"}),
    ],
)
def test_the_same_trouble_for_all_is_found_out_by_a_few(reply: Reply) -> None:
    with LlmServer(lambda request: reply) as server, LlmSession(settings(server, retries=0, parallel=4)) as session:
        outcomes = list(session.ask_all(questions(100), CancelToken()))

        assert len(outcomes) == 100
        assert len({outcome.sentence for outcome in outcomes if isinstance(outcome, Failure)}) == 1
        assert len(server.requests) <= 10


def test_a_server_that_never_answers_is_asked_a_few_times_only() -> None:
    with (
        LlmServer(lambda request: Reply(never=True)) as server,
        LlmSession(settings(server, first_byte_seconds=0.1, parallel=2)) as session,
    ):
        outcomes = list(session.ask_all(questions(50), CancelToken()))

        assert {outcome.kind for outcome in outcomes if isinstance(outcome, Failure)} == {FailureReason.TIMEOUT}
        assert len(server.requests) <= 8


def test_one_bad_question_does_not_end_the_others() -> None:
    def script(request: Request) -> Reply:
        return error(403, "content filter") if int(request.prompt.split()[-1]) % 2 else Reply(GOOD)

    with LlmServer(script) as server, LlmSession(settings(server, parallel=1)) as session:
        outcomes = list(session.ask_all(questions(20), CancelToken()))

    assert sum(isinstance(outcome, Answer) for outcome in outcomes) == 10


def test_all_attempts_of_a_question_begin_within_the_time_for_one() -> None:
    began = time.monotonic()
    outcome = only(lambda request: error(429, retry_after="0.3"), retries=1_000, total_seconds=1.0)

    assert isinstance(outcome, Failure)
    assert time.monotonic() - began < 60  # all of them would take five minutes


def test_what_broke_off_is_counted_as_used() -> None:
    with (
        LlmServer(lambda request: Reply("x" * 800, pieces=4, drop_after=2)) as server,
        LlmSession(settings(server, retries=0)) as session,
    ):
        list(session.ask_all([question()], CancelToken()))

        assert session.usage.completion_tokens == 100
        assert session.usage.prompt_tokens > 0


def test_time_that_the_asker_needs_is_not_the_servers() -> None:
    with (
        LlmServer(lambda request: Reply(GOOD, delay=0.0 if request.number == 1 else 0.5)) as server,
        LlmSession(settings(server, parallel=2, first_byte_seconds=1.0, total_seconds=1.5)) as session,
    ):
        outcomes = []
        for outcome in session.ask_all(questions(2), CancelToken()):
            outcomes.append(outcome)
            # As if the answer took long to be stored.
            time.sleep(2)

    assert [type(outcome) for outcome in outcomes] == [Answer, Answer]


def test_answers_that_came_before_the_cancel_are_handed_over() -> None:
    token = CancelToken()
    with LlmServer(lambda request: Reply(GOOD)) as server, LlmSession(settings(server, parallel=1)) as session:

        def cancel_when_received() -> None:
            if session.usage.completion_tokens:
                token.request()

        outcomes = session.ask_all(questions(2), token, tick=cancel_when_received)
        assert isinstance(next(outcomes), Answer)
        with pytest.raises(Cancelled):
            next(outcomes)


def test_an_error_of_the_asker_is_raised_and_nothing_stays_behind() -> None:
    def failing() -> Iterator[Question]:
        yield question()
        raise KeyError("the asker's own")

    with LlmServer(lambda request: Reply(never=True)) as server, LlmSession(settings(server)) as session:
        with pytest.raises(KeyError):
            list(session.ask_all(failing(), CancelToken()))
        server.wait_for(lambda server: server.open == 0)


def test_a_session_that_is_closed_in_the_middle_leaves_the_server() -> None:
    with LlmServer(lambda request: Reply(GOOD, never=request.number > 1)) as server:
        with LlmSession(settings(server, parallel=3)) as session:
            outcomes = session.ask_all(questions(5), CancelToken())
            assert isinstance(next(outcomes), Answer)
        server.wait_for(lambda server: server.open == 0)
        del outcomes
        gc.collect()  # a task that was left would tell now


def test_a_name_server_that_does_not_answer_holds_up_no_cancel(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, released = threading.Event(), threading.Event()

    def silent(*_where: Any, **_how: Any) -> list[Any]:
        asked.set()
        released.wait(100)
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    token = CancelToken()
    canceller = threading.Thread(target=lambda: (asked.wait(20), token.request()))
    canceller.start()
    try:
        with LlmSession(
            LlmSettings(provider=Provider.COMPATIBLE, base_url="http://host.example", model="m")
        ) as session:
            with pytest.raises(Cancelled):
                list(session.ask_all([question()], token))
            began = time.monotonic()
        assert time.monotonic() - began < 50
    finally:
        released.set()
        canceller.join()


def test_a_cancel_does_not_wait_for_the_library() -> None:
    code = """
import importlib.abc, sys, threading
from pydantic import BaseModel
from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.llm import LlmSession, LlmSettings, Provider, Question
assert "openai" not in sys.modules and "httpx2" not in sys.modules
token, go, over = CancelToken(), threading.Event(), []
class Slow(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "openai":
            token.request()
            go.wait(100)
            over.append(name)
sys.meta_path.insert(0, Slow())
with LlmSession(LlmSettings(provider=Provider.COMPATIBLE, base_url="http://127.0.0.1:1", model="m")) as session:
    try:
        list(session.ask_all([Question("k", "s", "u", BaseModel)], token))
    except Cancelled:
        print("it goes on by itself" if not over else "too late")
        go.set()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout == "it goes on by itself\n"
