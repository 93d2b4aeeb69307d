"""A second project that begins where another is now: everything but its history of runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from genglossary_gui.core import times
from genglossary_gui.core.errors import ProjectError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.connection import connect_to_read

_MADE_BY_RUNS = ("terms", "definitions", "issues")
_HISTORY = ("log_records", "results", "run_steps", "drafts", "runs")


def free_copy(project: Path) -> Path:
    """Where a copy of the project goes: “world 2.genglossary” beside it, or the next free number."""
    names = (project.with_stem(f"{project.stem} {number}") for number in range(2, 10_000))
    return next(name for name in names if not name.exists())


def duplicate(project: Path, target: Path) -> None:
    """Copy documents, results, lists and decisions into the new file ``target``.

    It keeps the name of the project, with the number that tells its file from the other (see ``free_copy``); a file
    that is called otherwise gives it its own.

    The copy is of one moment, also while somebody writes to ``project``, which is not changed.
    Takes a while: not for the GUI thread.  Raises ``ProjectError``; no file is left then.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with closing(connect_to_read(project)) as source, closing(sqlite3.connect(part, isolation_level=None)) as copy:
            source.backup(copy)
            _forget_runs(copy)
            _name(copy, project.stem, target.stem)
            copy.execute("VACUUM")
        if target.exists():
            raise FileExistsError(0, _("the file exists already"))
        part.rename(target)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ProjectError(
            _("“{name}” could not be duplicated: {reason}.").format(name=project.name, reason=reason),
            hint=_("Check the free space on the disk and the permissions of the folder."),
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _name(copy: sqlite3.Connection, stem: str, stem_of_copy: str) -> None:
    if stem_of_copy.startswith(stem):
        end = stem_of_copy.removeprefix(stem)
        copy.execute("UPDATE project SET value = value || ? WHERE key = 'name'", (end,))
    else:
        copy.execute("UPDATE project SET value = ? WHERE key = 'name'", (stem_of_copy,))


def _forget_runs(copy: sqlite3.Connection) -> None:
    copy.execute("PRAGMA trusted_schema = OFF")
    # One file, without a companion that would have to be renamed with it.
    copy.execute("PRAGMA journal_mode = DELETE")
    copy.execute("BEGIN IMMEDIATE")
    for table in _MADE_BY_RUNS:
        copy.execute(f"UPDATE {table} SET run_id = NULL WHERE run_id IS NOT NULL")
    for table in _HISTORY:
        copy.execute(f"DELETE FROM {table}")
    copy.execute("UPDATE project SET value = ? WHERE key = 'created_at'", (times.utc_now(),))
    if copy.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.IntegrityError("the copy refers to what is gone")
    copy.execute("COMMIT")
