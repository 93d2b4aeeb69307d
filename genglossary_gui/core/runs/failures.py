"""What a failure means to the person: who can act, in one sentence, and what to try."""

from __future__ import annotations

import errno
import json
import platform
import sqlite3
from collections.abc import Iterable
from enum import StrEnum

from genglossary_gui import __version__
from genglossary_gui.core.errors import EngineError, ProjectBusy, ProjectError, UsageError, UserFacingError
from genglossary_gui.core.glossary import FailureKind, Level, RunStatus
from genglossary_gui.core.i18n import _
from genglossary_gui.core.redaction import redact
from genglossary_gui.core.store import logs, runs

_REPORTED_RECORDS = 30
_KINDS: tuple[tuple[type[BaseException], FailureKind], ...] = (
    (UsageError, FailureKind.INPUT),
    (ProjectBusy, FailureKind.BUSY),
    (ProjectError, FailureKind.PROJECT),
    (EngineError, FailureKind.ENGINE),
    (MemoryError, FailureKind.MEMORY),
    (OSError, FailureKind.DISK),
)
_SQLITE_KINDS = {
    sqlite3.SQLITE_BUSY: FailureKind.BUSY,
    sqlite3.SQLITE_LOCKED: FailureKind.BUSY,
    sqlite3.SQLITE_FULL: FailureKind.DISK_FULL,
    sqlite3.SQLITE_NOMEM: FailureKind.MEMORY,
}
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Suggestion(StrEnum):
    """What a person may try after a run that did not complete."""

    RESUME = "resume"
    KEEP = "keep"
    RUN_AGAIN = "run_again"
    EDIT_AND_RUN = "edit_and_run"
    SHOW_DOCUMENTS = "show_documents"
    SHOW_FOLDER = "show_folder"
    """The folder of the project file: permissions, free space."""
    SHOW_ERROR = "show_error"
    """The first error in the run's log."""
    SHOW_APP_LOG = "show_app_log"


_SUGGESTED = {
    FailureKind.INPUT: (Suggestion.SHOW_DOCUMENTS, Suggestion.EDIT_AND_RUN),
    FailureKind.PROJECT: (Suggestion.SHOW_FOLDER,),
    FailureKind.DISK_FULL: (Suggestion.SHOW_FOLDER,),
    FailureKind.DISK: (Suggestion.SHOW_FOLDER,),
    FailureKind.MEMORY: (Suggestion.EDIT_AND_RUN,),
    FailureKind.ENGINE: (Suggestion.EDIT_AND_RUN,),
    FailureKind.INTERNAL: (Suggestion.SHOW_APP_LOG,),
}


def describe(caught: BaseException, private: Iterable[str] = ()) -> tuple[FailureKind, str]:
    """The kind of a failure and one line for a person, free of secrets, paths and the ``private`` values."""
    try:
        kind, sentence = _described(caught)
    except Exception:  # a border: what was raised may fail when it is shown
        kind, sentence = _internal(caught)
    return kind, _one_line(redact(sentence, private))


def _described(caught: BaseException) -> tuple[FailureKind, str]:
    if isinstance(caught, UserFacingError):
        return _kind(caught), caught.full_text
    if isinstance(caught, sqlite3.OperationalError):
        return _kind(caught), _("The project file could not be written: {reason}.").format(reason=caught)
    if isinstance(caught, sqlite3.DatabaseError) and _code(caught) in _DAMAGED:
        return FailureKind.PROJECT, _("The project file is damaged.")
    if isinstance(caught, MemoryError):
        return FailureKind.MEMORY, _("The computer ran out of memory.")
    if isinstance(caught, OSError) and caught.strerror:
        return _kind(caught), _("The system reported an error: {reason}.").format(reason=caught.strerror)
    return _internal(caught)


def _internal(caught: BaseException) -> tuple[FailureKind, str]:
    sentence = _("Internal error ({kind}). The details are in the application's log.")
    return FailureKind.INTERNAL, sentence.format(kind=type(caught).__name__)


def _one_line(text: str) -> str:
    """What can be stored and printed: no line breaks, controls or halves of characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def suggestions(row: runs.RunRow, *, can_resume: bool, can_keep: bool) -> list[Suggestion]:
    """What to offer for a run that ended without completing, the most useful first; empty for any other."""
    if row.status.is_active or row.status is RunStatus.COMPLETED:
        return []
    found = list(_SUGGESTED.get(row.error_kind, ())) if row.error_kind else []
    found.insert(0, Suggestion.RESUME if can_resume else Suggestion.RUN_AGAIN)
    if can_keep:
        found.insert(1, Suggestion.KEEP)
    if row.status is RunStatus.FAILED:
        found.append(Suggestion.SHOW_ERROR)
    return found


def report(connection: sqlite3.Connection, row: runs.RunRow) -> str:
    """The run as Markdown text that can be sent to somebody: no secrets, no paths, no text of documents."""
    first_error = logs.first_at_level(connection, row.id, Level.ERROR)
    last = logs.count_records(connection, row.id)
    records = logs.read_records(connection, row.id, max(1, last - _REPORTED_RECORDS + 1), last)
    if first_error is not None and all(record.seq != first_error.seq for record in records):
        records.insert(0, first_error)
    settings = "".join(f"- {name}: `{value}`\n" for name, value in sorted(json.loads(row.settings).items()))
    lines = "\n".join(f"{r.seq} {r.at} {r.level} {r.step} {r.message}" for r in records)
    return redact(
        f"# GenGlossary {__version__}: run {row.id} {row.status}\n\n"
        f"{row.error}\n\n"
        f"- scope: {row.scope} · engine: {row.engine} · trigger: {row.triggered_by} · mode: {row.mode}\n"
        f"- step: {row.step} ({row.done} / {row.total}) · warnings: {row.warnings} · kind: {row.error_kind or '-'}\n"
        f"- started: {row.started_at} · ended: {row.finished_at} · seconds: {row.seconds}\n"
        f"- system: {platform.system()} {platform.release()} · Python {platform.python_version()}"
        f" · SQLite {sqlite3.sqlite_version}\n\n"
        f"## Settings\n\n{settings}\n## Log\n\n```text\n{lines}\n```\n"
    )


def _code(caught: sqlite3.Error) -> int:
    return getattr(caught, "sqlite_errorcode", 0) & 0xFF


def _kind(caught: BaseException) -> FailureKind:
    if isinstance(caught, sqlite3.Error):
        return _SQLITE_KINDS.get(_code(caught), FailureKind.DISK)
    if isinstance(caught, OSError) and caught.errno == errno.ENOSPC:
        return FailureKind.DISK_FULL
    return next((kind for known, kind in _KINDS if isinstance(caught, known)), FailureKind.INTERNAL)
