"""The runs as a table that follows the controller."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont

from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.store.run_list import (
    STATES,
    ListedRuns,
    RunSelection,
    header_id,
    listed_runs,
    state_counts,
    state_of_header,
)
from genglossary_gui.core.store.runs import RunRow, active_runs, run_rows
from genglossary_gui.core.words import word
from genglossary_gui.ui import plain, theme
from genglossary_gui.ui.controller import RunController
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.paged import Column, Index, PagedTableModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.run_pace import Measured, RunPace
from genglossary_gui.ui.models.run_words import counted, kind_of, name_of, state_word, status_of
from genglossary_gui.ui.models.words import ENGINES, TRIGGERS, date_time, duration, step_word, word_of

_COALESCE_MS = 50
_TICK_MS = 1_000
_CANCELLABLE = (RunPhase.WAITING, RunPhase.ACTIVE, RunPhase.ELSEWHERE)
_AT_WORK = (RunPhase.ACTIVE, RunPhase.ELSEWHERE)


class RunTableModel(PagedTableModel[RunRow]):
    """The runs, the newest first until sorted otherwise; grouped on demand, with rows that are headers.

    Rows follow the signals of the controller; runs of other processes are looked at once a second, each
    announced by ``foreign_changed(run)`` as long as it is active and once more afterwards.
    ``about_to_load()``: rows will come, go or move, until ``loaded``.
    ``recounted()``: ``counts`` has arrived, the number of runs in each part of the list (``run_list.state_counts``).
    """

    foreign_changed = Signal(int)
    recounted = Signal()
    about_to_load = Signal()

    def __init__(self, controller: RunController, reader: Reader, parent: QObject | None = None) -> None:
        current = RunSelection(filters=("current",))
        super().__init__(reader, self._columns(), listed_runs, run_rows, current, parent)
        self.counts: Mapping[str, int] = {}
        self._headers: Mapping[str, int] = {}
        self._controller = controller
        self._pace = RunPace()
        self._changed: set[int] = set()
        self._foreign: set[int] = set()
        self._coalesce = QTimer(self, singleShot=True, interval=_COALESCE_MS)
        self._coalesce.timeout.connect(self._on_coalesced)
        self._clock = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.CoarseTimer)
        self._clock.timeout.connect(self._on_tick)
        controller.run_started.connect(self._on_started)
        controller.run_changed.connect(self._on_changed)
        controller.run_finished.connect(self._on_finished)
        self._clock.start()

    @property
    def shown(self) -> RunSelection:
        """What the table shows, or will show as soon as the ids arrive."""
        assert isinstance(self.selection, RunSelection)
        return self.selection

    @Slot()
    def reload(self) -> None:
        """Runs have come, gone or changed their state: order and counts are read again."""
        self.refresh()
        self._reader.ask(state_counts, self._on_counts)

    def toggle_group(self, state: str) -> None:
        """Collapse or expand the runs of a state."""
        self.set_selection(replace(self.shown, collapsed=self.shown.collapsed ^ {state}))

    def state_at(self, row: int) -> str:
        """The state whose header a row is; empty for a row that is a run."""
        return state_of_header(self.id_at(row))

    def headers(self) -> list[int]:
        """The rows that are headers."""
        return [row for state in STATES if (row := self.row_of(header_id(state))) >= 0] if self._headers else []

    def active_ids(self) -> list[int]:
        """Every run that is not over, whoever carries it out."""
        return [row.id for row in self._active_rows()]

    def phase(self, row: RunRow) -> RunPhase | None:
        """What an active run is doing; None for one that is over."""
        return self._controller.phase(row.id) if row.status.is_active else None

    def can_cancel(self, row: RunRow) -> bool:
        """Whether a cancel would still be accepted."""
        is_possible = not row.cancel_requested and self.phase(row) in _CANCELLABLE
        return is_possible and not self._controller.is_read_only

    def status_words(self, row: RunRow) -> str:
        """The status as a person reads it, with what an active run is doing or why it waits."""
        waiting = self._controller.waiting(row.id) if row.status.is_active else None
        return status_of(row, self.phase(row), waiting)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled if self.state_at(index.row()) else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        state = self.state_at(index.row())
        return self._header_at(state, index.column(), role) if state else super().data(index, role)

    def _header_at(self, state: str, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(theme.current().window)
        if column > 0:
            return None
        is_collapsed = state in self.shown.collapsed
        words = counted(state_word(state), self._headers.get(state, 0))
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (_("{words}, collapsed") if is_collapsed else _("{words}, expanded")).format(words=words)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon("chevron-right" if is_collapsed else "chevron-down")
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return Qt.AlignmentFlag.AlignVCenter if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _columns(self) -> tuple[Column[RunRow], ...]:
        return (
            Column(name="number", title=lambda: pgettext("run", "No."), text=lambda row: str(row.id), is_number=True),
            Column(name="name", title=lambda: pgettext("run", "Run"), text=name_of, tip=_name_tip),
            Column(
                name="status",
                title=lambda: pgettext("run", "Status"),
                text=self.status_words,
                tip=lambda row: row.error or self.status_words(row),
                icon=lambda row: f"status-{row.status}",
            ),
            Column(name="cancel", title=lambda: pgettext("column", "Cancel"), text=lambda row: "", sortable=False),
            Column(name="progress", title=lambda: _("Progress"), text=progress_words),
            Column(name="elapsed", title=lambda: _("Time"), text=self._elapsed, is_number=True),
            Column(name="left", title=lambda: pgettext("time", "Left"), text=self._left, sortable=False),
            Column(name="step", title=lambda: _("Step"), text=lambda row: step_word(row.step)),
            Column(
                name="warnings",
                title=lambda: _("Warnings"),
                text=lambda row: plain.number(row.warnings) if row.warnings else "",
                is_number=True,
            ),
            Column(name="scope", title=lambda: _("Scope"), text=lambda row: word(row.scope)),
            Column(name="engine", title=lambda: _("Engine"), text=lambda row: word_of(row.engine, ENGINES)),
            Column(name="trigger", title=lambda: _("Trigger"), text=lambda row: word_of(row.triggered_by, TRIGGERS)),
            Column(name="started", title=lambda: _("Started"), text=lambda row: date_time(row.created_at)),
            Column(name="note", title=lambda: _("Note"), text=lambda row: row.note),
        )

    def _elapsed(self, row: RunRow) -> str:
        if row.status.is_active:
            return duration(self._controller.elapsed(row.id), is_over=False)
        return duration(row.seconds, is_over=True)

    def _left(self, row: RunRow) -> str:
        return self._pace.left(row) if self.phase(row) in _AT_WORK and not row.cancel_requested else ""

    def _active_rows(self) -> list[RunRow]:
        return self._reader.now(active_runs, [])

    @Slot(object)
    def _on_ids(self, ids: array[int]) -> None:
        self._headers = ids.counts if isinstance(ids, ListedRuns) else {}
        if ids != self._ids:
            self.about_to_load.emit()
        super()._on_ids(ids)

    @Slot(object)
    def _on_counts(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self.recounted.emit()

    @Slot(object)
    def _on_measured(self, measured: Measured) -> None:
        self._pace.measured = measured

    @Slot(int)
    def _on_started(self, run_id: int) -> None:
        self.reload()

    @Slot(int)
    def _on_changed(self, run_id: int) -> None:
        self._changed.add(run_id)
        if not self._coalesce.isActive():
            self._coalesce.start()

    @Slot(int)
    def _on_finished(self, run_id: int) -> None:
        self.refresh_row(run_id)
        self.reload()

    @Slot()
    def _on_coalesced(self) -> None:
        changed, self._changed = self._changed, set()
        for run_id in changed:
            self.refresh_row(run_id)

    @Slot()
    def _on_tick(self) -> None:
        own = set(self._controller.active_runs())
        for run_id in own:
            for name in ("elapsed", "left"):
                self.touch(run_id, self.column_of(name))
        rows = self._active_rows()
        question = self._pace.question(rows)
        if question is not None:
            self._reader.ask(question, self._on_measured)
        foreign = {row.id for row in rows} - own
        for run_id in foreign | self._foreign:
            self.refresh_row(run_id)
            self.foreign_changed.emit(run_id)
        if foreign != self._foreign:
            self._foreign = foreign
            self.reload()


def progress_words(row: RunRow) -> str:
    """“37 / 120”; empty while the total is not known."""
    return f"{plain.number(row.done)} / {plain.number(row.total)}" if row.total else ""


def _name_tip(row: RunRow) -> str:
    return f"{row.name} — {kind_of(row)}" if row.name else kind_of(row)
