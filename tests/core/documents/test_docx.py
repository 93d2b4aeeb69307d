from __future__ import annotations

from genglossary_gui.core.documents.docx import read_docx
from genglossary_gui.core.text import DocumentText, Reading, SpanKind
from tests.core.documents.making import docx, paragraph
from tests.core.documents.support import blocks, lines, spans, texts

STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="社内見出し"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a4"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="l"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="y"/><w:basedOn w:val="loop"/></w:style>'
    '<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)


def read(body: str) -> DocumentText:
    return read_docx(docx(body, STYLES), "")[0]


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def test_headings_are_known_by_their_style_in_any_language():
    document = read(
        paragraph("題名", properties=style("t"))
        + paragraph("章", properties=style("a3"))
        + paragraph("節", properties=style("a4"))
        + paragraph("項", properties='<w:outlineLvl w:val="3"/>')
        + paragraph("本文", properties=style("a4") + '<w:outlineLvl w:val="9"/>')
        + paragraph("loop", properties=style("loop"))
    )
    assert blocks(document) == [
        ("heading", 1, "題名"),
        ("heading", 2, "章"),
        ("heading", 3, "節"),
        ("heading", 4, "項"),
        ("paragraph", 0, "本文"),
        ("paragraph", 0, "loop"),
    ]
    assert document.title == "題名"
    assert lines(document) == [1, 2, 3, 4, 5, 6]


def test_lists_have_levels():
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
    document = read(
        paragraph("one", properties=number.format(0, 1))
        + paragraph("inner", properties=number.format(1, 1))
        + paragraph("by style", properties=style("l"))
        + paragraph("none", properties=style("l") + number.format(0, 0))
    )
    assert blocks(document) == [
        ("list_item", 1, "one"),
        ("list_item", 2, "inner"),
        ("list_item", 1, "by style"),
        ("paragraph", 0, "none"),
    ]


def test_a_table_row_is_one_block():
    cells = [paragraph("用語"), paragraph("a") + paragraph("b", properties=style("1"))]
    row = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    document = read(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>" + paragraph("after"))
    assert blocks(document) == [("table_row", 0, "用語\ta b"), ("paragraph", 0, "after")]


def test_bold_and_italic_runs_are_spans():
    document = read(
        paragraph(
            "an ",
            "<w:r><w:rPr><w:b/></w:rPr><w:t>in</w:t></w:r>",
            '<w:r><w:rPr><w:rStyle w:val="s"/></w:rPr><w:t>dex</w:t></w:r>',
            '<w:r><w:rPr><w:b w:val="0"/><w:i/></w:rPr><w:t xml:space="preserve"> here</w:t></w:r>',
            properties="<w:rPr><w:b/></w:rPr>",
        )
    )
    assert document.text == "an index here"
    assert "".join(spans(document, SpanKind.BOLD)) == "index"
    assert spans(document, SpanKind.EMPHASIS) == ["here"]


def test_what_is_deleted_or_hidden_is_left_out():
    document = read(
        paragraph(
            "kept",
            "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>",
            "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>",
            "<w:ins><w:r><w:t> inserted</w:t></w:r></w:ins>",
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>",
            "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        )
        + paragraph("Chapter 7", properties=style("toc"))
    )
    assert texts(document) == ["kept inserted"]


def ruby(reading: str, base: str, properties: str = "") -> str:
    reading, base = (f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>" for text in (reading, base))
    return f"<w:r><w:ruby><w:rubyPr/><w:rt>{reading}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>"


def test_of_ruby_the_base_is_text_and_the_rest_is_its_reading():
    document = read(paragraph("用", ruby("ご", "語"), ruby("しゅう", "集"), "です") + paragraph(ruby("べん", "弁")))
    assert document.text == "用語集です\n弁"
    assert document.readings == (Reading(1, 2, "ご"), Reading(2, 3, "しゅう"), Reading(6, 7, "べん"))


def test_ruby_may_be_bold_and_lie_in_a_table():
    row = f"<w:tr><w:tc>{paragraph(ruby('べん', '弁', '<w:b/>'), 'です')}</w:tc></w:tr>"
    document = read(f"<w:tbl>{row}</w:tbl>")
    assert (document.text, document.readings) == ("弁です", (Reading(0, 1, "べん"),))
    assert spans(document, SpanKind.BOLD) == ["弁"]


def test_hidden_ruby_is_left_out():
    document = read(paragraph("漢", ruby("じ", "字", "<w:vanish/>")))
    assert (document.text, document.readings) == ("漢", ())


def test_breaks_and_tabs_are_blanks():
    assert read(paragraph("a", "<w:r><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>")).text == "a b c"


def test_a_text_box_is_read_once_and_apart():
    box = f"<w:txbxContent>{paragraph('boxed', properties=style('1'))}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    document = read(paragraph("before ", f"<w:r>{both}</w:r>", "after"))
    assert blocks(document) == [("heading", 2, "boxed"), ("paragraph", 0, "before after")]


def test_footnotes_follow_the_text():
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{paragraph("It is low.")}</w:footnote>'
    document = read_docx(docx(paragraph("A weir", mark, " dams a river."), STYLES, notes), "")[0]
    assert texts(document) == ["A weir dams a river.", "It is low."]


def test_styles_of_word_and_pandoc_tell_definition_lists_and_code():
    styles = "".join(
        f'<w:style w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("Definition Term", "Definition", "Source Code", "Verbatim Char")
    )
    run = '<w:r><w:rPr><w:rStyle w:val="VerbatimChar"/></w:rPr><w:t>dam</w:t></w:r>'
    body = (
        paragraph("Weir", properties=style("DefinitionTerm"))
        + paragraph("A ", run, properties=style("Definition"))
        + paragraph("make dam", properties=style("SourceCode"))
    )
    document = read_docx(docx(body, styles), "")[0]
    assert [block.kind.value for block in document.blocks] == ["term", "description", "code"]
    assert spans(document, SpanKind.CODE)[0] == "dam"
