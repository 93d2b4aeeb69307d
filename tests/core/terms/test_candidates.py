import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.keys import term_key
from genglossary_gui.core.terms.candidates import _PLAIN_ENGLISH, key_of, noun_runs
from genglossary_gui.core.terms.tokenize import tokenize
from tests.core.terms.helpers import document


def candidates(text: str) -> set[str]:
    return {
        part.key
        for sentence in tokenize(document(text), "auto")
        for run in noun_runs(text, sentence)
        for part in run.parts
    }


def test_parts_of_a_longer_phrase_are_candidates_too():
    assert {"version control system", "version control", "control system", "system"} <= candidates(
        "It is a version control system."
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The working tree is clean.", "working tree"),
        ("A remote-tracking branch follows changes.", "remote tracking branch"),
        ("Options APIではデータを返す。", "option api"),
        ("HTTP リクエストを送る。", "httpリクエスト"),
        ("オープン・ソースを使う。", "オープンソース"),
        ("非同期コンポーネントを定義する。", "非同期コンポーネント"),
        ("ユーザー定義型を使う。", "ユーザ定義型"),
    ],
)
def test_compounds_are_found_whole(text, wanted):
    assert wanted in candidates(text)


@pytest.mark.parametrize(
    "text",
    [
        "The same is true of 200 or 3.14.",
        "See https://example.org/path and /usr/share/doc or --dry-run.",
        "これは以下の場合に必要です。",
        "第2章では各種のことを述べる。"[:5],
    ],
)
def test_numbers_addresses_and_empty_words_are_none(text):
    assert candidates(text) == set()


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("The following example shows a new branch.", "new branch"),
        ("The working tree is clean.", "working"),
        ("育児・介護休業を取る。", "育児介護休業"),
        ("フィルター適用後に保存する。", "フィルタ適用後"),
        ("動的な値を使う。", "動的"),
        ("The user's file is here.", "user file"),
    ],
)
def test_fragments_are_none(text, unwanted):
    found = candidates(text)
    assert found
    assert unwanted not in found


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("扉の見つけ方を知る。", "見つけ方"),
        ("画面に all packages と出る。", "all package"),
        ("Call foobar or baz now.", "foobar"),
        ("Valid gates are listed.", "valid gate"),
        ("“Late,” said Maren Ashgrove.", "said maren ashgrove"),
    ],
)
def test_general_words_and_names_of_examples_are_none(text, unwanted):
    assert unwanted not in candidates(text)


def test_operators_in_capitals_may_begin_a_japanese_compound():
    assert "and回路" in candidates("これは AND 回路である。")


def test_words_inside_code_do_not_join_a_phrase():
    text = "The tree git commit works."
    (sentence,) = tokenize(document(text), "en")
    start = text.index("git")
    keys = {part.key for run in noun_runs(text, sentence, [(start, start + 10)]) for part in run.parts}
    assert keys == {"tree"}


@pytest.mark.parametrize("text", ["Tide tide tide tide gates.", "潮位潮位潮位を測る。"])
def test_a_word_that_is_repeated_makes_no_phrase(text: str) -> None:
    assert not {key for key in candidates(text) for word in ("tide tide", "潮位潮位") if word in key}


@given(st.text("ァアサバヺー々ぁゖん一鿿龯ヾゝ゛・", max_size=7) | st.text("abcSsIiXu-0 '", max_size=9))
def test_the_short_ways_to_a_key_lead_to_the_same(surface):
    assert key_of(surface) == term_key(surface)


@given(st.text("abcsSIX-0 ", max_size=12))
def test_the_key_of_a_plain_phrase_is_made_of_those_of_its_words(phrase):
    if _PLAIN_ENGLISH.fullmatch(phrase):
        assert " ".join(map(key_of, phrase.split(" "))) == term_key(phrase)
