"""Log records of runs.  ``seq`` counts from 1 in each run without a gap, so a page is found by its key."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from genglossary_gui.core.glossary import Level

_LEVELS = tuple(Level)
Row = tuple[int, int, str, int, str, str, str, str]
"""A record as it is stored: run, then the fields of ``LogRecord``, the level by its rank."""


class LogRecord(NamedTuple):
    """One record.  ``step``, ``term`` and ``document`` may be empty."""

    seq: int
    at: str
    level: Level
    step: str
    message: str
    term: str
    document: str


def append_rows(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Store a batch of records as rows; call it inside a transaction.

    Rows, not ``LogRecord``: a run may write so many records that making an object of each would cost it time.
    """
    connection.executemany("INSERT INTO log_records VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def count_records(connection: sqlite3.Connection, run_id: int) -> int:
    """How many records the run has (its last number)."""
    return connection.execute("SELECT COALESCE(MAX(seq), 0) FROM log_records WHERE run_id = ?", (run_id,)).fetchone()[0]


def first_at_level(connection: sqlite3.Connection, run_id: int, level: Level) -> LogRecord | None:
    """The first record of exactly this level."""
    row = connection.execute(
        "SELECT seq, at, level, step, message, term, document FROM log_records"
        " WHERE run_id = ? AND level = ? ORDER BY seq LIMIT 1",
        (run_id, level.rank),
    ).fetchone()
    return _record(row) if row else None


def read_records(connection: sqlite3.Connection, run_id: int, first: int, last: int) -> list[LogRecord]:
    """The records numbered ``first`` to ``last`` (inclusive), in order."""
    rows = connection.execute(
        "SELECT seq, at, level, step, message, term, document FROM log_records"
        " WHERE run_id = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        (run_id, first, last),
    )
    return [_record(row) for row in rows]


def read_records_at(connection: sqlite3.Connection, run_id: int, seqs: Sequence[int]) -> list[LogRecord]:
    """The records with exactly these numbers, in order."""
    marks = ",".join("?" * len(seqs))
    rows = connection.execute(
        "SELECT seq, at, level, step, message, term, document FROM log_records"
        f" WHERE run_id = ? AND seq IN ({marks}) ORDER BY seq",
        (run_id, *seqs),
    )
    return [_record(row) for row in rows]


def matching_seqs(
    connection: sqlite3.Connection, run_id: int, text: str, least: Level, *, after: int = 0, limit: int = -1
) -> array[int]:
    """Numbers (above ``after``) of the records that hold ``text`` in message, term or document.

    Only records at level ``least`` or above count; at most ``limit`` numbers, -1: all.
    """
    pattern = "%" + text.replace("~", "~~").replace("%", "~%").replace("_", "~_") + "%"
    rows = connection.execute(
        "SELECT seq FROM log_records WHERE run_id = ? AND seq > ? AND level >= ?"
        " AND (message LIKE ? ESCAPE '~' OR term LIKE ? ESCAPE '~' OR document LIKE ? ESCAPE '~') ORDER BY seq LIMIT ?",
        (run_id, after, least.rank, pattern, pattern, pattern, limit),
    )
    return array("q", (row[0] for row in rows))


def _record(row: Sequence) -> LogRecord:
    return LogRecord(row[0], row[1], _LEVELS[row[2]], row[3], row[4], row[5], row[6])
