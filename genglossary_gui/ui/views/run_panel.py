"""The runs of the project, and the log of the one that is selected."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.runs import RunTableModel
from genglossary_gui.ui.plain import label, spaced
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.elided import ElidedLabel
from genglossary_gui.ui.views.log_panel import LogPanel
from genglossary_gui.ui.views.run_cancel import CancelButtons
from genglossary_gui.ui.views.run_progress import ProgressDelegate
from genglossary_gui.ui.views.table_page import make_table

_WIDTHS = {
    "number": 6, "scope": 13, "status": 24, "progress": 18, "cancel": 9, "elapsed": 6, "step": 17,
    "warnings": 8, "started": 13, "engine": 7, "trigger": 8,
}  # fmt: skip

_HEIGHTS = (136, 200)
"""First heights of table and log: three runs, and the log gets what is left."""


class RunPanel(QWidget):
    """Run table above, log below.  ``run_selected(run)``: another run (-1: none) is shown.

    A run that starts is selected; otherwise the selection is the person's and survives every change.
    """

    run_selected = Signal(int)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = workspace.controller
        self._shown = -1
        self._wanted = -1
        self.model = RunTableModel(workspace.controller, workspace.reader, self)
        self.run_table = make_table(self.model, "runTable", _WIDTHS, "trigger")
        self.run_table.setItemDelegateForColumn(self.model.column_of("progress"), ProgressDelegate(self.run_table))
        self.cancel_buttons = CancelButtons(self.run_table, self.model, workspace.controller)
        self.log = LogPanel(workspace.reader)
        self._strip = _FailureStrip()
        self._build()
        self._connect()
        self.retranslate()
        self.model.refresh()

    def selected_run(self) -> int:
        """The number of the run whose log is shown, or -1."""
        return self._shown

    def select(self, run_id: int) -> None:
        """Select the run now, or as soon as it is in the table."""
        row = self.model.row_of(run_id)
        self._wanted = -1 if row >= 0 else run_id
        if row >= 0:
            self.run_table.setCurrentIndex(self.model.index(row, 0))
            self.run_table.scrollTo(self.model.index(row, 0))

    def retranslate(self) -> None:
        self.run_table.setAccessibleName(_("Runs"))
        self._empty.setText(_("No runs yet. Press Run to build the glossary."))
        self.model.retranslate()
        self.cancel_buttons.retranslate()
        self.log.retranslate()
        self._show_strip()

    def _build(self) -> None:
        self._empty = label(role="muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.run_table)
        self._stack.addWidget(self._empty)
        self._below = QWidget()
        inner = QVBoxLayout(self._below)
        spaced(inner, spacing=0)
        inner.addWidget(self._strip)
        inner.addWidget(self.log, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._stack)
        splitter.addWidget(self._below)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes(list(_HEIGHTS))
        layout = QVBoxLayout(self)
        spaced(layout, spacing=0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.model.loaded.connect(self._on_loaded)
        self.model.dataChanged.connect(self._show_strip)
        self.model.foreign_changed.connect(self.log.model.catch_up)
        self.run_table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self._controller.run_started.connect(self.select)
        self._controller.log_appended.connect(self.log.model.on_appended)

    @Slot(int)
    def _on_loaded(self, count: int) -> None:
        self._stack.setCurrentIndex(0 if count else 1)
        self._below.setVisible(count > 0)
        if self._wanted >= 0:
            self.select(self._wanted)
        if count and not self.run_table.currentIndex().isValid():
            self.run_table.setCurrentIndex(self.model.index(0, 0))
        self._show_current()

    @Slot(QModelIndex)
    def _on_current_changed(self, _current: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        run_id = self.model.id_at(self.run_table.currentIndex().row())
        if run_id == self._shown:
            return
        self._shown = run_id
        row = self._row()
        self.log.show_run(run_id if run_id >= 0 else None, follow=row is not None and row.status.is_active)
        self._show_strip()
        self.run_selected.emit(run_id)

    @Slot()
    def _show_strip(self) -> None:
        self._strip.show_end_of(self._row())

    def _row(self) -> RunRow | None:
        return self.model.value_at(self.model.row_of(self._shown))


class _FailureStrip(QFrame):
    """One line above the log that says why a run did not get to its end."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("runFailure")
        self._kind = ""
        self._icon = label()
        self._text = ElidedLabel(Qt.TextElideMode.ElideRight)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        self.hide()

    def show_end_of(self, row: RunRow | None) -> None:
        """Hidden unless the run failed or was interrupted."""
        if row is not None and row.status is RunStatus.FAILED:
            self._say("error", _("Run {number} failed: {reason}").format(number=row.id, reason=harmless(row.error)))
        elif row is not None and row.status is RunStatus.INTERRUPTED:
            words = _("The program ended before run {number} was over. The glossary is as it was.")
            self._say("warning", words.format(number=row.id))
        else:
            self.hide()

    def _say(self, kind: str, text: str) -> None:
        if text != self._text.text():
            self._text.setText(text)
        if kind != self._kind:
            self._kind = kind
            self._icon.setPixmap(icon(kind).pixmap(QSize(16, 16), self.devicePixelRatioF()))
            self.setProperty("banner", kind)
            self.style().unpolish(self)
            self.style().polish(self)
        self.show()
