"""Documents, their texts, and what was learnt of them.

Texts are kept by content, so a rescan of an unchanged folder reads nothing again, and evidence stays
readable after its document changed.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from genglossary_gui.core import times
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.selection import Catalogue, Selection, rows_by_id
from genglossary_gui.core.text import Block, BlockKind, DocumentText, ItemNumber, Lines, Reading, Span, SpanKind
from genglossary_gui.core.text_language import OTHER, SAMPLE, document_language

_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
_SPAN_KINDS = {kind.value: kind for kind in SpanKind}
_PIECE = 1 << 16
"""Characters of JSON that are decoded at once: a millisecond."""
_COLUMNS = (
    "d.id, d.source_id, d.path, d.format, d.size, d.encoding, d.state, d.reason, d.content_id, d.scanned_at,"
    " COALESCE((SELECT title FROM contents c WHERE c.id = d.content_id), ''), d.wanted, d.chosen_encoding,"
    " d.language"
)

CATALOGUE = Catalogue(
    table="documents",
    default_order="path",
    sorts={
        "path": "path COLLATE NOCASE",
        "format": "format",
        "size": "size",
        "encoding": "encoding",
        "language": "language",
        "state": "state",
        "scanned": "scanned_at",
    },
    searched=("path", "reason"),
    filters={
        "present": "state <> 'deleted'",
        "problems": "state IN ('unreadable', 'skipped') AND wanted",
        "left_out": "NOT wanted",
        "changes": "state IN ('new', 'changed', 'deleted')",
    },
)


@dataclass(frozen=True)
class DocumentRow:
    """One document.  ``path`` is relative to its source; ``reason`` says why it cannot be read."""

    id: int
    source_id: int
    path: str
    format: str
    size: int
    encoding: str
    state: str
    reason: str
    content_id: int | None
    scanned_at: str
    title: str = ""
    wanted: bool = True
    """False: a person left it out."""
    chosen_encoding: str = ""
    """What a person chose; empty: detect it."""
    language: str = ""
    """As ``document_language`` has it."""


@dataclass(frozen=True, kw_only=True)
class ScannedDocument:
    """What a scan found out about one document; ``state`` is ``ready``, ``unreadable`` or ``skipped``."""

    source_id: int
    path: str
    format: str
    size: int
    state: str
    encoding: str = ""
    reason: str = ""
    content_id: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class PackedText:
    """A ``DocumentText`` ready for the database; ``layout`` is its structure, compressed."""

    title: str
    text: str
    layout: bytes
    language: str = ""
    """As ``document_language`` has it."""


def content_hashes(connection: sqlite3.Connection) -> dict[int, str]:
    """Content id → SHA-256 of the file it was read from, for the contents that documents use."""
    return dict(
        connection.execute("SELECT id, sha256 FROM contents WHERE id IN (SELECT content_id FROM documents)").fetchall()
    )


def pack_text(text: DocumentText) -> PackedText:
    """The text as it is stored; worker processes do this, so that the window's process need not."""
    layout = [
        [(block.kind, block.start, block.end, block.level) for block in text.blocks],
        [(span.kind, span.start, span.end) for span in text.spans],
        [*text.lines],
        # The last: only here are words, in which brackets may stand.
        text.readings,
        text.numbers,
    ]
    packed = zlib.compress(json.dumps(layout).encode(), level=1)
    return PackedText(text.title, text.text, packed, document_language(text.text))


def save_content(connection: sqlite3.Connection, sha256: str, format: str, encoding: str, text: PackedText) -> int:
    """Store a text unless it is there already; returns its id."""
    with transaction(connection):
        connection.execute(
            "INSERT INTO contents (sha256, format, encoding, title, text, layout, is_other)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (sha256, format, encoding, text.title, text.text, text.layout, text.language == OTHER),
        )
        return connection.execute(
            "SELECT id FROM contents WHERE sha256 = ? AND format = ? AND encoding = ?", (sha256, format, encoding)
        ).fetchone()[0]


def load_content(connection: sqlite3.Connection, content_id: int) -> DocumentText:
    """The stored text.  Raises ``KeyError`` for an unknown id."""
    row = connection.execute("SELECT title, text, layout FROM contents WHERE id = ?", (content_id,)).fetchone()
    if row is None:
        raise KeyError(content_id)
    return _decode(*row)


def language_of_content(connection: sqlite3.Connection, content_id: int) -> str:
    """As ``document_language`` has it, of a stored text; empty for an unknown id."""
    row = connection.execute("SELECT substr(text, 1, ?) FROM contents WHERE id = ?", (SAMPLE, content_id)).fetchone()
    return document_language(row[0]) if row else ""


