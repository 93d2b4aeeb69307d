"""The menu of the projects that were opened last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import tool_tip
from genglossary_gui.ui.shell import Shell

SHOWN = 10
_LONGEST_NAME, _LONGEST_FOLDER = 60, 60


class RecentMenu(QMenu):
    """Up to ten projects, newest first, filled each time it opens; those that are gone are greyed.

    ``choose(path)`` is called for the one that a person picks.
    """

    def __init__(self, shell: Shell, choose: Callable[[Path], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recentMenu")
        self.setToolTipsVisible(True)
        self._shell = shell
        self._choose = choose
        self.aboutToShow.connect(self.refresh)
        self.retranslate()

    def retranslate(self) -> None:
        self.setTitle(_("Open &recent"))

    @Slot()
    def refresh(self) -> None:
        """Read the list anew."""
        self.clear()
        projects = self._shell.recent_projects()[:SHOWN]
        for number, project in enumerate(projects, 1):
            # The tenth has the key 0, as on the keyboard.
            action = self.addAction(f"&{number % 10}  {_shown(project.path)}")
            action.setEnabled(project.exists)
            place = str(project.path)
            missing = _("{path} (not there any more)").format(path=place)
            action.setToolTip(tool_tip(place if project.exists else missing))
            action.triggered.connect(lambda _checked=False, path=project.path: self._choose(path))
        if projects:
            self.addSeparator()
            self.addAction(_("&Clear this list")).triggered.connect(self._clear)
        else:
            self.addAction(_("No project was opened yet")).setEnabled(False)

    @Slot()
    def _clear(self) -> None:
        for project in self._shell.recent_projects():
            self._shell.forget_project(project.path)


def _shown(path: Path) -> str:
    """Name and folder, as plain text for a menu."""
    folder = str(path.parent)
    home = str(Path.home())
    if folder == home or folder.startswith(home + "/"):
        folder = f"~{folder[len(home) :]}"
    words = f"{harmless(path.stem, _LONGEST_NAME)} — {harmless(folder, _LONGEST_FOLDER)}"
    return words.replace("&", "&&")
