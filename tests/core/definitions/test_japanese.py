from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.definitions import japanese
from tests.core.definitions.support import heads, rules


@pytest.mark.parametrize(
    ("sentence", "head", "rule"),
    [
        ("オートスケーリングとは、負荷に応じて台数を変える能力です。", "オートスケーリング", "refers"),
        ("カーディナリティは属性の組み合わせの数のことです。", "カーディナリティ", "refers"),
        ("スパンは、作業や操作の単位を表します。", "スパン", "refers"),
        ("コンテナは、隔離された環境で動くプロセスです。", "コンテナ", "copula"),
        ("データベースでは、索引は検索を速くするための構造である。", "索引", "copula"),
        (
            "OpAMPは、エージェントを管理するためのプロトコルで、遠隔から設定を変えられます。",
            "OpAMP",
            "copula",
        ),
        ("このように負荷を複数の機械に分ける装置を負荷分散装置と呼びます。", "負荷分散装置", "called"),
        ("処理の単位をまとめたものを「ジョブ」といいます。", "ジョブ", "called"),
        ("この文脈で「水門」とは、池の水を止める扉です。", "水門", "refers"),
        ("GIFはGraphics Interchange Formatの略です。", "GIF", "expansion"),
        ("スケジューラーは、次に動かす処理を決定します。", "スケジューラー", "function"),
        ("水門鍵は船ごとに水門を開けるものです。", "水門鍵", "copula"),
        ("清酒は、米と水を原料として発酵させ、こしたものである。", "清酒", "copula"),
        ("「Canal Gate Control」—略して CGC は、水門を動かすための規格です。", "CGC", "copula"),
        ("水門- 水門図は水門だけで表された地図です。", "水門", "copula"),
    ],
)
def test_defining_sentences_name_their_head(sentence: str, head: str, rule: str) -> None:
    assert rules(sentence).get(head) == rule


@pytest.mark.parametrize(
    "sentence",
    [
        "オートスケーリングとは何でしょうか。",
        "コンテナは、仮想マシンではありません。",
        "これは、隔離された環境で動くプロセスです。",
        "次の手順は、サーバーの再起動と確認です。",
        "この機能は、既定の状態で有効です。",
        "この設定は、すべての環境で必要です。",
        "圧縮を使うことは、とても重要です。",
        "リリースの目的は、使う記憶域を減らすことです。",
        "設定を変えるには、画面の右上を押してください。",
        "良い例は、持ち運べる計算機の基本ソフトです。",
        "コンテナとは限りませんが、似た仕組みもあります。",
        "サーバーとは異なり、クライアントは軽いです。",
        "水門は、運河の事故に触発されたものです。",
        "水門は、かつて人が開けるものでした。",
        "水門は 3 つの鍵を受け取ります: 赤い鍵、青い鍵、そして白い鍵です。",
        "水門は、既定では赤い鍵を使う扉です。",
        "水門の鍵は、管理する人の持つ鍵のみです。",
    ],
)
def test_other_sentences_define_nothing(sentence: str) -> None:
    strong = [match for match in japanese.find(sentence, ()) if match.weight > 0.5]
    assert strong == []


def test_brackets_hold_another_name() -> None:
    found = heads("サービスレベル目標（SLO）とは、達成すべき水準を決めたものです。")
    assert set(found) == {"サービスレベル目標", "SLO"}


def test_the_field_before_the_subject_is_no_part_of_the_name() -> None:
    assert "仮想化" in heads("クラウドにおける仮想化とは、物理的な機械を分けて使う技術です。")


@pytest.mark.parametrize(
    "text",
    [
        "船の意図を伝える合図です。",
        "水門それぞれの鍵をまとめたものです。",
        "送信先の港に着く船です。",
        "水門は運河の水を止める大きな扉で、船が通るとその高さを変えます。",
    ],
)
def test_a_sentence_that_points_into_itself_is_clear(text: str) -> None:
    assert not japanese.is_vague(text)


@pytest.mark.parametrize(
    "text", ["その船を伝える合図です。", "図 3 の船です。", "次の港に着く船です。", "先の港に着く船です。"]
)
def test_a_sentence_that_points_out_of_itself_is_vague(text: str) -> None:
    assert japanese.is_vague(text)


def test_a_quoted_pair_is_the_name_of_one_thing() -> None:
    assert heads("水門／堰は、水を止めるための装置です。") == ["堰", "水門"]
    assert heads("「水門／堰」画面は、水を止めるための装置です。") == []


@given(st.text(alphabet="はとで、。「」（）のをです呼ばれXあ漢", max_size=400))
def test_any_text_gives_matches_inside_it(text: str) -> None:
    for match in japanese.find(text, ()):
        assert 0 <= match.start < match.end <= len(text)
        assert 0 < match.weight <= 1


@pytest.mark.timeout(120)
@pytest.mark.parametrize("part", ["は、", "とは", "と呼び", "（は", "「あ", "のこと", "を漢字と"])
def test_no_sentence_takes_long(part: str) -> None:
    for length in (400, 100_000):
        list(japanese.find(("Thing " + part * length)[:length], ()))
