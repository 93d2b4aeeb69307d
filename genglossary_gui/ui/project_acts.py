"""What a person does to a project of the list: its actions, keys and questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QWidget

from genglossary_gui.core.errors import ProjectBusy, ProjectError, UserFacingError
from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.runs.moving import delete_project, rename_project
from genglossary_gui.core.store.copying import duplicate, free_copy
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.ask import ask, name_box
from genglossary_gui.ui.shell import RecentProject, Shell
from genglossary_gui.ui.shortcuts import Place

Current = Callable[[], "tuple[RecentProject, str] | None"]
_WORDS = {
    "open": lambda: pgettext("project", "Open"),
    "show": lambda: _("Show in folder"),
    "rename": lambda: _("Rename…"),
    "duplicate": lambda: pgettext("project", "Duplicate"),
    "forget": lambda: _("Remove from the list"),
    "delete": lambda: _("Move to the trash…"),
}
_OWN_KEYS = {"rename": "F2", "duplicate": "Ctrl+D", "forget": "Del", "delete": "Shift+Del"}
_KEYS = {name: shortcuts.declare(Place.HOME, name, words, _OWN_KEYS.get(name, "")) for name, words in _WORDS.items()}
_OF_A_FILE = ("open", "show", "rename", "duplicate", "delete")


class ProjectActs(QObject):
    """The actions of the current project of ``view``, in its context menu and under its keys.

    ``opened(path)``; ``changed()``: the list is another one now; ``succeeded()``: what was asked for was done;
    ``failed(error)``: nothing was done.
    Files are touched in another thread.
    """

    opened = Signal(Path)
    changed = Signal()
    succeeded = Signal()
    failed = Signal(object)

    def __init__(self, view: QWidget, shell: Shell, current: Current) -> None:
        super().__init__(view)
        self._view, self._shell, self._current = view, shell, current
        self._actions: dict[str, QAction] = {}
        for name, act in (
            ("open", self._open),
            ("show", self._show),
            ("", None),
            ("rename", self._rename),
            ("duplicate", self._duplicate),
            ("", None),
            ("forget", self._forget),
            ("delete", self._delete),
        ):
            action = QAction(view)
            view.addAction(action)
            if act is None:
                action.setSeparator(True)
                continue
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self._actions[name] = action
        self.retranslate()

    def retranslate(self) -> None:
        for name, words in _WORDS.items():
            self._actions[name].setText(words())
            shortcuts.dress(self._actions[name], _KEYS[name])

    def enable(self, *, exists: bool) -> None:
        """A project whose file is gone can only be opened, to hear why that does not work, and removed."""
        for name in _OF_A_FILE[1:]:
            self._actions[name].setEnabled(exists)

    def _open(self) -> None:
        if (current := self._current()) is not None:
            self.opened.emit(current[0].path)

    def _show(self) -> None:
        if (current := self._current()) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(current[0].path.parent)))

    def _forget(self) -> None:
        if (current := self._current()) is not None:
            path = current[0].path
            self._listed(lambda _result: self._shell.forget_project(path), None)

    def _duplicate(self) -> None:
        if (current := self._current()) is not None:
            path = current[0].path
            self._do(lambda: _copy(path), self._shell.remember_project)

    def _rename(self) -> None:
        current = self._current()
        if current is None or not self._is_free(current[0].path):
            return
        caption = _("New name of the project and its file")
        dialog = name_box(self._view, "renameProject", _("Rename project"), caption, current[0].path.stem)
        path = current[0].path
        dialog.textValueSelected.connect(
            lambda name: self._do(
                lambda: rename_project(path, name), lambda renamed: self._shell.replace_project(path, renamed)
            )
        )
        dialog.open()

    def _delete(self) -> None:
        current = self._current()
        if current is None or not self._is_free(current[0].path):
            return
        path = current[0].path
        ask(
            self._view,
            _("Move the project “{name}” to the trash?").format(name=current[1]),
            _("Its glossary, decisions and runs go with it. Your documents stay where they are."),
            accept=_("Move to the trash"),
            reject=_("Keep the project"),
            accepted=lambda: self._do(lambda: delete_project(path), lambda _done: self._shell.forget_project(path)),
        )

    def _is_free(self, path: Path) -> bool:
        if self._shell.is_open(path):
            sentence = _("The project “{name}” is open.").format(name=path.name)
            self.failed.emit(ProjectBusy(sentence, hint=_("Close its window first, then try again.")))
            return False
        return True

    def _do(self, work: Callable[[], Path | None], listed: Callable[..., None]) -> None:
        def done(result: Path | None) -> None:
            self._listed(listed, result)

        def failed(error: UserFacingError) -> None:
            self.failed.emit(error)
            self.changed.emit()

        Background(self, work, done, failed)

    def _listed(self, listed: Callable[..., None], result: Path | None) -> None:
        """Bring the list of projects up to date; what cannot be saved is told."""
        try:
            listed(result)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            words = _("The list of projects could not be saved: {reason}.").format(reason=reason)
            self.failed.emit(ProjectError(words, hint=_("Check the free space on the disk.")))
        else:
            self.succeeded.emit()
        self.changed.emit()


def _copy(path: Path) -> Path:
    target = free_copy(path)
    duplicate(path, target)
    return target
