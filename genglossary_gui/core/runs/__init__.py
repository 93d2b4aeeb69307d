"""Runs: their life cycle from the first row to the recorded end, and after a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from genglossary_gui.core.runs.recovery import recover

if TYPE_CHECKING:
    from genglossary_gui.core.runs.manager import RunManager

__all__ = ["RunManager", "recover"]


def __getattr__(name: str) -> Any:
    """Import the manager when it is first used: it imports the whole pipeline, which many callers do not need."""
    if name != "RunManager":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from genglossary_gui.core.runs.manager import RunManager

    return RunManager
