"""The runs as a table that follows the controller."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.i18n import N_, _, ngettext, pgettext
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.store.runs import RunRow, active_runs, run_ids, run_rows
from genglossary_gui.core.words import word
from genglossary_gui.ui import plain
from genglossary_gui.ui.controller import RunController
from genglossary_gui.ui.models.paged import Column, PagedTableModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.words import ENGINES, TRIGGERS, date_time, duration, step_word, word_of

_COALESCE_MS = 50
_TICK_MS = 1_000
_PHASES: dict[RunPhase | None, str] = {
    RunPhase.WAITING: N_("Waiting"),
    RunPhase.CANCELLING: N_("Cancelling…"),
    RunPhase.SAVING: N_("Saving results…"),
    RunPhase.UNSAVED: N_("Ended, not saved yet"),
    RunPhase.ELSEWHERE: N_("Running in another window"),
}


class RunTableModel(PagedTableModel[RunRow]):
    """All runs, the newest first until sorted otherwise.

    Rows follow the signals of the controller; runs of other processes are looked at once a second, each
    announced by ``foreign_changed(run)`` as long as it is active and once more afterwards.
    """

    foreign_changed = Signal(int)

    def __init__(self, controller: RunController, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(reader, self._columns(), run_ids, run_rows, parent=parent)
        self._controller = controller
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

    def active_ids(self) -> list[int]:
        """Every run that is not over, whoever carries it out."""
        return [row.id for row in self._reader.now(active_runs, [])]

    def phase(self, row: RunRow) -> RunPhase | None:
        """What an active run is doing; None for one that is over."""
        return self._controller.phase(row.id) if row.status.is_active else None

    def can_cancel(self, row: RunRow) -> bool:
        """Whether a cancel would still be accepted."""
        return not row.cancel_requested and self.phase(row) in (RunPhase.WAITING, RunPhase.ACTIVE, RunPhase.ELSEWHERE)

    def status_words(self, row: RunRow) -> str:
        """The status as a person reads it, with what an active run is doing."""
        if row.status is RunStatus.COMPLETED and row.warnings:
            count = plain.number(row.warnings)
            return ngettext("Completed with {count} warning", "Completed with {count} warnings", row.warnings).format(
                count=count
            )
        phase = self.phase(row)
        if row.cancel_requested and phase in (RunPhase.ACTIVE, RunPhase.ELSEWHERE):
            return _("Cancelling…")
        return _(_PHASES[phase]) if phase in _PHASES else word(row.status)

    def _columns(self) -> tuple[Column[RunRow], ...]:
        return (
            Column(
                name="number",
                title=lambda: pgettext("run", "No."),
                text=lambda row: str(row.id),
                is_number=True,
            ),
            Column(name="scope", title=lambda: pgettext("run", "Run"), text=_name),
            Column(
                name="status",
                title=lambda: pgettext("run", "Status"),
                text=self.status_words,
                tip=lambda row: row.error or self.status_words(row),
                icon=lambda row: f"status-{row.status}",
            ),
            Column(name="progress", title=lambda: _("Progress"), text=progress_words, sortable=False),
            Column(name="cancel", title=lambda: pgettext("column", "Cancel"), text=lambda row: "", sortable=False),
            Column(name="elapsed", title=lambda: _("Time"), text=self._elapsed, is_number=True),
            Column(name="step", title=lambda: _("Step"), text=lambda row: step_word(row.step)),
            Column(
                name="warnings",
                title=lambda: _("Warnings"),
                text=lambda row: plain.number(row.warnings) if row.warnings else "",
                is_number=True,
            ),
            Column(
                name="started",
                title=lambda: _("Started"),
                text=lambda row: date_time(row.created_at),
            ),
            Column(name="engine", title=lambda: _("Engine"), text=lambda row: word_of(row.engine, ENGINES)),
            Column(
                name="trigger",
                title=lambda: _("Trigger"),
                text=lambda row: word_of(row.triggered_by, TRIGGERS),
            ),
        )

    def _elapsed(self, row: RunRow) -> str:
        if row.status.is_active:
            return duration(self._controller.elapsed(row.id), is_over=False)
        return duration(row.seconds, is_over=True)

    @Slot(int)
    def _on_started(self, run_id: int) -> None:
        self.refresh()

    @Slot(int)
    def _on_changed(self, run_id: int) -> None:
        self._changed.add(run_id)
        if not self._coalesce.isActive():
            self._coalesce.start()

    @Slot(int)
    def _on_finished(self, run_id: int) -> None:
        self.refresh_row(run_id)

    @Slot()
    def _on_coalesced(self) -> None:
        changed, self._changed = self._changed, set()
        for run_id in changed:
            self.refresh_row(run_id)

    @Slot()
    def _on_tick(self) -> None:
        own = set(self._controller.active_runs())
        for run_id in own:
            self.touch(run_id, self.column_of("elapsed"))
        foreign = set(self.active_ids()) - own
        if any(self.row_of(run_id) < 0 for run_id in foreign - self._foreign):
            self.refresh()
        for run_id in foreign | self._foreign:
            self.refresh_row(run_id)
            self.foreign_changed.emit(run_id)
        self._foreign = foreign


def progress_words(row: RunRow) -> str:
    """“37 / 120”; empty while the total is not known."""
    return f"{plain.number(row.done)} / {plain.number(row.total)}" if row.total else ""


def _name(row: RunRow) -> str:
    return row.name or word(row.scope)
