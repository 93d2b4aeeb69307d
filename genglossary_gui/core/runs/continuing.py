"""Which run may go on with what another one made, and how."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.glossary import RunMode, RunStatus, Scope
from genglossary_gui.core.i18n import _
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import drafts, results, runs
from genglossary_gui.core.store.connection import transaction

_UNFINISHED = (RunStatus.CANCELLED, RunStatus.FAILED, RunStatus.INTERRUPTED)


@dataclass(frozen=True)
class Plan:
    """The row of a run that is about to start."""

    scope: Scope
    settings: RunSettings
    name: str = ""
    draft: int | None = None
    basis: int | None = None
    mode: RunMode = RunMode.WORK


@dataclass(frozen=True)
class Choices:
    """What a person may do with what a run made."""

    can_resume: bool = False
    can_keep: bool = False
    can_discard: bool = False
    can_restore: bool = False
    can_compare: bool = False


def choices(connection: sqlite3.Connection, row: runs.RunRow) -> Choices:
    """What may be done with a run now; nothing while it, or another run on its draft, is active."""
    if row.status is RunStatus.COMPLETED:
        is_kept = results.is_kept(connection, row.id)
        return Choices(can_restore=is_kept, can_compare=is_kept)
    if row.status not in _UNFINISHED or _is_in_use(connection, row.draft) or not _is_latest(connection, row):
        return Choices()
    exists = drafts.exists(connection, row.draft)
    has_results = exists and drafts.has_results(connection, row.draft)
    return Choices(can_resume=exists, can_keep=has_results, can_discard=exists, can_compare=has_results)


def plan(connection: sqlite3.Connection, run_id: int, mode: RunMode) -> Plan:
    """The row of a run that goes on with ``run_id``; call it in the transaction that inserts it.

    Raises ``UsageError`` when that run has nothing to offer for ``mode``.
    """
    row = runs.get_run(connection, run_id)
    if row is None or row.deleted:
        raise UsageError(_("There is no run {number} in this project.").format(number=run_id))
    possible = choices(connection, row)
    allowed = {
        RunMode.RESUME: possible.can_resume,
        RunMode.KEEP: possible.can_keep,
        RunMode.RESTORE: possible.can_restore,
    }
    if not allowed.get(mode, False):
        raise UsageError(_refusal(connection, row, mode), hint=_("Run it again with its settings instead."))
    settings = RunSettings.from_json(row.settings)
    if mode is RunMode.RESTORE:
        return Plan(Scope.FULL, settings, row.name, basis=row.id, mode=mode)
    return Plan(row.scope, settings, row.name, row.draft, row.id, mode)


def discard(connection: sqlite3.Connection, run_id: int) -> bool:
    """Drop the draft of an unfinished run; True when there was one and nobody works on it."""
    with transaction(connection):
        row = runs.get_run(connection, run_id)
        if row is None or not choices(connection, row).can_discard:
            return False
        drafts.discard(connection, row.draft)
        return True


def _is_in_use(connection: sqlite3.Connection, draft: int) -> bool:
    return any(row.draft == draft for row in runs.active_runs(connection))


def _is_latest(connection: sqlite3.Connection, row: runs.RunRow) -> bool:
    """Whether no later run has gone on with the draft: that one is offered instead."""
    return (
        connection.execute(
            "SELECT EXISTS (SELECT 1 FROM runs WHERE draft = ? AND id > ? AND deleted_at IS NULL)", (row.draft, row.id)
        ).fetchone()[0]
        == 0
    )


def _refusal(connection: sqlite3.Connection, row: runs.RunRow, mode: RunMode) -> str:
    if row.status.is_active or _is_in_use(connection, row.draft):
        return _("Run {number} is still being worked on.").format(number=row.id)
    if mode is RunMode.RESTORE:
        return _("The results of run {number} are not kept any more.").format(number=row.id)
    if row.status is RunStatus.COMPLETED:
        return _("Run {number} is completed; there is nothing left to do.").format(number=row.id)
    if mode is RunMode.KEEP:
        return _("Run {number} had not finished anything that could be kept.").format(number=row.id)
    return _("Nothing is left of run {number} to go on with.").format(number=row.id)
