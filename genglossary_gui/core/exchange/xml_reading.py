"""XML of other programs, read as a stream: no document type can make it grow, and nothing is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from genglossary_gui.core.exchange.imported import ImportProblem
from genglossary_gui.core.i18n import _

_MOST_DEPTH = 100
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_TRANSCODED = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "cp932": "cp932", "euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp", "gb18030": "gb18030", "gbk": "gb18030",
    "gb2312": "gb18030", "big5": "big5hkscs", "euc-kr": "cp949",
}  # fmt: skip
"""Encodings of several bytes that the parser does not know."""


@dataclass(slots=True)
class Node:
    """An element with what is inside: texts and elements, in order.  Names come without their namespace."""

    name: str
    attributes: dict[str, str]
    line: int
    content: list[Node | str] = field(default_factory=list)

    @property
    def children(self) -> Iterator[Node]:
        return (part for part in self.content if isinstance(part, Node))

    @property
    def text(self) -> str:
        """All text inside."""
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    def every(self, *, but: tuple[str, ...] = ()) -> Iterator[Node]:
        """All elements inside, outer ones first, except those called ``but`` and what they hold."""
        for child in self.children:
            if child.name not in but:
                yield child
                yield from child.every(but=but)


def walk(data: bytes, wanted: tuple[str, ...], found: Callable[[Node], None]) -> None:
    """``found(node)`` for each outermost element of a wanted name, as soon as it is read; it is not kept.

    Raises ``ImportProblem`` for what is no XML, is cut off, nests without end or defines entities.
    """
    data, encoding = _known_encoding(data)
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.buffer_text = True
    stack: list[Node] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise _unsafe()
        name = name.rpartition(" ")[2]
        if stack or name in wanted:
            plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            node = Node(name, plain, parser.CurrentLineNumber)
            if stack:
                stack[-1].content.append(node)
            stack.append(node)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1
        if stack:
            node = stack.pop()
            if not stack:
                found(node)

    def text(characters: str) -> None:
        if stack:
            stack[-1].content.append(characters)

    def refuse(*_declaration: object) -> None:
        raise _unsafe()

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.EntityDeclHandler = parser.SkippedEntityHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        words = _("The file is not whole, or no XML (line {line}).").format(line=error.lineno)
        raise ImportProblem(words) from error
    except (LookupError, ValueError) as error:
        raise ImportProblem(_("The file is in an encoding that is not known.")) from error


def _known_encoding(data: bytes) -> tuple[bytes, str | None]:
    declared = _DECLARED.match(data[:1024])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    if name not in _TRANSCODED:
        return data, None
    try:
        return data.decode(_TRANSCODED[name]).encode(), "utf-8"
    except UnicodeDecodeError as error:
        raise ImportProblem(_("The file is not in the encoding that it names.")) from error


def _unsafe() -> ImportProblem:
    return ImportProblem(_("The file is made to grow without end and was not opened."))
