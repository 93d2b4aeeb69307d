from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.japanese_marks import with_usual_marks


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("割り込みとは，処理を中断することである．", "割り込みとは、処理を中断することである。"),
        ("割り込みとは､処理を中断することである｡", "割り込みとは、処理を中断することである。"),
        ("割り込みとは, 処理を中断することである. 次に", "割り込みとは、 処理を中断することである。 次に"),
        ("主記憶とＣＰＵ．そしてＡ，Ｂ", "主記憶とＣＰＵ。そしてＡ、Ｂ"),
        ("値は１０．次に，", "値は１０。次に、"),
        ("関数(function). 次に 値(value), そして(f)．", "関数(function)。 次に 値(value)、 そして(f)。"),
    ],
)
def test_every_mark_that_ends_or_parts_a_sentence_becomes_the_usual_one(text: str, usual: str) -> None:
    assert with_usual_marks(text) == usual


@pytest.mark.parametrize(
    "text",
    [
        "３．１節で１，０００個",
        "１．はじめに",
        "３．構成\n４．２．１．評価",
        "図１．構成",
        "Ｎｏ．１のＮｏｄｅ．ｊｓ",
        "その.NETの名前.拡張子は3.5とf(x, y)",
        "はい...",
        "Use a filter, e.g. one, on it. Then go on.",
        "The address (MAC), that of a card (NIC). It is fixed.",
        "水門\nA gate (a leaf), which is opened (by hand).\n",
    ],
)
def test_marks_of_numbers_titles_and_names_stay(text: str) -> None:
    assert with_usual_marks(text) == text


@given(st.text(alphabet="あ漢ア１1aＡ．，｡､.,。、 \n（図", max_size=60))
def test_no_place_moves_and_a_second_time_nothing_changes(text: str) -> None:
    usual = with_usual_marks(text)
    assert len(usual) == len(text)
    assert all(
        a == b or (a in "．｡." and b == "。") or (a in "，､," and b == "、") for a, b in zip(text, usual, strict=True)
    )
