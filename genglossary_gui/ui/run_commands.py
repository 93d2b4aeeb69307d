"""What a window does with runs: start, cancel, and say how they ended."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.i18n import _
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.store.runs import get_run
from genglossary_gui.ui import phrases
from genglossary_gui.ui.actions import Actions
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.banner import Banner
from genglossary_gui.ui.views.workspace import WorkspaceView

_BANNERS = {RunStatus.COMPLETED: "success", RunStatus.CANCELLED: "info"}


class RunCommands(QObject):
    """Connects the actions for runs with the controller.  ``ended()``: a run has ended."""

    ended = Signal()

    def __init__(self, workspace: Workspace, view: WorkspaceView, actions: Actions, banner: Banner) -> None:
        super().__init__(view)
        self._workspace = workspace
        self._controller = workspace.controller
        self._view = view
        self._actions = actions
        self._banner = banner
        self._selected = -1
        actions["actionRun"].triggered.connect(lambda: self.start(Scope.FULL))
        for scope, action in actions.scopes.items():
            action.triggered.connect(lambda _checked=False, scope=scope: self.start(scope))
        actions["actionCancelRun"].triggered.connect(self._cancel_selected)
        actions["actionCancelAll"].triggered.connect(self._controller.cancel_all)
        view.run_requested.connect(self.start)
        view.runs.run_selected.connect(self._on_selected)
        for signal in (self._controller.run_started, self._controller.run_changed):
            signal.connect(self._enable)
        self._controller.run_finished.connect(self._on_finished)
        self._controller.cancel_refused.connect(self._on_cancel_refused)
        self._enable()
        self._tell_recovered()

    @Slot(object)
    def start(self, scope: Scope) -> None:
        """Start a run, or say why not."""
        try:
            self._controller.start(scope)
        except UserFacingError as error:
            self._banner.say(error.full_text, "error")

    def _tell_recovered(self) -> None:
        """Say how runs ended whose process had died."""
        connection = self._workspace.reader.connection()
        ended = [run for run_id in self._workspace.recovered if (run := get_run(connection, run_id)) is not None]
        if ended:
            is_lost = any(run.status is RunStatus.INTERRUPTED for run in ended)
            self._banner.say(phrases.recovered(ended), "warning" if is_lost else "info")

    @Slot()
    def _cancel_selected(self) -> None:
        self._controller.cancel(self._selected)

    @Slot(int)
    def _on_selected(self, run_id: int) -> None:
        self._selected = run_id
        self._enable()

    @Slot()
    def _enable(self) -> None:
        active = self._controller.active_runs()
        can_cancel = self._selected in active and self._controller.phase(self._selected) in (
            RunPhase.WAITING,
            RunPhase.ACTIVE,
        )
        self._actions["actionCancelRun"].setEnabled(can_cancel)
        self._actions["actionCancelAll"].setEnabled(bool(active))
        self._view.set_running(bool(active))

    @Slot(int)
    def _on_finished(self, run_id: int) -> None:
        self._enable()
        run = get_run(self._workspace.reader.connection(), run_id)
        if run is None:
            return
        self._banner.say(phrases.run_end(run), _BANNERS.get(run.status, "error"))
        if run.status is RunStatus.COMPLETED:
            self._view.refresh()
        self.ended.emit()

    @Slot(int)
    def _on_cancel_refused(self, run_id: int) -> None:
        self._banner.say(_("Too late to cancel: run {run} is saving its results.").format(run=run_id))
