"""Workbooks and Word documents hold texts as texts, as other programs read them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange import as_docx, as_xlsx
from genglossary_gui.core.exchange.cells import clean_text
from genglossary_gui.core.exchange.columns import ALL
from genglossary_gui.core.exchange.exported import ExportedGlossary

from .test_as_markdown import entry

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT = st.one_of(st.text(), st.text(alphabet=st.sampled_from(list("=+-@<>&'\"\t\r\n\x00\x1f _x0D\ufffe堰🌊"))))


def _glossary(*entries) -> ExportedGlossary:
    return ExportedGlossary("Rivers & <weirs>\x00", ("en",), entries)


def _sheet(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "＝1", "{=1}", "http://x.org", "mailto:a@b.c", "12", "TRUE"]
)
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    sheet = _sheet(as_xlsx.render(_glossary(entry(text, text, alias=text))))
    assert not list(sheet.iter(f"{_SHEET}f"))
    assert not list(sheet.iter(f"{_SHEET}hyperlink"))
    assert {cell.get("t") for cell in sheet.iter(f"{_SHEET}c") if re.fullmatch(r"[ABD]2", cell.get("r", ""))} == {"s"}


def test_texts_stay_texts_after_an_edit_and_numbers_are_numbers() -> None:
    data = as_xlsx.render(_glossary(replace(entry("=1+1", "x"), score=-1.5)))
    assert b'quotePrefix="1"' in zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml")
    score = next(cell for cell in _sheet(data).iter(f"{_SHEET}c") if cell.get("r") == "I2")
    assert (score.get("t"), score.findtext(f"{_SHEET}v")) == (None, "-1.5")


def test_a_text_that_does_not_fit_into_a_cell_is_refused_not_cut() -> None:
    assert as_xlsx.render(_glossary(entry("a", "x" * 32_767)))
    for text in ("x" * 32_768, "🌊" * 16_384):
        with pytest.raises(ExportError, match="longer than a cell"):
            as_xlsx.render(_glossary(entry("a", text)))
    assert as_xlsx.render(_glossary(entry("a", "x" * 40_000)), ("term",))


def test_the_same_glossary_gives_the_same_file() -> None:
    first = as_xlsx.render(_glossary(entry("a", "b")))
    assert as_xlsx.render(_glossary(entry("a", "b"))) == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:  # the moment of writing stands in none of its three places
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        moments = re.findall(rb">(\d{4}-[^<]+)</dcterms:(?:created|modified)>", package.read("docProps/core.xml"))
    assert moments == [b"2000-01-01T00:00:00Z"] * 2


@settings(max_examples=40, deadline=None)
@given(term=_TEXT, definition=_TEXT, alias=_TEXT, notes=_TEXT)
def test_a_word_document_holds_each_text_as_it_is(term: str, definition: str, alias: str, notes: str) -> None:
    data = as_docx.render(_glossary(replace(entry(term, definition, alias=alias, document="a.md"), notes=notes)), ALL)
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    heading = next(p for p in paragraphs if p.style is not None and p.style.name == "Heading 1")
    assert heading.text == clean_text(term)
    texts = [paragraph.text for paragraph in paragraphs]
    assert (clean_text(definition) or "No definition found.") in texts
    if clean_text(notes):
        assert f"Notes: {clean_text(notes)}" in texts


def test_a_word_document_has_the_structure_that_a_reader_can_use() -> None:
    data = as_docx.render(_glossary(entry("b", "d", document="a.md"), entry("A", "d")))
    found = [(p.style.name if p.style else "", p.text) for p in docx.Document(io.BytesIO(data)).paragraphs]
    assert found[:3] == [("Title", "Rivers & <weirs>"), ("Heading 1", "A"), ("Normal", "d")]
    assert ("List Bullet", "a.md:7") in found
