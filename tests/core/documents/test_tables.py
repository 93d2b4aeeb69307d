from __future__ import annotations

from genglossary_gui.core.documents.tables import read_csv, read_tsv
from tests.core.documents.support import blocks, lines, texts


def test_records_are_rows():
    document = read_csv('term,meaning\n"a, b","two\nlines"\n\n用語,"""集"""\n')
    assert blocks(document) == [
        ("table_row", 0, "term\tmeaning"),
        ("table_row", 0, "a, b\ttwo lines"),
        ("table_row", 0, '用語\t"集"'),
    ]
    assert lines(document) == [1, 2, 5]


def test_the_first_line_shows_the_separator():
    assert texts(read_csv("a;b\n1,5;x\n")) == ["a\tb", "1,5\tx"]


def test_tabs_separate():
    assert texts(read_tsv("a\tb, c\nd\te\n")) == ["a\tb, c", "d\te"]


def test_a_quotation_mark_without_an_end_hides_nothing():
    document = read_csv('a,"b\n' + "word word word\n" * 20_000)
    assert len(document.blocks) == 20_001
