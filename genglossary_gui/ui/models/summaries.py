"""The figures of projects that are not open."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from genglossary_gui.core.errors import UserFacingError
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
            summary = project_summary(path)
        found[path] = (summary, changed_at)
    return found
