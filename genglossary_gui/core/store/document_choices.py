"""What a person decides about documents and folders.  Each act is one transaction; ``reversible`` takes it back."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.reversible import Change, Tracked, change_each

_UNWANTED = "unwanted"
"""The reason of a document that was left out; see ``core.documents.reasons``."""


def set_wanted(connection: sqlite3.Connection, document_ids: Sequence[int], *, wanted: bool) -> list[Change]:
    """Leave documents out, or take them in again; the next run heeds it, what they support is marked as stale now."""
    return change_each(connection, document_ids, partial(_want, wanted=wanted))


def choose_encoding(connection: sqlite3.Connection, document_ids: Sequence[int], encoding: str) -> list[Change]:
    """Read documents in another encoding from the next run on; empty: detect it again."""
    return change_each(connection, document_ids, partial(_choose_encoding, encoding=encoding))


def set_sources(connection: sqlite3.Connection, paths: Sequence[Path]) -> list[Change]:
    """The folders and files of the project; documents of those that were taken off count as gone."""
    with transaction(connection):
        tracked = Tracked(connection)
        known = {path: source_id for source_id, path in connection.execute("SELECT id, path FROM sources")}
        wanted = [str(path.absolute()) for path in paths]
        for path in wanted:
            if path in known:
                tracked.update("sources", (known[path],), removed=0)
            else:
                source_id = connection.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM sources").fetchone()[0]
                tracked.insert("sources", (source_id,), path=path, removed=0)
        for path, source_id in known.items():
            if path not in wanted:
                tracked.update("sources", (source_id,), removed=1)
                rows = connection.execute(
                    "SELECT id FROM documents WHERE source_id = ? AND state <> 'deleted'", (source_id,)
                ).fetchall()
                for row in rows:
                    tracked.update("documents", row, state="deleted")
        return [change] if (change := tracked.change()) else []


def set_exclusions(connection: sqlite3.Connection, patterns: Sequence[str] | None) -> list[Change]:
    """What is not read, as patterns of names; None: the usual ones.  The next scan heeds it."""
    key = ("exclusions",)
    with transaction(connection):
        tracked = Tracked(connection)
        there = connection.execute("SELECT 1 FROM project WHERE key = ?", key).fetchone()
        if patterns is None:
            tracked.delete("project", key)
        elif there is None:
            tracked.insert("project", key, value="\n".join(patterns))
        else:
            tracked.update("project", key, value="\n".join(patterns))
        return [change] if (change := tracked.change()) else []


def _want(tracked: Tracked, document_id: int, wanted: bool) -> None:
    row = tracked.connection.execute("SELECT wanted, content_id FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None or bool(row[0]) == wanted:
        return
    if not wanted:
        tracked.update("documents", (document_id,), wanted=0, state="skipped", reason=_UNWANTED)
    else:
        state = "ready" if row[1] is not None else "new"
        tracked.update("documents", (document_id,), wanted=1, state=state, reason="")


def _choose_encoding(tracked: Tracked, document_id: int, encoding: str) -> None:
    row = tracked.connection.execute("SELECT encoding, state FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        return
    tracked.update("documents", (document_id,), chosen_encoding=encoding)
    if row[1] == "ready" and encoding != row[0]:
        tracked.update("documents", (document_id,), state="changed")
