import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.terms.sentences import MAX_LENGTH, split_block
from genglossary_gui.core.text import BlockKind
from tests.core.terms.helpers import document


def sentences(text: str, language: str = "en", kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    doc = document((kind, text))
    return [doc.text[start:end] for start, end in split_block(doc, doc.blocks[0], language)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One ends here. Another begins.", 2),
        ("Use a filter, e.g. Gaussian Blur, on it.", 1),
        ("See Fig. 3 by Mr. Smith et al. (2009) now. Then go on.", 2),
        ("Is it “done?” Yes!", 2),
        ("Version 2.5 is out. 3 files changed.", 2),
    ],
)
def test_english_sentences_end_at_full_stops_but_not_at_abbreviations(text, count):
    assert len(sentences(text)) == count


def test_japanese_sentences_do_not_end_inside_quotes():
    text = "彼は「はい。そうです。」と答えた。次の文（注。補足）です！"
    assert sentences(text, "ja") == ["彼は「はい。そうです。」と答えた。", "次の文（注。補足）です！"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("一つ目の文である．二つ目の文，すなわち次の文である．", 2),
        ("３．１節で述べる．値は１０．５とする｡次の文である", 3),
        ("１．はじめに述べる．", 1),
        ("一つ目の文である. 二つ目は a.b と Fig. 3 を見る. その.NETの話である", 3),
        ("待つ．．．次の文である．", 2),
    ],
)
def test_japanese_sentences_end_at_other_marks_too_but_not_in_numbers(text, count):
    assert len(sentences(text, "ja")) == count


def test_a_stray_bracket_does_not_swallow_the_rest():
    text = "（開いたまま" + "あ" * 500 + "。終わる。次。"
    assert len(sentences(text, "ja")) == 3


def test_a_table_row_gives_its_cells():
    assert sentences("name\tvalue one. two", kind=BlockKind.TABLE_ROW) == ["name", "value one. two"]


def test_a_heading_stays_whole():
    assert sentences("Chapter 9. Reports And Charts", kind=BlockKind.HEADING) == ["Chapter 9. Reports And Charts"]


@given(st.text(alphabet="aA b.。!？「」()、\t", max_size=300), st.sampled_from(["en", "ja"]))
def test_every_letter_is_in_exactly_one_sentence(text, language):
    assert "".join("".join(sentences(text, language)).split()) == "".join(text.split())


def test_no_sentence_is_too_long_for_the_tokenizer():
    pieces = sentences("漢字" * 30_000, "ja")
    assert max(map(len, pieces)) <= MAX_LENGTH
    assert sum(map(len, pieces)) == 60_000


@pytest.mark.parametrize("marks", ["." * 300_000, ".?" * 100_000, '.")' * 100_000, "．" * 300_000])
def test_a_row_of_marks_is_the_end_of_one_sentence(marks: str):
    # With a time that grows by the square of the row this would not end.
    assert sum(map(len, sentences(f"A weir{marks}low dam. It is old."))) >= len(marks)
