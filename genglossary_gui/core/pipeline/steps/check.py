"""What has happened to the documents since they were read, without reading them."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from genglossary_gui.core.documents.scanning import Changes, Found, diff
from genglossary_gui.core.pipeline.steps.scan import list_documents, walk_sources
from genglossary_gui.core.store import documents
from genglossary_gui.core.store.connection import transaction

_CHUNK = 1 << 20


def check_documents(connection: sqlite3.Connection, max_document_mb: int) -> Changes:
    """Compare the folders with what was read from them, by content, and mark what is new, changed or gone.

    The next run reads just that.  Raises ``UsageError`` when a folder is gone.  For any thread but the window's.
    """
    list_documents(connection, max_document_mb)
    hashes = documents.content_hashes(connection)
    rows = {f"{row.source_id}/{row.path}": row for row in documents.all_documents(connection)}
    known = {
        key: hashes[row.content_id]
        for key, row in rows.items()
        if row.wanted and row.state in ("ready", "changed") and row.content_id in hashes
    }
    there = {
        f"{source_id}/{item.name}": item
        for source_id, item in walk_sources(connection, max_document_mb)
        if isinstance(item, Found)
    }
    now = {key: _hash(item.path) for key, item in there.items() if key in known}
    new = {key: "" for key in there if key in rows and rows[key].state in ("new", "deleted") and rows[key].wanted}
    changes = diff(known, {**now, **new})
    with transaction(connection):
        for state, keys in (("changed", changes.changed), ("ready", changes.unchanged), ("new", changes.added)):
            ids = [rows[key].id for key in keys if rows[key].state != state]
            connection.executemany("UPDATE documents SET state = ? WHERE id = ?", [(state, row_id) for row_id in ids])
        documents.mark_deleted(connection, [rows[key].id for key in changes.deleted])
    return changes


def _hash(path: Path) -> str:
    """Of the content; empty when it cannot be read, which the next run will say."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()
