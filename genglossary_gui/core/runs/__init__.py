"""Runs: their life cycle from the first row to the recorded end, and after a crash."""

from genglossary_gui.core.runs.manager import RunManager
from genglossary_gui.core.runs.recovery import recover

__all__ = ["RunManager", "recover"]
