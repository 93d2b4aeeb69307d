"""Questions follow what the model can read: nothing is cut behind our back."""

from __future__ import annotations

import re

import pytest

from genglossary_gui.core.engines import llm_classify, llm_define, llm_review, llm_room
from genglossary_gui.core.engines.llm import LlmEngine
from genglossary_gui.core.engines.llm_settings import LEAST_CONTEXT, llm_settings
from genglossary_gui.core.glossary import DefinitionDraft, Entry, TermDraft
from genglossary_gui.core.settings import RunSettings
from tests.core.engines.llm_support import Journal, definition, faithful, settings_for, term
from tests.llm_server import LlmServer, Reply, Request
from tests.support import SimpleEngine

SENTENCES = (
    "水門は、運河の水位を調節するための設備であり、二つの扉にはさまれた室からなる",
    "舟が上流へ進むときは下流側の扉を閉め、室に水を満たしてから上流側の扉を開ける",
    "扉の開閉には番人が当たり、夜間は通行を認めないという決まりが古くから守られている",
    "冬に運河が凍ると設備は休止し、春の点検で木製の部分を取り替えることになっている",
    "洪水の折には両方の扉を開け放ち、流木が引っかからないように格子を引き上げておく",
    "通行料は舟の長さに応じて決まり、収入の半分は堤防の修理に充てられると定められた",
    "番人の小屋には水位の記録が残され、最も古いものは百五十年前の夏に書かれている",
    "隣の町との境にあるものは共同で管理され、費用は毎年の協議によって分けられる",
)


def long_term(name: str = "水門") -> TermDraft:
    return term(name, *(f"{sentence}。" * 6 for sentence in SENTENCES), language="ja")


def size_of(request: Request) -> int:
    """As our estimate has it, with what a model may have more."""
    return int(llm_room.tokens(request.prompt) * 1.25)


def shown_in(request: Request) -> int:
    return len(re.findall(r"passage E\d+\n", request.prompt))


@pytest.fixture
def journal() -> Journal:
    return Journal()


def defined(journal: Journal, script=faithful, *, about: dict | None = None, **values):
    with LlmServer(script, about=about) as server:
        settings = settings_for(server, llm_provider="ollama", **values)
        found = dict(LlmEngine(SimpleEngine(), settings).define([long_term()], journal.work()))
        return found, server


def test_m2_the_least_telling_passages_are_left_out_and_the_log_says_so(journal: Journal) -> None:
    found, server = defined(journal, llm_context_tokens=2_500)
    [request] = server.requests
    assert found["水門"].origin == "llm"
    assert request.body["options"]["num_ctx"] == 2_500
    assert size_of(request) + llm_define.MAX_TOKENS <= 2_500
    assert 1 <= shown_in(request) < len(llm_define.chosen(long_term()))
    assert any("left out" in words and "2500" in words for words in journal.said)
    assert server.asked_about == []


def test_with_room_for_all_nothing_is_left_out(journal: Journal) -> None:
    _found, server = defined(journal, llm_context_tokens=8_192)
    assert shown_in(server.requests[0]) == len(llm_define.chosen(long_term()))
    assert not any("left out" in words for words in journal.said)


def test_without_a_setting_the_server_tells_how_much_is_read(journal: Journal) -> None:
    _found, server = defined(journal, about={"parameters": "num_ctx 2600"})
    assert server.asked_about == ["tiny"]
    assert server.requests[0].body["options"]["num_ctx"] == 2_600
    assert any("2600" in words for words in journal.said)


def test_a_passage_that_was_not_shown_is_no_evidence(journal: Journal) -> None:
    def script(_request: Request) -> Reply:
        return Reply(definition((SENTENCES[0] + "。", ["E8", "E7", "E6"])))

    found, _server = defined(journal, script, llm_context_tokens=LEAST_CONTEXT)
    assert found["水門"].evidence == ()
    assert journal.figures["unsupported"] == 1


def test_what_fits_with_nothing_left_out_is_asked_as_before() -> None:
    without = llm_define.request(long_term(), {})
    assert llm_define.request(long_term(), {}, 100_000).request == without.request
    assert without.left_out == 0


def test_fewer_pairs_are_judged_at_once_where_less_is_read() -> None:
    text = (SENTENCES[0] + "。") * 12

    def entry(name: str) -> Entry:
        return Entry(term(name, text), DefinitionDraft(text, 0.5, (), "llm"))

    pairs = [(entry(f"水門a{number}"), entry(f"水門b{number}")) for number in range(10)]
    for context in (4_096, 8_192):
        requests = list(llm_review.requests(pairs, context))
        assert [pair for _request, batch in requests for pair in batch] == pairs
        for request, _batch in requests:
            assert llm_room.size(request.prompt) * 1.25 + llm_review.MAX_TOKENS <= context
    assert len(list(llm_review.requests(pairs))) == 2


def test_fewer_terms_are_classified_at_once_where_less_is_read() -> None:
    terms = [long_term(f"水門{number}") for number in range(24)]
    requests = list(llm_classify.requests(terms, LEAST_CONTEXT + 500))
    assert [each for _request, batch in requests for each in batch] == terms
    assert len(requests) > len(list(llm_classify.requests(terms))) == 2
    for request, _batch in requests:
        assert llm_room.size(request.prompt) * 1.25 + llm_classify.MAX_TOKENS <= LEAST_CONTEXT + 500


def test_a_context_in_which_nothing_has_room_becomes_the_least() -> None:
    assert llm_settings(RunSettings(llm_context_tokens=1)).context_tokens == LEAST_CONTEXT
    assert llm_settings(RunSettings(llm_context_tokens=9_000)).context_tokens == 9_000
    assert llm_settings(RunSettings()).context_tokens == 0
