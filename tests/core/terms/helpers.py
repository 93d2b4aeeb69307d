"""Documents for the tests of this package."""

from __future__ import annotations

from genglossary_gui.core.text import Block, BlockKind, DocumentText, Span, SpanKind

Piece = str | tuple[BlockKind, str]


def document(*pieces: Piece, spans: tuple[tuple[SpanKind, str], ...] = ()) -> DocumentText:
    """One block for each piece, a paragraph unless it says otherwise; a span marks the first such words."""
    blocks: list[Block] = []
    lines: list[tuple[int, int]] = []
    texts: list[str] = []
    start = 0
    for number, piece in enumerate(pieces, 1):
        kind, words = (BlockKind.PARAGRAPH, piece) if isinstance(piece, str) else piece
        blocks.append(Block(kind, start, start + len(words)))
        lines.append((start, number))
        texts.append(words)
        start += len(words) + 1
    text = "\n".join(texts)
    marks = tuple(Span(kind, text.index(words), text.index(words) + len(words)) for kind, words in spans)
    return DocumentText(text, tuple(blocks), marks, tuple(lines))
