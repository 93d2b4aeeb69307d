from __future__ import annotations

from genglossary_gui.core.documents.pptx import read_pptx
from genglossary_gui.core.text import SpanKind
from tests.core.documents.making import pptx, shape
from tests.core.documents.support import blocks, lines, spans


def text(*runs: str, level: int = 0) -> str:
    return f'<a:p><a:pPr lvl="{level}"/>{"".join(f"<a:r><a:t>{run}</a:t></a:r>" for run in runs)}</a:p>'


def test_titles_bullets_and_tables():
    cells = "".join(f"<a:tc><a:txBody>{text(cell)}</a:txBody></a:tc>" for cell in ("k", "v"))
    document, _encoding = read_pptx(
        pptx(
            shape(text("題名"), "ctrTitle") + shape(text("subtitle"), "subTitle"),
            shape(text("A ", "slide"), "title")
            + shape(text("one") + text("inner", level=1), "")
            + shape(text("2"), "sldNum")
            + shape(text("free"))
            + f"<p:graphicFrame><a:tbl><a:tr>{cells}</a:tr></a:tbl></p:graphicFrame>",
        ),
        "",
    )
    assert blocks(document) == [
        ("heading", 1, "題名"),
        ("paragraph", 0, "subtitle"),
        ("heading", 1, "A slide"),
        ("list_item", 1, "one"),
        ("list_item", 2, "inner"),
        ("paragraph", 0, "free"),
        ("table_row", 0, "k\tv"),
    ]
    assert lines(document) == [1, 1, 2, 2, 2, 2, 2]


def test_bold_runs_are_spans():
    run = '<a:r><a:rPr b="{}"/><a:t>{}</a:t></a:r>'
    paragraph = f"<a:p>{run.format(1, 'bold')}<a:br/>{run.format(0, 'plain')}</a:p>"
    document, _encoding = read_pptx(pptx(shape(paragraph)), "")
    assert document.text == "bold plain"
    assert spans(document, SpanKind.BOLD) == ["bold"]
