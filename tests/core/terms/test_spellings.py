from __future__ import annotations

import pytest

from genglossary_gui.core.glossary import TermDraft
from genglossary_gui.core.terms.drafts import extract_terms
from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.spellings import same_spellings
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import DocumentText
from tests.core.terms.helpers import document


def terms(*texts: DocumentText) -> dict[str, TermDraft]:
    analyses = [(number, observe(text, tokenize(text, "auto"))) for number, text in enumerate(texts)]
    return {term.key: term for term in extract_terms(lambda _wanted: analyses)}


@pytest.mark.parametrize(
    "pair",
    [
        ("stop log", "stoplog"),
        ("e mail", "email"),
        ("蒸米", "蒸し米"),
        ("取扱説明", "取り扱い説明"),
        ("バゲッジ", "バゲージ"),
        ("ウインドウズ", "ウィンドウズ"),
    ],
)
def test_one_term(pair: tuple[str, str]) -> None:
    assert list(same_spellings({key: key for key in pair})) == [sorted(pair)]


@pytest.mark.parametrize(
    "pair",
    [
        ("入口", "入れ口"),
        ("version 1 1", "version 11"),
        ("c ab", "cab"),
        ("バグ", "バッグ"),
        ("立ち上げ", "立ち上がり"),
        ("高泡", "高い泡"),
        ("生物", "生き物"),
    ],
)
def test_two_terms(pair: tuple[str, str]) -> None:
    assert list(same_spellings({key: key for key in pair})) == []


def test_the_dictionary_knows_kana_and_kanji_of_one_word() -> None:
    draft = terms(document("もろみを搾る。もろみの泡を見る。"), document("醪を混ぜる。"))["もろみ"]
    assert (draft.term, draft.frequency, draft.document_frequency) == ("もろみ", 3, 2)
    assert [(v.surface, v.kind) for v in draft.variants] == [("醪", "spelling")]


def test_the_order_of_documents_does_not_matter() -> None:
    texts = [
        document("We lift the stop log now."),
        document("The stoplog is old."),
        document("Each stop log is heavy."),
    ]
    first, second = terms(*texts), terms(*reversed(texts))
    assert first["stop log"].variants == second["stop log"].variants
    assert "stoplog" not in first
    assert (first["stop log"].frequency, first["stop log"].document_frequency) == (3, 3)


def test_an_abbreviation_finds_a_long_form_that_was_joined() -> None:
    text = document(
        "The stop log crane (SLC) is out. Ask the SLC. Call the SLC. The stop log crane moves.",
        "A stoplog crane lifts. The stoplog crane moves. One stoplog crane stands.",
    )
    (draft,) = [term for term in terms(text).values() if "SLC" in {term.term, *(v.surface for v in term.variants)}]
    assert {"stoplog crane", "stop log crane", "SLC"} <= {draft.term, *(v.surface for v in draft.variants)}


def test_a_reading_in_brackets_is_no_part_of_the_word() -> None:
    found = terms(document("破精（はぜ）を見る。破精の形を見る。"))
    assert found["破精"].frequency == 2
    assert not found["破精"].variants
