"""Answers of language models, kept by what was asked: nobody pays twice for one answer in a project."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from genglossary_gui.core import times
from genglossary_gui.core.store.connection import transaction

_CHUNK = 500


class StoredAnswers:
    """The answers of a project, for the thread that opened ``connection``; implements ``engines.base.AnswerStore``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, keys: Iterable[str]) -> dict[str, str]:
        """Key → answer, for those that are there."""
        wanted = list(keys)
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            found.update(self._connection.execute(f"SELECT key, text FROM answers WHERE key IN ({marks})", chunk))
        return found

    def keep(self, key: str, model: str, text: str, tokens: int) -> None:
        """Store one answer at once: a process that dies afterwards does not lose it."""
        with transaction(self._connection):
            self._connection.execute(
                "INSERT OR REPLACE INTO answers (key, model, text, tokens, created_at) VALUES (?, ?, ?, ?, ?)",
                (key, model, text, tokens, times.utc_now()),
            )


def count_answers(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT COUNT(*) FROM answers").fetchone()[0]


def notes_of_terms(connection: sqlite3.Connection) -> dict[str, str]:
    """Term key → what a person noted about it; terms without a note are left out."""
    return dict(connection.execute("SELECT key, notes FROM terms WHERE notes <> ''"))
