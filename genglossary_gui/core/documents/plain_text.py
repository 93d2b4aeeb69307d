"""Plain text to blocks: where a paragraph ends although nothing in the format says so.

Blank lines separate paragraphs.  Inside of one, a line continues the one before when an editor must have
broken it there: the next word would not have fitted, or the sentence plainly goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.text import BlockKind, DocumentText

_FULL_WIDTH = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6]"
)
_RULE = re.compile(r"([^\w\s])(?:\s?\1){2,}|[-=~_*+|\s─━═┼├┤]{3,}")
MARKER = re.compile(
    r"(?:[-*+•‣◦○●▪■]\s+|・\s*|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s+|（?\d{1,3}[）．]\s*|[①-⑳]\s*)(?=\S)"
)
_NUMBERED = re.compile(
    r"\d{1,3}((?:\.\d{1,3})+)\.?\s+\S"
    r"|第\s?[\d０-９一二三四五六七八九十]{1,4}\s?[章節部編条]"
    r"|(?:Chapter|Part|Appendix|Section)\s+[\dIVXA-Z]+\b"
)
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_SIGNED = re.compile(r"[■◆□◇▼▲【]")
_QUOTED = re.compile(r"(?:>\s?)+")
_UNDERLINES = {"=": 1, "#": 1, "*": 1, "-": 2}
_ENDS = "。．｡.!?！？…:：;"
_SENTENCE_END = re.compile(r"[。．｡！？]|[.!?]\s")
_GOES_ON = re.compile(r"(?:[,、，(（「『&]|[\u3040-\u30ff\u4e00-\u9fff][はがをにでとのもやへ])\Z")

_NARROWEST, _WIDEST = 40, 160
"""Columns at which people and editors wrap; beyond them a line is a paragraph of its own."""
_TITLE = 60
_UNFINISHED = 60
"""Columns from which a line that ends no sentence is not a title or an item but goes on."""


@dataclass(slots=True)
class _Line:
    number: int
    indent: int
    text: str
    quoted: bool = False
    begins: bool = False
    """Indented by one ideographic space: so Japanese paragraphs begin."""

    @property
    def width(self) -> int:
        return self.indent + _columns(self.text)


@dataclass(slots=True)
class _Open:
    """The block being written: where its first line stood, and its last line so far."""

    kind: BlockKind
    indent: int
    last: _Line
    is_first: bool = True


def read_plain(text: str) -> DocumentText:
    """Paragraphs, headings, lists and tab-separated rows of a plain text.  Never raises."""
    groups = list(_groups(text))
    width = _wrap_width(groups)
    builder = TextBuilder(text.count("\n") + 1)
    for group in groups:
        _Group(builder, group, width).write()
    return builder.finish()


def read_records(text: str) -> DocumentText:
    """A paragraph for each line: logs."""
    return _each_line(text, BlockKind.PARAGRAPH)


def read_code(text: str) -> DocumentText:
    """A block of code for each line: program text and data."""
    return _each_line(text, BlockKind.CODE)


def _each_line(text: str, kind: BlockKind) -> DocumentText:
    builder = TextBuilder(text.count("\n") + 1)
    builder.block(kind)
    builder.write_raw(text, 1)
    return builder.finish()


def _groups(text: str) -> Iterator[list[_Line]]:
    """The lines between blank lines."""
    group: list[_Line] = []
    for number, source in enumerate(text.split("\n"), 1):
        stripped = source.strip()
        if not stripped:
            if group:
                yield group
                group = []
            continue
        expanded = source.expandtabs().replace("\u3000", "  ")
        begins = source.startswith("\u3000") and not source[1:].startswith(("\u3000", " "))
        line = _Line(number, len(expanded) - len(expanded.lstrip()), stripped, begins=begins)
        quote = _QUOTED.match(stripped)
        if quote and quote.end() < len(stripped):
            line.quoted, line.text = True, stripped[quote.end() :].strip()
        group.append(line)
    if group:
        yield group


def _wrap_width(groups: list[list[_Line]]) -> int:
    """The column at which this text is wrapped.

    0 when it is not: its lines are not about equally long, or most of them end a sentence.
    """
    inner = [line for group in groups for line in group[:-1] if not _RULE.fullmatch(line.text)]
    widths = sorted(line.width for line in inner)
    widest = widths[len(widths) * 9 // 10] if widths else 0
    if not _NARROWEST <= widest <= _WIDEST:
        return 0
    full = [line for line in inner if line.width >= widest * 0.8]
    unfinished = sum(line.text[-1] not in _ENDS for line in full)
    return widest if len(full) * 2 >= len(inner) and unfinished * 2 >= len(full) else 0


class _Group:
    """Writes the lines between two blank lines."""

    def __init__(self, builder: TextBuilder, lines: list[_Line], wrap_width: int) -> None:
        self._builder = builder
        self._lines = lines
        self._wrap_width = wrap_width
        self._open: _Open | None = None

    def write(self) -> None:
        lines = self._lines
        for index, line in enumerate(lines):
            following = lines[index + 1] if index + 1 < len(lines) else None
            if _RULE.fullmatch(line.text):
                self._open = None
            elif level := self._heading_level(line, index, following):
                title = _HASHES.sub("", line.text, count=1).rstrip("#").strip()
                self._begin(BlockKind.HEADING, line, title or line.text, level)
                self._open = None
            elif "\t" in line.text:
                self._row(line)
            elif marker := MARKER.match(line.text):
                self._begin(BlockKind.LIST_ITEM, line, line.text[marker.end() :], 1 + line.indent // 4)
            elif self._open and self._continues(self._open, line):
                self._builder.write("\n" + line.text, line.number - 1)
                self._open.last, self._open.is_first = line, False
            elif self._is_term(line, following):
                self._begin(BlockKind.TERM, line, line.text.rstrip(":：") or line.text, 1)
            else:
                kind = self._kind(line)
                self._begin(kind, line, line.text, level=int(kind is not BlockKind.PARAGRAPH))

    def _begin(self, kind: BlockKind, line: _Line, text: str, level: int = 0) -> None:
        self._builder.block(kind, level)
        self._builder.write(text, line.number)
        self._open = _Open(kind, line.indent, line)

    def _row(self, line: _Line) -> None:
        self._builder.block(BlockKind.TABLE_ROW)
        for cell in line.text.split("\t"):
            self._builder.cell()
            self._builder.write(cell, line.number)
        self._open = None

    def _kind(self, line: _Line) -> BlockKind:
        if line.quoted:
            return BlockKind.QUOTE
        before = self._open
        described = before and before.kind in (BlockKind.TERM, BlockKind.DESCRIPTION)
        if before and described and line.indent > before.indent - 2 * (before.kind is BlockKind.DESCRIPTION):
            return BlockKind.DESCRIPTION
        return BlockKind.PARAGRAPH

    def _heading_level(self, line: _Line, index: int, following: _Line | None) -> int:
        """1–6, or 0 when the line is no heading."""
        text = line.text
        if line.quoted or len(text) > 2 * _TITLE:
            return 0
        if following and _underlines(line, following):
            return _UNDERLINES.get(following.text[0], 3)
        if index:
            return 0
        if hashes := _HASHES.match(text):
            return len(hashes[1])
        stands_out = following is None or following.indent > line.indent
        if not stands_out or len(text) > _TITLE or text[-1] in _ENDS:
            return 0
        if numbered := _NUMBERED.match(text):
            return min(6, 1 + (numbered[1] or "").count("."))
        if text.isascii() and text.isupper() and text[0].isupper():
            return int(sum(map(str.isalpha, text)) > 2)
        return int(following is None and _SIGNED.match(text) is not None)

    def _continues(self, block: _Open, line: _Line) -> bool:
        last = block.last
        if line.begins or line.quoted != last.quoted or block.kind is BlockKind.TERM:
            return False
        if block.kind is BlockKind.LIST_ITEM and line.indent > block.indent:
            return True
        if line.indent > last.indent or (line.indent < last.indent and not block.is_first):
            return False
        return self._is_wrapped(last, line)

    def _is_wrapped(self, last: _Line, line: _Line) -> bool:
        width = last.width
        if width > _WIDEST:
            return False
        if self._wrap_width and width + 1 + _first_word(line.text) > self._wrap_width * 0.9:
            return True
        if last.text[-1] in _ENDS:
            return False
        is_prose = width >= _UNFINISHED or _SENTENCE_END.search(last.text) is not None
        return is_prose or line.text[0].islower() or _GOES_ON.search(last.text) is not None

    def _is_term(self, line: _Line, following: _Line | None) -> bool:
        return (
            following is not None
            and not line.quoted
            and following.indent >= line.indent + 2
            and len(line.text) <= _TITLE
            and (line.text[-1] not in _ENDS or line.text[-1] in ":：")
            and not MARKER.match(following.text)
        )


def _underlines(title: _Line, rule: _Line) -> bool:
    mark = rule.text[0]
    return (
        not mark.isalnum()
        and mark.isascii()
        and rule.text.strip(mark) == ""
        and len(rule.text) >= max(3, _columns(title.text) // 2)
        and not _RULE.fullmatch(title.text)
    )


def _columns(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_FULL_WIDTH.findall(text))


def _first_word(text: str) -> int:
    """Columns of what would have had to fit at the end of the line before."""
    if _FULL_WIDTH.match(text):
        return 4  # a character and the mark that must not begin a line
    return _columns(text.split(maxsplit=1)[0])
