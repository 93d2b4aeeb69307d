"""Renaming and deleting the file of a project that nobody uses.

A database must not be moved while somebody has it open: what they write next would be lost.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from genglossary_gui.core.errors import ProjectBusy, ProjectError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.runs.ownership import owners_of, sweep
from genglossary_gui.core.store.connection import connect, is_busy, transaction
from genglossary_gui.core.store.projects import SUFFIX

_LONGEST_NAME = 240
"""In bytes, as file systems count, which take 255: what lies beside a project that is open has its name and more."""
_FORBIDDEN = '<>:"/\\|?*'


def rename_project(project: Path, name: str) -> Path:
    """Give the project and its file another name; returns the new file.

    Raises ``ProjectError`` (``ProjectBusy`` while somebody uses it): nothing has changed then.
    """
    name = name.strip()
    if not name or name.startswith(".") or any(c in _FORBIDDEN or not c.isprintable() for c in name):
        raise ProjectError(
            _("“{name}” cannot be the name of a file.").format(name="".join(c for c in name if c.isprintable())),
            hint=_("Leave out characters such as / \\ : * ? and a full stop at the beginning."),
        )
    target = project.with_name(f"{name}{SUFFIX}")
    if len(os.fsencode(target.name)) > _LONGEST_NAME:
        raise ProjectError(_("The name is too long for a file."), hint=_("Choose a shorter one."))
    if target != project and target.exists() and not target.samefile(project):
        raise ProjectError(_("There is a file “{name}” already.").format(name=target.name))
    _let_go(project)
    with closing(connect(project)) as connection:
        before = connection.execute("SELECT value FROM project WHERE key = 'name'").fetchone()
        _write_name(connection, name)
    try:
        _let_go(project)
        project.rename(target)
    except (OSError, ProjectError) as error:
        if before is not None:
            with closing(connect(project)) as connection:
                _write_name(connection, before[0])
        if isinstance(error, ProjectError):
            raise
        raise ProjectError(
            _("“{name}” could not be renamed: {reason}.").format(
                name=project.name, reason=error.strerror or type(error).__name__
            )
        ) from error
    return target


def delete_project(project: Path, trash: Callable[[str], object] | None = None) -> None:
    """Move the file to the trash of the system; a damaged one too.  Its companions are gone afterwards.

    Raises ``ProjectBusy`` while somebody uses it and ``ProjectError`` when the trash does not take it;
    nothing is deleted then.
    """
    if trash is None:
        from send2trash import send2trash as trash
    _let_go(project)
    try:
        trash(str(project))
    except Exception as error:  # each system's trash has errors of its own
        raise ProjectError(
            _("“{name}” could not be moved to the trash. Nothing was deleted.").format(name=project.name),
            hint=_("Delete the file in its folder if you do not need it any more."),
        ) from error


def _write_name(connection: sqlite3.Connection, name: str) -> None:
    with transaction(connection, durable=True):
        connection.execute("UPDATE project SET value = ? WHERE key = 'name'", (name,))


def _let_go(project: Path) -> None:
    """Make sure that nobody has the project open, and that all of it is in its one file."""
    try:
        sweep(project)
    except OSError as error:
        raise ProjectError(_("The project file “{name}” is not there.").format(name=project.name)) from error
    if not project.is_file():
        raise ProjectError(_("The project file “{name}” is not there.").format(name=project.name))
    in_use = owners_of(project) != []
    try:
        with closing(sqlite3.connect(f"file:{quote(str(project.absolute()))}?mode=rw", uri=True)) as connection:
            # Only the last one who has the file open may leave the write-ahead log.
            connection.execute("PRAGMA busy_timeout = 200")
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        in_use = in_use or is_busy(error)
    if in_use:
        raise ProjectBusy(
            _("The project “{name}” is open.").format(name=project.name),
            hint=_("Close it in every window, wait for its runs to end, then try again."),
        )
