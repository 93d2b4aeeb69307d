"""Names that Japanese writes with の and ヶ, in stories above all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from genglossary_gui.core.definitions.finder import find_definitions
from genglossary_gui.core.glossary import TermDraft
from genglossary_gui.core.keys import term_key
from genglossary_gui.core.terms.analysis import FoundDefinition, FoundPassage
from genglossary_gui.core.terms.drafts import extract_terms
from genglossary_gui.core.terms.japanese import tokenize_japanese
from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import DocumentText, Sentence
from tests.core.terms.helpers import document

STORY = """\
霧ヶ原の夜は早い。セナは虚ろの王の話を聞いた。

虚ろの王がまた目を覚ました。王は霧ヶ原の海にいた。

海の底で虚ろの王は眠っていた。海は夜になると光った。セナの兄は夜の海を見た。

セナの兄は虚ろの王を恐れた。鐘守りは霧ヶ原で鐘を鳴らした。

鐘守りの鐘は夜の海まで届いた。夜は海より黒かった。
"""


def drafts_of(text: str) -> list[TermDraft]:
    whole = document(*text.strip().split("\n\n"))
    sentences = tokenize(whole, "ja")
    analysis = observe(whole, sentences, _definitions(whole, sentences))
    return extract_terms(lambda _names: iter([(1, analysis)]))


def _definitions(text: DocumentText, sentences: Sequence[Sentence]) -> list[FoundDefinition]:
    return [
        FoundDefinition(
            term_key(found.head),
            found.head,
            FoundPassage(found.start, found.end, 1, text.text[found.start : found.end]),
            found.weight,
            found.rule,
        )
        for found in find_definitions(text, sentences)
    ]


def suggested(text: str) -> set[str]:
    return {draft.term for draft in drafts_of(text) if draft.suggested}


def words(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokenize_japanese(text, 0, len(text))]


@pytest.mark.parametrize("name", ["霧ヶ原", "灰ヶ峰", "風ヵ丘"])
def test_the_name_of_a_place_is_one_word(name: str) -> None:
    assert name in words(f"昔、{name}の村に住んでいた。")


def test_months_and_places_that_are_counted_are_no_names() -> None:
    assert "三ヶ月" not in words("三ヶ月のあいだ、霧は晴れなかった。")
    assert "霧ヶ原" not in words("霧は晴れず、原は白かった。ヶ")


def test_a_name_with_a_particle_is_found_whole() -> None:
    assert {"虚ろの王", "霧ヶ原"} <= suggested(STORY)


def test_what_belongs_to_somebody_is_no_name() -> None:
    terms = {draft.term for draft in drafts_of(STORY)}
    assert not {"セナの兄", "海の底", "夜の海"} & terms


def test_a_name_that_only_begins_sentences_stands_in_running_text() -> None:
    draft = next(draft for draft in drafts_of(STORY) if draft.term == "鐘守り")
    assert "in_no_sentence" not in draft.features


def test_everyday_words_of_a_story_are_not_suggested() -> None:
    assert not {"夜", "海", "鐘", "王"} & suggested(STORY)


def test_manuals_have_no_names_with_a_particle() -> None:
    manual = "灰の塔を選びます。灰の塔を開きます。灰の塔を保存します。灰の塔は設定です。"
    assert "灰の塔" not in {draft.term for draft in drafts_of(manual)}


def test_an_everyday_word_that_is_explained_is_a_term() -> None:
    text = "環とは、和と積をもつ構造のことである。\n\n環は体である。環の元を考える。環を割った。\n\n" + STORY
    assert "環" in suggested(text)


@pytest.mark.parametrize("name", ["rules ファイル", "make コマンド", "configure スクリプト"])
def test_the_kind_behind_the_name_of_a_file_keeps_it_down(name: str) -> None:
    text = f"パッケージャは {name}を書きます。\n\nあとで {name}を直します。"
    draft = next(draft for draft in drafts_of(text) if draft.term == name)
    assert draft.features["apposed"] < 0


def test_a_kind_of_account_is_no_file() -> None:
    text = "管理者は root アカウントを使います。\n\nあとで root アカウントを閉じます。"
    draft = next(draft for draft in drafts_of(text) if draft.term == "root アカウント")
    assert "apposed" not in draft.features
