"""What the run table can do beside showing: headers of groups, any number of selected rows, a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QTableView

from genglossary_gui.ui.models.runs import RunTableModel

_TOGGLING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LARGE = 200
_PIECES = 20
_Flag = QItemSelectionModel.SelectionFlag


class GroupHeaders(QObject):
    """Lets headers go across the table, and collapses their groups: by a click, Space, Enter, Left and Right."""

    def __init__(self, table: QTableView, model: RunTableModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        table.installEventFilter(self)
        table.clicked.connect(self._on_clicked)
        model.loaded.connect(self._on_loaded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            state = self._model.state_at(self._table.currentIndex().row())
            if state and self._is_wanted(event.key(), state):
                self._model.toggle_group(state)
                return True
        return super().eventFilter(watched, event)

    def _is_wanted(self, key: int, state: str) -> bool:
        is_collapsed = state in self._model.shown.collapsed
        return key in _TOGGLING or key == (Qt.Key.Key_Right if is_collapsed else Qt.Key.Key_Left)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        state = self._model.state_at(index.row())
        if state:
            self._model.toggle_group(state)

    @Slot()
    def _on_loaded(self) -> None:
        self._table.clearSpans()
        for row in self._model.headers():
            self._table.setSpan(row, 0, 1, len(self._model.columns))


class SelectedRuns(QObject):
    """Which runs are selected, however many; a large selection outlives a load of the table if it stays in one piece.

    Qt would carry it over row by row, which takes a tenth of a millisecond for each.
    """

    def __init__(self, table: QTableView, model: RunTableModel) -> None:
        super().__init__(table)
        self._chosen = table.selectionModel()
        self._model = model
        self._kept: frozenset[int] = frozenset()
        # Before it paints, a header asks for every row of every column whether it is selected.
        table.horizontalHeader().setSelectionModel(QItemSelectionModel(model, table))
        model.about_to_load.connect(self._on_about_to_load)
        model.loaded.connect(self._on_loaded)

    def run_ids(self) -> list[int]:
        """The numbers of the selected runs, from the top."""
        ids = (self._model.ids_between(first, last) for first, last in self._ranges())
        return [run_id for some in ids for run_id in some if run_id >= 0]

    def _ranges(self) -> list[tuple[int, int]]:
        selection = self._chosen.selection()
        parts = (selection.at(place) for place in range(selection.count()))
        return sorted((part.top(), part.bottom()) for part in parts)

    @Slot()
    def _on_about_to_load(self) -> None:
        if sum(last - first + 1 for first, last in self._ranges()) > _LARGE:
            self._kept = frozenset(self.run_ids())
            self._chosen.clearSelection()

    @Slot(int)
    def _on_loaded(self, count: int) -> None:
        kept, self._kept = self._kept, frozenset()
        if not kept:
            return
        selection, first = QItemSelection(), -1
        for row, run_id in enumerate((*self._model.ids_between(0, count - 1), -1)):
            if run_id in kept:
                first = row if first < 0 else first
            elif first >= 0:
                selection.select(self._model.index(first, 0), self._model.index(row - 1, 0))
                first = -1
                if selection.count() > _PIECES:
                    return
        self._chosen.select(selection, _Flag.Select | _Flag.Rows)


class RowMenu(QObject):
    """Shows actions for the rows, by the mouse and by the keyboard's menu key."""

    def __init__(self, table: QTableView, model: RunTableModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._menu = QMenu(table)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)

    @property
    def menu(self) -> QMenu:
        return self._menu

    def set_actions(self, actions: Sequence[QAction]) -> None:
        self._menu.clear()
        self._menu.addActions(list(actions))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            current = self._table.currentIndex()
            place = event.globalPos()
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                place = self._table.viewport().mapToGlobal(self._table.visualRect(current).bottomLeft())
            if self._model.id_at(current.row()) >= 0 and not self._menu.isEmpty():
                self._menu.popup(place)
            return True
        return super().eventFilter(watched, event)
