"""The figures of projects that are not open."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.store.projects import ProjectSummary, project_summary


def summaries(paths: Sequence[Path]) -> dict[Path, tuple[ProjectSummary | None, str]]:
    """Path → figures (None when the file cannot be read) and the time of the last change.

    Takes a moment for each project: not for the GUI thread.
    """
    found: dict[Path, tuple[ProjectSummary | None, str]] = {}
    for path in paths:
        summary, changed_at = None, ""
        with suppress(OSError, UserFacingError, sqlite3.Error, KeyError):
            changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat()
            summary = _as_it_is(path, project_summary(path))
        found[path] = (summary, changed_at)
    return found


def _as_it_is(path: Path, summary: ProjectSummary) -> ProjectSummary:
    """A run whose process has died is not running, although nobody has recorded its end yet."""
    if not summary.last_run_status or not RunStatus(summary.last_run_status).is_active:
        return summary
    # Not at the start of the program: hardly any project was left so.
    from genglossary_gui.core.runs.ownership import is_dead, owners_of

    if all(is_dead(path, owner) for owner in owners_of(path)):
        return replace(summary, last_run_status=RunStatus.INTERRUPTED.value)
    return summary
