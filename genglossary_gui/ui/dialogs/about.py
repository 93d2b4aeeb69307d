"""What this program is, and whose work it stands on."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot, qVersion
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui import __version__
from genglossary_gui.core.i18n import _
from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.icons import BadgePicture
from genglossary_gui.ui.plain import spaced

if TYPE_CHECKING:
    from genglossary_gui.core.errors import UserFacingError
    from genglossary_gui.core.licences import Component


class AboutDialog(FormDialog):
    """Version, and every foreign part with its version, licence and the text of that; all of it is on this computer."""

    help_at = "troubleshooting#versions"

    def __init__(self, parent: QWidget | None = None) -> None:
        from genglossary_gui.ui.background import Background

        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setMinimumSize(640, 480)
        self.resize(QSize(860, 620))
        self._components: Sequence[Component] = ()
        self._texts: list[str] = []
        self._add_head()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self._caption = self.add_field(self.search)
        self.libraries = self._make_table()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(9)
        split.addWidget(self.libraries)
        split.addWidget(self.text)
        split.setSizes([430, 380])
        self.column.addWidget(split, 1)
        _accept, self._close = self.add_buttons(with_accept=False)
        self.retranslate()
        Background(self, _read_all, self._show_all, self._show_error)

    def retranslate(self) -> None:
        self.setWindowTitle(_("About GenGlossary"))
        self.title.setText(_("GenGlossary {version}").format(version=__version__))
        self._lead.setText(_("Turns a folder of documents into a glossary with evidence. MIT licence."))
        self._versions.setText(_("Python {python} · Qt {qt}").format(python=platform.python_version(), qt=qVersion()))
        self._caption.setText(_("Libraries and data of others"))
        self.search.setPlaceholderText(_("Find in names, licences and their texts"))
        self.libraries.setAccessibleName(_("Libraries and data of others"))
        self.libraries.setHorizontalHeaderLabels([_("Name"), _("Version"), _("Licence")])
        self.text.setAccessibleName(_("Text of the licence"))
        self._close.setText(_("Close"))

    def _add_head(self) -> None:
        """The icon before the name, and what stands below it."""
        head, words = QHBoxLayout(), QVBoxLayout()
        spaced(head, spacing=16)
        spaced(words, spacing=2)
        head.addWidget(BadgePicture(56), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.column.removeWidget(self.title)
        words.addWidget(self.title)
        self._lead, self._versions = self.add_note(""), self.add_note()
        for note in (self._lead, self._versions):
            self.column.removeWidget(note)
            words.addWidget(note)
        self.column.insertLayout(0, head)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setShowGrid(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().hide()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        table.currentItemChanged.connect(self._show_text)
        return table

    def _show_all(self, found: tuple[Sequence[Component], list[str]]) -> None:
        self._components, self._texts = found
        self.libraries.setRowCount(len(self._components))
        for row, component in enumerate(self._components):
            for column, text in enumerate((component.name, component.version, component.licence)):
                self.libraries.setItem(row, column, QTableWidgetItem(text))
        self._filter(self.search.text())

    def _show_error(self, error: UserFacingError) -> None:
        self.text.setPlainText(error.full_text)

    @Slot(str)
    def _filter(self, wanted: str) -> None:
        """Show the parts that hold the words, and the text of the first of them."""
        wanted = wanted.strip().casefold()
        shown = []
        for row, (component, text) in enumerate(zip(self._components, self._texts, strict=True)):
            is_found = wanted in f"{component.name}\n{component.licence}\n{text}".casefold()
            self.libraries.setRowHidden(row, not is_found)
            if is_found:
                shown.append(row)
        if self.libraries.currentRow() not in shown:
            self.libraries.setCurrentCell(shown[0] if shown else -1, 0)
        self._show_text()

    @Slot()
    def _show_text(self) -> None:
        row = self.libraries.currentRow()
        self.text.setPlainText(self._texts[row] if 0 <= row < len(self._texts) else "")
        wanted = self.search.text().strip()
        if wanted:
            self.text.find(wanted)


def _read_all() -> tuple[Sequence[Component], list[str]]:
    """Runs beside the window: there are hundreds of small files."""
    from genglossary_gui.core.licences import components

    found = components()
    return found, [component.words for component in found]
