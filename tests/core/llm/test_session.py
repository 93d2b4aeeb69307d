"""Questions to a real server on loopback, which answers as badly as servers do."""

from __future__ import annotations

import email.utils
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pydantic import BaseModel

from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.llm import Answer, Failure, FailureReason, LlmSession, LlmSettings, Provider, Question
from tests.llm_server import LlmServer, Reply, Request, Script, error

KEY = "sk-canary-0123456789abcdef"


class Meaning(BaseModel):
    text: str


GOOD = json.dumps({"text": "a gate"})


def question(key: str = "gate", max_tokens: int = 200) -> Question:
    return Question(key, "Define the term.", f"term: {key}", Meaning, max_tokens)


def settings(server: LlmServer, **others: Any) -> LlmSettings:
    values: dict = {"provider": Provider.COMPATIBLE, "base_url": server.url, "model": "tiny", "api_key": KEY}
    return LlmSettings(**{**values, **others})


@contextmanager
def asked(script: Script, keys: tuple[str, ...] = ("gate",), **others: Any) -> Iterator[tuple[LlmServer, list]]:
    with LlmServer(script) as server, LlmSession(settings(server, **others)) as session:
        yield server, list(session.ask_all([question(key) for key in keys], CancelToken()))


def only(script: Script, **others: Any) -> Answer | Failure:
    with asked(script, **others) as (_server, outcomes):
        (outcome,) = outcomes
    return outcome


def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genglossary_gui.core.llm.session._FIRST_PAUSE", 0.01)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Certainly! Here it is:\n{GOOD}\nAnything else?",
        f"<think>Is {{it}} a gate?</think>{GOOD}",
        '{"text": "a\ngate"}',
        f"[note] {GOOD}",
    ],
)
def test_an_answer_is_found_in_what_models_write_around_it(text: str) -> None:
    outcome = only(lambda request: Reply(text))

    assert isinstance(outcome, Answer)
    assert isinstance(outcome.value, Meaning)
    assert " ".join(outcome.value.text.split()) == "a gate"
    assert (outcome.prompt_tokens, outcome.completion_tokens, outcome.was_repaired) == (11, 7, False)


def test_the_form_is_asked_for_as_a_schema() -> None:
    with asked(lambda request: Reply(GOOD)) as (server, _outcomes):
        wish = server.requests[0].body["response_format"]["json_schema"]
    assert wish["schema"]["required"] == ["text"]
    assert wish["schema"]["additionalProperties"] is False
    assert wish["strict"] is True


@pytest.mark.parametrize("status", [400, 422, 500, 501])
def test_a_server_without_schemas_is_asked_in_other_ways_and_only_once(status: int) -> None:
    def script(request: Request) -> Reply:
        return Reply(GOOD) if not request.form else error(status, "response_format is not supported")

    with asked(script, ("a", "b"), parallel=1) as (server, outcomes):
        assert all(isinstance(outcome, Answer) for outcome in outcomes)
        assert [request.form for request in server.requests] == ["json_schema", "json_object", "", ""]


def test_an_option_that_a_server_does_not_know_is_left_out() -> None:
    def script(request: Request) -> Reply:
        for name in ("max_tokens", "temperature", "stream_options"):
            if name in request.body:
                return error(400, f"Unsupported parameter: '{name}'")
        return Reply(GOOD)

    with asked(script) as (server, outcomes):
        assert isinstance(outcomes[0], Answer)
        assert server.requests[-1].body["max_completion_tokens"] == 200


