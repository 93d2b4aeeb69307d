"""Real cancel buttons in the rows of active runs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QTableView, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.ui.controller import RunController
from genglossary_gui.ui.models.runs import RunTableModel
from genglossary_gui.ui.plain import button, tool_tip

_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CancelButtons(QObject):
    """Gives every active row of the run table its button, and takes it away when the run is over.

    A button belongs to its run wherever the row moves.  Keys: Delete cancels the current run, Space and
    Enter do so in the column of the buttons, Tab goes to the buttons themselves.
    """

    def __init__(self, table: QTableView, model: RunTableModel, controller: RunController) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._controller = controller
        self._column = model.column_of("cancel")
        self._run_ids: set[int] = set()
        table.installEventFilter(self)
        model.loaded.connect(self._on_changed)
        model.dataChanged.connect(self._on_data_changed)

    def button_of(self, run_id: int) -> QPushButton | None:
        """The button of a run, or None when its row has none."""
        widget = self._table.indexWidget(self._index(run_id))
        return widget if isinstance(widget, QPushButton) else None

    def retranslate(self) -> None:
        self._on_changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            current = self._table.currentIndex()
            is_pressed = event.key() in _PRESSING and current.column() == self._column
            if event.key() == Qt.Key.Key_Delete or is_pressed:
                self._cancel_row(self._model.value_at(current.row()))
                return True
        return super().eventFilter(watched, event)

    @Slot(QModelIndex, QModelIndex)
    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if self._active() != self._run_ids:
            self._on_changed()
            return
        for run_id in self._run_ids:
            number = self._model.row_of(run_id)
            row = self._model.value_at(number) if first.row() <= number <= last.row() else None
            if row is not None:
                self._update(self.button_of(run_id) or self._make(run_id), row)

    def _active(self) -> set[int]:
        return {run_id for run_id in self._model.active_ids() if self._model.row_of(run_id) >= 0}

    @Slot()
    def _on_changed(self) -> None:
        active = self._active()
        for run_id in self._run_ids - active:
            self._remove(run_id)
        for run_id in active:
            row = self._model.value_at(self._model.row_of(run_id))
            if row is not None:
                self._update(self.button_of(run_id) or self._make(run_id), row)
        if active - self._run_ids:
            self._order_by_rows(active)
        self._run_ids = active

    def _order_by_rows(self, run_ids: set[int]) -> None:
        """Tab goes from the table to its buttons, from the top to the bottom."""
        before: QWidget = self._table
        for run_id in sorted(run_ids, key=self._model.row_of):
            widget = self.button_of(run_id)
            if widget is not None:
                QWidget.setTabOrder(before, widget)
                before = widget

    def _make(self, run_id: int) -> QPushButton:
        widget = button()
        widget.setStyleSheet("QPushButton { padding: 0 10px; min-height: 0; margin: 3px 8px; border-radius: 5px; }")
        widget.clicked.connect(lambda: self._controller.cancel(run_id))
        self._table.setIndexWidget(self._index(run_id), widget)
        return widget

    def _update(self, widget: QPushButton, row: RunRow) -> None:
        is_enabled = self._model.can_cancel(row)
        if not is_enabled and widget.hasFocus():
            self._table.setFocus()
        widget.setEnabled(is_enabled)
        words = "" if is_enabled else self._model.status_words(row)
        widget.setText(_("Cancel"))
        widget.setAccessibleName(_("Cancel run {number}").format(number=row.id))
        widget.setAccessibleDescription(words)
        widget.setToolTip(tool_tip(words or widget.accessibleName()))

    def _remove(self, run_id: int) -> None:
        widget = self.button_of(run_id)
        if widget is not None:
            if widget.hasFocus():
                self._table.setFocus()
            # The table deletes it later; until then nobody may press it.
            widget.setEnabled(False)
            self._table.setIndexWidget(self._index(run_id), None)  # type: ignore[arg-type]

    def _index(self, run_id: int) -> QModelIndex:
        return self._model.index(self._model.row_of(run_id), self._column)

    def _cancel_row(self, row: RunRow | None) -> None:
        if row is not None and self._model.can_cancel(row):
            self._controller.cancel(row.id)
