"""The settings of the app: pages that can be searched; saved and in force as soon as something is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from genglossary_gui.core import i18n
from genglossary_gui.core.i18n import _
from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.dialogs.llm_settings import ModelPage
from genglossary_gui.ui.dialogs.setting_pages import ComputePage, DocumentsPage, GeneralPage
from genglossary_gui.ui.dialogs.setting_rows import folded
from genglossary_gui.ui.dialogs.setting_shortcuts import ShortcutsPage
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.plain import label, spaced
from genglossary_gui.ui.shell import Shell

_SIZE = QSize(760, 620)
_LIST_WIDTH = 190


class SettingsDialog(FormDialog):
    """Shows the shell's settings and hands every change to it at once.  ``page``: the name of the one to begin with.

    ``project`` is the one that is open, if any, and ``edits`` what changes it.
    """

    help_at = "settings"

    def __init__(
        self,
        shell: Shell,
        parent: QWidget | None = None,
        *,
        page: str = "general",
        project: Path | None = None,
        edits: Edits | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setMinimumSize(560, 400)
        self._shell = shell
        self.general, self.model, self.compute = GeneralPage(), ModelPage(), ComputePage()
        self.documents, self.shortcuts = DocumentsPage(), ShortcutsPage()
        self.pages = (self.general, self.model, self.compute, self.documents, self.shortcuts)
        self.search = QLineEdit()
        self.search.setObjectName("settingsSearch")
        self.search.setClearButtonEnabled(True)
        self.list, self._stack = QListWidget(), QStackedWidget()
        self.list.setObjectName("settingsPages")
        self.list.setProperty("framed", True)
        self.list.setStyleSheet("QListWidget::item { padding: 6px 8px; }")
        self._nothing = label(role="muted", wrap=True)
        self._lay_out()
        self._refusal = self.add_note("error")
        self._refusal.hide()
        _accept, self._close = self.add_buttons(with_accept=False)
        self.model.show_project(project, edits)
        self.retranslate()
        for part in self.pages:
            part.show_settings(shell.settings)
            part.changed.connect(self._on_changed)
        self.search.textChanged.connect(self._on_searched)
        self.list.currentRowChanged.connect(self._on_page)
        self.show_page(page)
        screen = self.screen().availableSize() if self.screen() else _SIZE
        self.resize(_SIZE.boundedTo(screen * 0.95))
        self.list.setFocus()

    def show_page(self, name: str) -> None:
        """Go to a page: ``general``, ``model``, ``compute``, ``documents`` or ``shortcuts``."""
        self.list.setCurrentRow([page.name for page in self.pages].index(name))

    def retranslate(self) -> None:
        self.setWindowTitle(_("Settings"))
        self.title.setText(_("Settings"))
        self.search.setPlaceholderText(_("Search settings"))
        self.search.setAccessibleName(_("Search settings"))
        self.list.setAccessibleName(_("Pages of the settings"))
        self._nothing.setText(_("No setting has these words."))
        self._close.setText(_("Close"))
        for index, page in enumerate(self.pages):
            page.retranslate()
            page.setAccessibleName(page.title)
            self.list.item(index).setText(page.title)

    def done(self, result: int) -> None:
        # What stands in a field whose editing has not ended counts too.
        for page in self.pages:
            page.close_down()
        super().done(result)

    def _lay_out(self) -> None:
        for page in self.pages:
            self.list.addItem(page.title)
            self._stack.addWidget(page)
        self._stack.addWidget(self._nothing)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        side, body = QVBoxLayout(), QHBoxLayout()
        spaced(side)
        side.addWidget(self.search)
        side.addWidget(self.list, 1)
        self.search.setFixedWidth(_LIST_WIDTH)
        spaced(body)
        body.addLayout(side)
        body.addWidget(self._stack, 1)
        self.column.addLayout(body, 1)

    @Slot(int)
    def _on_page(self, index: int) -> None:
        if index >= 0:
            self._stack.setCurrentIndex(index)
            self.help_button.target = f"settings#{self.pages[index].name}"
            self.pages[index].on_shown()

    @Slot()
    def _on_searched(self) -> None:
        words = folded(self.search.text()).split()
        found = [page.search(words) for page in self.pages]
        for index, is_found in enumerate(found):
            self.list.item(index).setHidden(not is_found)
        if not any(found):
            self.list.setCurrentRow(-1)
            self._stack.setCurrentWidget(self._nothing)
        elif not found[self.list.currentRow()] or self.list.currentRow() < 0:
            self.list.setCurrentRow(found.index(True))

    @Slot(dict)
    def _on_changed(self, values: Mapping[str, Any]) -> None:
        before = self._shell.settings
        changed = replace(before, **values)
        if changed == before:
            return
        language = i18n.language()
        try:
            self._shell.apply_settings(changed)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._refusal.setText(_("The settings cannot be saved: {reason}.").format(reason=reason))
            self._refusal.show()
            # What could not be saved must not look as if it were.
            self.general.show_settings(before)
            self.shortcuts.show_settings(before)
            return
        self._refusal.hide()
        self.model.show_state(changed)
        self.shortcuts.show_settings(changed)
        if i18n.language() != language:
            self.retranslate()
