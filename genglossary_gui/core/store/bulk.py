"""Writes many rows at once and leaves unchanged ones alone: publishing must be quick, because other writers wait."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from genglossary_gui.core.glossary import Passage

PASSAGE = "document_id, content_id, start, end, line, text, kind, weight, rule"
"""The columns of ``passage_values``."""


def replace_rows(
    connection: sqlite3.Connection, table: str, owner: str, columns: str, rows: Mapping[int, list[tuple]], order: str
) -> None:
    """Make ``rows`` (by owner, in ``order``) those of the table for these owners; what is there already stays."""
    there: defaultdict[int, list[tuple]] = defaultdict(list)
    for row in connection.execute(f"SELECT {owner}, {columns} FROM {table} ORDER BY {owner}, {order}"):
        there[row[0]].append(row[1:])
    changed = [(owner_id, values) for owner_id, values in rows.items() if values != there.get(owner_id, [])]
    connection.executemany(
        f"DELETE FROM {table} WHERE {owner} = ?", [(owner_id,) for owner_id, _values in changed if owner_id in there]
    )
    marks = ", ".join("?" * (columns.count(",") + 2))
    connection.executemany(
        f"INSERT INTO {table} ({owner}, {columns}) VALUES ({marks})",
        [(owner_id, *row) for owner_id, values in changed for row in values],
    )


def next_id(connection: sqlite3.Connection, table: str) -> int:
    """The number that SQLite would give to the next row of a table with AUTOINCREMENT."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return row[0] + 1 if row else 1


def passage_values(passage: Passage) -> tuple:
    """A passage as values of the columns ``PASSAGE``."""
    return (
        passage.document_id,
        passage.content_id,
        passage.start,
        passage.end,
        passage.line,
        passage.text,
        passage.kind,
        passage.weight,
        passage.rule,
    )
