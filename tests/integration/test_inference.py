"""The client against a real inference engine: its answers are noise, the protocol is real."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from genglossary_gui.core import llm
from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.llm import Answer, Failure, FailureReason, LlmSession, LlmSettings, Provider, Question
from tests.integration.conftest import RealServer

pytestmark = pytest.mark.integration


class Verdict(BaseModel):
    is_term: bool
    category: Literal["person", "place", "technical term"]


class Meaning(BaseModel):
    text: str


def settings(server: RealServer, **others: Any) -> LlmSettings:
    values: dict[str, Any] = {"provider": Provider.COMPATIBLE, "base_url": server.url, "model": "tiny", "seed": 7}
    return LlmSettings(**{**values, **others})


def question(key: str, answer: type[BaseModel] = Verdict, max_tokens: int = 200) -> Question:
    return Question(key, "You judge words. 用語を判定する。", f"Is “{key}” a term?", answer, max_tokens)


def test_answers_have_the_form_that_the_schema_demands(real_server: RealServer) -> None:
    keys = [f"麹菌 {number}" for number in range(10)]
    with LlmSession(settings(real_server)) as session:
        outcomes = list(session.ask_all([question(key) for key in keys], CancelToken()))

        assert {outcome.question.key for outcome in outcomes} == {*keys}
        for outcome in outcomes:
            assert isinstance(outcome, Answer), outcome
            assert isinstance(outcome.value, Verdict)
            assert not outcome.was_repaired
            assert outcome.prompt_tokens > 0
            assert outcome.completion_tokens > 0
        assert session.usage.requests == len(keys)


def test_the_same_seed_gives_the_same_answer(real_server: RealServer) -> None:
    texts = []
    for _time in range(2):
        with LlmSession(settings(real_server, temperature=0.8, seed=3)) as session:
            (outcome,) = session.ask_all([question("gate")], CancelToken())
            assert isinstance(outcome, Answer)
            texts.append(outcome.text)

    assert texts[0] == texts[1]


def test_noise_without_an_end_is_cut_off(real_server: RealServer) -> None:
    with LlmSession(settings(real_server)) as session:
        (outcome,) = session.ask_all([question("gate", Meaning, max_tokens=30)], CancelToken())

    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.TRUNCATED


def test_a_cancel_ends_the_work_of_the_server(real_server: RealServer) -> None:
    before = real_server.counts()
    token = CancelToken()
    cancelled_at: list[float] = []

    def cancel() -> None:
        while real_server.counts()["begun"] == before["begun"]:
            time.sleep(0.01)
        cancelled_at.append(time.monotonic())
        token.request()

    canceller = threading.Thread(target=cancel)
    with LlmSession(settings(real_server, parallel=2)) as session:
        canceller.start()
        with pytest.raises(Cancelled):
            list(session.ask_all([question(str(number), Meaning, 3_500) for number in range(6)], token))
        taken = time.monotonic() - cancelled_at[0]
        canceller.join()

    assert taken < 20
    deadline = time.monotonic() + 60
    while (now := real_server.counts())["aborted"] - before["aborted"] < now["begun"] - before["begun"]:
        assert time.monotonic() < deadline, "the server still works for a client that has gone"
        time.sleep(0.05)


def test_models_are_listed_and_a_missing_one_is_told(real_server: RealServer) -> None:
    assert asyncio.run(llm.list_models(settings(real_server))) == ["tiny"]
    with LlmSession(settings(real_server, model="absent")) as session:
        outcomes = list(session.ask_all([question(str(number)) for number in range(20)], CancelToken()))

    assert {outcome.kind for outcome in outcomes if isinstance(outcome, Failure)} == {FailureReason.MODEL_MISSING}
    assert len(outcomes) == 20
