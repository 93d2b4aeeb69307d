"""Ollama's own protocol: the context is set, and nothing is cut without a word."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.llm import Answer, Failure, FailureReason, LlmSession, LlmSettings, Provider, Question
from genglossary_gui.core.llm import test_connection as try_connection
from genglossary_gui.core.llm.ollama import MOST_CONTEXT, USUAL_CONTEXT, context_tokens
from tests.core.llm.test_session import question
from tests.llm_server import LlmServer, Reply, Request, Script, error

RIGHT = '{"text": "Closes the canal."}'


def settings_of(server: LlmServer, **values) -> LlmSettings:
    return LlmSettings(**{"provider": Provider.OLLAMA, "base_url": server.url, "model": "tiny", "retries": 0, **values})


def asked(script: Script, one: Question | None = None, **values) -> tuple[Answer | Failure, list[Request]]:
    with LlmServer(script) as server, LlmSession(settings_of(server, **values)) as session:
        outcome = next(session.ask_all([one or question()], CancelToken()))
        return outcome, server.requests


def test_m2_the_context_and_the_other_options_are_sent_in_its_own_protocol() -> None:
    outcome, [request] = asked(lambda _request: Reply(RIGHT), context_tokens=6000, seed=3, temperature=0.5)
    assert isinstance(outcome, Answer)
    assert (outcome.prompt_tokens, outcome.completion_tokens) == (11, 7)
    assert request.path == "/api/chat"
    assert request.body["options"] == {"num_ctx": 6000, "num_predict": 200, "seed": 3, "temperature": 0.5}
    assert request.body["format"]["properties"].keys() == {"text"}
    assert request.body["truncate"] is False


def test_without_a_context_the_model_keeps_its_own() -> None:
    _outcome, [request] = asked(lambda _request: Reply(RIGHT))
    assert "num_ctx" not in request.body["options"]


def test_a_question_that_is_too_long_is_not_sent() -> None:
    long = Question("k", "system", "水" * 3000, question().answer, 1024)
    outcome, requests = asked(lambda _request: Reply(RIGHT), long, context_tokens=4000)
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.TOO_LONG
    assert requests == []


def test_what_an_old_server_has_cut_is_no_answer() -> None:
    outcome, _requests = asked(lambda _request: Reply(RIGHT, usage=(4096, 7)), context_tokens=4096)
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.TOO_LONG


def test_what_a_new_server_refuses_as_too_long_is_told() -> None:
    told = "request (351 tokens) exceeds the available context size (256 tokens), try increasing it"
    outcome, requests = asked(lambda _request: Reply(status=400, raw=json.dumps({"error": told})))
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.TOO_LONG
    assert len(requests) == 1


def test_an_unusable_answer_is_shown_only_as_far_as_there_is_room() -> None:
    def script(request: Request) -> Reply:
        return Reply("x" * 3000 if request.number == 1 else RIGHT)

    short = Question("k", "system", "user", question().answer, 1024)
    outcome, requests = asked(script, short, context_tokens=2048)
    assert isinstance(outcome, Answer)
    assert 0 < len(requests[1].body["messages"][2]["content"]) < 1024


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ('{"error":"model runner has unexpectedly stopped"}\n', FailureReason.SERVER_ERROR),
        ('{"message":{"content":"half"},"done":false}\n', FailureReason.UNREACHABLE),
        ("not json\n", FailureReason.SERVER_ERROR),
        ('["no object"]\n', FailureReason.SERVER_ERROR),
        ('{"nothing":1}\n', FailureReason.SERVER_ERROR),
        ('{"message":"no object","done":true}\n', FailureReason.INVALID_ANSWER),
        ("", FailureReason.SERVER_ERROR),
    ],
)
def test_streams_that_are_none_are_told(raw: str, kind: FailureReason) -> None:
    reply = Reply(raw=raw, headers={"content-type": "application/x-ndjson"})
    outcome, _requests = asked(lambda _request: reply)
    assert isinstance(outcome, Failure)
    assert outcome.kind is kind


def test_an_answer_that_is_cut_off_is_told() -> None:
    outcome, _requests = asked(lambda _request: Reply('{"text": "Clo', finish="length"))
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.TRUNCATED


def test_a_missing_model_is_told() -> None:
    missing = Reply(status=404, raw=json.dumps({"error": 'model "tiny" not found, try pulling it first'}))
    outcome, requests = asked(lambda _request: missing)
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.MODEL_MISSING
    assert [request.path for request in requests] == ["/api/chat"]


def only_like_openai(request: Request) -> Reply:
    return error(404, "page not found") if request.is_own else Reply(RIGHT)


def test_a_server_that_speaks_only_the_other_protocol_is_asked_in_that_one() -> None:
    outcome, requests = asked(only_like_openai)
    assert isinstance(outcome, Answer)
    assert [request.path for request in requests] == ["/api/chat", "/v1/chat/completions"]


def test_questions_that_are_under_way_together_find_the_other_protocol_too() -> None:
    gates = [threading.Event() for _ in range(2)]

    def script(request: Request) -> Reply:
        if not request.is_own:
            return Reply(RIGHT)
        return Reply(status=404, raw="{}", gate=gates[request.number - 1])

    with LlmServer(script) as server, LlmSession(settings_of(server, parallel=2)) as session:
        opener = threading.Thread(target=lambda: (server.wait_for(lambda s: s.open == 2), [g.set() for g in gates]))
        opener.start()
        outcomes = list(session.ask_all([question("a"), question("b")], CancelToken()))
        opener.join()
    assert [type(outcome) for outcome in outcomes] == [Answer, Answer]


@pytest.mark.parametrize("script", [lambda _request: Reply("ready"), only_like_openai])
def test_the_connection_is_tried_in_the_protocol_that_is_understood(script: Script) -> None:
    with LlmServer(script) as server:
        assert "tiny" in asyncio.run(try_connection(settings_of(server)))


@pytest.mark.parametrize(
    ("about", "tokens"),
    [
        ({"parameters": 'stop "x"\nnum_ctx                        12288\n'}, 12288),
        ({"model_info": {"llama.context_length": 131072}}, MOST_CONTEXT),
        ({"model_info": {"gemma.context_length": 6144, "x": 1}, "parameters": "temperature 1"}, 6144),
        ({"model_info": {"llama.context_length": "many"}, "parameters": 3}, USUAL_CONTEXT),
        ({}, USUAL_CONTEXT),
        (None, USUAL_CONTEXT),
    ],
)
def test_how_much_a_model_reads_is_what_the_server_tells(about: dict | None, tokens: int) -> None:
    with LlmServer(lambda _request: Reply(), about=about) as server:
        assert context_tokens(settings_of(server), CancelToken()) == tokens
        assert server.asked_about == ["tiny"]


def test_a_server_that_is_not_there_reads_what_is_usual() -> None:
    server = LlmServer(lambda _request: Reply())
    server.stop()
    assert context_tokens(settings_of(server), CancelToken()) == USUAL_CONTEXT


def test_a_cancel_ends_the_wait_for_what_the_server_tells() -> None:
    token = CancelToken()
    token.request()
    with LlmServer(lambda _request: Reply(), about={}) as server, pytest.raises(Cancelled):
        context_tokens(settings_of(server), token)
