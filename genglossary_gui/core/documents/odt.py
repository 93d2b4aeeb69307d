"""OpenDocument text (ISO/IEC 26300) to readable text.

The elements become the tags of HTML they stand for.  Left out are deleted text of tracked changes, comments, the
reading over a ruby base, and generated indexes; notes follow at the end.  There are no lines in such a document:
its source lines are its paragraphs and table rows, counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from genglossary_gui.core.documents.archive import Archive, Attributes, elements, parse, value
from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.documents.html import TagWalker, words
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.text import DocumentText

_SKIPPED = words(
    "tracked-changes annotation table-of-content illustration-index table-index object-index "
    "user-index alphabetical-index bibliography sequence-decls forms title desc binary-data script"
)
_TAGS: Mapping[str, str] = {
    "list": "ul",
    "list-item": "li",
    "list-header": "li",
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "a": "a",
    "ruby": "ruby",
    "ruby-text": "rt",
}
_NAMED = {
    "Title": "h1",
    "Preformatted_20_Text": "pre",
    "Quotations": "blockquote",
    "Definition_20_Term": "dt",
    "Definition_20_Term_20_Tight": "dt",
    "Definition_20_Definition": "dd",
    "Definition_20_Definition_20_Tight": "dd",
    "List_20_Heading": "dt",
    "List_20_Contents": "dd",
}
"""Paragraph styles that OpenDocument applications and pandoc have under these names."""
_CODE = frozenset({"Source_20_Text", "Source_Text", "Teletype"})
_NOTE_BODY = 2
"""How deep the body of a note stands in it; beside it is the mark that the sentence has."""
_BOLD, _ITALIC = ("bold", "600", "700", "800", "900"), ("italic", "oblique")


def read_odt(data: bytes, encoding: str) -> tuple[DocumentText, str]:
    """The text of an OpenDocument text; it has no encoding to choose.  Raises ``Rejected``."""
    archive = Archive(data)
    if elements(archive.read_if_there("META-INF/manifest.xml"), "encryption-data"):
        raise Rejected(Reason.ENCRYPTED)
    builder = TextBuilder()
    content = _Content(TagWalker(builder))
    if "styles.xml" in archive:
        parse(archive.read("styles.xml"), content)
    parse(archive.read("content.xml"), content)
    content.add_notes()
    return builder.finish(), ""


class _Content:
    """Handler for the styles and, after them, the content."""

    def __init__(self, walker: TagWalker) -> None:
        self._walker = walker
        self._parents: dict[str, str] = {}
        self._formats: dict[str, set[str]] = {}
        self._style = ""
        self._in_body = False
        self._skipped = 0
        self._open: list[tuple[str, ...]] = []  # tags of the elements that are open in the body
        self._paragraphs = 0
        self._rows = 0
        self._place = 0
        self._note_depth = 0
        self._of_notes: list[Callable[[], None]] = []

    def add_notes(self) -> None:
        """Let the texts of the notes follow, which stand in the middle of sentences."""
        for tell in self._of_notes:
            tell()

    def start(self, name: str, attributes: Attributes) -> None:
        if not self._in_body:
            self._style_element(name, attributes)
            return
        if self._note_depth or (name == "note" and not self._skipped):
            self._keep(lambda: self.start(name, attributes))
            self._note_depth += 1
            return
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
            return
        tags = self._tags(name, attributes)
        if name in ("p", "h", "table-row") and (not self._rows or name == "table-row"):
            self._next_place()
        self._rows += name == "table-row"
        self._paragraphs += name in ("p", "h")
        for tag in tags:
            self._walker.start(tag, (("href", ""),))
        self._open.append(tags)
        if name in ("s", "tab"):
            self._walker.text(" ", 1)
        elif name == "line-break":
            self._walker.line_break()

    def _keep(self, tell: Callable[[], None]) -> None:
        if self._note_depth >= _NOTE_BODY:
            self._of_notes.append(tell)

    def _next_place(self) -> None:
        if not self._rows and not self._paragraphs:
            self._place += 1
            self._walker.builder.page(self._place)

    def _tags(self, name: str, attributes: Attributes) -> tuple[str, ...]:
        style = value(attributes, "style-name")
        if name == "h":
            level = value(attributes, "outline-level")
            return (f"h{min(max(int(level), 1), 6) if level.isdecimal() else 1}",) if not self._rows else ("p",)
        if name == "p":
            if self._rows:
                return ("p",)
            named = style if style in _NAMED else self._parents.get(style, "")
            return (_NAMED.get(named, "p"),)
        if name == "span":
            code = ("code",) if style in _CODE or self._parents.get(style) in _CODE else ()
            return (*code, *sorted(self._formats.get(style, ())))
        return (_TAGS[name],) if name in _TAGS else ()

    def _style_element(self, name: str, attributes: Attributes) -> None:
        if name == "body":
            self._in_body = True
        elif name == "style":
            self._style = value(attributes, "name")
            self._parents[self._style] = value(attributes, "parent-style-name")
            self._formats[self._style] = set(self._formats.get(self._parents[self._style], ()))
        elif name == "text-properties" and self._style:
            formats = self._formats[self._style]
            if value(attributes, "font-weight") in _BOLD:
                formats.add("b")
            if value(attributes, "font-style") in _ITALIC:
                formats.add("i")

    def end(self, name: str) -> None:
        if self._note_depth:
            self._note_depth -= 1
            self._keep(lambda: self.end(name))
        elif self._skipped:
            self._skipped -= 1
        elif self._open:
            for tag in reversed(self._open.pop()):
                self._walker.end(tag)
            self._rows -= name == "table-row"
            self._paragraphs -= name in ("p", "h")

    def text(self, data: str) -> None:
        if self._note_depth:
            self._keep(lambda: self.text(data))
        elif self._paragraphs and not self._skipped:
            self._walker.text(data.replace("\n", " "), 1)
