"""Links in Markdown: into paragraphs, lists, quotes and tables, never into headings, code, links or HTML."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it import MarkdownIt

from genglossary_gui.core.exchange.link_places import HIDDEN, INLINE, Names, Place, Visible, insert

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\n.*?\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_OPAQUE = re.compile(
    r"(`+)(?!`).*?(?<!`)\1(?!`)"  # code
    r"|\$\$.+?\$\$|\$(?=\S)[^$\n]*?(?<=\S)\$"  # formulas
    r"|<(a|code|kbd|samp|pre|script|style|button|svg|math|ruby)\b.*?(?:</\2\s*>|\Z)"  # HTML that says what it holds
    r"|<[^<>]*>"  # other tags, addresses
    r"|\b(?:https?|ftp|file|mailto):[^\s<>]+|\bwww\.[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.-]+"  # bare addresses
    r"|\\.",  # what is escaped
    re.DOTALL | re.IGNORECASE,
)
_MARKS = re.compile(r"\*+|~~|(?<![^\W_])_+|_+(?![^\W_])")
_NOT_IN_LINK = re.compile(r"[\[\]`<>\\|]")


def linked_markdown(text: str, names: Names) -> tuple[str, list[Place]]:
    """``text`` with links, and where they were put in.  Line ends are ``"\\n"``.

    A text that would read differently with the links stays as it is.
    """
    places = [
        place
        for place in names.places(visible_markdown(text))
        if not _NOT_IN_LINK.search(text[place.start : place.end])
    ]
    written = {place: ("[", f"]({place.target.address})") for place in places}
    linked = insert(text, places, written)
    if places and _read(linked) != _read(text):
        return text, []
    return linked, places


def visible_markdown(text: str) -> Visible:
    """Where links may stand in the text."""
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    lines = _line_starts(text, start)
    shown = [HIDDEN] * len(text)
    sections: list[int] = []
    tokens = _PARSER.parse(text[start:])
    row: list[int] | None = None
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            row = before.map
        # The cells of a table do not say where they stand, its rows do.
        where = token.map or (row if before.type == "td_open" else None)
        if token.type != "inline" or where is None:
            continue
        first, last = lines[where[0]], lines[min(where[1], len(lines) - 1)]
        if before.type == "heading_open":
            sections.append(first)
        else:
            shown[first:last] = _shown(text[first:last])
    return Visible("".join(shown), tuple(sections))


def _line_starts(text: str, start: int) -> list[int]:
    starts = [start]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    return [*starts, len(text)]


def _shown(block: str) -> str:
    """The block with what no link can stand in hidden."""
    shown = _OPAQUE.sub(lambda match: HIDDEN * len(match[0]), block)
    shown = _MARKS.sub(lambda match: INLINE * len(match[0]), shown)
    return _without_brackets(shown)


def _without_brackets(block: str) -> str:
    """Hide links, images, footnotes and whatever else stands in brackets, with the address that follows."""
    shown = list(block)
    opened: list[int] = []
    index = 0
    while index < len(block):
        if block[index] == "[":
            opened.append(index)
        elif block[index] == "]" and opened:
            start = opened.pop()
            end = _end_of_address(block, index + 1)
            shown[start:end] = HIDDEN * (end - start)
            index = end - 1
        index += 1
    return "".join(shown)


def _end_of_address(block: str, start: int) -> int:
    if block[start : start + 1] != "(":
        return start
    depth = 0
    for index in range(start, len(block)):
        depth += (block[index] == "(") - (block[index] == ")")
        if depth == 0:
            return index + 1
    return start


def _read(text: str) -> list[tuple[str, str]]:
    """What a reader sees, apart from links: kind and content of everything, text in one piece."""
    seen: list[tuple[str, str]] = []
    for token in _PARSER.parse(text):
        parts = token.children if token.type == "inline" else [token]
        for part in parts or ():
            if part.type in ("link_open", "link_close"):
                continue
            if seen and part.type == seen[-1][0] == "text":
                seen[-1] = ("text", seen[-1][1] + part.content)
            else:
                seen.append((part.type, part.content if part.type != "inline" else ""))
    return seen
