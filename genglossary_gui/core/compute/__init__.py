"""Text work outside the window's process."""

from genglossary_gui.core.compute.pool import Limits
from genglossary_gui.core.compute.workers import Stopped, Workers

__all__ = ["Limits", "Stopped", "Workers"]
