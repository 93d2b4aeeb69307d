"""What a person does about a project that can only be read: try again, or open a copy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from genglossary_gui.core import paths
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.copying import duplicate, free_copy
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.files import choose_target
from genglossary_gui.ui.shell import Shell, Workspace
from genglossary_gui.ui.views.read_only_bar import ReadOnlyBar

if TYPE_CHECKING:
    from genglossary_gui.ui.main_window import MainWindow


class ReadOnlyActs(QObject):
    """Does what the bar above ``window`` offers."""

    def __init__(self, window: MainWindow, shell: Shell, workspace: Workspace, bar: ReadOnlyBar) -> None:
        super().__init__(bar)
        self._window, self._shell, self._bar = window, shell, bar
        bar.again_wanted.connect(self._open_again)
        bar.copy_wanted.connect(lambda: self._choose_copy(workspace))

    @Slot()
    def _open_again(self) -> None:
        try:
            found = self._shell.open_again(self._window)
        except UserFacingError as error:
            self._window.show_error(error)
            return
        if found is not None:
            self._bar.show_obstacle(found)

    def _choose_copy(self, workspace: Workspace) -> None:
        folder = workspace.project.parent if os.access(workspace.project.parent, os.W_OK) else paths.projects_folder()
        proposed = free_copy(folder / workspace.project.name)
        choose_target(self._window, _("Open a copy"), proposed, lambda target: self._copy(workspace.project, target))

    def _copy(self, project: Path, target: Path) -> None:
        self._window.banner.say(_("The project is being copied…"))
        window = self._window
        Background(window, lambda: duplicate(project, target), lambda _done: self._on_copied(target), window.show_error)

    def _on_copied(self, target: Path) -> None:
        self._window.banner.hide()
        self._window.open_path(target)
