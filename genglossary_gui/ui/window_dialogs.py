"""What the menus of a window open: its dialogs and the guide; and what it says when they have done something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

# The dialogs are imported when they are opened: the window is there before them.
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from genglossary_gui.core import paths
from genglossary_gui.core.i18n import _, ngettext

if TYPE_CHECKING:
    from genglossary_gui.ui.main_window import MainWindow
    from genglossary_gui.ui.shell import Shell


class WindowDialogs(QObject):
    """Opens the dialogs of ``window``; none of them holds up its runs."""

    def __init__(self, window: MainWindow, shell: Shell) -> None:
        super().__init__(window)
        self._window, self._shell = window, shell

    def open(self, dialog: QDialog) -> None:
        """Show a dialog over the window, which goes when it is closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def export(self) -> None:
        if self._window.workspace is not None:
            from genglossary_gui.ui.dialogs.export import ExportDialog

            dialog = ExportDialog(self._window.workspace.project, self._window.workspace.info.name, self._window)
            dialog.exported.connect(self._on_exported)
            self.open(dialog)

    def import_entries(self) -> None:
        if self._window.workspace is not None and self._window.project is not None:
            from genglossary_gui.ui.dialogs.import_entries import ImportDialog

            dialog = ImportDialog(self._window.workspace.project, self._window.project.runs.edits, self._window)
            dialog.imported.connect(self._on_imported)
            self.open(dialog)

    def insert_links(self) -> None:
        if self._window.workspace is not None:
            from genglossary_gui.ui.dialogs.insert_links import InsertLinksDialog

            dialog = InsertLinksDialog(self._window.workspace.project, self._window)
            dialog.written.connect(self._on_linked)
            self.open(dialog)

    def settings(self) -> None:
        from genglossary_gui.ui.dialogs.settings import SettingsDialog

        workspace, project = self._window.workspace, self._window.project
        self.open(
            SettingsDialog(
                self._shell,
                self._window,
                project=workspace.project if workspace is not None else None,
                edits=project.runs.edits if project is not None else None,
            )
        )

    def about(self) -> None:
        from genglossary_gui.ui.dialogs.about import AboutDialog

        self.open(AboutDialog(self._window))

    def palette(self) -> None:
        from genglossary_gui.ui.dialogs.palette import CommandPalette

        actions, workspace = self._window.actions_, self._window.workspace
        commands = [action for action in actions.all() if action is not actions["actionPalette"]]
        reader = workspace.reader if workspace else None
        project = self._window.project
        of_log = [(_("Log"), action) for action in project.runs.log.bar.actions_] if project is not None else []
        palette = CommandPalette(commands, reader, self._window, of_pages=[*actions.of_pages(), *of_log])
        if project is not None:
            palette.chosen.connect(project.go_to)
        self.open(palette)

    def help(self) -> None:
        """The guide, at the page about what is shown."""
        from genglossary_gui.ui.help import show_help

        show_help(self._window.project.help_place() if self._window.project is not None else "projects")

    def log_folder(self) -> None:
        _open_folder(paths.log_folder())

    def diagnostics(self) -> None:
        from genglossary_gui.ui.crash import facts
        from genglossary_gui.ui.saving_diagnostics import save_diagnostics

        banner = self._window.banner
        save_diagnostics(
            self._window,
            self._shell.settings,
            facts(),
            banner.say,
            lambda target: self._tell(banner.text, target.parent),
        )

    def _tell(self, words: str, folder: Path) -> None:
        """Something has been written, and is a press away."""
        offer = (_("Show in folder"), lambda: _open_folder(folder))
        self._window.banner.say(words, "success", offers=[offer])

    @Slot(Path, int)
    def _on_exported(self, path: Path, entries: int) -> None:
        words = ngettext("{count} entry was written to “{name}”.", "{count} entries were written to “{name}”.", entries)
        self._tell(words.format(count=entries, name=path.name), path.parent)

    @Slot(int)
    def _on_imported(self, _entries: int) -> None:
        if self._window.project is not None:
            self._window.project.refresh()
        self._window.refresh_status()

    @Slot(Path, int, int)
    def _on_linked(self, folder: Path, copies: int, links: int) -> None:
        words = ngettext("{count} copy was written.", "{count} copies were written.", copies).format(count=copies)
        leading = ngettext("{count} link leads to the glossary.", "{count} links lead to the glossary.", links)
        self._tell(_("{sentence} {hint}").format(sentence=words, hint=leading.format(count=links)), folder)


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
