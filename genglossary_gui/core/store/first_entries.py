"""The top of the glossary, for a window that has nothing else yet."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from genglossary_gui.core.store.conditions import IN_GLOSSARY


class FirstEntry(NamedTuple):
    term: str
    definition: str


def project_name(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM project WHERE key = 'name'").fetchone()
    return row[0] if row else ""


def first_entries(connection: sqlite3.Connection, count: int) -> list[FirstEntry]:
    """The first ``count`` entries by rank: what the glossary shows until a person sorts or filters it."""
    rows = connection.execute(
        f"SELECT term, definition FROM entries WHERE {IN_GLOSSARY} ORDER BY rank, id LIMIT ?", (count,)
    )
    return [FirstEntry(*row) for row in rows]
