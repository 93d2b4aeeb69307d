"""A key, and whatever else is private, is in no message, record, exception or representation, whatever goes wrong."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback

import pytest
from pydantic import BaseModel

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.llm import Failure, LlmSession, LlmSettings, Provider, Question, list_models
from genglossary_gui.core.llm import test_connection as probe
from tests.llm_server import LlmServer, Reply, error

CANARY = "Zq7.canary/-9f3e'51\"d2"
"""Of no form that a key usually has, so that only knowing it helps."""
HOME = "/home/hanako/secret-project/model.gguf"


class Meaning(BaseModel):
    text: str


def _echo(status: int, form: str, **headers: str) -> Reply:
    return error(status, form.format(key=CANARY, home=HOME), **headers)


_FORMS = (
    "Incorrect API key provided: {key}.",
    "x" * 620 + " {key}",
    "cannot open {home}",
    "{key}",
    "header Authorization: Bearer {key}",
)
_TROUBLES = [
    *(_echo(status, form) for status in (400, 401, 403, 404, 422, 500) for form in _FORMS),
    _echo(429, _FORMS[0], retry_after="100000"),
    _echo(503, _FORMS[2]),
    Reply(raw=json.dumps({"error": {"message": _FORMS[0].format(key=CANARY)}})),
    Reply(raw=f"data: {json.dumps({'error': {'message': CANARY}})}\n\n", headers={"content-type": "text/event-stream"}),
    Reply(raw=f"data: {CANARY}\n\n", headers={"content-type": "text/event-stream"}),
    Reply(raw=f"<html>{CANARY}</html>", headers={"content-type": "text/html"}),
    Reply(status=302, headers={"location": f"http://127.0.0.1:1/{CANARY.encode().hex()}"}),
    Reply(CANARY),
    Reply(f'{{"text": "{CANARY}', finish="length"),
    Reply(drop_after=0),
    Reply("x" * 9_000, drop_after=1),
    Reply(never=True),
]


def _settings(server: LlmServer) -> LlmSettings:
    address = server.url.replace("http://", f"http://user:{'pw-canary-77'}@")
    return LlmSettings(
        provider=Provider.COMPATIBLE,
        base_url=address,
        model="tiny",
        api_key=CANARY,
        retries=1,
        first_byte_seconds=0.3,
    )


def _holds_nothing(*texts: object) -> None:
    for text in map(str, texts):
        for private in (CANARY, json.dumps(CANARY)[1:-1], CANARY[:12], "pw-canary", "/home/hanako", "hanako"):
            assert private not in text


def test_a_key_that_cannot_be_one_is_refused_without_being_told() -> None:
    settings = LlmSettings(provider=Provider.OPENAI, model="m", api_key=f"{CANARY}ß\n")
    with pytest.raises(UserFacingError) as caught:
        LlmSession(settings)
    _holds_nothing(caught.value, caught.value.full_text)


def test_there_are_many_troubles() -> None:
    assert len(_TROUBLES) >= 30


@pytest.mark.parametrize("trouble", _TROUBLES, ids=range(len(_TROUBLES)))
def test_nothing_private_is_told(
    trouble: Reply, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("genglossary_gui.core.llm.session._FIRST_PAUSE", 0.01)
    monkeypatch.setattr("genglossary_gui.core.llm.session._TELL_EVERY", 0.0)
    caplog.set_level(logging.DEBUG)
    logging.getLogger("asyncio").setLevel(logging.INFO)
    said: list[str] = []
    with LlmServer(lambda request: trouble) as server:
        settings = _settings(server)
        with LlmSession(settings, on_wait=said.append) as session:
            (outcome,) = session.ask_all([Question("k", "system", "user", Meaning, 100)], CancelToken())
        assert isinstance(outcome, Failure)
        assert outcome.sentence.count("\n") == 0
        told: list[str] = []
        for probing in (probe(settings), list_models(settings)):
            try:
                told.append(str(asyncio.run(probing)))
            except UserFacingError as problem:
                told += [*traceback.format_exception(problem), repr(problem), problem.full_text]
    _holds_nothing(outcome, outcome.sentence, *said, repr(settings), repr(session), *told, caplog.text)


def test_a_bad_address_is_told_without_its_password() -> None:
    for address in ("ftp://user:pw-canary-77@host/", "user:pw-canary-77@host", "http://user:pw-canary-77@[/"):
        settings = LlmSettings(provider=Provider.COMPATIBLE, base_url=address, model="m")
        with pytest.raises(UserFacingError) as caught:
            LlmSession(settings)
        _holds_nothing(caught.value, repr(settings))


@pytest.mark.parametrize("provider", [Provider.COMPATIBLE, Provider.OLLAMA, Provider.AZURE])
def test_keys_and_accounts_of_the_environment_go_to_nobody(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "AZURE_OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("AZURE_OPENAI_AD_TOKEN", "canary")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://canary.invalid/")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-canary: canary\nauthorization: canary")
    with LlmServer(lambda request: Reply('{"text": "x"}')) as server:
        settings = LlmSettings(provider=provider, base_url=server.url.removesuffix("/v1"), model="tiny")
        with LlmSession(settings) as session:
            list(session.ask_all([Question("k", "system", "user", Meaning)], CancelToken()))
        (request,) = server.requests

    assert "canary" not in str(request.headers)
    assert {name for name in request.headers if name.startswith("x-")} <= {"x-stainless-raw-response"}
    assert "authorization" not in request.headers


def test_nothing_follows_a_redirect_to_another_host() -> None:
    with LlmServer(lambda request: Reply("{}")) as other:
        away = Reply(status=307, headers={"location": f"{other.url}/chat/completions"})
        with LlmServer(lambda request: away) as server, LlmSession(_settings(server)) as session:
            (outcome,) = session.ask_all([Question("k", "system", "user", Meaning)], CancelToken())

        assert isinstance(outcome, Failure)
        assert other.requests == []


def test_a_proxy_is_not_asked_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with LlmServer(lambda request: Reply('{"text": "x"}')) as server:
        settings = LlmSettings(provider=Provider.COMPATIBLE, base_url=server.url, model="tiny", retries=0)
        with LlmSession(settings) as session:
            (outcome,) = session.ask_all([Question("k", "system", "user", Meaning)], CancelToken())

    assert not isinstance(outcome, Failure), outcome
