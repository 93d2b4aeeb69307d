"""Japanese sentences that were found to define a term and tell only something by the way."""

from __future__ import annotations

import pytest

from genglossary_gui.core.definitions.japanese_incidental import is_incidental

NAMES = ["水門"]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("statement", "水門は夜のあいだに取り除かれます。"),
        ("statement", "水門は船ごとに二つの鍵を持ちます。"),
        ("statement", "水門は川の見える場所で、船を待つ。"),
        ("function", "デフォルトでは、水門は川の水位を制御します。"),
        ("function", "水門 2.5 以降では、水門は川の水位を制御します。"),
        ("function", "水位が上がると、水門は川の水位を制御しています。"),
        ("function", "船を修理すると、水門は川の水位を制御します。"),
        ("function", "水門は開くと川の水位を制御するのに便利です。"),
        ("function", "水門は川の水位を使用します。"),
        ("function", "水門は最良の水位を提供します。"),
        ("function", "水門は港の費用で管理されます。"),
        ("function", "水門は港の費用に含まれます。"),
        ("opener", "水門は多くの川で使われています。"),
        ("copula", "水門は川の大きな発明でした。"),
        ("copula", "水門は上級者向けの内容です。"),
        ("copula", "水門は船を上げる最も簡単な方法です。"),
        ("copula", "水門は前述のすべてを備えた装置です。"),
        ("copula", "水門は橋としても使えるということです。"),
        ("copula", "水門の心得は、夜に開けないことです。"),
        ("called", "川の扉を水門と呼ぶ人もあります。"),
        ("label", "水位を表示します。"),
        ("label", "水位の向上"),
        ("label", "水門の高さ"),
    ],
)
def test_what_is_said_in_passing(rule: str, text: str) -> None:
    assert is_incidental(rule, 0.2 if rule == "statement" else 0.5, text, NAMES)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("statement", "水門は、水をせき止めるために使用されます。"),
        ("statement", "水門は、動く壁として考えられます。"),
        ("statement", "水門は川を仕切る扉で、船が通ると開く。"),
        ("function", "水門は、川の水位を制御します。"),
        ("function", "水門は、川を仕切る役割を担います。"),
        ("function", "水門は、船を通す仕組みを持っています。"),
        ("opener", "水門は、川の水位を変えるために造られます。"),
        ("copula", "水門は川の水位を変えるための装置です。"),
        ("copula", "水門は川を仕切るものです。"),
        ("copula", "水門は船を上げる古い方法です。"),
        ("refers", "水門とは、閉めると川を仕切る扉のことです。"),
        ("called", "川を仕切る扉を水門と呼びます。"),
        ("label", "川を仕切る扉。"),
        ("label", "水門は川を仕切ります。"),
        ("definition_list", "川を仕切ります。"),
    ],
)
def test_what_is_said_of_any(rule: str, text: str) -> None:
    assert not is_incidental(rule, 0.2 if rule == "statement" else 0.5, text, NAMES)


def test_a_weak_word_for_what_it_does_is_no_definition() -> None:
    text = "水門は、二つの扉を扱います。"
    assert is_incidental("function", 0.24, text, NAMES)
    assert not is_incidental("function", 0.38, text, NAMES)


def test_a_weak_opener_speaks_of_the_term() -> None:
    assert is_incidental("opener", 0.2, "川では、船が水門を通ります。", NAMES)
    assert not is_incidental("opener", 0.2, "水門は川を仕切ります。", NAMES)


def test_what_a_glossary_says_stands() -> None:
    assert not is_incidental("definition_list", 0.9, "上記の扉でした。", NAMES)