def load_contents(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterable[tuple[int, DocumentText]]:
    """``(id, text)`` one after the other, each read when asked for."""
    for content_id in ids:
        yield content_id, load_content(connection, content_id)


def save_document(connection: sqlite3.Connection, found: ScannedDocument) -> int:
    """Insert or update the row of a document; returns its id."""
    return connection.execute(
        "INSERT INTO documents"
        " (source_id, path, format, size, encoding, state, reason, content_id, language, scanned_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (source_id, path) DO UPDATE SET format = excluded.format, size = excluded.size,"
        " encoding = excluded.encoding, state = excluded.state, reason = excluded.reason,"
        " content_id = excluded.content_id, language = excluded.language, scanned_at = excluded.scanned_at"
        " RETURNING id",
        (
            found.source_id,
            found.path,
            found.format,
            found.size,
            found.encoding,
            found.state,
            found.reason,
            found.content_id,
            found.language,
            times.utc_now(),
        ),
    ).fetchone()[0]


def mark_deleted(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Their files are gone; texts stay, because evidence may rest on them."""
    connection.executemany(
        "UPDATE documents SET state = 'deleted', scanned_at = ? WHERE id = ?", [(times.utc_now(), i) for i in ids]
    )


def all_documents(connection: sqlite3.Connection) -> Iterator[DocumentRow]:
    """By path, one after the other: there may be very many.  Write nothing before the last one was read."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM documents d ORDER BY d.path, d.id"):
        yield DocumentRow(*row)


def is_document(connection: sqlite3.Connection, source_id: int, path: str) -> bool:
    """Whether the folder holds a document of that name, as far as the last scan has seen."""
    row = connection.execute(
        "SELECT 1 FROM documents WHERE source_id = ? AND path = ? AND state != 'deleted'", (source_id, path)
    ).fetchone()
    return row is not None


def ready_contents(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """``(document id, content id)`` of every readable document, by path."""
    return connection.execute(
        "SELECT id, content_id FROM documents WHERE state = 'ready' AND content_id IS NOT NULL ORDER BY path, id"
    ).fetchall()


def count_other_languages(connection: sqlite3.Connection) -> int:
    """How many of the readable documents are in neither Japanese nor English."""
    return connection.execute(
        "SELECT COUNT(*) FROM documents d JOIN contents c ON c.id = d.content_id WHERE d.state = 'ready' AND c.is_other"
    ).fetchone()[0]


def document_ids(connection: sqlite3.Connection, selection: Selection) -> array[int]:
    return CATALOGUE.ids(connection, selection)


def document_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, DocumentRow]:
    sql = f"SELECT {_COLUMNS} FROM documents d WHERE d.id IN ({{ids}})"
    return rows_by_id(connection, sql, ids, lambda row: DocumentRow(*row))


def missing_analyses(connection: sqlite3.Connection, engine: str) -> list[int]:
    """Ids of the readable contents that ``engine`` has not analysed yet."""
    rows = connection.execute(
        "SELECT DISTINCT content_id FROM documents d WHERE state = 'ready' AND content_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM analyses a WHERE a.content_id = d.content_id AND a.engine = ?) ORDER BY content_id",
        (engine,),
    )
    return [row[0] for row in rows]


def save_analysis(connection: sqlite3.Connection, content_id: int, engine: str, payload: bytes) -> None:
    connection.execute("INSERT OR REPLACE INTO analyses VALUES (?, ?, ?)", (content_id, engine, payload))


@dataclass(frozen=True)
class StoredAnalyses:
    """``(content id, bytes)`` once for each readable document; read from the database each time it is gone through."""

    connection: sqlite3.Connection
    engine: str

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        return self.connection.execute(
            "SELECT a.content_id, a.payload FROM documents d"
            " JOIN analyses a ON a.content_id = d.content_id AND a.engine = ?"
            " WHERE d.state = 'ready' ORDER BY a.content_id",
            (self.engine,),
        )


def _decode(title: str, text: str, layout: bytes) -> DocumentText:
    blocks, spans, lines, readings, numbers = _parts(zlib.decompress(layout).decode())
    return DocumentText(
        text=text,
        blocks=tuple(Block(_BLOCK_KINDS[kind], start, end, level) for kind, start, end, level in blocks),
        spans=tuple(Span(_SPAN_KINDS[kind], start, end) for kind, start, end in spans),
        lines=Lines(lines),
        title=title,
        readings=tuple(Reading(*reading) for reading in readings),
        numbers=tuple(ItemNumber(*number) for number in numbers),
    )


def _parts(layout: str) -> Iterator[Iterator[list[Any]]]:
    """The rows of each list of ``pack_text``, which are never all there at once.

    While Python decodes JSON no other thread gets its turn: the window would stand still for all of a large document.
    """
    end = 1
    for _part in range(3):
        start = layout.index("[", end)
        end = layout.index("]]", start) + 2 if layout.startswith("[[", start) else start + len("[]")
        yield chain.from_iterable(map(json.loads, _pieces(layout, start + 1, end - 1)))
    # Texts that were stored before readings were kept have none, and so with the numbers of lists.
    readings, numbers, *_more = *json.loads(f"[{layout[end:-1].lstrip(', ')}]"), [], []
    yield iter(readings)
    yield iter(numbers)


def _pieces(layout: str, start: int, end: int) -> Iterator[str]:
    """Lists of some thousand rows, from those that stand in ``layout[start:end]``."""
    while start < end:
        cut = layout.find("],", min(start + _PIECE, end), end) + 1 or end
        yield f"[{layout[start:cut]}]"
        start = layout.find("[", cut, end) if cut < end else end
