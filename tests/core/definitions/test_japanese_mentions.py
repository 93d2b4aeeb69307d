"""The Japanese sentence that stands in for a definition."""

from __future__ import annotations

import pytest

from genglossary_gui.core.definitions.compose import compose
from genglossary_gui.core.definitions.japanese_mentions import best_mention, introduces
from genglossary_gui.core.glossary import Passage, PassageKind, TermDraft, only_mentions
from genglossary_gui.core.text import BlockKind as K
from tests.core.definitions.support import findings

TOPIC = "水門は船ごとに二つの鍵を持ち、港の人が開けます。"
CALLED = "港の人は、水門と呼ばれる大きな扉を朝と夜に動かします。"
BEGINS = "水門の鍵は港の人が朝と夜に箱へ入れて運びます。"
EARLY = "港の人は水門の鍵を朝と夜に箱へ入れて運びます。"


def passage(text: str, rule: str = "", weight: float = 0.0) -> Passage:
    kind = PassageKind.DEFINITION if rule else PassageKind.CONTEXT
    return Passage(1, 0, len(text), 1, text, kind, weight, rule)


def term(*passages: Passage, rank: int = 1, frequency: int = 9) -> TermDraft:
    return TermDraft("水門", "水門", "ja", 1.0, rank, frequency, 1, True, passages=passages)


def chosen(*texts: str, often: bool = True) -> str | None:
    found = best_mention([passage(text) for text in texts], ["水門"], often=often)
    return found.text if found else None


def test_the_more_a_sentence_is_about_the_term_the_better() -> None:
    order = (EARLY, BEGINS, CALLED, TOPIC)
    for count in range(1, len(order) + 1):
        assert chosen(*order[:count]) == order[count - 1]


def test_of_a_name_that_is_seldom_used_a_sentence_has_to_be_about_it() -> None:
    assert chosen(EARLY, BEGINS, often=False) is None
    assert chosen(EARLY, BEGINS, CALLED, often=False) == CALLED
    assert chosen(EARLY, TOPIC, often=False) == TOPIC


def test_a_general_sentence_comes_before_one_about_one_case() -> None:
    one_case = "水門は船が通る場合にだけ港の人が鍵で開けます。"
    assert chosen(one_case, TOPIC) == TOPIC
    assert chosen(one_case) == one_case


@pytest.mark.parametrize(
    "text",
    [
        "水門とは限らず",
        "残念ながら水門は船ごとに二つの鍵を持ちます。",
        "その水門は船ごとに二つの鍵を持つ大きなものです。",
        "水門の鍵の扱いについては後ほど詳しく述べます。",
        "水門は昨日の朝に港の人が新しい鍵で開けました。",
        "船に水門を追加して、港の箱に入れて運びます。",
        "水門が船に追加される前に港の箱へ鍵を入れて運びます。",
        "水門を通る船のすべての鍵が箱に入れられた時。",
        "例: 水門は船ごとに二つの鍵を持つものです。",
        "港門開閉は船ごとに二つの鍵を持つ大きな仕組みです。",
        "大水門庁は船ごとに二つの鍵を持つ大きな役所です。",
        "閘門とは、水門を二つ備えた船のための部屋のことです。",
        "水門は赤いです。",
    ],
)
def test_what_cannot_stand_alone_or_is_about_another_thing(text: str) -> None:
    assert chosen(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("水門と呼ばれる扉を動かします。", True),
        ("川を仕切る扉である水門を動かします。", True),
        ("川を仕切るという水門を動かします。", True),
        ("大水門と呼ばれる扉を動かします。", False),
        ("扉である水門庁を動かします。", False),
        ("川を仕切る水門を動かします。", False),
    ],
)
def test_what_is_called_so_in_passing(text: str, told: bool) -> None:
    assert introduces(text, ["水門"]) is told


@pytest.mark.parametrize("rank", [1, 1000])
def test_what_tells_something_by_the_way_is_shown_as_a_mention(rank: int) -> None:
    entry = compose(term(passage(TOPIC, "statement", 0.18), rank=rank))
    assert entry.text == TOPIC
    assert only_mentions(entry.confidence, entry.origin, approved=False)
    assert [found.text for found in entry.evidence] == [TOPIC]


def test_a_definition_is_shown_as_one() -> None:
    defines = passage("水門は川の水位を変えるための装置です。", "copula", 0.8)
    entry = compose(term(passage(TOPIC, "statement", 0.18), defines, passage(EARLY)))
    assert entry.text == defines.text
    assert not only_mentions(entry.confidence, entry.origin, approved=False)


def test_a_term_of_which_nothing_is_said_stays_silent() -> None:
    entry = compose(term(passage("水門を開けてください。"), passage("次の水門")))
    assert (entry.text, entry.confidence) == ("", 0.0)
    assert len(entry.evidence) == 2


def test_a_long_form_is_not_cut_in_a_word() -> None:
    def long_forms(text: str) -> list[str]:
        return [text[found.start : found.end] for found in findings((K.PARAGRAPH, text)) if found.rule == "expansion"]

    assert long_forms("港は Perl 互換正規表現 (PCRE) を読みます。") == ["Perl 互換正規表現 (PCRE)"]
    assert long_forms("港は Linux 互換正規表現 (PCRE) を読みます。") == ["互換正規表現 (PCRE)"]
    assert long_forms("港は <b>名システム (DNS) を読みます。") == []
