"""What stands in an entry of a Japanese glossary: one sentence in Japanese that says what its name means."""

from __future__ import annotations

import pytest

from genglossary_gui.core.definitions.compose import compose
from genglossary_gui.core.definitions.japanese_incidental import is_incidental
from genglossary_gui.core.definitions.japanese_mentions import best_mention
from genglossary_gui.core.glossary import Passage, PassageKind, TermDraft
from genglossary_gui.core.terms.names import is_name
from genglossary_gui.core.text import BlockKind
from tests.core.definitions.support import findings, heads, rules

ENGLISH = "A lock is a room with two gates for ships."
WEAK = "Often a lock makes it possible to lift a ship."
JAPANESE = "閘門は、船を上げるための装置です。"
CONTEXT = "閘門の鍵は港の人が朝と夜に箱へ入れて運びます。"


def passage(text: str, weight: float = 0.0, rule: str = "copula") -> Passage:
    kind = PassageKind.DEFINITION if weight else PassageKind.CONTEXT
    return Passage(1, 0, len(text), 1, text, kind, weight, rule if weight else "")


def text_of(*passages: Passage, name: str = "閘門") -> str:
    return compose(TermDraft(name, name, "ja", 1.0, 1, 9, 1, True, passages=passages)).text


def found(marked: str) -> set[tuple[str, str]]:
    return {(finding.head, finding.rule) for finding in findings((BlockKind.PARAGRAPH, marked))}


def test_of_a_japanese_name_a_sentence_in_japanese_comes_before_a_better_one_that_is_not() -> None:
    assert text_of(passage(ENGLISH, 0.9), passage(JAPANESE, 0.4)) == JAPANESE


def test_what_nobody_translated_explains_a_japanese_name_only_if_it_is_clear() -> None:
    assert text_of(passage(ENGLISH, 0.8), passage(CONTEXT)) == ENGLISH
    assert text_of(passage(f"閘門\n{WEAK}", 0.6, "definition_list"), passage(CONTEXT)) == CONTEXT


def test_a_latin_name_is_explained_in_the_language_that_speaks_of_it() -> None:
    english = passage("CGC is a protocol for locks of all kinds.", 0.8)
    japanese = passage("CGC は、閘門を動かすための規格です。", 0.45)
    ours = [passage(f"CGC は港の{word}が朝と夜に使う規格です。") for word in ("人", "船")]
    theirs = [passage(f"The {word} of the harbour uses CGC by night.") for word in ("master", "pilot")]
    assert text_of(english, japanese, *ours, name="CGC") == japanese.text
    assert text_of(english, japanese, *theirs, name="CGC") == english.text


def test_an_entry_says_only_once_what_the_thing_is() -> None:
    first = passage("閘門とは、高さの違う水面のあいだで船を上げたり下げたりするための装置のことです。", 0.88, "refers")
    again = passage("閘門は、運河にある水の階段のような大きな施設です。", 0.8)
    does = passage("閘門は、二つの扉で部屋の水位を制御します。", 0.48, "function")
    assert text_of(first, again) == first.text
    assert text_of(first, does) == first.text + does.text


def test_a_second_sentence_speaks_of_the_same_thing() -> None:
    first = passage("閘門は、部屋の水位を制御します。", 0.48, "function")
    other = passage("港は閘門と呼ばれる、船のための部屋を管理する施設を使います。", 0.5, "called")
    assert text_of(first, other) == first.text


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("番号が同じで重さの異なる粒子どうしを、互いに**同位体**であるという。", "同位体"),
        ("電子を引きつける強さの程度は**電気陰性度**と定義される。", "電気陰性度"),
        ("売り手が価格を左右できない市場を完全競争市場と定義する。", "完全競争市場"),
        ("体積が圧力に反比例するという関係は、ボイルの法則として知られている。", "ボイルの法則"),
        ("真意でないことを知りながらするものを**心裡留保**という（93条）。", "心裡留保"),
        ("需要量が何 % 変化するかを示す値が、**価格弾力性**である。", "価格弾力性"),
        ("権利を取得することを取得時効、権利が消滅することを消滅時効といいます。", "取得時効"),
        ("権利を取得することを取得時効、権利が消滅することを消滅時効といいます。", "消滅時効"),
    ],
)
def test_more_ways_of_textbooks_to_call_a_thing(text: str, head: str) -> None:
    assert (head, "called") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "この水門を「港の門」と呼んでいる理由は、そこにあります。",
        "大きな水門（以降はたんに「門」と呼ぶ）を作ることができる。",
        "この港の利用は無料であるという。",
    ],
)
def test_a_sentence_that_only_says_how_something_is_called_explains_nothing(text: str) -> None:
    assert "called" not in rules(text).values()


