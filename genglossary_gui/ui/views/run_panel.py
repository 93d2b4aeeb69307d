"""The runs of the project, and the log of the one that is selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from genglossary_gui.core.glossary import Level
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store import logs
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.ui import run_tidying
from genglossary_gui.ui.dialogs.run_words import RunWordsDialog
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.runs import RunTableModel
from genglossary_gui.ui.plain import spaced
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.column_choice import ColumnChoice
from genglossary_gui.ui.views.failure_card import FailureCard
from genglossary_gui.ui.views.log_panel import LogPanel
from genglossary_gui.ui.views.run_bar import CHIPS, RunBar
from genglossary_gui.ui.views.run_cancel import CancelButtons
from genglossary_gui.ui.views.run_empty import EmptyRuns
from genglossary_gui.ui.views.run_progress import ProgressDelegate
from genglossary_gui.ui.views.run_rows import GroupHeaders, RowMenu, SelectedRuns
from genglossary_gui.ui.views.table_page import make_table

_WIDTHS = {
    "number": 4, "name": 13, "status": 20, "progress": 9, "cancel": 7, "elapsed": 6, "left": 11, "step": 16,
    "warnings": 8, "scope": 13, "engine": 7, "trigger": 9, "started": 13, "note": 20,
}  # fmt: skip

_HEIGHTS, _WIDTHS_BESIDE = (190, 150), (700, 660)
"""First sizes of table (with its bar) and log, below each other or side by side."""
_WIDE, _LOW, _WIDE_IF_LOW = 1_100, 240, 900
"""From this width on the log stands beside the runs; in a low panel earlier, or no whole row were in sight."""
_TIGHT = 200
"""Below this height, with the log below the runs, the bar makes room for a run."""
_LEAST_HEIGHT = 16
_LEAST_PANEL = 120
"""On a very small screen the end of the log is out of sight rather than the end of the window."""


class RunPanel(QWidget):
    """Bar and run table, and the log beside them; below them in a narrow window.

    ``run_selected(run)``: another run (-1: none) is shown.  ``selection_changed()``: other rows are selected.
    A run that starts is selected; otherwise the selection is the person's and survives every change.
    ``edits`` is the way back from what is renamed, noted, archived and deleted here.
    """

    run_selected = Signal(int)
    selection_changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, *, log: LogPanel | None = None) -> None:
        super().__init__(parent)
        self._reader = workspace.reader
        self._controller = workspace.controller
        self._shown = -1
        self._shown_row: RunRow | None = None
        self._wanted = -1
        self._stay_at = 0
        self._scrolled_to: int | None = None
        self.edits = Edits(workspace.project, self, is_read_only=workspace.is_read_only)
        self.model = RunTableModel(workspace.controller, workspace.reader, self)
        self.bar = RunBar(workspace.controller)
        self.empty = EmptyRuns(self.bar)
        self.run_table = make_table(self.model, "runTable", _WIDTHS, "note")
        self.run_table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.run_table.setItemDelegateForColumn(self.model.column_of("progress"), ProgressDelegate(self.run_table))
        self.cancel_buttons = CancelButtons(self.run_table, self.model, workspace.controller)
        self.row_menu = RowMenu(self.run_table, self.model)
        always = ("number", "status", "cancel")
        self.columns = ColumnChoice(self.run_table, self.model, always=always, hidden_first=())
        GroupHeaders(self.run_table, self.model)
        self._selected = SelectedRuns(self.run_table, self.model)
        self.failure_card = FailureCard(workspace)
        self.log = log or LogPanel(workspace.project, workspace.reader)
        self._build()
        self._connect()
        self._show_words()
        self.model.reload()

    def selected_run(self) -> int:
        """The number of the run whose log is shown, or -1."""
        return self._shown

    def selected_runs(self) -> list[int]:
        """The numbers of all selected runs, from the top."""
        return self._selected.run_ids()

    def select(self, run_id: int) -> None:
        """Select the run now, or when the table has been read again (if it shows that run)."""
        row = self.model.row_of(run_id)
        self._wanted = -1 if row >= 0 else run_id
        if row >= 0:
            self._go_to(row)

    def focus_search(self) -> None:
        self.bar.show()
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """What the context menu of a run offers."""
        self.row_menu.set_actions(actions)

    def show_first_error(self) -> None:
        """Go to the first error in the log of the run that is shown."""
        first = self._reader.now(lambda connection: logs.first_at_level(connection, self._shown, Level.ERROR), None)
        if first is not None:
            self.log.show_record(first.seq)

    def rename_selected(self) -> None:
        """Ask for the name of the run that is shown."""
        dialog = self._ask_for_words()
        if dialog is not None:
            dialog.name.setFocus()
            dialog.name.selectAll()

    def edit_note(self) -> None:
        """Ask for the note of the run that is shown."""
        dialog = self._ask_for_words()
        if dialog is not None:
            dialog.note.setFocus()

    def archive_selected(self) -> None:
        """Put the selected runs into the archive; those shown there, take out."""
        self._stay()
        run_tidying.archive(self.edits, self.selected_runs(), archived=self.bar.part != "archived")

    def delete_selected(self) -> None:
        """Delete the selected runs that are over."""
        self._stay()
        run_tidying.delete(self.edits, self.selected_runs())

    def purge_deleted(self) -> None:
        """Remove what deleted runs have left; they cannot be brought back afterwards."""
        run_tidying.purge(self.edits)

    def save_state(self, settings: QSettings) -> None:
        self.log.save_state(settings)
        self.columns.save(settings, "runs")

    def restore_state(self, settings: QSettings) -> None:
        self.log.restore_state(settings)
        self.columns.restore(settings, "runs")

    def retranslate(self) -> None:
        self._show_words()
        parts = (self.model, self.cancel_buttons, self.failure_card, self.log)
        for part in (*parts, *self.findChildren(RunWordsDialog)):
            part.retranslate()

    def _show_words(self) -> None:
        """What the other parts do not say themselves as soon as they are made."""
        self.run_table.setAccessibleName(_("Runs"))
        self.bar.retranslate()
        self.empty.retranslate()

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.run_table)
        self._stack.addWidget(self.empty)
        # On a small screen a line of each is enough; there is a bar above both.
        for widget in (self._stack, self.run_table, self.log.view):
            widget.setMinimumHeight(_LEAST_HEIGHT)
        splitter = QSplitter(Qt.Orientation.Vertical)
        above = QWidget()
        inner = QVBoxLayout(above)
        spaced(inner, spacing=0)
        inner.addWidget(self.bar)
        inner.addWidget(self._stack, 1)
        splitter.addWidget(above)
        splitter.addWidget(self.log)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes(list(_HEIGHTS))
        self._splitter = splitter
        splitter.installEventFilter(self)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=0)
        # Across both: beside the runs it would be so narrow that it leaves the log no room.
        layout.addWidget(self.failure_card)
        layout.addWidget(splitter, 1)
        self.setMinimumHeight(_LEAST_PANEL)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._splitter and isinstance(event, QResizeEvent):
            self._turn(event.size())
        return False

    def _turn(self, size: QSize) -> None:
        is_wide = size.width() >= (_WIDE_IF_LOW if size.height() < _LOW else _WIDE)
        if is_wide is not (self._splitter.orientation() is Qt.Orientation.Horizontal):
            self._splitter.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)
            self._splitter.setSizes(list(_WIDTHS_BESIDE if is_wide else _HEIGHTS))
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        """Without runs there is nothing to choose; in a very low panel a run counts for more than what chooses runs."""
        bar, is_stacked = self.bar, self._splitter.orientation() is Qt.Orientation.Vertical
        is_tight = is_stacked and self._splitter.height() < _TIGHT
        is_used = not bar.is_plain or bar.isAncestorOf(QApplication.focusWidget() or self)
        bar.setHidden(self.empty.has_no_runs or (is_tight and not is_used))

    def _connect(self) -> None:
        self.model.about_to_load.connect(self._on_about_to_load)
        self.model.loaded.connect(self._on_loaded)
        self.model.dataChanged.connect(self._show_end)
        self.model.recounted.connect(self._on_recounted)
        self.model.foreign_changed.connect(self.log.model.catch_up)
        self.bar.changed.connect(self._on_bar_changed)
        self.empty.asked_for.connect(self.bar.show_part)
        self.edits.changed.connect(self.model.reload)
        chosen = self.run_table.selectionModel()
        chosen.currentRowChanged.connect(self._show_current)
        chosen.selectionChanged.connect(self.selection_changed)
        self.failure_card.leaving.connect(self._on_card_leaving)
        self._controller.run_started.connect(self.select)
        self._controller.queue_changed.connect(self._make_room)
        self._controller.log_appended.connect(self.log.model.on_appended)

    @Slot()
    def _on_bar_changed(self) -> None:
        bar = self.bar
        self._stay_at = 0
        self.model.set_selection(
            replace(self.model.shown, search=bar.search_text, filters=CHIPS[bar.part], is_grouped=bar.is_grouped)
        )
        self.empty.retranslate()
        self._make_room()

    @Slot()
    def _on_recounted(self) -> None:
        self.bar.show_counts(self.model.counts)
        self.empty.show_counts(self.model.counts)
        self.log.setVisible(not self.empty.has_no_runs)
        self._make_room()

    @Slot()
    def _on_about_to_load(self) -> None:
        # The table goes to its last row when the current one is taken away.
        self._scrolled_to = self.run_table.verticalScrollBar().value()

    @Slot(int)
    def _on_loaded(self, count: int) -> None:
        self._stack.setCurrentWidget(self.run_table if count else self.empty)
        wanted, scrolled_to = self.model.row_of(self._wanted), self._scrolled_to
        self._wanted, self._scrolled_to = -1, None
        is_on_header = bool(self.model.state_at(self.run_table.currentIndex().row()))
        if wanted >= 0:
            self._go_to(wanted)
        elif count and self.model.row_of(self._shown) < 0 and not is_on_header:
            self.run_table.verticalScrollBar().setValue(scrolled_to or 0)
            rows = range(min(self._stay_at, count - 1), count)
            self._go_to(next((row for row in rows if not self.model.state_at(row)), 0))
        self._show_current()
        self._show_end()

    def _go_to(self, row: int) -> None:
        # setCurrentIndex of the table would add the row to the selection while a Ctrl key is held.
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.run_table.selectionModel().setCurrentIndex(self.model.index(row, 0), flags)
        self.run_table.scrollTo(self.model.index(row, 0))

    @Slot()
    def _show_current(self) -> None:
        if self._scrolled_to is not None:
            return
        run_id = self.model.id_at(self.run_table.currentIndex().row())
        if run_id < -1:
            # On a header the run that was selected last stays.
            run_id = self._shown if self.model.row_of(self._shown) >= 0 else -1
        if run_id == self._shown:
            return
        self._shown = run_id
        row = self._row()
        self.log.show_run(run_id if run_id >= 0 else None, follow=row is not None and row.status.is_active)
        self._show_end()
        self.run_selected.emit(run_id)

    @Slot()
    def _show_end(self) -> None:
        row = self._row()
        if row != self._shown_row:
            self._shown_row = row
            self.failure_card.show_run(row)

    @Slot()
    def _on_card_leaving(self) -> None:
        self.run_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self) -> RunRow | None:
        return self.model.value_at(self.model.row_of(self._shown))

    def _stay(self) -> None:
        self._stay_at = self.run_table.currentIndex().row()

    def _ask_for_words(self) -> RunWordsDialog | None:
        row = self._row()
        if row is None:
            return None
        dialog = RunWordsDialog(row, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(lambda name, note: run_tidying.write_words(self.edits, row, name, note))
        dialog.show()
        return dialog
