"""What every reader promises, and short ways to look at what it gave."""

from __future__ import annotations

import os
import tempfile
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from genglossary_gui.core.text import DocumentText, SpanKind


def blocks(document: DocumentText) -> list[tuple[str, int, str]]:
    """``(kind, level, text)`` of every block."""
    return [(str(block.kind), block.level, document.text[block.start : block.end]) for block in document.blocks]


def texts(document: DocumentText) -> list[str]:
    return [text for _kind, _level, text in blocks(document)]


def spans(document: DocumentText, kind: SpanKind) -> list[str]:
    return [document.text[span.start : span.end] for span in document.spans if span.kind is kind]


def numbers(document: DocumentText) -> list[tuple[str, str]]:
    """``(number, text)`` of the blocks before which one stands, and of those that go on with a list item."""
    ends = {block.start: block.end for block in document.blocks}
    return [(words, document.text[start : ends[start]]) for start, words in document.numbers]


def lines(document: DocumentText) -> list[int]:
    """The source line on which each block begins."""
    return [document.line_at(block.start) for block in document.blocks]


def check(document: DocumentText, source: str) -> None:
    """Assert what ``DocumentText`` promises of a document that was read from ``source``."""
    assert document.text == "\n".join(texts(document))
    assert all(text.strip() and "\n" not in text for text in texts(document))
    assert document.blocks == () or document.blocks[0].start == 0
    assert all(after.start == before.end + 1 for before, after in pairwise(document.blocks))
    for span in (*document.spans, *document.readings):
        assert span.start < span.end
        block = document.blocks[bisect_right(document.blocks, span.start, key=lambda block: block.start) - 1]
        assert block.start <= span.start
        assert span.end <= block.end
    assert all(before.end <= after.start for before, after in pairwise(document.readings))
    assert {number.start for number in document.numbers} <= {block.start for block in document.blocks}
    assert all(before.start < after.start for before, after in pairwise(document.numbers))
    assert all(words == " ".join(words.split()) for _start, words in document.numbers)
    assert document.lines[0][0] == 0
    assert all(before < after for before, after in pairwise(offset for offset, _line in document.lines))
    assert all(before < after for before, after in pairwise(line for _offset, line in document.lines))
    last_line = source.count("\n") + 1
    assert all(1 <= line <= last_line for _offset, line in document.lines)
    assert all(offset < max(1, len(document.text)) for offset, _line in document.lines)


@contextmanager
def forbidden_folder() -> Iterator[Path]:
    """A folder that this process can neither list nor enter, inside of one that it can."""
    with tempfile.TemporaryDirectory() as name:
        outer = Path(name)
        outer.chmod(0o755)
        folder = outer / "closed"
        folder.mkdir(0o700)
        (folder / "a.txt").write_text("text", encoding="utf-8")
        folder.chmod(0)
        is_root = os.geteuid() == 0
        if is_root:  # nothing is forbidden to root
            os.seteuid(65534)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)
            folder.chmod(0o700)
