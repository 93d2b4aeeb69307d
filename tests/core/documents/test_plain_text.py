from __future__ import annotations

import pytest

from genglossary_gui.core.documents.plain_text import read_code, read_plain, read_records
from tests.core.documents.support import blocks, lines, texts

WRAPPED = """\
The index is a collection of files with stat information, whose
contents are stored as objects. The index is a stored version of
your working tree.
"""


def test_wrapped_lines_are_one_paragraph_with_a_way_back():
    document = read_plain(WRAPPED)
    assert texts(document) == [" ".join(WRAPPED.split())]
    assert document.line_at(document.text.index("your working")) == 3


def test_japanese_lines_join_without_a_blank():
    source = (
        "　用語集とは、ある分野の文書の中で使われている言葉を集めて、その意味を説明し\n"
        "たものである。用語の意味が人によって違うと、文書は正しく伝わらない。そこで、\n用語集を作る。\n"
    )
    assert texts(read_plain(source)) == ["".join(source.split())]


def test_short_unfinished_lines_stay_apart():
    assert texts(read_plain("Name: Foo\nVersion 1.2\nLicense MIT\n")) == [
        "Name: Foo",
        "Version 1.2",
        "License MIT",
    ]


def test_lines_that_are_paragraphs_stay_apart():
    source = "この行はひとつの段落です。\n次の行は別の段落です。もう少し長いです。\nこれも別です。\n"
    assert texts(read_plain(source)) == source.split()


def test_a_line_of_prose_goes_on():
    assert texts(read_plain("用語を選ぶ。次に\n定義を書く。\n")) == ["用語を選ぶ。次に定義を書く。"]


def test_an_ideographic_space_begins_a_paragraph():
    wrapped = "　" + "文書の言葉を集め" * 4 + "\n" + "その意味をまとめ" * 4 + "て\nいく。\n"
    full = "　" + "用語集を作るため" * 3 + "の手順である。\n"
    assert len(texts(read_plain(wrapped + full + full))) == 3


@pytest.mark.parametrize(
    ("source", "level", "title"),
    [
        ("Title\n=====\ntext", 1, "Title"),
        ("=====\nTitle\n=====\ntext", 1, "Title"),
        ("用語集\n------\n\n", 2, "用語集"),
        ("## Title ##\n\ntext", 2, "Title"),
        ("1.2 Scope\n\ntext", 2, "1.2 Scope"),
        ("第1章 はじめに\n\n本文", 1, "第1章 はじめに"),
        ("NAME\n       git-add - add files", 1, "NAME"),
        ("【注意】\n\n本文", 1, "【注意】"),
    ],
)
def test_headings(source, level, title):
    assert blocks(read_plain(source))[0] == ("heading", level, title)


@pytest.mark.parametrize(
    "source",
    ["- one\n- two", "* one\n* two", "1. one\n2. two", "(a) one\n(b) two", "・one\n・two", "①one\n②two"],
)
def test_list_items_lose_their_marks(source):
    assert blocks(read_plain(source)) == [("list_item", 1, "one"), ("list_item", 1, "two")]


def test_an_item_goes_on_in_an_indented_line():
    assert texts(read_plain("- one that\n  Goes on\n- two")) == ["one that Goes on", "two"]


def test_an_indented_text_describes_the_line_above():
    assert blocks(read_plain("Index:\n    Where commits\n    are prepared.\nBlob\n    Content.")) == [
        ("term", 1, "Index"),
        ("description", 1, "Where commits are prepared."),
        ("term", 1, "Blob"),
        ("description", 1, "Content."),
    ]


def test_tabs_make_rows():
    assert blocks(read_plain("a\tb\n1\t2")) == [("table_row", 0, "a\tb"), ("table_row", 0, "1\t2")]


def test_quotes():
    assert blocks(read_plain("> said\n\nanswer")) == [("quote", 1, "said"), ("paragraph", 0, "answer")]


def test_rules_are_no_text():
    assert texts(read_plain("a\n\n- - - -\n\n*****\n\nb")) == ["a", "b"]


def test_records_and_code_keep_their_lines():
    assert blocks(read_records("one\n\ntwo")) == [("paragraph", 0, "one"), ("paragraph", 0, "two")]
    document = read_code("if x:\n    y = 1  \n\n")
    assert blocks(document) == [("code", 0, "if x:"), ("code", 0, "    y = 1")]
    assert lines(document) == [1, 2]
