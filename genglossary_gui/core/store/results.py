"""What completed runs left: the entries as they were published, kept to compare runs and to publish one again."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from itertools import islice

from genglossary_gui.core.glossary import Entry, Stage
from genglossary_gui.core.store import codec, drafts

KEPT = 10
"""So many of the newest completed runs keep their results."""
_PART = 500


def pack(entries: Iterable[drafts.EntryTexts]) -> list[bytes]:
    """The entries ready for ``save``; costs time, so do it before any lock is taken."""
    rows = iter(entries)
    parts: list[bytes] = []
    # A part even of nothing: a run that found no term has a result too.
    while (part := list(islice(rows, _PART))) or not parts:
        parts.append(zlib.compress(json.dumps(part, ensure_ascii=False).encode(), level=1))
    return parts


def save(connection: sqlite3.Connection, run_id: int, parts: Sequence[bytes]) -> None:
    """Keep the results of a run, and let go of those of the oldest; call it inside a transaction."""
    connection.executemany(
        "INSERT INTO results VALUES (?, ?, ?)", [(run_id, number, part) for number, part in enumerate(parts)]
    )
    connection.execute(
        "DELETE FROM results WHERE run_id NOT IN (SELECT DISTINCT run_id FROM results ORDER BY run_id DESC LIMIT ?)",
        (KEPT,),
    )


def load(connection: sqlite3.Connection, run_id: int) -> list[Entry] | None:
    """The entries by rank as the run left them; None when they are not kept (any more)."""
    parts = connection.execute("SELECT payload FROM results WHERE run_id = ? ORDER BY part", (run_id,)).fetchall()
    if not parts:
        return None
    return [
        Entry(codec.decode_term(term), codec.decode_definition(definition), Stage(stage))
        for (part,) in parts
        for stage, term, definition in json.loads(zlib.decompress(part))
    ]


def entries_of(connection: sqlite3.Connection, run_id: int) -> list[Entry] | None:
    """What a run made: its kept results, or those of its draft if it was not completed; None when there is neither."""
    kept = load(connection, run_id)
    if kept is not None:
        return kept
    row = connection.execute(
        "SELECT COALESCE(draft, id) FROM runs WHERE id = ? AND status <> 'completed'", (run_id,)
    ).fetchone()
    if row is None or not drafts.has_results(connection, row[0]):
        return None
    return drafts.whole_entries_of_draft(connection, row[0])


def is_kept(connection: sqlite3.Connection, run_id: int) -> bool:
    """Whether ``load`` would find something."""
    return connection.execute("SELECT EXISTS (SELECT 1 FROM results WHERE run_id = ?)", (run_id,)).fetchone()[0] == 1