def test_an_answer_of_the_wrong_form_is_repaired_once() -> None:
    def script(request: Request) -> Reply:
        return Reply(GOOD if request.number == 2 else '{"meaning": 1}')

    with asked(script) as (server, outcomes):
        assert outcomes[0].was_repaired
        assert "text: Field required" in server.requests[1].prompt


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply('{"meaning": 1}'), FailureReason.INVALID_ANSWER),
        (Reply("no"), FailureReason.INVALID_ANSWER),
        (Reply(GOOD[:-3], finish="length"), FailureReason.TRUNCATED),
        (Reply("x" * 50_000, pieces=50), FailureReason.TOO_LONG),
        (Reply("[" * 3_000), FailureReason.INVALID_ANSWER),
        (Reply(raw="<html>welcome</html>", headers={"content-type": "text/html"}), FailureReason.SERVER_ERROR),
        (Reply(raw='{"surprise": []}'), FailureReason.SERVER_ERROR),
        (error(401), FailureReason.REFUSED),
        (error(403), FailureReason.REFUSED),
        (error(404, "model 'tiny' not found"), FailureReason.MODEL_MISSING),
        (Reply(status=302, headers={"location": "http://127.0.0.1:1/v1"}), FailureReason.REFUSED),
        (error(429), FailureReason.RATE_LIMITED),
        (error(500), FailureReason.SERVER_ERROR),
        (Reply(GOOD, drop_after=0), FailureReason.UNREACHABLE),
        (Reply(GOOD, drop_after=1), FailureReason.UNREACHABLE),
        (Reply(GOOD, finish=None, usage=None), FailureReason.UNREACHABLE),
    ],
)
def test_what_fails_is_a_failure_of_its_kind_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, reply: Reply, kind: FailureReason
) -> None:
    quickly(monkeypatch)

    outcome = only(lambda request: reply)

    assert isinstance(outcome, Failure)
    assert outcome.kind is kind
    assert outcome.sentence.endswith((".", "?"))
    assert KEY not in outcome.sentence


@pytest.mark.parametrize(
    "bad", [error(429), error(503), error(500), Reply(GOOD, drop_after=0), Reply(GOOD, drop_after=2)]
)
def test_what_may_pass_is_tried_again(monkeypatch: pytest.MonkeyPatch, bad: Reply) -> None:
    quickly(monkeypatch)

    def script(request: Request) -> Reply:
        # A 500 may mean that schemas are not understood: it is asked in three ways.
        return bad if request.number <= (3 if bad.status == 500 else 1) else Reply(GOOD)

    with LlmServer(script) as server, LlmSession(settings(server)) as session:
        (outcome,) = session.ask_all([question()], CancelToken())
        assert isinstance(outcome, Answer)
        assert session.usage.retries == 1


def test_retries_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)
    with asked(lambda request: error(503), retries=2) as (server, outcomes):
        assert isinstance(outcomes[0], Failure)
        assert len(server.requests) == 3


@pytest.mark.parametrize("wish", ["0.4", "date"])
def test_the_server_says_when_to_come_back(monkeypatch: pytest.MonkeyPatch, wish: str) -> None:
    quickly(monkeypatch)
    moments: list[float] = []

    def script(request: Request) -> Reply:
        moments.append(time.monotonic())
        after = email.utils.formatdate(time.time() + 2, usegmt=True) if wish == "date" else wish
        return error(429, retry_after=after) if request.number == 1 else Reply(GOOD)

    assert isinstance(only(script), Answer)
    assert moments[1] - moments[0] >= 0.39


def test_a_server_that_wants_us_to_come_back_tomorrow_is_not_waited_for() -> None:
    outcome = only(lambda request: error(429, retry_after="3600"))

    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.RATE_LIMITED
    assert "60 min" in outcome.sentence


@pytest.mark.parametrize("after", ["nan", "inf", "-5", "1e300", "tomorrow", ""])
def test_a_wait_that_nobody_can_mean_is_told_like_any_other(after: str) -> None:
    outcome = only(lambda request: error(429, retry_after=after), retries=0)

    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.RATE_LIMITED


@pytest.mark.parametrize(
    ("reply", "limits"),
    [
        (Reply(GOOD, never=True), {"first_byte_seconds": 0.2}),
        (Reply("x" * 1_000, pieces=1_000, drip=0.02), {"total_seconds": 0.3}),
    ],
)
def test_silence_and_dripping_have_an_end(reply: Reply, limits: dict) -> None:
    with asked(lambda request: reply, **limits) as (server, outcomes):
        assert outcomes[0].kind is FailureReason.TIMEOUT
        server.wait_for(lambda server: server.open == 0)
        assert server.left == [1]


