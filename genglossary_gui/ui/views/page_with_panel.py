"""What the pages of glossary and terms have in common: a table, and a panel about its current row beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPoint, QSettings, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHBoxLayout, QSplitter, QWidget

from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.plain import spaced
from genglossary_gui.ui.views.column_choice import ColumnChoice
from genglossary_gui.ui.views.filter_boxes import FilterBox, FilterBoxes
from genglossary_gui.ui.views.table_look import show_menu
from genglossary_gui.ui.views.table_page import TablePage
from genglossary_gui.ui.views.up_to_date import UpToDate


class RowActions(Protocol):
    """The actions for the selected rows."""

    def of_menu(self) -> list[QAction]: ...

    def writing(self) -> list[QAction]: ...

    def retranslate(self) -> None: ...


class Panel(Protocol):
    """What stands beside the table."""

    def refresh(self) -> None: ...

    def retranslate(self) -> None: ...


class PageWithPanel(QWidget):
    """Subclasses make ``page`` and ``columns``, then call ``_assemble``.

    ``_enable`` follows the selection.  Without ``edits`` the page is for reading only.
    """

    page: TablePage
    columns: ColumnChoice

    def __init__(self, reader: Reader, edits: Edits | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._edits = edits

    def _assemble(
        self, beside: QWidget, panel: Panel, actions: RowActions, boxes: Sequence[FilterBox], name: str
    ) -> None:
        """``beside`` is the widget of the ``panel``; ``name`` is that of the page in the remembered state."""
        self._panel, self._row_actions, self._name, self._beside = panel, actions, name, beside
        self.page.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.boxes = FilterBoxes(boxes, self)
        for box in self.boxes.boxes:
            self.page.add_to_bar(box)
        self.boxes.changed.connect(self.page.set_further_filters)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.page)
        self.splitter.addWidget(beside)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setCollapsible(0, False)
        layout = QHBoxLayout(self)
        spaced(layout, spacing=0)
        layout.addWidget(self.splitter)
        table = self.page.table
        table.selectionModel().selectionChanged.connect(self._enable)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_menu)
        self._up_to_date = UpToDate(self, self._edits, self.refresh)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads from the panel back to the list, wherever in it the keyboard is."""
        focused = QApplication.focusWidget()
        is_beside = focused is not None and (focused is self._beside or self._beside.isAncestorOf(focused))
        if event.key() == Qt.Key.Key_Escape and is_beside:
            self.page.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        self._up_to_date.is_read()
        # What a person looks at comes first: the table may take longer.
        self._panel.refresh()
        self.page.refresh()

    def retranslate(self) -> None:
        for part in (self.page, self.boxes, self._panel, self._row_actions):
            part.retranslate()

    def set_running(self, is_running: bool) -> None:
        self.page.set_running(is_running)

    def of_menu(self) -> list[QAction]:
        """The actions for the selected rows, with lines between them."""
        return self._row_actions.of_menu()

    def writing(self) -> list[QAction]:
        """The actions that change the project."""
        return self._row_actions.writing()

    def save_state(self, settings: QSettings) -> None:
        self.columns.save(settings, self._name)

    def restore_state(self, settings: QSettings) -> None:
        self.columns.restore(settings, self._name)

    @Slot()
    def _enable(self) -> None:
        """Offer what may be done with the selected rows."""
        raise NotImplementedError

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        self._enable()
        show_menu(self.page.table, place, self.of_menu())
