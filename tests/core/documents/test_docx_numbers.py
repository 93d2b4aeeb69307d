"""Numbers of Word's lists are counted as Word counts them."""

from __future__ import annotations

import pytest

from genglossary_gui.core.documents.docx import read_docx
from tests.core.documents.making import docx, paragraph
from tests.core.documents.support import blocks, numbers


def level(place: int, words: str, style: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{words}"/></w:lvl>'
    )


def scheme(name: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def a_list(name: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(text: str, of: int = 1, place: int = 0, more: str = "") -> str:
    number = f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{of}"/></w:numPr>'
    return paragraph(text, properties=more + number)


def read(numbering: str, *body: str, styles: str = "") -> list[tuple[str, str]]:
    return numbers(read_docx(docx("".join(body), styles, numbering=numbering), "")[0])


OUTLINE = scheme(7, level(0, "%1."), level(1, "%1.%2", start=3), level(2, "(%3)", "lowerLetter"))


def test_levels_count_for_themselves_and_anew_below_each_other():
    assert read(
        OUTLINE + a_list(1, 7),
        item("a"),
        item("b", place=1),
        item("c", place=1),
        item("d", place=2),
        item("e"),
        item("f", place=1),
    ) == [("1.", "a"), ("1.3", "b"), ("1.4", "c"), ("(a)", "d"), ("2.", "e"), ("2.3", "f")]


def test_lists_of_one_scheme_count_on_unless_one_says_where_it_starts():
    lists = a_list(1, 7) + a_list(2, 7)
    lists += a_list(3, 7, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    body = [item("a", 1), item("b", 2), item("c", 3), item("d", 3), item("e", 1)]
    assert read(OUTLINE + lists, *body) == [("1.", "a"), ("2.", "b"), ("5.", "c"), ("6.", "d"), ("7.", "e")]


def test_a_list_may_say_itself_how_a_level_looks():
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "第%1条", "japaneseCounting", 10)}</w:lvlOverride>'
    assert read(OUTLINE + a_list(1, 7, override), item("a"), item("b")) == [("第十条", "a"), ("第十一条", "b")]


def test_an_item_without_text_counts():
    assert read(OUTLINE + a_list(1, 7), item("a"), item(""), item("c")) == [("1.", "a"), ("3.", "c")]


def test_bullets_unknown_lists_and_no_list_have_no_number():
    bullets = scheme(8, level(0, "\uf0b7", "bullet")) + a_list(2, 8)
    body = [item("a", 2), item("b", 9), item("c", 0), paragraph("d")]
    assert read(OUTLINE + a_list(1, 7) + bullets, *body) == []


def test_all_figures_where_the_law_wants_them():
    legal = scheme(7, level(0, "%1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    assert read(legal + a_list(1, 7), item("a"), item("b", place=1)) == [("I", "a"), ("1.1", "b")]


def test_a_style_makes_numbered_headings():
    style = (
        '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = [paragraph(text, properties='<w:pStyle w:val="h"/>') for text in "ab"]
    document = read_docx(docx("".join(body), style, numbering=OUTLINE + a_list(1, 7)), "")[0]
    assert blocks(document) == [("heading", 2, "a"), ("heading", 2, "b")]
    assert numbers(document) == [("1.3", "a"), ("1.4", "b")]


@pytest.mark.parametrize(
    ("style", "number", "words"),
    [
        ("upperLetter", 27, "AA"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("aiueoFullWidth", 2, "イ"),
        ("iroha", 3, "ハ"),
        ("japaneseCounting", 21, "二十一"),
        ("japaneseCounting", 100, "100"),
        ("lowerRoman", 4000, "4000"),
        ("lowerLetter", 0, "0"),
        ("somethingNew", 4, "4"),
    ],
)
def test_ways_of_counting(style: str, number: int, words: str) -> None:
    assert read(scheme(7, level(0, "%1", style, number)) + a_list(1, 7), item("a")) == [(words, "a")]


@pytest.mark.parametrize(
    "numbering",
    [
        '<w:num w:numId="1"><w:lvlOverride w:ilvl="99"><w:startOverride w:val="-1"/></w:lvlOverride></w:num>',
        '<w:startOverride w:val="1"/><w:abstractNumId w:val="x"/>' + a_list(1, 7),
        scheme(7, level(0, "%9%0%" + "x" * 500, start=10**30)) + a_list(1, 7),
    ],
)
def test_odd_numbering_stops_no_document(numbering: str) -> None:
    assert all(len(number) <= 20 for number, _text in read(numbering, item("a")))
