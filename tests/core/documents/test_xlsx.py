from __future__ import annotations

import pytest

from genglossary_gui.core.documents.xlsx import read_xlsx
from genglossary_gui.core.text import DocumentText
from tests.core.documents.making import xlsx
from tests.core.documents.support import blocks, lines

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
    '<numFmt numFmtId="165" formatCode="0&quot;day&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs>'
)


def read(strings: str = "", *, hidden: tuple[str, ...] = (), **sheets: str) -> DocumentText:
    return read_xlsx(xlsx(sheets, strings, STYLES, hidden=hidden), "")[0]


def word(text: str, place: str = "") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_sheets_are_headings_and_rows_are_rows():
    document = read(
        Terms=f"<row>{word('用語')}{word('meaning')}</row><row r='4'>{word('a', 'A4')}{word('c', 'C4')}</row>",
        More=f"<row>{word('k')}{word('v')}</row>",
        Secret=f"<row>{word('hidden')}</row>",
        hidden=("Secret",),
    )
    assert blocks(document) == [
        ("heading", 1, "Terms"),
        ("table_row", 0, "用語\tmeaning"),
        ("table_row", 0, "a\t\tc"),
        ("heading", 1, "More"),
        ("table_row", 0, "k\tv"),
    ]
    assert lines(document) == [1, 1, 4, 5, 5]


def test_strings_come_without_their_reading():
    strings = "<si><r><t>漢</t></r><r><t>字</t></r><rPh><t>カンジ</t></rPh></si><si><t>x</t></si>"
    inline = '<c t="inlineStr"><is><t>用語</t><rPh><t>ヨウゴ</t></rPh></is></c>'
    rows = f'<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c>{inline}</row>'
    assert blocks(read(strings, S=rows))[1:] == [("table_row", 0, "漢字\tx\t\t用語")]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<c><v>0.30000000000000004</v></c>", "0.3"),
        ("<c><v>1200</v></c>", "1200"),
        ('<c s="1"><v>45000</v></c>', "2023-03-15"),
        ('<c s="2"><v>45000.5</v></c>', "2023-03-15 12:00"),
        ('<c s="3"><v>2</v></c>', "2"),
        ('<c s="4"><v>0.25</v></c>', "06:00"),
        ('<c s="1"><v>1e300</v></c>', "1e300"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="str"><f>A1</f><v>sum</v></c>', "sum"),
        ('<c t="e"><v>#N/A</v></c>', ""),
    ],
)
def test_values_are_shown_as_in_the_sheet(cell, shown):
    assert blocks(read(S=f"<row>{word('a')}{cell}</row>"))[1][2] == f"a\t{shown}".strip()


def test_a_cell_in_the_farthest_corner_costs_nothing():
    document = read(S=f"<row r='1'>{word('a', 'A1')}</row><row r='1048576'>{word('z', 'XFD1048576')}</row>")
    assert document.text == "S\na\nz"
    assert lines(document) == [1, 1, 1_048_576]
