"""What a person is told of a server before any run."""

from __future__ import annotations

import asyncio
import json

import pytest

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.llm import LlmSettings, Provider, list_models, test_connection
from tests.llm_server import LlmServer, Reply, Script, error

test_connection.__test__ = False  # type: ignore[attr-defined]
GOOD = json.dumps({"ready": True})


def settings(server: LlmServer) -> LlmSettings:
    return LlmSettings(provider=Provider.COMPATIBLE, base_url=server.url, model="tiny", retries=0)


def test_the_models_are_listed_in_order() -> None:
    with LlmServer(lambda request: Reply(GOOD), models=("b", "a")) as server:
        assert asyncio.run(list_models(settings(server))) == ["a", "b"]


def test_a_server_that_works_is_told_with_its_model() -> None:
    with LlmServer(lambda request: Reply(GOOD)) as server:
        said = asyncio.run(test_connection(settings(server)))

    assert said.startswith("“tiny” at 127.0.0.1:")


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (lambda request: error(401), "asks for a key"),
        (lambda request: error(404, "model not found"), "has no model “tiny”"),
        (
            lambda request: Reply(raw="<html></html>", headers={"content-type": "text/html"}),
            "not a language model",
        ),
        (lambda request: error(500, "out of memory"), "out of memory"),
        (lambda request: Reply(""), "answers with nothing"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(script: Script, words: str) -> None:
    with LlmServer(script) as server, pytest.raises(UserFacingError, match=words):
        asyncio.run(test_connection(settings(server)))


def test_a_server_that_is_not_there_is_told_when_models_are_wanted() -> None:
    with LlmServer(lambda request: Reply(GOOD)) as server:
        gone = settings(server)
    with pytest.raises(UserFacingError, match="is the server running"):
        asyncio.run(list_models(gone))
