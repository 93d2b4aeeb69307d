"""EPUB books: their chapters, in reading order, through the reader of HTML.

The source lines of a book are its chapters, counted.
"""

from __future__ import annotations

from genglossary_gui.core.documents.archive import Archive, Attributes, elements, member, parse, value
from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.documents.encodings import clean, decode
from genglossary_gui.core.documents.html import TagWalker, declared_encoding, feed
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.text import DocumentText

# Fonts are often scrambled in books whose text is free; everything else that is encrypted is copy protection.
_OF_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_CHAPTERS = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")


def read_epub(data: bytes, encoding: str) -> tuple[DocumentText, str]:
    """The text of a book; its encodings are those that its chapters declare.  Raises ``Rejected``."""
    archive = Archive(data)
    protection = elements(archive.read_if_there("META-INF/encryption.xml"), "EncryptionMethod")
    if any(value(attributes, "Algorithm") not in _OF_FONTS for _name, attributes in protection):
        raise Rejected(Reason.ENCRYPTED)
    roots = elements(archive.read("META-INF/container.xml"), "rootfile")
    if not roots:
        raise Rejected(Reason.BROKEN)
    package = member("", value(roots[0][1], "full-path"))
    book = _Package()
    parse(archive.read(package), book)
    builder = TextBuilder()
    for number, href in enumerate(book.chapters, 1):
        name = member(package, href)
        source = archive.read_if_there(name)
        if source:
            text, _used = decode(source, declared=declared_encoding(source))
            builder.page(number)
            feed(TagWalker(builder), clean(text))
    return builder.finish(book.title), ""


class _Package:
    """Handler for the package document: title, and chapters in reading order."""

    def __init__(self) -> None:
        self.title = ""
        self.chapters: list[str] = []
        self._hrefs: dict[str, str] = {}
        self._in_title = False

    def start(self, name: str, attributes: Attributes) -> None:
        self._in_title = name == "title" and not self.title
        if name == "item" and value(attributes, "media-type") in _CHAPTERS:
            self._hrefs[value(attributes, "id")] = value(attributes, "href")
        elif name == "itemref" and (href := self._hrefs.get(value(attributes, "idref"))):
            self.chapters.append(href)

    def end(self, name: str) -> None:
        self._in_title = False

    def text(self, data: str) -> None:
        if self._in_title:
            self.title += data
