"""What a window shows of a project before its parts are there: the top of the glossary, where it will stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.first_entries import FirstEntry
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import spaced

ENTRIES = 40
"""As many as fit on a large screen."""
_ABOVE = 74
"""Height of search, filters and head of the page that takes this one's place, so that the rows stay where they are."""
_LONGEST = 300
_SIZES = (600, 250)


class FirstPage(QWidget):
    """A read-only page, shown for about half a second.  ``title`` is the name of the project."""

    def __init__(self, title: str, entries: Sequence[FirstEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.table = _table(entries)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        page = QWidget()
        within = QVBoxLayout(page)
        spaced(within, spacing=0)
        within.addSpacing(_ABOVE)
        within.addWidget(self.table)
        tabs.addTab(page, icon("glossary"), _("Glossary"))
        for name, words in (("terms", _("Terms")), ("documents", _("Documents")), ("issues", _("Issues"))):
            tabs.addTab(QWidget(), icon(name), words)
        self._below = QSplitter(Qt.Orientation.Vertical)
        self._below.addWidget(tabs)
        self._below.addWidget(QWidget())
        layout = QVBoxLayout(self)
        spaced(layout, spacing=0)
        layout.addWidget(self._below)

    def restore_state(self, settings: QSettings) -> None:
        state = settings.value("splitters/below")
        if not isinstance(state, QByteArray) or not self._below.restoreState(state):
            self._below.setSizes(list(_SIZES))


def _table(entries: Sequence[FirstEntry]) -> QTableWidget:
    table = QTableWidget(len(entries), 2)
    table.setHorizontalHeaderLabels([_("Term"), _("Definition")])
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 12)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setStretchLastSection(True)
    header.resizeSection(0, 16 * table.fontMetrics().horizontalAdvance("n") + 22)
    for row, entry in enumerate(entries):
        for column, text in enumerate(entry):
            table.setItem(row, column, QTableWidgetItem(harmless(text, _LONGEST)))
    return table
