"""Small documents for the tests of definitions: blocks with ``**bold**`` and one sentence per 。 or “. ”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from genglossary_gui.core.definitions.finder import Finding, find_definitions
from genglossary_gui.core.text import Block, BlockKind, DocumentText, Sentence, Span, SpanKind

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_END = re.compile(r"(?<=。)|(?<=[.!?])\s(?=[A-Z])")


def document(*parts: tuple[BlockKind, str]) -> tuple[DocumentText, list[Sentence]]:
    """A document of these blocks and its sentences (without tokens)."""
    texts: list[str] = []
    blocks: list[Block] = []
    spans: list[Span] = []
    sentences: list[Sentence] = []
    at = 0
    for index, (kind, marked) in enumerate(parts):
        removed = 0
        for match in _BOLD.finditer(marked):
            start = at + match.start() - removed
            spans.append(Span(SpanKind.BOLD, start, start + len(match[1])))
            removed += 4
        text = _BOLD.sub(r"\1", marked)
        blocks.append(Block(kind, at, at + len(text)))
        sentences += _sentences(text, at, index)
        texts.append(text)
        at += len(text) + 1
    return DocumentText("\n".join(texts), tuple(blocks), tuple(spans)), sentences


def paragraphs(*texts: str) -> tuple[DocumentText, list[Sentence]]:
    return document(*((BlockKind.PARAGRAPH, text) for text in texts))


def findings(*parts: tuple[BlockKind, str]) -> list[Finding]:
    return find_definitions(*document(*parts))


def heads(text: str) -> list[str]:
    """What one paragraph defines."""
    return [finding.head for finding in find_definitions(*paragraphs(text))]


def rules(text: str) -> dict[str, str]:
    """Head → rule for one paragraph."""
    return {finding.head: finding.rule for finding in find_definitions(*paragraphs(text))}


def _sentences(text: str, at: int, block: int) -> Sequence[Sentence]:
    found: list[Sentence] = []
    start = 0
    for end in [*(match.start() for match in _END.finditer(text)), len(text)]:
        piece = text[start:end]
        begin = at + start + len(piece) - len(piece.lstrip())
        if piece.strip():
            language = "ja" if re.search("[\u3040-\u9fff]", piece) else "en"
            found.append(Sentence(begin, begin + len(piece.strip()), block, language, ()))
        start = end
    return found
