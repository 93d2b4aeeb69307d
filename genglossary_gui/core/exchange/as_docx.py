"""A Word document for people: a heading for each entry, in alphabetical order; styles do the rest."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from genglossary_gui.core.exchange.as_markdown import alphabetical
from genglossary_gui.core.exchange.cells import clean_text
from genglossary_gui.core.exchange.columns import FOR_READING, Column, absence, chosen, sources
from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedGlossary
from genglossary_gui.core.i18n import _, listed
from genglossary_gui.core.own_glossary import MARK

_EPOCH = datetime(2000, 1, 1)
_IN_TEXT = ("term", "aliases", "definition", "sources", "notes")


def render(glossary: ExportedGlossary, columns: Sequence[str] = FOR_READING) -> bytes:
    """The glossary as a DOCX file."""
    from docx import Document  # only who writes one waits for it

    document = Document()
    properties = document.core_properties
    properties.title, properties.author = clean_text(glossary.name)[:255], ""
    properties.created = properties.modified = _EPOCH
    properties.comments = MARK
    _use_fonts(document)
    document.add_heading(clean_text(glossary.name), 0)
    wanted = {column.name: column for column in chosen(columns)}
    facts = [column for name, column in wanted.items() if name not in _IN_TEXT]
    pages = _Pages(document)
    for entry in alphabetical(glossary):
        _write(pages, entry, wanted, facts)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _Pages:
    """Appends paragraphs to a document; the library's own way looks through all of them for each."""

    def __init__(self, document: Any) -> None:
        from docx.oxml import OxmlElement

        self._make = OxmlElement
        self._end = document.element.body.sectPr
        self._styles = {name: document.styles[name].style_id for name in ("Heading 1", "List Bullet")}

    def add(self, text: str, style: str = "", *, is_italic: bool = False) -> None:
        paragraph = self._make("w:p")
        if style:
            paragraph.style = self._styles[style]
        run = paragraph.add_r()
        run.text = text
        if is_italic:
            run.get_or_add_rPr().append(self._make("w:i"))
        self._end.addprevious(paragraph)


def _write(pages: _Pages, entry: ExportedEntry, wanted: dict[str, Column], facts: Sequence[Column]) -> None:
    pages.add(clean_text(entry.term), "Heading 1")
    if "aliases" in wanted and entry.aliases:
        words = _("Also: {aliases}").format(aliases=listed(map(clean_text, entry.aliases)))
        pages.add(words, is_italic=True)
    if "definition" in wanted:
        if words := absence(entry):
            pages.add(words, is_italic=True)
        if definition := clean_text(entry.definition):
            pages.add(definition)
    shown = [f"{column.title}: {column.shown(entry)}" for column in facts if column.shown(entry)]
    if shown:
        pages.add(" · ".join(shown))
    if "notes" in wanted and entry.notes.strip():
        pages.add(f"{wanted['notes'].title}: {clean_text(entry.notes)}")
    if "sources" in wanted:
        for place in sources(entry):
            pages.add(clean_text(place), "List Bullet")


def _use_fonts(document: Any) -> None:
    """Headings and text in one family, with a Japanese one for Japanese; Word replaces what a computer lacks."""
    from docx.oxml.ns import qn

    for name in ("Normal", "Title", "Heading 1", "List Bullet"):
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:ascii"), "Calibri")
        fonts.set(qn("w:hAnsi"), "Calibri")
        fonts.set(qn("w:eastAsia"), "Yu Gothic")
