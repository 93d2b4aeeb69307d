"""Long documents in pieces: one takes no longer than as much text in many documents, on as many processes."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import msgpack

from genglossary_gui.core.engines.sums import add_up
from genglossary_gui.core.terms.analysis import Analysis, FoundDefinition, FoundPassage, spread, unpack
from genglossary_gui.core.terms.passages import PASSAGES
from genglossary_gui.core.text import Block, BlockKind, DocumentText, Lines, Span, SpanKind, new_block, new_span

PIECE = 100_000
"""Characters from which a piece ends at the next good place."""
_LONGEST = 4 * PIECE
_MIDDLE = (BlockKind.TABLE_ROW, BlockKind.DESCRIPTION, BlockKind.TERM)
"""What belongs to the block before it."""


_BLOCKS = {kind.value: kind for kind in BlockKind}
_SPANS = {kind.value: kind for kind in SpanKind}

FlatText = tuple[str, list[tuple[str, int, int, int]], list[tuple[str, int, int]], Sequence[tuple[int, int]], str]


def pieces(text: DocumentText) -> Iterator[tuple[int, DocumentText]]:
    """``text`` in pieces whose offsets begin at 0, each with its place in ``text``.

    The cuts depend on nothing but the text.  A piece ends before a heading, or where there is none for long between
    two blocks that have nothing to do with each other: each definition stays with its name.  A block is never cut.
    """
    borders = cuts(text)
    if not borders:
        yield 0, text
        return
    for first, last in pairwise((0, *borders, len(text.blocks))):
        yield text.blocks[first].start, _piece(text, first, last)


def cuts(text: DocumentText) -> list[int]:
    """The blocks with which pieces begin, but the first."""
    blocks, first = text.blocks, 0
    found: list[int] = []
    for index, block in enumerate(blocks):
        length = block.end - blocks[first].start
        if index > first and length > PIECE and (length > _LONGEST or _is_border(blocks, index, length)):
            found.append(index)
            first = index
    return found


def _is_border(blocks: Sequence[Block], index: int, length: int) -> bool:
    if blocks[index].kind is BlockKind.HEADING:
        return blocks[index - 1].kind is not BlockKind.HEADING
    apart = blocks[index].kind not in _MIDDLE and blocks[index - 1].kind is not BlockKind.HEADING
    return length > 2 * PIECE and apart


def _piece(text: DocumentText, first: int, last: int) -> DocumentText:
    blocks = text.blocks[first:last]
    start, end = blocks[0].start, blocks[-1].end
    spans = text.spans[_index(text.spans, start) : _index(text.spans, end)]
    lines = text.lines if isinstance(text.lines, Lines) else Lines(text.lines)
    return DocumentText(
        text=text.text[start:end],
        blocks=tuple(Block(block.kind, block.start - start, block.end - start, block.level) for block in blocks),
        spans=tuple(Span(span.kind, span.start - start, span.end - start) for span in spans),
        lines=lines.between(start, end),
        title=text.title,
    )


def _index(spans: Sequence[Span], offset: int) -> int:
    return bisect_left(spans, offset, key=lambda span: span.start)


def flat(text: DocumentText) -> FlatText:
    """``text`` for the way to another process: a fifth of the time that its objects take."""
    return (
        text.text,
        [(block.kind.value, block.start, block.end, block.level) for block in text.blocks],
        [(span.kind.value, span.start, span.end) for span in text.spans],
        text.lines,
        text.title,
    )


def unflat(value: FlatText) -> DocumentText:
    """What ``flat`` was given."""
    text, blocks, spans, lines, title = value
    return DocumentText(
        text=text,
        blocks=tuple([new_block(Block, (_BLOCKS[kind], start, end, level)) for kind, start, end, level in blocks]),
        spans=tuple([new_span(Span, (_SPANS[kind], start, end)) for kind, start, end in spans]),
        lines=lines,
        title=title,
    )


def moved(analysis: Analysis, by: int) -> Analysis:
    """The analysis of a piece that begins at ``by`` of its document, with the offsets of the document."""
    if not by:
        return analysis
    definitions = [d._replace(passage=_moved(d.passage, by)) for d in analysis.definitions]
    return replace(analysis, passages=[_moved(p, by) for p in analysis.passages], definitions=definitions)


def _moved(passage: FoundPassage, by: int) -> FoundPassage:
    return FoundPassage(passage.start + by, passage.end + by, passage.line, passage.text)


def pack_pieces(payloads: Sequence[bytes]) -> bytes:
    """One payload for a document, of those of its pieces in order."""
    return payloads[0] if len(payloads) == 1 else msgpack.Packer().pack(list(payloads))


def pieces_of(payload: bytes) -> list[bytes]:
    """The payloads of the pieces, in order."""
    return [payload] if payload[:1] == b"\x78" else msgpack.unpackb(payload)  # zlib: there is one piece


def unpack_whole(payload: bytes, wanted: Container[str] | None = None) -> Analysis:
    """The analysis of a document, in one piece; ``wanted`` as for ``unpack``."""
    first, *others = pieces_of(payload)
    return _joined(unpack(part, wanted) for part in (first, *others)) if others else unpack(first, wanted)


def _joined(parts: Iterable[Analysis]) -> Analysis:
    """Of a document of many pieces hardly more than two are in memory at a time."""
    digests: list[str] = []
    passages: list[FoundPassage] = []
    definitions: list[FoundDefinition] = []
    shown: dict[str, list[int]] = {}

    def noted() -> Iterator[Analysis]:
        for part in parts:
            digests.append(part.digest)
            definitions.extend(part.definitions)
            for key, seen in part.candidates.items():
                shown.setdefault(key, []).extend([number + len(passages) for number in seen.passages])
            passages.extend(part.passages)
            yield part

    whole = add_up(noted())
    numbers: dict[int, int] = {}
    for key, all_numbers in shown.items():
        chosen = spread(all_numbers, PASSAGES)
        whole.candidates[key].passages = [numbers.setdefault(number, len(numbers)) for number in chosen]
    digest = hashlib.blake2b("".join(digests).encode(), digest_size=12).hexdigest()
    return replace(whole, digest=digest, passages=[passages[number] for number in numbers], definitions=definitions)
