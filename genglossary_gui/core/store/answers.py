"""Answers of language models, kept by what was asked: nobody pays twice for one answer in a project.

They are not kept for ever: ``tidy`` deletes those that no run has used for a while, ``delete_answers`` deletes all.
Both keep what a run may have used that is active or can be resumed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from genglossary_gui.core import times
from genglossary_gui.core.store.connection import transaction

KEPT_DAYS = 90
"""Days that an answer is kept after a run got it last."""
MOST_KEPT = 20_000
"""Of more than so many those go that no run has got for the longest time; one takes about a thousand bytes."""
_CHUNK = 500


class StoredAnswers:
    """The answers of a project, for the thread that opened ``connection``; implements ``engines.base.AnswerStore``.

    ``run_id``: who asks, and so has a use for what is found and kept.
    """

    def __init__(self, connection: sqlite3.Connection, run_id: int = 0) -> None:
        self._connection = connection
        self._run_id = run_id

    def find(self, keys: Iterable[str]) -> dict[str, str]:
        """Key → answer, for those that are there; they count as used now."""
        wanted = list(keys)
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            found.update(self._connection.execute(f"SELECT key, text FROM answers WHERE key IN ({marks})", chunk))
        if found:
            now = times.utc_now()
            used = [(now, self._run_id, key) for key in found]
            with transaction(self._connection):
                self._connection.executemany("UPDATE answers SET used_at = ?, used_by = ? WHERE key = ?", used)
        return found

    def keep(self, key: str, model: str, text: str, tokens: int) -> None:
        """Store one answer at once: a process that dies afterwards does not lose it."""
        with transaction(self._connection):
            now = times.utc_now()
            self._connection.execute(
                "INSERT OR REPLACE INTO answers (key, model, text, tokens, created_at, used_at, used_by)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (key, model, text, tokens, now, now, self._run_id),
            )


def tidy(connection: sqlite3.Connection) -> int:
    """Delete answers that are too old (see above) and return their number.  Cheap when there is nothing to delete."""
    gone = _drop(connection, "MAX(created_at, used_at) < ?", times.days_ago(KEPT_DAYS))
    too_many = "key IN (SELECT key FROM answers ORDER BY used_by DESC, created_at DESC LIMIT -1 OFFSET ?)"
    return gone + _drop(connection, too_many, MOST_KEPT)


def delete_answers(connection: sqlite3.Connection) -> int:
    """Delete all answers but those that a resumable run may need, and return their number.

    Their text is overwritten in the file.
    """
    connection.execute("PRAGMA secure_delete = ON")
    return _drop(connection, "?", 1)


def _drop(connection: sqlite3.Connection, which: str, value: object) -> int:
    # By number, not by time: clocks are set back.  What was kept before the numbers were is anybody's.
    needed = connection.execute(
        "SELECT MIN(id) FROM (SELECT draft AS id FROM drafts"
        " UNION ALL SELECT id FROM runs WHERE status IN ('pending', 'running'))"
    ).fetchone()[0]
    where = which if needed is None else f"{which} AND used_by <> 0 AND used_by < {int(needed)}"
    if not connection.execute(f"SELECT EXISTS (SELECT 1 FROM answers WHERE {where})", (value,)).fetchone()[0]:
        return 0
    with transaction(connection):
        return connection.execute(f"DELETE FROM answers WHERE {where}", (value,)).rowcount


def count_answers(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT COUNT(*) FROM answers").fetchone()[0]


def notes_of_terms(connection: sqlite3.Connection) -> dict[str, str]:
    """Term key → what a person noted about it; terms without a note are left out."""
    return dict(connection.execute("SELECT key, notes FROM terms WHERE notes <> ''"))
