"""The thread of one run: a bridge without opinions between ``core.runs`` and Qt."""

from __future__ import annotations

from PySide6.QtCore import QObject, QThread, Signal

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.runs.job import Ended, RunJob


class RunThread(QThread):
    """Carries out one run.  The signals are emitted in the run's thread: connect them to methods of QObjects.

    ``changed(run_id, last_seq)``: the row or the log of the run has something new (about 20 times a second at most).
    ``ended(run_id, ended)``: emitted exactly once, whatever happened; ``ended`` is an ``Ended``.
    """

    changed = Signal(int, int)
    ended = Signal(int, object)

    def __init__(self, job: RunJob, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"run-{job.run_id}")
        self.run_id = job.run_id
        self._job = job

    def run(self) -> None:
        result = Ended(RunStatus.FAILED)
        try:
            result = self._job.carry_out(self.changed.emit)
        finally:
            self.ended.emit(self.run_id, result)
