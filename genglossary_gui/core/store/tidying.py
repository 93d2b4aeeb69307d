"""What a person does to finished runs: names and notes, the archive, deleting with a way back.

None of it touches what a run did.  A deleted run is out of every list at once; its log and results go when
the project is closed or opened next (``purge``), until then ``restore_runs`` brings all of it back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from genglossary_gui.core import times
from genglossary_gui.core.store.connection import transaction

_ENDED = "status NOT IN ('pending', 'running')"


def rename_run(connection: sqlite3.Connection, run_id: int, name: str) -> None:
    """Any run may be named, also an active one."""
    with transaction(connection):
        connection.execute("UPDATE runs SET name = ? WHERE id = ?", (name, run_id))


def write_note(connection: sqlite3.Connection, run_id: int, note: str) -> None:
    with transaction(connection):
        connection.execute("UPDATE runs SET note = ? WHERE id = ?", (note, run_id))


def archive_runs(connection: sqlite3.Connection, run_ids: Sequence[int], *, archived: bool = True) -> list[int]:
    """Put finished runs into the archive, or take them out; returns those that changed."""
    with transaction(connection):
        return _each(
            connection,
            f"UPDATE runs SET archived = ? WHERE id = ? AND archived <> ? AND {_ENDED}",
            [(archived, run_id, archived) for run_id in run_ids],
            run_ids,
        )


def delete_runs(connection: sqlite3.Connection, run_ids: Sequence[int]) -> list[int]:
    """Take finished runs out of every list; returns those that changed (an active run is left alone)."""
    now = times.utc_now()
    with transaction(connection):
        return _each(
            connection,
            f"UPDATE runs SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL AND {_ENDED}",
            [(now, run_id) for run_id in run_ids],
            run_ids,
        )


def restore_runs(connection: sqlite3.Connection, run_ids: Sequence[int]) -> None:
    """Undo ``delete_runs``."""
    with transaction(connection):
        connection.executemany("UPDATE runs SET deleted_at = NULL WHERE id = ?", [(run_id,) for run_id in run_ids])


def purge(connection: sqlite3.Connection) -> None:
    """Remove log, results and draft of deleted runs for good; a draft that another run works on stays."""
    deleted = "SELECT id FROM runs WHERE deleted_at IS NOT NULL"
    with transaction(connection):
        for table in ("log_records", "results", "run_steps"):
            connection.execute(f"DELETE FROM {table} WHERE run_id IN ({deleted})")
        connection.execute(
            "DELETE FROM drafts WHERE draft NOT IN (SELECT COALESCE(draft, id) FROM runs WHERE deleted_at IS NULL)"
        )


def _each(connection: sqlite3.Connection, sql: str, values: Sequence[tuple], run_ids: Sequence[int]) -> list[int]:
    changed = [connection.execute(sql, value).rowcount == 1 for value in values]
    return [run_id for run_id, has_changed in zip(run_ids, changed, strict=True) if has_changed]
