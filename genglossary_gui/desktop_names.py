"""The names by which a desktop knows whose windows these are; those of the packages are the same."""

from __future__ import annotations

import os
import sys

DESKTOP_FILE = "genglossary"
TASKBAR_ID = "GenGlossary.GenGlossary"
"""On Windows: windows and shortcut share one button of the taskbar."""


def desktop_file() -> str:
    """The name of our desktop entry on Linux; Flatpak renames it."""
    return os.environ.get("FLATPAK_ID") or DESKTOP_FILE


def claim_taskbar_button() -> None:
    """Tell Windows whose windows follow; nothing elsewhere.  Before the first window."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(TASKBAR_ID)
