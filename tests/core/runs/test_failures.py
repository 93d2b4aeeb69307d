"""Failures are sorted by who can act, and reported without secrets."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing

import pytest

from genglossary_gui.core.errors import EngineError, ProjectBusy, ProjectError, UsageError
from genglossary_gui.core.glossary import FailureKind, RunStatus
from genglossary_gui.core.runs.failures import Suggestion, describe, report, suggestions
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect
from tests.core.runs.fault_support import Fault, Trial
from tests.core.runs.rows import a_row
from tests.support import SimpleEngine, make_project

K, S = FailureKind, Suggestion


def damaged() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


@pytest.mark.parametrize(
    ("caught", "kind"),
    [
        (UsageError("The project has no folder to read."), K.INPUT),
        (ProjectBusy("The project is busy."), K.BUSY),
        (ProjectError("The project file was moved."), K.PROJECT),
        (EngineError("The model is not there."), K.ENGINE),
        (Fault.LOCKED.error(), K.BUSY),
        (Fault.FULL.error(), K.DISK_FULL),
        (Fault.BROKEN.error(), K.DISK),
        (OSError(errno.ENOSPC, "No space left on device"), K.DISK_FULL),
        (PermissionError(errno.EACCES, "Permission denied"), K.DISK),
        (MemoryError(), K.MEMORY),
        (ZeroDivisionError("division by zero"), K.INTERNAL),
        (damaged(), K.PROJECT),
        (sqlite3.IntegrityError("a finished run never changes"), K.INTERNAL),
    ],
)
def test_every_failure_has_a_kind_and_a_sentence(caught, kind):
    found, sentence = describe(caught)
    assert found is kind
    assert sentence.endswith(".")


def test_what_to_try_fits_the_failure():
    row = a_row(status=RunStatus.FAILED, error_kind=K.DISK_FULL)
    assert suggestions(row, can_resume=True, can_keep=True) == [S.RESUME, S.KEEP, S.SHOW_FOLDER, S.SHOW_ERROR]
    row = a_row(status=RunStatus.FAILED, error_kind=K.INPUT)
    assert suggestions(row, can_resume=False, can_keep=False)[:2] == [S.RUN_AGAIN, S.SHOW_DOCUMENTS]
    assert suggestions(a_row(status=RunStatus.CANCELLED), can_resume=True, can_keep=False) == [S.RESUME]
    assert suggestions(a_row(status=RunStatus.COMPLETED), can_resume=False, can_keep=False) == []


def test_r88_the_report_tells_what_happened_and_no_secret(tmp_path):
    project = make_project(tmp_path, "The Lock.")
    error = EngineError("The server at https://me:hunter22@example.org/v1?api_key=abcdef123456 refused.")
    trial = Trial(project, SimpleEngine(error=error))
    run_id = trial.run()
    trial.manager.close()
    with closing(connect(project)) as connection:
        row = runs.get_run(connection, run_id)
        assert row is not None
        text = report(connection, row)
    assert row.error_kind is K.ENGINE
    assert f"run {run_id} failed" in text
    assert "documents_language" in text
    assert "refused" in text
    for secret in ("hunter22", "abcdef123456", str(tmp_path)):
        assert secret not in text
