import pytest

from genglossary_gui.core.text_language import passage_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("OpenTelemetry Collector の receiver を pipeline に設定します。", "ja"),
        ("選択範囲", "ja"),
        ("The term 用語 means a word with a special meaning in some subject.", "en"),
        ("API", "en"),
        ("2.5 %", "en"),
    ],
)
def test_a_passage_has_the_language_of_its_letters(text, language):
    assert passage_language(text) == language


def test_english_chosen_by_a_person_holds_everywhere():
    assert passage_language("選択範囲を作る。", "en") == "en"


def test_japanese_chosen_by_a_person_leaves_latin_passages_english():
    assert passage_language("The whole sentence is English.", "ja") == "en"