def test_nobody_at_the_address_is_noticed_once_for_all_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)
    with LlmServer(lambda request: Reply(GOOD)) as server:
        gone = settings(server, retries=0, parallel=2)
    with LlmSession(gone) as session:
        outcomes = list(session.ask_all([question(str(number)) for number in range(60)], CancelToken()))

        failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
        assert {failure.kind for failure in failures} == {FailureReason.UNREACHABLE}
        assert len(failures) == 60
        assert "is the server running?" in failures[0].sentence
        assert session.usage.requests < 10


def test_an_unknown_host_is_told_as_such() -> None:
    nowhere = LlmSettings(provider=Provider.COMPATIBLE, base_url="http://nowhere.invalid", model="m", retries=0)
    with LlmSession(nowhere) as session:
        (outcome,) = session.ask_all([question()], CancelToken())

    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.UNREACHABLE
    assert "nowhere.invalid" in outcome.sentence


def test_a_wrong_key_ends_the_questions() -> None:
    with asked(lambda request: error(401), tuple("abcdefgh"), parallel=2) as (server, outcomes):
        assert [outcome.kind for outcome in outcomes] == [FailureReason.REFUSED] * 8
        assert len(server.requests) <= 4


def test_as_many_questions_are_under_way_as_allowed_and_no_more() -> None:
    gate = threading.Event()
    with (
        LlmServer(lambda request: Reply(GOOD, gate=gate)) as server,
        LlmSession(settings(server, parallel=3)) as session,
    ):
        opener = threading.Thread(target=lambda: (server.wait_for(lambda s: s.open == 3), gate.set()))
        opener.start()
        outcomes = list(session.ask_all([question(str(number)) for number in range(9)], CancelToken()))
        opener.join()

        assert {outcome.question.key for outcome in outcomes} == set(map(str, range(9)))
        assert server.most_open == 3


def test_questions_are_read_as_they_are_needed() -> None:
    asked_for: list[int] = []

    def many() -> Iterator[Question]:
        for number in range(100):
            asked_for.append(number)
            yield question(str(number))

    with LlmServer(lambda request: Reply(GOOD)) as server, LlmSession(settings(server, parallel=2)) as session:
        outcomes = session.ask_all(many(), CancelToken())
        next(outcomes)
        outcomes.close()  # type: ignore[attr-defined]

    assert len(asked_for) <= 4


def test_the_budget_ends_the_questions() -> None:
    with asked(lambda request: Reply(GOOD, usage=(60, 40)), tuple("abcd"), parallel=1, budget_tokens=200) as (
        server,
        outcomes,
    ):
        assert [type(outcome) for outcome in outcomes] == [Answer, Answer, Failure, Failure]
        assert outcomes[-1].kind is FailureReason.BUDGET
        assert len(server.requests) == 2


def _silent(request: Request) -> Reply:
    return Reply(GOOD, never=True)


def _dripping(request: Request) -> Reply:
    return Reply("x" * 10_000, pieces=10_000, drip=0.01)


def _pausing(request: Request) -> Reply:
    return error(429, retry_after="60")


@pytest.mark.parametrize("script", [_silent, _dripping, _pausing])
def test_a_cancel_wakes_whatever_is_waited_for(script: Callable[[Request], Reply]) -> None:
    token = CancelToken()
    with LlmServer(script) as server, LlmSession(settings(server, parallel=4)) as session:
        canceller = threading.Thread(target=lambda: (server.wait_for(lambda s: len(s.requests) == 4), token.request()))
        canceller.start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            list(session.ask_all([question(str(number)) for number in range(20)], token))
        canceller.join()

        assert time.monotonic() - began < 60  # the limits of the settings are minutes
        server.wait_for(lambda server: server.open == 0)


