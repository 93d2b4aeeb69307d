"""The true end of runs whose process has died."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from genglossary_gui.core.errors import ProjectBusy
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect

if TYPE_CHECKING:
    from genglossary_gui.core.runs.job import Connect

logger = logging.getLogger(__name__)

_BUSY_TIMEOUT_MS = 50
"""A window opens and starts runs in its own thread; what is put off is done by the next recovery."""


def recover(project: Path, *, mine: str = "", make_connection: Connect = connect) -> list[int]:
    """Record the end of every orphan and return their numbers; may be called at any time, from any process.

    Completed if the results were published, otherwise interrupted.  Runs of living owners, and those of the owner
    ``mine``, are not touched.  While the database is busy nothing is recorded; a later
    call does it.  Raises ``ProjectError``.
    """
    recovered: list[int] = []
    try:
        with closing(make_connection(project, busy_timeout_ms=_BUSY_TIMEOUT_MS)) as connection:
            others = [run for run in runs.active_runs(connection) if run.owner != mine]
            for run in others:
                if _is_dead(project, run.owner) and runs.write_recovered(connection, run.id, run.owner):
                    recovered.append(run.id)
    except (sqlite3.Error, ProjectBusy) as error:
        from genglossary_gui.core.redaction import redact

        logger.info("recovery is put off: %s", redact(str(error)))
    return recovered


def _is_dead(project: Path, owner: str) -> bool:
    # Every start recovers, and nearly always no run is active: the locks are imported when there is one.
    from genglossary_gui.core.runs import ownership

    return ownership.is_dead(project, owner)
