from __future__ import annotations

from typing import Any, cast

import pytest

from genglossary_gui.core.documents.pdf import Box, _line, read_pdf
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.text import DocumentText
from tests.core.documents.making import Text, pdf
from tests.core.documents.support import blocks, lines, texts

# An RC4 dictionary (revision 2) whose password is neither empty nor known: no key fits it.
ENCRYPT = f"<< /Filter /Standard /V 1 /R 2 /O <{'5a' * 32}> /U <{'a5' * 32}> /P -4 >>"


def read(*pages: list[Text]) -> DocumentText:
    return read_pdf(pdf(*pages), "")[0]


def column(*rows: str, top: int = 700, size: int = 10, left: int = 72) -> list[Text]:
    return [(size, left, top - 14 * number, row) for number, row in enumerate(rows)]


def test_visual_lines_become_paragraphs():
    document = read(
        [
            (18, 72, 760, "The index"),
            *column(
                "The index is a staging area between the working tree and the repos-",
                "itory. It holds what the next commit of the person who works here",
                "will hold.",
            ),
            *column("Another paragraph.", top=640),
        ]
    )
    assert blocks(document) == [
        ("heading", 1, "The index"),
        (
            "paragraph",
            0,
            "The index is a staging area between the working tree and the repository. It holds what the next commit"
            " of the person who works here will hold.",
        ),
        ("paragraph", 0, "Another paragraph."),
    ]


def test_nothing_comes_between_japanese_characters():
    assert texts(read(column("用語集は文書の用語を", "集めたものです。"))) == ["用語集は文書の用語を集めたものです。"]


def test_an_indented_line_begins_a_paragraph():
    full = "One paragraph that fills the whole line of this narrow column"
    rows = [(10, 92, 700, full), (10, 72, 686, f"{full} and"), (10, 92, 672, full), (10, 72, 658, f"{full} and")]
    assert texts(read(rows)) == [f"{full} {full} and"] * 2


def test_list_items_are_found_by_their_marks():
    document = read(column("- one", "- two"))
    assert blocks(document) == [("list_item", 1, "one"), ("list_item", 1, "two")]


def test_pages_are_the_lines_of_the_source():
    document = read(column("First."), column("Second."))
    assert lines(document) == [1, 2]
    assert [document.line_at(document.text.index(word)) for word in ("First", "Second")] == [1, 2]


def test_a_paragraph_goes_on_over_a_page():
    document = read(column("It holds what the next", "commit of the"), column("person will hold."))
    assert texts(document) == ["It holds what the next commit of the person will hold."]
    assert document.line_at(document.text.index("person")) == 2


def test_running_titles_are_left_out():
    pages = [
        [(9, 72, 800, "The manual"), *column(f"Text of page {word}."), (9, 290, 40, f"- {number} -")]
        for number, word in enumerate(("one", "two", "three"), 1)
    ]
    assert texts(read(*pages)) == ["Text of page one.", "Text of page two.", "Text of page three."]


def test_a_table_of_contents_is_left_out():
    assert texts(read(column("Introduction . . . . . . . . . . . 7", "Text."))) == ["Text."]


def test_a_protected_document_is_refused():
    source = pdf(column("secret"), trailer="/Encrypt 8 0 R /ID [<00> <00>]", more=[ENCRYPT])
    with pytest.raises(Rejected) as caught:
        read_pdf(source, "")
    assert caught.value.reason is Reason.ENCRYPTED


def test_a_scanned_document_has_no_text():
    assert read([]).text == ""


def test_radicals_are_the_characters_they_look_like():
    assert texts(read(column("⽔⾨は⻑い⼾である。"))) == ["水門は長い戸である。"]


def test_sentences_in_a_larger_font_are_no_headings():
    document = read(
        [*column("The gate is low.", "It is old.", "It holds water."), *column("水門は低い。", top=600, size=14)]
    )
    assert {kind for kind, _level, _text in blocks(document)} == {"paragraph"}


class _Boxes:
    """Characters that stand where ``rows`` puts them, as PDFium would say."""

    def __init__(self, *rows: str) -> None:
        self._places = [(10.0 * x, 700.0 - 30 * y) for y, row in enumerate(rows) for x in range(len(row))]

    def get_charbox(self, index: int, loose: bool = False) -> Box:
        left, bottom = self._places[index]
        return left, bottom, left + 8, bottom + 10


@pytest.mark.parametrize("rows", [("A weir is low. ", "It is old. ", "Water."), ("水門である。", "水がある。")])
def test_a_line_end_that_pdfium_does_not_notice_is_seen_by_the_places(rows: tuple[str, ...]):
    codes = [(index, ord(character)) for index, character in enumerate("".join(rows))]
    found = list(_line(cast(Any, _Boxes(*rows)), codes, is_divided=True))
    assert [line.text for line in found] == [row.strip() for row in rows]
    assert [line.is_divided for line in found] == [False] * (len(rows) - 1) + [True]


def test_an_index_below_the_line_is_no_new_line():
    codes = [(index, ord(character)) for index, character in enumerate("H2O")]
    boxes = _Boxes("H2O")
    boxes._places[1] = (10.0, 692.0)
    assert [line.text for line in _line(cast(Any, boxes), codes, is_divided=False)] == ["H2O"]