def test_waiting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genglossary_gui.core.llm.session._TELL_AFTER", 0.1)
    monkeypatch.setattr("genglossary_gui.core.llm.session._TELL_EVERY", 0.1)
    said: list[str] = []
    token = CancelToken()

    def hear(sentence: str) -> None:
        said.append(sentence)
        token.request()

    with (
        LlmServer(_silent) as server,
        LlmSession(settings(server), on_wait=hear) as session,
        pytest.raises(Cancelled),
    ):
        list(session.ask_all([question()], token))

    assert said[0].startswith("No answer from 127.0.0.1:")


def test_the_key_is_nowhere_but_in_the_header() -> None:
    with asked(lambda request: Reply(GOOD)) as (server, _outcomes):
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
        assert KEY not in repr(settings(server))
        assert KEY not in json.dumps(server.requests[0].body)


@pytest.mark.parametrize("address", ["", "localhost:11434", "ftp://host", "http://", "http://[", "http://h:99999999"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError):
        LlmSession(LlmSettings(provider=Provider.COMPATIBLE, base_url=address, model="m"))


@pytest.mark.parametrize(
    ("provider", "given", "address"),
    [
        (Provider.OLLAMA, "", "http://localhost:11434/v1"),
        (Provider.OLLAMA, "http://box:11434/", "http://box:11434/v1"),
        (Provider.OLLAMA, "http://box:11434/api", "http://box:11434/v1"),
        (Provider.COMPATIBLE, "http://box:8080", "http://box:8080/v1"),
        (Provider.COMPATIBLE, "http://box:8080/llm/v2", "http://box:8080/llm/v2"),
        (Provider.OPENAI, "", "https://api.openai.com/v1"),
        (Provider.OLLAMA, "http://box:11434/api/chat", "http://box:11434/v1"),
        (Provider.COMPATIBLE, "http://box:8080/v1/chat/completions", "http://box:8080/v1"),
        (Provider.COMPATIBLE, "http://box:8080/v1?tenant=7", "http://box:8080/v1?tenant=7"),
        (Provider.OPENAI, "https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1"),
        (Provider.AZURE, "https://me.openai.azure.com/", "https://me.openai.azure.com"),
        (Provider.AZURE, "https://me.openai.azure.com/openai", "https://me.openai.azure.com"),
        (
            Provider.AZURE,
            "https://me.openai.azure.com/openai/deployments/mine/chat/completions?api-version=2024-10-21",
            "https://me.openai.azure.com",
        ),
        (Provider.AZURE, "https://me.openai.azure.com/openai/v1/", "https://me.openai.azure.com/openai/v1"),
        (Provider.AZURE, "https://me.openai.azure.com/openai/v1/responses", "https://me.openai.azure.com/openai/v1"),
    ],
)
def test_addresses_are_completed(provider: Provider, given: str, address: str) -> None:
    assert LlmSettings(provider=provider, base_url=given).address == address


def test_the_newer_address_of_azure_is_asked_without_deployment_and_version() -> None:
    with LlmServer(lambda request: Reply(GOOD)) as server:
        base = server.url.removesuffix("/v1") + "/openai/v1/"
        azure = LlmSettings(provider=Provider.AZURE, base_url=base, model="mine", api_key=KEY, api_version="2025-01-01")
        with LlmSession(azure) as session:
            (outcome,) = session.ask_all([question()], CancelToken())
        assert isinstance(outcome, Answer)
        assert server.requests[0].path == "/openai/v1/chat/completions"
        assert server.requests[0].body["model"] == "mine"
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_azure_names_the_deployment_in_the_address() -> None:
    with LlmServer(lambda request: Reply(GOOD)) as server:
        base = server.url.removesuffix("/v1")
        azure = LlmSettings(provider=Provider.AZURE, base_url=base, model="mine", api_key=KEY, api_version="2025-01-01")
        with LlmSession(azure) as session:
            (outcome,) = session.ask_all([question()], CancelToken())
        assert isinstance(outcome, Answer)
        assert server.requests[0].path == "/openai/deployments/mine/chat/completions?api-version=2025-01-01"
        assert server.requests[0].headers["api-key"] == KEY
