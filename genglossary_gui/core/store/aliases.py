"""Other names that a person gives to a term."""

from __future__ import annotations

import sqlite3

from genglossary_gui.core.keys import term_key
from genglossary_gui.core.store import decisions
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.reversible import Change


def add_alias(connection: sqlite3.Connection, term_id: int, name: str) -> list[Change]:
    """Make a name a synonym of a term, kept over runs; a term that bears the name is taken in with all its spellings.

    Nothing for a name without a letter, and for one that the term has already.
    """
    name = " ".join(name.split())
    key = term_key(name)
    with transaction(connection):
        is_there = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM terms WHERE id = :id AND (key = :key OR term = :name))"
            " OR EXISTS (SELECT 1 FROM variants WHERE term_id = :id AND surface = :name)",
            {"id": term_id, "key": key, "name": name},
        ).fetchone()[0]
        if not key or is_there:
            return []
        added = decisions.add_terms(connection, [name])
        row = connection.execute("SELECT id FROM terms WHERE key = ?", (key,)).fetchone()
        merged = decisions.merge(connection, [term_id, row[0]]) if row else []
        # One act, so that it is taken back as a whole.
        return [tuple(row for change in (*added, *merged) for row in change)] if merged else []
