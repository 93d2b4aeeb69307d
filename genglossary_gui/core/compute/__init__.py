"""Text work outside the window's process."""

from genglossary_gui.core.compute.workers import Workers

__all__ = ["Workers"]
