"""XML that is written for readers (DocBook, Mallard, DITA) to readable text: the walker of HTML under other names.

Only what HTML has is told apart, so an element of no known name is a block like any other.  No entity is read from
anywhere, and one that the document defines is put in once: nothing can grow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.documents.html import ELEMENTS, Attributes, TagWalker, feed_bounded, read_html, words
from genglossary_gui.core.documents.plain_text import read_code, read_plain
from genglossary_gui.core.text import DocumentText

_SECTIONS = words(
    "appendix article book chapter colophon concept dedication glossary glossdiv page part preface reference refentry "
    "refsect1 refsect2 refsect3 refsection refsynopsisdiv sect1 sect2 sect3 sect4 sect5 section simplesect task topic"
)
_ROOTS = _SECTIONS | words("dita glossentry glossgroup")
_ABOUT = words("appendixinfo articleinfo bookinfo chapterinfo info prefaceinfo refentryinfo sectioninfo")
"""Elements with what is said about a document, of which the title is text."""

_NAMES: Mapping[str, str] = {
    **dict.fromkeys(words("para simpara shortdesc subtitle refpurpose refname glosssee glossseealso"), "p"),
    **dict.fromkeys(words("itemizedlist simplelist choices sl tree steps-unordered list"), "ul"),
    **dict.fromkeys(words("orderedlist procedure steps substeps"), "ol"),
    **dict.fromkeys(words("listitem item step substep choice sli member"), "li"),
    **dict.fromkeys(words("variablelist terms glosslist"), "dl"),
    **dict.fromkeys(words("glossdef"), "dd"),
    **dict.fromkeys(words("informaltable simpletable properties"), "table"),
    **dict.fromkeys(words("row strow sthead property"), "tr"),
    **dict.fromkeys(words("entry stentry proptype propvalue propdesc"), "td"),
    **dict.fromkeys(words("codeblock literallayout msgblock programlisting screen synopsis"), "pre"),
    **dict.fromkeys(
        words(
            "apiname classname cmd cmdname codeph command computeroutput constant envar errorcode file filename "
            "filepath function input literal markup option output parameter parmname prompt property returnvalue "
            "sgmltag sys systemitem systemoutput tag type userinput varname"
        ),
        "code",
    ),
    **dict.fromkeys(words("citetitle emphasis firstterm foreignphrase wintitle"), "em"),
    **dict.fromkeys(
        words(
            "abbrev acronym app application authorinitials citation email gui guibutton guiicon guilabel guimenu "
            "guimenuitem guiseq guisubmenu hi inlineequation key keycap keycode keycombo keyseq keysym keyword link "
            "menuchoice menucascade mousebutton option package personname ph phrase productname productnumber quote "
            "replaceable subscript superscript term trademark uicontrol ulink uri xref"
        ),
        "span",
    ),
    **dict.fromkeys(
        words(
            "abstracttype author authorgroup bibliography comment copyright credit data date desc draft-comment "
            "edition footnote footnoteref index indexterm inlinemediaobject keywordset legalnotice license lof lot "
            "media mediaobject metadata prolog pubdate publisher refmeta releaseinfo remark required-cleanup "
            "revhistory revision textobject toc video"
        ),
        "object",
    ),
    **dict.fromkeys(words("tgroup varlistentry dlentry glossentry"), ""),
}
"""Element → the one of HTML that means the same; empty: nothing of its own.  Some depend on where they stand."""
_IN_PLACE: Mapping[tuple[str, str], str] = {
    ("varlistentry", "term"): "dt",
    ("varlistentry", "listitem"): "dd",
    ("glossentry", "glossterm"): "dt",
    ("step", "cmd"): "p",
    ("substep", "cmd"): "p",
    ("item", "quote"): "blockquote",
    ("page", "quote"): "blockquote",
    ("section", "quote"): "blockquote",
    ("simplelist", "member"): "li",
}
_HOLDS_BLOCKS = _SECTIONS | words("example figure item listing note steps synopsis terms tree")
"""Where ``code`` of Mallard is a block."""
_BETWEEN = {
    **dict.fromkeys(words("keycombo keyseq"), "+"),
    **dict.fromkeys(words("guiseq menucascade menuchoice"), " ▸ "),
}
"""What readers see between the parts of an element."""
_NO_END = words("colspec spanspec area xref anchor co")
_INLINE_HTML = words("b i u tt sup sub em strong code var span a br q cite dfn kbd samp small abbr")

_START = re.compile(
    r"\s*(?P<declared><\?xml\b[^>]{0,300}>)?(?:\s|<!--(?:[^-]|-(?!->))*-->|<\?[^>]{0,500}>)*"
    r"(?P<doctype><!DOCTYPE\s[^\[>]{0,500}(?:\[(?P<subset>[^\]]{0,20000})\]\s*)?>)?"
    r"(?:\s|<!--(?:[^-]|-(?!->))*-->|<\?[^>]{0,500}>)*<(?:[\w.-]+:)?(?P<root>[A-Za-z][\w.-]*)(?P<attributes>[^>]{0,2000})>"
)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]+)\s+(?:\"([^\"<&%]{0,200})\"|'([^'<&%]{0,200})')\s*>")
_REFERENCE = re.compile(r"&([A-Za-z][\w.-]{0,60});")


def read_text(text: str) -> DocumentText:
    """A text of unknown kind: markup when it says that it is, else plain text.  Never raises."""
    start = _START.match(text)
    if start is None or not (start["declared"] or start["doctype"] or "xmlns" in start["attributes"]):
        return read_plain(text)
    return read_html(text) if start["root"].lower() == "html" else _read(text, start)


def read_xml(text: str) -> DocumentText:
    """An XML file: one that is written for readers as they see it, any other as data.  Never raises."""
    start = _START.match(text)
    if start is None or start["root"].lower() not in _ROOTS:
        return read_code(text)
    return _read(text, start)


def _read(text: str, start: re.Match[str]) -> DocumentText:
    walker = TagWalker(TextBuilder(text.count("\n") + 1))
    feed_bounded(_Parser(walker), _prepared(text, start))
    return walker.builder.finish(walker.title)


def _prepared(text: str, start: re.Match[str]) -> str:
    """The same lines without what the parser of HTML does not know: declarations, entities, marked sections."""
    values = {name: " ".join((one or other).split()) for name, one, other in _ENTITY.findall(start["subset"] or "")}
    if start["doctype"]:
        first, end = start.span("doctype")
        text = text[:first] + "\n" * text.count("\n", first, end) + text[end:]
    if values:
        text = _REFERENCE.sub(lambda found: escape(values[found[1]]) if found[1] in values else found[0], text)
    head, *sections = text.split("<![CDATA[")
    return head + "".join(escape(section) + rest for section, _mark, rest in (s.partition("]]>") for s in sections))


class _Parser(HTMLParser):
    def __init__(self, walker: TagWalker) -> None:
        super().__init__(convert_charrefs=True)
        self._walker = walker
        self._open: list[tuple[str, str]] = []  # element, its name in HTML
        self._sections = 0
        self._is_title = False
        self._ended_in = ""  # the element in which another has just ended

    def set_cdata_mode(self, elem: str, **options: object) -> None:
        """No element of XML holds anything but elements and text."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        if tag in _NO_END:
            return
        self._sections += tag in _SECTIONS
        parent = self._open[-1][0] if self._open else ""
        name = self._name(tag, parent, attrs)
        if (tag, name) == ("title", "h1") and not self._walker.title:
            self._is_title = True
        if parent in _BETWEEN and self._ended_in == parent:
            self.handle_data(_BETWEEN[parent])
        self._ended_in = ""
        self._open.append((tag, name))
        if name:
            self._walker.start(name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag.rpartition(":")[2] == "br":
            self._walker.line_break()

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        # What is open by mistake ends with what it stands in; an end without beginning is nothing.
        if not any(tag == opened for opened, _name in self._open[-_MOST_UNCLOSED:]):
            return
        while True:
            opened, name = self._open.pop()
            self._sections -= opened in _SECTIONS
            if name:
                self._walker.end(name)
            if (opened, name) == ("title", "dt"):
                self._open.append(("", "dd"))  # what a list of terms says of it, up to the end of the item
                self._walker.start("dd")
            self._is_title = self._is_title and opened != "title"
            if opened == tag:
                break
        self._ended_in = self._open[-1][0] if self._open else ""

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self._walker.title += data
        self._walker.text(data, self.lineno)
        self._ended_in = ""

    def _name(self, tag: str, parent: str, attributes: Attributes) -> str:
        if tag == "title":
            return self._title(parent, attributes)
        if (parent, tag) in _IN_PLACE:
            return _IN_PLACE[parent, tag]
        if tag == "code" and parent in _HOLDS_BLOCKS:
            return "pre"
        if tag == "item" and parent == "terms":
            return ""
        if tag == "glossterm":
            return "dfn"
        if tag in _NAMES:
            return _NAMES[tag]
        return tag if tag in ELEMENTS and (tag in _INLINE_HTML or tag not in _SECTIONS) else "div"

    def _title(self, parent: str, attributes: Attributes) -> str:
        if parent in _ABOUT:
            # Mallard has titles for links and for sorting beside the one that is shown.
            return "object" if any(name == "type" for name, _value in attributes) else self._heading()
        if parent in _SECTIONS or not parent:
            return self._heading()
        is_term = parent == "item" and len(self._open) > 1 and self._open[-2][0] == "terms"
        return "dt" if is_term else "p"

    def _heading(self) -> str:
        return f"h{min(max(self._sections, 1), 6)}"


_MOST_UNCLOSED = 64
"""How many open elements are looked at for the one that ends: the time is bounded in any file."""
