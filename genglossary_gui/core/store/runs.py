"""Rows of the run table.  Every change of a status asks "if it still is" and says whether it won."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from genglossary_gui.core import times
from genglossary_gui.core.glossary import FailureKind, RunMode, RunStatus, Scope
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.selection import Catalogue, Selection, rows_by_id

_ACTIVE = "('pending', 'running')"
_COLUMNS = (
    "id, uuid, name, scope, engine, triggered_by, settings, owner, status, outcome, cancel_requested, step, done,"
    " total, warnings, error, counts, created_at, started_at, finished_at, seconds, COALESCE(draft, id), basis, mode,"
    " error_kind, note, archived, deleted_at IS NOT NULL, waits_for"
)

CATALOGUE = Catalogue(
    table="(SELECT * FROM runs WHERE deleted_at IS NULL)",
    default_order="id DESC",
    sorts={
        "number": "id",
        "name": "name COLLATE NOCASE",
        "scope": "scope",
        "engine": "engine",
        "trigger": "triggered_by",
        "status": "status",
        "step": "step",
        "warnings": "warnings",
        "elapsed": "seconds",
        "started": "created_at",
    },
    searched=("id", "name", "scope", "status", "error", "note"),
    filters={
        "active": f"status IN {_ACTIVE}",
        "current": "archived = 0",
        "archived": "archived = 1",
        **{status.value: f"status = '{status}'" for status in RunStatus},
    },
)


@dataclass(frozen=True)
class RunRow:
    """One run as the database has it.  ``counts`` are the figures of its summary by name.

    ``draft`` is the number of the run that began the draft this run works on (its own, unless it goes on with
    another's); ``basis`` the run it goes on with or restores, None for a plain one.
    """

    id: int
    uuid: str
    name: str
    scope: Scope
    engine: str
    triggered_by: str
    settings: str
    owner: str
    status: RunStatus
    outcome: str | None
    cancel_requested: bool
    step: str
    done: int
    total: int
    warnings: int
    error: str
    counts: Mapping[str, int]
    created_at: str
    started_at: str | None
    finished_at: str | None
    seconds: float | None
    draft: int
    basis: int | None
    mode: RunMode
    error_kind: FailureKind | None
    note: str
    archived: bool
    deleted: bool
    waits_for: str = ""
    """What an active run is waiting for, in words: a server that does not answer."""


def insert_run(
    connection: sqlite3.Connection,
    *,
    uuid: str,
    scope: Scope,
    engine: str,
    triggered_by: str,
    settings: str,
    owner: str,
    name: str = "",
    draft: int | None = None,
    basis: int | None = None,
    mode: RunMode = RunMode.WORK,
) -> int:
    """The new row, pending; returns its number, which is never used again."""
    with transaction(connection, durable=True):
        cursor = connection.execute(
            "INSERT INTO runs (uuid, name, scope, engine, triggered_by, settings, owner, status, created_at, draft,"
            " basis, mode) VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?)",
            (uuid, name, scope, engine, triggered_by, settings, owner, times.utc_now(), draft, basis, mode),
        )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def mark_running(connection: sqlite3.Connection, run_id: int, owner: str) -> bool:
    """pending → running, if it still is pending and ours."""
    with transaction(connection, durable=True):
        return _changed(
            connection.execute(
                "UPDATE runs SET status = 'running', started_at = ? WHERE id = ? AND owner = ? AND status = 'pending'",
                (times.utc_now(), run_id, owner),
            )
        )


def mark_published(connection: sqlite3.Connection, run_id: int, owner: str) -> bool:
    """Record the outcome beside the results; call it inside the transaction that publishes them."""
    return _changed(
        connection.execute(
            "UPDATE runs SET outcome = 'completed'"
            " WHERE id = ? AND owner = ? AND status = 'running' AND outcome IS NULL",
            (run_id, owner),
        )
    )


def write_end(
    connection: sqlite3.Connection,
    run_id: int,
    owner: str,
    status: RunStatus,
    *,
    error: str = "",
    error_kind: FailureKind | None = None,
    seconds: float | None = None,
) -> bool:
    """The terminal status of a run of ours, if it is still active.  Only the finalizer calls this."""
    with transaction(connection, durable=True):
        return _changed(
            connection.execute(
                "UPDATE runs SET status = ?, error = ?, error_kind = ?, finished_at = ?, seconds = ?"
                f" WHERE id = ? AND owner = ? AND status IN {_ACTIVE}",
                (status, error, error_kind or "", times.utc_now(), seconds, run_id, owner),
            )
        )


def write_recovered(connection: sqlite3.Connection, run_id: int, owner: str) -> RunStatus | None:
    """The true end of a run whose owner is dead: completed if its results were published, else interrupted.

    Returns the status written, or None when somebody else was first.  Only recovery calls this.
    """
    with transaction(connection, durable=True):
        row = connection.execute(
            "UPDATE runs SET status = CASE WHEN outcome = 'completed' THEN 'completed' ELSE 'interrupted' END,"
            f" finished_at = ? WHERE id = ? AND owner = ? AND status IN {_ACTIVE} RETURNING status",
            (times.utc_now(), run_id, owner),
        ).fetchone()
    return RunStatus(row[0]) if row else None


def write_progress(
    connection: sqlite3.Connection,
    run_id: int,
    *,
    step: str,
    done: int,
    total: int,
    warnings: int,
    counts: Mapping[str, int],
    waits_for: str = "",
) -> None:
    """How far it has come; never a status.  A finished run is left alone."""
    connection.execute(
        "UPDATE runs SET step = ?, done = ?, total = ?, warnings = ?, counts = ?, waits_for = ?"
        f" WHERE id = ? AND status IN {_ACTIVE}",
        (step, min(done, total), total, warnings, json.dumps(counts), waits_for, run_id),
    )


def write_step(connection: sqlite3.Connection, run_id: int, step: str, units: int, seconds: float) -> None:
    """How long a step has taken for so many units; the last word counts."""
    connection.execute(
        "INSERT INTO run_steps VALUES (?, ?, ?, ?)"
        " ON CONFLICT (run_id, step) DO UPDATE SET units = excluded.units, seconds = excluded.seconds",
        (run_id, step, units, seconds),
    )


def steps_of(connection: sqlite3.Connection, run_id: int) -> dict[str, tuple[int, float]]:
    """Step → (units done, seconds) of one run."""
    rows = connection.execute("SELECT step, units, seconds FROM run_steps WHERE run_id = ?", (run_id,))
    return {step: (units, seconds) for step, units, seconds in rows}


def usual_steps(connection: sqlite3.Connection, engine: str, runs: int = 5) -> dict[str, tuple[float, float]]:
    """Step → (units, seconds), each the mean of the newest completed runs of ``engine`` that carried it out."""
    rows = connection.execute(
        "SELECT step, AVG(units), AVG(seconds) FROM (SELECT s.step, s.units, s.seconds,"
        " ROW_NUMBER() OVER (PARTITION BY s.step ORDER BY r.id DESC) AS age FROM run_steps s JOIN runs r"
        " ON r.id = s.run_id WHERE r.status = 'completed' AND r.engine = ? AND r.id > (SELECT MAX(id) FROM runs) - 200)"
        " WHERE age <= ? GROUP BY step",
        (engine, runs),
    )
    return {step: (units, seconds) for step, units, seconds in rows}


def ask_to_cancel(connection: sqlite3.Connection, run_id: int) -> bool:
    """Leave a wish for the process that owns the run; True when the run is active and was not asked before."""
    with transaction(connection):
        return _changed(
            connection.execute(
                f"UPDATE runs SET cancel_requested = 1 WHERE id = ? AND status IN {_ACTIVE} AND cancel_requested = 0",
                (run_id,),
            )
        )


def wished_cancels(connection: sqlite3.Connection, owner: str) -> list[int]:
    """Active runs of ``owner`` that another process asked to stop."""
    rows = connection.execute(
        f"SELECT id FROM runs WHERE owner = ? AND cancel_requested = 1 AND status IN {_ACTIVE}", (owner,)
    )
    return [row[0] for row in rows]


def newest_published(connection: sqlite3.Connection) -> int:
    """Number of the newest run that published; it names the state of the glossary as far as runs made it."""
    return connection.execute("SELECT COALESCE(MAX(id), 0) FROM runs WHERE outcome = 'completed'").fetchone()[0]


def active_runs(connection: sqlite3.Connection) -> list[RunRow]:
    return [
        _row(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM runs WHERE status IN {_ACTIVE} ORDER BY id")
    ]


def get_run(connection: sqlite3.Connection, run_id: int) -> RunRow | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM runs WHERE id = ?", (run_id,)).fetchone()
    return _row(row) if row else None


def run_ids(connection: sqlite3.Connection, selection: Selection) -> array[int]:
    return CATALOGUE.ids(connection, selection)


def run_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, RunRow]:
    return rows_by_id(connection, f"SELECT {_COLUMNS} FROM runs WHERE id IN ({{ids}})", ids, _row)


def _row(row: Sequence) -> RunRow:
    values = list(row)
    values[3], values[8], values[10] = Scope(values[3]), RunStatus(values[8]), bool(values[10])
    values[16] = json.loads(values[16])
    values[23], values[24] = RunMode(values[23]), FailureKind(values[24]) if values[24] else None
    values[26], values[27] = bool(values[26]), bool(values[27])
    return RunRow(*values)


def _changed(cursor: sqlite3.Cursor) -> bool:
    return cursor.rowcount == 1
