"""A project: one file with its name, its language and the folders it was made from."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from genglossary_gui.core import times
from genglossary_gui.core.store.conditions import IN_GLOSSARY
from genglossary_gui.core.store.connection import connect_to_read, create, transaction

SUFFIX = ".genglossary"


@dataclass(frozen=True)
class ProjectInfo:
    """What a project says of itself.  ``language`` is ``auto``, ``ja`` or ``en``."""

    name: str
    language: str
    created_at: str
    sources: tuple[Path, ...]


@dataclass(frozen=True)
class ProjectSummary:
    """Figures for the list of projects."""

    name: str
    documents: int
    terms: int
    open_issues: int
    last_run_status: str
    """Empty when no run was ever started."""


def create_project(
    path: Path, sources: Sequence[Path], *, name: str = "", language: str = "auto", exclusions: Sequence[str] = ()
) -> None:
    """Make the project file; without ``exclusions`` it has the usual ones.

    Raises ``ProjectError``; leaves nothing behind then.
    """
    values = {"name": name or path.stem, "language": language, "created_at": times.utc_now()}
    if exclusions:
        values["exclusions"] = "\n".join(exclusions)
    with closing(create(path)) as connection, transaction(connection, durable=True):
        connection.executemany("INSERT INTO project VALUES (?, ?)", values.items())
        _insert_sources(connection, sources)


def add_sources(connection: sqlite3.Connection, sources: Sequence[Path]) -> None:
    """Remember further folders or files; those already known are left alone."""
    with transaction(connection, durable=True):
        _insert_sources(connection, sources)


def project_info(connection: sqlite3.Connection) -> ProjectInfo:
    """What the project says of itself.  Raises ``KeyError`` for a damaged one that does not."""
    values = dict(connection.execute("SELECT key, value FROM project"))
    sources = tuple(source_ids(connection).values())
    return ProjectInfo(values["name"], values["language"], values["created_at"], sources)


def source_ids(connection: sqlite3.Connection) -> dict[int, Path]:
    """Source id → folder or file."""
    rows = connection.execute("SELECT id, path FROM sources WHERE removed = 0 ORDER BY id")
    return {row[0]: Path(row[1]) for row in rows}


def exclusions(connection: sqlite3.Connection) -> tuple[str, ...] | None:
    """The patterns of what is not read; None: the usual ones."""
    row = connection.execute("SELECT value FROM project WHERE key = 'exclusions'").fetchone()
    return None if row is None else tuple(line for line in row[0].splitlines() if line.strip())


def note_left_out(connection: sqlite3.Connection, count: int) -> None:
    """How many files and folders the exclusions leave out, as the folders have just been looked through."""
    if left_out(connection) != count:
        connection.execute("INSERT OR REPLACE INTO project VALUES ('left_out', ?)", (str(count),))


def left_out(connection: sqlite3.Connection) -> int:
    """What was noted last; 0 when nothing was."""
    row = connection.execute("SELECT value FROM project WHERE key = 'left_out'").fetchone()
    return int(row[0]) if row is not None and row[0].isdecimal() else 0


def project_summary(path: Path) -> ProjectSummary:
    """Figures of a project file.  Raises ``ProjectError``."""
    with closing(connect_to_read(path, busy_timeout_ms=50)) as connection:
        return ProjectSummary(
            project_info(connection).name,
            _count(connection, "documents WHERE state <> 'deleted'"),
            _count(connection, f"terms WHERE {IN_GLOSSARY}"),
            _count(connection, "issues WHERE state = 'open'"),
            next((row[0] for row in connection.execute("SELECT status FROM runs ORDER BY id DESC LIMIT 1")), ""),
        )


def project_sources(connection: sqlite3.Connection) -> tuple[list[Path], tuple[str, ...] | None]:
    """The folders and files of the project, and its exclusions (see ``exclusions``)."""
    return list(source_ids(connection).values()), exclusions(connection)


def _insert_sources(connection: sqlite3.Connection, sources: Sequence[Path]) -> None:
    connection.executemany(
        "INSERT INTO sources (path) VALUES (?) ON CONFLICT (path) DO UPDATE SET removed = 0",
        [(str(source.absolute()),) for source in sources],
    )


def _count(connection: sqlite3.Connection, what: str) -> int:
    return connection.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0]