def test_an_adverb_before_the_name_is_no_part_of_it() -> None:
    assert heads("本来明度とは、各画素に与えられる数値のことです。") == ["明度"]
    assert heads("一般に水門は、水を止めるための装置です。") == ["水門"]


def test_what_a_thing_is_made_of_tells_something_of_it() -> None:
    assert rules("ブラシは数個の画像でできており、描画に使います。") == {"ブラシ": "function"}
    assert rules("原子核は、陽子と中性子からなる。") == {"原子核": "function"}


def test_what_images_of_a_format_hold_does_not_tell_what_the_format_is() -> None:
    assert "PNG" not in rules("PNG 画像は位置を示す値を提供しています。") or (
        rules("PNG 画像は位置を示す値を提供しています。")["PNG"] == "statement"
    )
    assert rules("PNG は画像を保存するための形式です。") == {"PNG": "copula"}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("opener", "水門 2.1 は、水門 2.0 を拡張し、新しい技術を可能にするものです。"),
        ("opener", "水門は多くの港で頻繁に使われます。"),
        ("label", "水位を変える最も簡単な方法です。"),
        ("label", "港の 17 年間（紹介スライド、英語）"),
        ("label", "港の人による川の水門が容易にしてある。"),
        ("copula", "水門は到底以上で語り尽くせるものではなく、強力な道具です。"),
    ],
)
def test_what_is_said_by_the_way(rule: str, text: str) -> None:
    assert is_incidental(rule, 0.5, text, ["水門"])


def test_of_two_sentences_about_it_the_one_that_tells_what_for_is_shown() -> None:
    what_for = "水門は水を止めるために港の人が夜に閉めます。"
    praise = "水門は運の良いことに港の人に随分と好まれます。"
    other = "水門は朝と夜に港の人が大きな鍵で閉めます。"
    found = [passage(text) for text in (praise, other, what_for)]
    assert best_mention(found, ["水門"], often=True) == found[2]
    assert best_mention(found[:2], ["水門"], often=True) == found[1]


def test_a_clause_tells_what_its_name_means() -> None:
    mention = passage("原子核は、正の電荷をもつ陽子と、電荷をもたない中性子からなる。")
    assert best_mention([mention], ["陽子"], often=False) == mention
    assert best_mention([mention], ["電荷"], often=False) is None


@pytest.mark.parametrize(
    ("head", "rule", "told"),
    [
        ("質量保存の法則", "called", True),
        ("情報の非対称性", "called", True),
        ("ボイルの法則", "copula", True),
        ("画像の復帰", "definition_list", False),
        ("クイックマスクの使用目的", "copula", False),
        ("店を出る時の法則", "called", False),
    ],
)
def test_a_name_may_hold_one_particle_where_it_is_called_so_or_a_law(head: str, rule: str, told: bool) -> None:
    assert is_name(head, rule) is told


@pytest.mark.parametrize("name", ["不可能", "任意", "省略値"])
def test_what_something_is_like_and_its_value_name_nothing(name: str) -> None:
    assert heads(f"{name}は、船を上げるための装置です。") == []
    assert found(f"扉を開けたままで水位を変えることは**{name}**である。") == set()


def test_a_pronoun_explains_no_name_behind_it() -> None:
    assert "called" not in {rule for _head, rule in found("点を作るときに、それが**基準点**である。")}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("refers", "上に示す例では、水門は水を止める扉を指します。"),
        ("refers", "水門は、3 つの状態の扉を示します。"),
    ],
)
def test_what_a_reader_of_the_page_sees_defines_nothing(rule: str, text: str) -> None:
    assert is_incidental(rule, 0.8, text, ["水門"])


def test_a_parameter_is_not_what_it_is_called_after() -> None:
    assert is_incidental("copula", 0.8, "url は港の装置の場所です。", ["URL"])
    assert not is_incidental("copula", 0.8, "URL は港の装置の場所です。", ["URL"])
    assert not is_incidental("copula", 0.8, "npm は港の装置です。", ["npm"])


@pytest.mark.parametrize(
    "text",
    [
        "水門の扉を新しい鍵で開けるには、港の箱の中の札を押します。",
        "水門を通る大きな船の札を選択します。",
        "水門は港の人が朝に大きな鍵で開けるからです。",
        "次は、水門の扉が港の人の鍵で開けられます。",
    ],
)
def test_a_step_or_a_reason_mentions_nothing(text: str) -> None:
    assert best_mention([passage(text)], ["水門"], often=True) is None


def test_what_is_needed_for_something_tells_of_it() -> None:
    needed = passage("船が海に出られるようにするには、港ごとに二つの水門が要ります。")
    assert best_mention([needed], ["水門"], often=True) == needed
