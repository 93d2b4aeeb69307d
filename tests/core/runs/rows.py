"""Rows of the run table made by hand."""

from __future__ import annotations

from typing import Any

from genglossary_gui.core.glossary import RunMode, RunStatus, Scope
from genglossary_gui.core.store.runs import RunRow

_PLAIN: dict[str, Any] = {
    "id": 1,
    "uuid": "u",
    "name": "",
    "scope": Scope.FULL,
    "engine": "offline",
    "triggered_by": "manual",
    "settings": "{}",
    "owner": "me",
    "status": RunStatus.RUNNING,
    "outcome": None,
    "cancel_requested": False,
    "step": "",
    "done": 0,
    "total": 0,
    "warnings": 0,
    "error": "",
    "counts": {},
    "created_at": "2026-01-01T00:00:00+00:00",
    "started_at": None,
    "finished_at": None,
    "seconds": None,
    "draft": 1,
    "basis": None,
    "mode": RunMode.WORK,
    "error_kind": None,
    "note": "",
    "archived": False,
    "deleted": False,
}


def a_row(**values: Any) -> RunRow:
    """A running full run, with these values instead."""
    return RunRow(**{**_PLAIN, **values})
