"""Anything in a project by a few letters of its name: terms, documents, runs."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

_MOST = 12
"""Of each kind."""


class Kind(StrEnum):
    ACTION = "action"
    TERM = "term"
    DOCUMENT = "document"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Place:
    """Something to go to.  ``detail`` tells more about it: a definition, a format, a status."""

    kind: Kind
    id: int
    name: str
    detail: str = ""


def find_places(connection: sqlite3.Connection, text: str, run_id: int = -1) -> list[Place]:
    """The terms, documents and runs whose name holds ``text``; those that begin with it first.

    A term is found by its other names too; its ``detail`` then begins with the one that was found.  The run
    ``run_id`` is among them.
    """
    pattern = "%" + text.replace("~", "~~").replace("%", "~%").replace("_", "~_") + "%"
    begins = pattern[1:]
    terms = connection.execute(
        "SELECT id, term, definition FROM entries WHERE merged_into IS NULL AND term LIKE ?1 ESCAPE '~'"
        " ORDER BY term NOT LIKE ?2 ESCAPE '~', rank LIMIT ?3",
        (pattern, begins, _MOST),
    ).fetchall()
    terms += _by_other_names(connection, pattern, _MOST - len(terms))
    documents = connection.execute(
        "SELECT id, path, format FROM documents WHERE state <> 'deleted' AND path LIKE ?1 ESCAPE '~'"
        " ORDER BY path LIMIT ?2",
        (pattern, _MOST),
    )
    runs = connection.execute(
        "SELECT id, name, status FROM runs WHERE deleted_at IS NULL AND (name LIKE ?1 ESCAPE '~' OR id = ?2)"
        " ORDER BY id DESC LIMIT ?3",
        (pattern, run_id, _MOST),
    )
    return [
        *(Place(Kind.TERM, *row) for row in terms),
        *(Place(Kind.DOCUMENT, *row) for row in documents),
        *(Place(Kind.RUN, *row) for row in runs),
    ]


def _by_other_names(connection: sqlite3.Connection, pattern: str, most: int) -> list[tuple[int, str, str]]:
    """``(id, term, "name — definition")`` of terms that have a name like that, and are not called so themselves."""
    rows = connection.execute(
        "SELECT e.id, e.term, e.definition, MIN(v.surface) FROM variants v JOIN entries e ON e.id = v.term_id"
        " WHERE v.surface LIKE ?1 ESCAPE '~' AND e.merged_into IS NULL AND e.term NOT LIKE ?1 ESCAPE '~'"
        " GROUP BY e.id ORDER BY e.rank LIMIT ?2",
        (pattern, max(most, 0)),
    )
    return [(id, term, " — ".join(filter(None, (name, definition)))) for id, term, definition, name in rows]
