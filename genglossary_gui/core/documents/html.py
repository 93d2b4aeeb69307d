"""HTML to readable text: the standard library's parser in front of a walker that knows what makes a block.

The walker keeps a flat stack, so nesting costs neither recursion nor quadratic time, and never trusts that
tags are closed.  Markdown uses the same walker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

from genglossary_gui.core.documents import numbering
from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.text import BlockKind, DocumentText, SpanKind

Attributes = Sequence[tuple[str, str | None]]

SPANS: Mapping[str, SpanKind] = {
    **dict.fromkeys(("b", "strong"), SpanKind.BOLD),
    **dict.fromkeys(("i", "em", "dfn", "cite", "var"), SpanKind.EMPHASIS),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), SpanKind.CODE),
    "a": SpanKind.LINK,
}


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RUBY = frozenset({"ruby", "rb", "rt", "rtc", "rp"})
INLINE = RUBY.union(
    SPANS,
    words(
        "abbr acronym bdi bdo big br data del font img input ins label mark nobr picture q s small source "
        "span strike sub sup time u wbr"
    ),
)
DROPPED = words(
    "applet audio button canvas datalist iframe map nav noscript object script select style svg template textarea video"
)
BLOCKS = words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main "
    "menu ol p pre search section summary table tbody td tfoot th thead title tr ul xmp"
)
_SILENT = frozenset({"area", "base", "col", "colgroup", "embed", "link", "meta", "param", "track"})
ELEMENTS = INLINE | DROPPED | BLOCKS | _SILENT

_LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PREFORMATTED = frozenset({"pre", "listing", "xmp"})
_STACKED = {
    **dict.fromkeys(_LISTS | {"li"}, BlockKind.LIST_ITEM),
    **dict.fromkeys(_HEADINGS, BlockKind.HEADING),
    **dict.fromkeys(_PREFORMATTED, BlockKind.CODE),
    "dt": BlockKind.TERM,
    "dd": BlockKind.DESCRIPTION,
    "blockquote": BlockKind.QUOTE,
    "table": BlockKind.PARAGRAPH,
    "tr": BlockKind.TABLE_ROW,
}
_CELLS = frozenset({"td", "th"})
# Below this a paragraph inside a cell is one line of the cell; above, the table is there for the layout.
_LONG_CELL = 200
# Class names that the usual generators (DocBook, Sphinx, MkDocs, Hugo, MediaWiki) give to what is not text.
_NAVIGATION = words(
    "navheader navfooter breadcrumb breadcrumbs toc skip-link sphinxsidebar related mw-editsection navbox "
    "viewcode-link "
    # The type behind the name of a parameter, in the same <dt>.
    "classifier classifier-delimiter"
)
_CONTAINERS = frozenset({"div", "ul", "ol", "dl", "section", "aside", "table", "header", "footer", "span"})
_REFERENCES = words("footnote footnote-ref footnote-reference noteref headerlink anchor anchorjs-link")
# MediaWiki calls the mark of a footnote so; for Sphinx it is any link.
_RAISED_REFERENCES = _REFERENCES | {"reference"}
_OF_MARKS = {"a": _REFERENCES, "sup": _RAISED_REFERENCES}
_WHOLE = re.compile(r"\s*-?[0-9]{1,9}\s*")
_ROLES = frozenset({"navigation", "doc-noteref", "doc-backlink"})


class _Open(NamedTuple):
    tag: str
    kind: BlockKind
    level: int


@dataclass(slots=True)
class _List:
    """An open list."""

    style: str = ""
    """Of its numbers, as ``type`` says it; empty: it has none."""
    next: int = 1
    end: str = "."
    step: int = 1
    has_item: bool = False
    """One is open."""


_OUTSIDE = _Open("", BlockKind.PARAGRAPH, 0)


class TagWalker:
    """Tells a ``TextBuilder`` what tags and text mean; ``start`` and ``end`` take lower-case names."""

    def __init__(self, builder: TextBuilder) -> None:
        self.builder = builder
        self.title = ""
        self._stack = [_OUTSIDE]
        self._count: Counter[str] = Counter()
        self._lists = [_List()]
        self._skipped = ""  # element that is left out, with …
        self._depth = 0  # … how many of its kind are open
        self._in_annotation = False  # reading aid over a word: its text would cut the word
        self._reading: list[str] | None = None

    @property
    def is_skipping(self) -> bool:
        return bool(self._skipped)

    def start(self, tag: str, attributes: Attributes = ()) -> None:
        if self._skipped:
            self._depth += tag == self._skipped
        elif tag in DROPPED or (attributes and _is_apart(tag, attributes)):
            self._skipped, self._depth = tag, 1
        elif tag in SPANS:
            if tag != "a" or any(name == "href" for name, _value in attributes):
                self.builder.open(SPANS[tag])
        elif tag in BLOCKS:
            self._start_block(tag)
            if tag in _LISTS:
                self._lists.append(_list(tag, attributes))
            elif tag == "li":
                self._start_item(attributes)
        elif tag == "br":
            self.line_break()
        elif tag in RUBY:
            self._annotate()
            self._in_annotation = tag in ("rt", "rtc", "rp")
            self._reading = [] if tag == "rt" else None
            if tag == "ruby":
                self.builder.base(is_open=True)

    def start_numbered(self, first: int, style: str = "1", end: str = ".") -> None:
        """As ``start("ol")``, for a list that counts from ``first`` on; ``end`` stands behind its numbers."""
        self.start("ol")
        if not self._skipped:
            self._lists[-1] = _List(style, first, end)

    def _start_item(self, attributes: Attributes) -> None:
        open_list = self._lists[-1]
        self._end_item()
        open_list.has_item = True
        if not open_list.style:
            self.builder.begin_item()
            return
        number = _whole(dict(attributes).get("value"), open_list.next)
        open_list.next = number + open_list.step
        self.builder.begin_item(numbering.HTML[open_list.style](number) + open_list.end)

    def _end_item(self) -> None:
        """The item of the innermost list is over, if one is open."""
        if self._lists[-1].has_item:
            self._lists[-1].has_item = False
            self.builder.end_item()

    def end(self, tag: str) -> None:
        if self._skipped:
            self._depth -= tag == self._skipped
            if not self._depth:
                self._skipped = ""
        elif tag in SPANS:
            self.builder.close(SPANS[tag])
        elif tag in BLOCKS:
            self._end_block(tag)
        elif tag in RUBY:
            self._annotate()
            self._in_annotation = False
            if tag == "ruby":
                self.builder.base(is_open=False)

    def _annotate(self) -> None:
        """A reading has ended: its word gets it."""
        if self._reading is not None:
            self.builder.read_as("".join(self._reading))
            self._reading = None

    def text(self, data: str, line: int) -> None:
        if self._in_annotation and self._reading is not None:
            self._reading.append(data)
        if self._skipped or self._in_annotation:
            return
        if self._stack[-1].kind is BlockKind.CODE:
            self.builder.write_raw(data, line)
        else:
            self.builder.write(data, line)

    def line_break(self) -> None:
        """``<br>``: one more name in a term, a blank elsewhere."""
        top = self._stack[-1]
        if top.kind in (BlockKind.TERM, BlockKind.CODE):
            self.builder.block(top.kind, top.level)
        else:
            self.builder.blank()

    def soft_break(self, line: int) -> None:
        """The source goes on with that line, in the same paragraph; in a term, with one more name."""
        if self._stack[-1].kind is BlockKind.TERM:
            self.line_break()
        else:
            self.text("\n", line - 1)

    def forget_skipped(self) -> None:
        """Stop leaving text out: what was opened here is not closed anywhere else."""
        self._skipped = ""

    def _start_block(self, tag: str) -> None:
        self._in_annotation, self._reading = False, None
        if tag in _CELLS and self._count["tr"]:
            self._close_until("tr")
            self.builder.cell()
            return
        if tag not in _STACKED:
            self._break()
            return
        if self._stack[-1].tag in _HEADINGS:
            self._pop()
        level = _HEADINGS.get(tag) or self._stack[-1].level + (tag in _LISTS or tag == "blockquote")
        if tag in ("li", "dt", "dd"):
            level = max(level, 1)
        self._stack.append(_Open(tag, _STACKED[tag], level))
        self._count[tag] += 1
        self._renew()

    def _end_block(self, tag: str) -> None:
        self._in_annotation, self._reading = False, None
        if self._count[tag]:
            self._close_until(tag)
            self._pop()
            self._renew()
        elif tag not in _CELLS and tag not in _STACKED:
            self._break()

    def _close_until(self, tag: str) -> None:
        if self._stack[-1].tag != tag:
            while self._stack[-1].tag != tag:
                self._pop()
            self._renew()

    def _pop(self) -> None:
        tag = self._stack.pop().tag
        self._count[tag] -= 1
        if tag == "li":
            self._end_item()
        elif tag in _LISTS:
            self._end_item()
            self._lists.pop()

    def _renew(self) -> None:
        top = self._stack[-1]
        self.builder.block(top.kind, top.level)

    def _break(self) -> None:
        if self._stack[-1].tag == "tr" and self.builder.cell_length < _LONG_CELL:
            self.builder.blank()
        else:
            self._renew()


def _list(tag: str, attributes: Attributes) -> _List:
    said = dict(attributes)
    # How far a list counts down is known only at its end.
    if tag != "ol" or ("reversed" in said and "start" not in said):
        return _List()
    style = said.get("type") or ""
    first, step = _whole(said.get("start"), 1), -1 if "reversed" in said else 1
    return _List(style if style in numbering.HTML else "1", first, step=step)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and _WHOLE.fullmatch(text) else otherwise


def _is_apart(tag: str, attributes: Attributes) -> bool:
    """Whether the element is certainly not part of the text: navigation, the mark of a footnote or anchor."""
    for name, value in attributes:
        names: frozenset[str] = frozenset()
        if name == "role" and tag in _CONTAINERS | _OF_MARKS.keys():
            names = _ROLES
        elif name == "class":
            names = _NAVIGATION if tag in _CONTAINERS else _OF_MARKS.get(tag, names)
        if names and not names.isdisjoint((value or "").split()):
            return True
    return False


class _Parser(HTMLParser):
    def __init__(self, walker: TagWalker, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self._walker = walker
        self._offset = first_line - 1
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title" and not self._walker.title and not self._walker.is_skipping
        self._walker.start(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        self._walker.end(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._walker.title += data
        else:
            self._walker.text(data, self.lineno + self._offset)


def feed(walker: TagWalker, source: str, first_line: int = 1) -> None:
    """Walk through a piece of HTML that begins on that line."""
    feed_bounded(_Parser(walker, first_line), source)


def feed_bounded(parser: HTMLParser, source: str) -> None:
    """Give ``source`` to ``parser`` so that the time grows with its length, whatever is in it."""
    parser.feed(_bounded(source))
    parser.close()


def _bounded(source: str) -> str:
    """``source`` without comments and tags that never end: for each the parser would read on to the end."""
    if "<!--" in source:
        head, mark, tail = source.rpartition("-->")
        source = head + mark + tail.replace("<!--", "")
    head, mark, tail = source.rpartition(">")
    return head + mark + tail.replace("<", "&lt;")


_DECLARATION = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)


def declared_encoding(data: bytes) -> str:
    """The encoding that the document says it is written in; empty when it says nothing."""
    match = _DECLARATION.search(data[:4096])
    return match[1].decode("ascii") if match else ""


def xml_encoding(data: bytes) -> str:
    """The same for what begins as XML; a text may well speak of encodings."""
    return declared_encoding(data) if data.lstrip()[:5] == b"<?xml" else ""


def read_html(text: str) -> DocumentText:
    """The readable text of an HTML document.  Never raises, whatever is in it."""
    walker = TagWalker(TextBuilder(text.count("\n") + 1))
    feed(walker, text)
    return walker.builder.finish(walker.title)
