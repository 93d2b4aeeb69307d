"""Links in Markdown: into paragraphs, lists, quotes and tables, never into headings, code, links or HTML."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
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
_MARK_BEFORE = re.compile(r"(?:\*{1,3}|~~)$")
_NOT_IN_LINK = re.compile(r"[\[\]`<>\\|]")


def linked_markdown(text: str, names: Names) -> tuple[str, list[Place]]:
    """``text`` with links, and where they were put in.  Line ends are ``"\n"``.

    A link with which anything else would read differently is left out.
    """
    visible, blocks = _visible(text)
    found = [place for place in names.places(visible) if not _NOT_IN_LINK.search(text[place.start : place.end])]
    places = [place for first, last in blocks for place in _safe(text, first, last, found)]
    linked = _with_links(text, places)
    if places and _read(linked) != _read(text):
        return text, []
    return linked, places


def _safe(text: str, first: int, last: int, found: list[Place]) -> list[Place]:
    """The places in the block ``text[first:last]`` that leave it as it reads; emphasis around words goes along."""
    inside = [
        _with_emphasis(text, place)
        for place in found[bisect_left(found, first, key=_start) : bisect_left(found, last, key=_start)]
    ]
    block = text[first:last]
    moved = {replace(place, start=place.start - first, end=place.end - first): place for place in inside}
    before = _read(block)
    if not moved or _read(_with_links(block, list(moved))) == before:
        return inside
    kept: list[Place] = []
    for place in moved:
        if _read(_with_links(block, [*kept, place])) == before:
            kept.append(place)
    return [moved[place] for place in kept]


def _start(place: Place) -> int:
    return place.start


def _with_emphasis(text: str, place: Place) -> Place:
    """The place with the marks of emphasis around it: beside a bracket they would not count before a letter."""
    before = _MARK_BEFORE.search(text[max(0, place.start - 3) : place.start])
    if before is None or not text.startswith(before[0], place.end):
        return place
    length = len(before[0])
    after = text[place.end + length : place.end + length + 1]
    if after == before[0][0]:
        return place
    return replace(place, start=place.start - length, end=place.end + length)


def _with_links(text: str, places: list[Place]) -> str:
    return insert(text, places, {place: ("[", f"]({place.target.address})") for place in places})


def _visible(text: str) -> tuple[Visible, list[tuple[int, int]]]:
    """Where links may stand in the text, and the blocks in which they do."""
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    lines = _line_starts(text, start)
    shown = [HIDDEN] * len(text)
    sections: list[int] = []
    blocks: list[tuple[int, int]] = []
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
        elif not blocks or blocks[-1] != (first, last):
            blocks.append((first, last))
            shown[first:last] = _shown(text[first:last])
    return Visible("".join(shown), tuple(sections)), blocks


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
