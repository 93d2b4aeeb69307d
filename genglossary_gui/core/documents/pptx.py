"""Presentations (ECMA-376 PresentationML) to readable text.

Titles become headings, paragraphs of a placeholder list items by their level, other text paragraphs.  Left out
are dates, footers, slide numbers and notes.  The source lines of a presentation are its slides, counted.
"""

from __future__ import annotations

from genglossary_gui.core.documents.archive import Archive, Attributes, elements, parse, value
from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.documents.html import TagWalker
from genglossary_gui.core.documents.office import is_on, main_part, reference, relationships
from genglossary_gui.core.text import DocumentText

_TITLES = ("title", "ctrTitle")
_PLAIN = "plain"
_REPEATED = frozenset({"dt", "ftr", "hdr", "sldNum"})


def read_pptx(data: bytes, encoding: str) -> tuple[DocumentText, str]:
    """The text of a presentation; it has no encoding to choose.  Raises ``Rejected``."""
    archive = Archive(data)
    part = main_part(archive)
    targets = relationships(archive, part)
    builder = TextBuilder()
    for number, (_name, attributes) in enumerate(elements(archive.read(part), "sldId"), 1):
        _kind, slide = targets.get(reference(attributes), ("", ""))
        if slide:
            builder.page(number)
            parse(archive.read(slide), _Slide(TagWalker(builder)))
    return builder.finish(), ""


class _Slide:
    """Handler for one slide."""

    def __init__(self, walker: TagWalker) -> None:
        self._walker = walker
        self._skipped = 0
        self._shape = _PLAIN
        """Of a placeholder its type, empty if it has none to say."""
        self._level = 0
        self._tags: list[str] | None = None  # of the open paragraph, once its first text has come
        self._formats: list[str] = []
        self._in_text = False
        self._rows = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipped or name == "Fallback":
            self._skipped += 1
            return
        match name:
            case "sp" | "graphicFrame":
                self._shape = _PLAIN
            case "ph":
                self._shape = value(attributes, "type")
            case "p":
                self._level, self._tags = 0, None
            case "pPr":
                level = value(attributes, "lvl")
                self._level = min(int(level), 8) if level.isdecimal() else 0
            case "r" | "fld":
                self._formats = []
            case "rPr":
                self._formats = [tag for tag in "bi" if value(attributes, tag) and is_on(value(attributes, tag))]
            case "t":
                self._in_text = True
            case "br":
                self._walker.line_break()
            case "tbl" | "tr" | "tc":
                self._rows += name == "tr"
                self._walker.start(_TABLE[name])

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "p":
            for tag in reversed(self._tags or ()):
                self._walker.end(tag)
            self._tags = None
        elif name == "t":
            self._in_text = False
        elif name in _TABLE:
            self._rows -= name == "tr"
            self._walker.end(_TABLE[name])

    def text(self, data: str) -> None:
        if not self._in_text or self._skipped or self._shape in _REPEATED:
            return
        if self._tags is None:
            self._tags = self._paragraph_tags()
            for tag in self._tags:
                self._walker.start(tag)
        for tag in self._formats:
            self._walker.start(tag)
        self._walker.text(data.replace("\n", " "), 1)
        for tag in self._formats:
            self._walker.end(tag)

    def _paragraph_tags(self) -> list[str]:
        if self._rows or self._shape in (_PLAIN, "subTitle"):
            return ["p"]
        if self._shape in _TITLES:
            return ["h1"]
        return ["ul"] * (self._level + 1) + ["li"]


_TABLE = {"tbl": "table", "tr": "tr", "tc": "td"}
