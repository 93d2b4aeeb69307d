"""Word documents (ECMA-376 WordprocessingML) to readable text.

The elements become the tags of HTML they stand for.  Left out are deleted and moved-away text of tracked
changes, hidden text, field codes, tables of contents and comments; notes follow at the end.  There are no lines
in such a document: its source lines are its paragraphs and table rows, counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from genglossary_gui.core.documents.archive import Archive, Attributes, parse, value
from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.documents.docx_numbers import NO_LIST, Numbers, whole
from genglossary_gui.core.documents.html import TagWalker, words
from genglossary_gui.core.documents.office import is_on, main_part, related
from genglossary_gui.core.text import DocumentText

_SKIPPED = words("moveFrom Fallback pPrChange rPrChange tblPrChange trPrChange tcPrChange sectPrChange numberingChange")
_RUBY = words("ruby")
_READING = words("rt")
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_PARAGRAPHS = {
    "definition term": "dt",
    "definition": "dd",
    "source code": "pre",
    "html preformatted": "pre",
    "quote": "blockquote",
    "intense quote": "blockquote",
}
_CODE = frozenset({"verbatim char", "html code", "html typewriter", "html sample", "html keyboard"})
"""Styles of Word and of pandoc, in lower case."""
_BODY_LEVEL = 10
"""One more than what an outline level of 9 means: no heading."""


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    level: int = 0
    """Of a heading 1–9; 10: said to be none; 0: not said."""
    list_level: int = 0
    list_id: str = ""
    tags: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Paragraph:
    style: str = ""
    level: int = 0
    list_level: int | None = None
    list_id: str = ""
    runs: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    """Text and its formats; a word that has a reading lies between one of ``_RUBY`` and one of ``_READING``."""
    reading: list[str] | None = None
    """Of the open ruby, in which it stands before its word; None outside of the reading itself."""
    is_reading: bool = False
    open_runs: int = 0
    tags: set[str] = field(default_factory=set)
    """Formats of the open run."""
    is_hidden: bool = False


def read_docx(data: bytes, encoding: str) -> tuple[DocumentText, str]:
    """The text of a Word document; it has no encoding to choose.  Raises ``Rejected``."""
    archive = Archive(data)
    part = main_part(archive)
    styles = _Styles()
    if styles_part := related(archive, part, "styles"):
        parse(archive.read(styles_part), styles)
    numbers = Numbers()
    if numbers_part := related(archive, part, "numbering"):
        parse(archive.read_if_there(numbers_part), numbers)
    builder = TextBuilder()
    body = _Body(TagWalker(builder), styles.found, numbers)
    parse(archive.read(part), body)
    for notes in ("footnotes", "endnotes"):
        if notes_part := related(archive, part, notes):
            parse(archive.read(notes_part), body)
    return builder.finish(), ""


class _Styles:
    """Handler that collects the styles by id."""

    def __init__(self) -> None:
        self.found: dict[str, _Style] = {}
        self._style = _Style()

    def start(self, name: str, attributes: Attributes) -> None:
        text = value(attributes, "val")
        match name:
            case "style":
                self._style = self.found[value(attributes, "styleId")] = _Style()
            case "name":
                self._style.name = text
                if text.lower() in _CODE:
                    self._style.tags.add("code")
                match_ = _HEADING.match(text)
                if match_ or text.lower() == "title":
                    self._style.level = int(match_[1]) if match_ else 1
            case "basedOn":
                self._style.based_on = text
            case "outlineLvl":
                self._style.level = _outline(text)
            case "numPr":
                self._style.list_level = 1
            case "numId":
                self._style.list_id = text
            case "ilvl":
                self._style.list_level = whole(text) + 1
            case "b" | "i" if is_on(text):
                self._style.tags.add(name)

    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


class _Body:
    """Handler for the main part.  Paragraphs are kept back until they end: a text box stands inside of one."""

    def __init__(self, walker: TagWalker, styles: dict[str, _Style], numbers: Numbers) -> None:
        self._walker = walker
        self._styles = styles
        self._numbers = numbers
        self._open: list[_Paragraph] = []
        self._skipped = 0
        self._in_text = False
        self._rows = 0
        self._place = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
            return
        match name:
            case "p":
                self._open.append(_Paragraph())
            case "r" if self._open:
                paragraph = self._open[-1]
                paragraph.open_runs += 1
                paragraph.tags, paragraph.is_hidden = set(), False
            case "t":
                self._in_text = True
            case "rt" | "rubyBase" if self._open:
                self._open_ruby(self._open[-1], name)
            case "tab" | "br" | "cr" | "ptab":
                self._write("\n" if name != "tab" and name != "ptab" else " ")
            case "noBreakHyphen":
                self._write("-")
            case "tbl":
                self._walker.start("table")
            case "tr":
                self._rows += 1
                self._next_place()
                self._walker.start("tr")
            case "tc":
                self._walker.start("td")
            case _:
                self._format(name, value(attributes, "val"))

    def _format(self, name: str, text: str) -> None:
        if not self._open:
            return
        paragraph = self._open[-1]
        if paragraph.open_runs:
            if name in ("b", "i"):
                (paragraph.tags.add if is_on(text) else paragraph.tags.discard)(name)
            elif name == "rStyle" and text in self._styles:
                paragraph.tags.update(self._styles[text].tags)
            elif name == "vanish":
                paragraph.is_hidden = is_on(text)
        elif name == "pStyle":
            paragraph.style = text
        elif name == "outlineLvl":
            paragraph.level = _outline(text)
        elif name == "ilvl":
            paragraph.list_level = whole(text) + 1
        elif name == "numId":
            paragraph.list_level = 0 if text == NO_LIST else paragraph.list_level or 1
            paragraph.list_id = text

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        match name:
            case "p" if self._open:
                self._flush(self._open.pop())
            case "r" if self._open:
                self._open[-1].open_runs -= 1
            case "t":
                self._in_text = False
            case "rt" | "rubyBase" if self._open:
                self._close_ruby(self._open[-1], name)
            case "tbl":
                self._walker.end("table")
            case "tr":
                self._rows -= 1
                self._walker.end("tr")
            case "tc":
                self._walker.end("td")

    def text(self, data: str) -> None:
        if self._in_text and not self._skipped:
            self._write(data.replace("\n", " "))

    def _open_ruby(self, paragraph: _Paragraph, name: str) -> None:
        paragraph.is_reading = name == "rt"
        if paragraph.is_reading:
            paragraph.reading = []
        else:
            paragraph.runs.append(("", _RUBY))

    def _close_ruby(self, paragraph: _Paragraph, name: str) -> None:
        paragraph.is_reading = False
        if name == "rubyBase":
            paragraph.runs.append(("".join(paragraph.reading or ()), _READING))
            paragraph.reading = None

    def _write(self, text: str) -> None:
        if not self._open or not self._open[-1].open_runs or self._open[-1].is_hidden:
            return
        paragraph = self._open[-1]
        if paragraph.is_reading and paragraph.reading is not None:
            paragraph.reading.append(text)
        else:
            paragraph.runs.append((text, frozenset(paragraph.tags)))

    def _next_place(self) -> None:
        if self._rows <= 1:
            self._place += 1
            self._walker.builder.page(self._place)

    def _flush(self, paragraph: _Paragraph) -> None:
        chain = self._chain(paragraph.style)
        if any(style.name.lower().startswith(("toc ", "table of figures")) for style in chain):
            return
        number = self._number(paragraph, chain)
        tags = ["p"] if self._rows else _tags(paragraph, chain)
        if not self._rows:
            self._next_place()
            self._walker.builder.begin_item(number)
        for tag in tags:
            self._walker.start(tag)
        for text, formats in paragraph.runs:
            self._write_run(text, formats)
        for tag in reversed(tags):
            self._walker.end(tag)
        if not self._rows:
            self._walker.builder.end_item()

    def _write_run(self, text: str, formats: frozenset[str]) -> None:
        if text == "\n":
            self._walker.line_break()
            return
        for tag in formats:
            self._walker.start(tag)
        self._walker.text(text, 1)
        if formats is _RUBY:
            return
        for tag in formats:
            self._walker.end(tag)
        if formats is _READING:
            self._walker.end("ruby")

    def _number(self, paragraph: _Paragraph, chain: list[_Style]) -> str:
        """The number that Word shows before the paragraph.  An empty one has none and counts all the same."""
        list_id = paragraph.list_id or next((style.list_id for style in chain if style.list_id), "")
        level = paragraph.list_level or next((style.list_level for style in chain if style.list_level), 1)
        return self._numbers.next(list_id, level - 1)

    def _chain(self, name: str) -> list[_Style]:
        """The style and those it is based on."""
        chain: list[_Style] = []
        while name in self._styles and self._styles[name] not in chain:
            chain.append(self._styles[name])
            name = chain[-1].based_on
        return chain


def _tags(paragraph: _Paragraph, chain: list[_Style]) -> list[str]:
    level = paragraph.level or next((style.level for style in chain if style.level), 0)
    if 0 < level < _BODY_LEVEL:
        return [f"h{min(level, 6)}"]
    depth = paragraph.list_level
    if depth is None:
        depth = next((style.list_level for style in chain if style.list_level), 0)
    if depth:
        return ["ul"] * depth + ["li"]
    return [next((_PARAGRAPHS[name] for style in chain if (name := style.name.lower()) in _PARAGRAPHS), "p")]


def _outline(text: str) -> int:
    return min(whole(text) + 1, _BODY_LEVEL)
