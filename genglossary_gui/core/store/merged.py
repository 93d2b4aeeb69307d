"""In how many documents a term is together with what a person merged into it or took out of it."""

from __future__ import annotations

import sqlite3


def documents_of(connection: sqlite3.Connection, term_id: int) -> tuple[int, int | None]:
    """``document_frequency`` and ``own_documents`` of a term with the members that it has now.

    Members may share documents, which only passages tell.  So the figure is exact where these show every document, as
    they do for all but frequent terms; it is never less than that of any of the terms alone, nor more than all of
    them together.
    """
    group = "id = :term OR merged_into = :term"
    count, most, together, own = connection.execute(
        "SELECT COUNT(*), MAX(n), SUM(n), MAX(CASE id WHEN :term THEN n END)"
        f" FROM (SELECT id, COALESCE(own_documents, document_frequency) AS n FROM terms WHERE {group})",
        {"term": term_id},
    ).fetchone()
    if count < 2:
        return own or 0, None
    shown = connection.execute(
        f"SELECT COUNT(DISTINCT document_id) FROM passages WHERE term_id IN (SELECT id FROM terms WHERE {group})",
        {"term": term_id},
    ).fetchone()[0]
    return min(max(most, shown), together), own


def documents_split_off(connection: sqlite3.Connection, term_id: int, frequency: int) -> int:
    """In how many documents a spelling is that was taken out of another term, by the passages that it got."""
    shown = connection.execute(
        "SELECT COUNT(DISTINCT document_id) FROM passages WHERE term_id = ?", (term_id,)
    ).fetchone()[0]
    return min(frequency, max(shown, 1))
