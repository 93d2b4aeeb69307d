from __future__ import annotations

import pytest

from genglossary_gui.core.documents.odt import read_odt
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.text import DocumentText, SpanKind
from tests.core.documents.making import odt
from tests.core.documents.support import blocks, lines, spans, texts

STYLES = (
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
)


def read(body: str) -> DocumentText:
    return read_odt(odt(body, STYLES), "")[0]


def test_blocks_have_kinds_and_levels():
    document = read(
        '<text:p text:style-name="P1">題名</text:p><text:h text:outline-level="2">Chapter</text:h>'
        "<text:list><text:list-item><text:p>one</text:p>"
        "<text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
        '<text:p text:style-name="Preformatted_20_Text">x = 1</text:p>'
    )
    assert blocks(document) == [
        ("heading", 1, "題名"),
        ("heading", 2, "Chapter"),
        ("list_item", 1, "one"),
        ("list_item", 2, "inner"),
        ("table_row", 0, "a\tb c"),
        ("code", 0, "x = 1"),
    ]
    assert lines(document) == [1, 2, 3, 4, 5, 6]


def test_inline_elements():
    document = read(
        '<text:p>An<text:s/><text:span text:style-name="T1">index</text:span><text:tab/>of<text:line-break/>'
        "<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>。</text:p>"
    )
    assert document.text == "An index of 漢字。"
    assert document.readings == ((12, 14, "かんじ"),)
    assert spans(document, SpanKind.BOLD) == ["index"]


def test_what_is_not_the_text_is_left_out():
    document = read(
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        "<text:table-of-content><text:p>Chapter 7</text:p></text:table-of-content>"
        "<text:p>kept<office:annotation><text:p>comment</text:p></office:annotation></text:p>"
    )
    assert texts(document) == ["kept"]


def test_notes_follow_the_text_that_they_stand_in():
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    document = read(
        f"<text:p>A weir{note.format('<text:p>It is <text:s/>low.</text:p>')} dams a river.</text:p>"
        f"<text:p>The end.{note.format('<text:p>One.</text:p><text:p>Two.</text:p>')}</text:p>"
    )
    assert texts(document) == ["A weir dams a river.", "The end.", "It is low.", "One.", "Two."]


def test_styles_tell_definition_lists_and_code():
    document = read(
        '<text:p text:style-name="Definition_20_Term">Weir</text:p>'
        '<text:p text:style-name="Definition_20_Definition_20_Tight">A <text:span text:style-name="Source_Text">dam'
        "</text:span>.</text:p>"
    )
    assert spans(document, SpanKind.CODE) == ["dam"]
    assert [block.kind.value for block in document.blocks] == ["term", "description"]


def test_an_encrypted_document_is_refused():
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(Rejected) as caught:
        read_odt(odt("", **{"META-INF/manifest.xml": manifest}), "")
    assert caught.value.reason is Reason.ENCRYPTED
