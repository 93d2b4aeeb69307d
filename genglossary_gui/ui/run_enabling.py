"""Which actions for runs make sense now: it follows the selection and what the runs have left."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from shiboken6 import Shiboken

from genglossary_gui.core.i18n import _
from genglossary_gui.core.runs.continuing import Choices, choices
from genglossary_gui.core.store.runs import RunRow, active_runs, run_rows
from genglossary_gui.ui import phrases
from genglossary_gui.ui.actions import RUN_ACTIONS, Actions
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.workspace import WorkspaceView

_COALESCE_MS = 50
_LOOKED_AT = 200
"""Of more selected runs only the numbers are looked at."""


class RunEnabling(QObject):
    """Enables and disables; ``close`` leaves only what a window may do while its runs are being stopped."""

    def __init__(self, workspace: Workspace, view: WorkspaceView, actions: Actions) -> None:
        super().__init__(view)
        self._reader = workspace.reader
        self._controller = workspace.controller
        self._is_read_only = workspace.is_read_only
        self._view = view
        self._actions = actions
        self._is_closing = False
        self._coalesce = QTimer(self, singleShot=True, interval=_COALESCE_MS)
        self._coalesce.timeout.connect(self.update)
        runs, controller = view.runs, self._controller
        for signal in (runs.run_selected, runs.selection_changed, controller.run_started, controller.run_finished):
            signal.connect(self.update)
        # These come many times a second.
        changes = (controller.run_changed, controller.queue_changed, runs.model.foreign_changed, runs.edits.changed)
        for signal in changes:
            signal.connect(self._on_changed)
        stack = runs.edits.stack
        for signal in (stack.canUndoChanged, stack.canRedoChanged, stack.undoTextChanged, stack.redoTextChanged):
            signal.connect(self.show_edits)
        self.update()

    def close(self) -> None:
        self._is_closing = True
        self.update()

    @Slot()
    def update(self) -> None:
        selected = self._view.runs.selected_runs()
        rows = list(self._reader.now(lambda c: run_rows(c, selected[:_LOOKED_AT]), {}).values())
        active = {row.id: row for row in self._reader.now(active_runs, [])}
        own = self._controller.active_runs()
        only = rows[0] if len(selected) == 1 and rows else None
        enabled = self._for_one(only) | self._for_all(selected, active)
        enabled |= {"actionCancelAll": bool(own), "actionPauseQueue": True, "actionEditAndRun": True}
        enabled["actionCompareRuns"] = self._can_compare(rows, selected)
        for name in (*RUN_ACTIONS, "actionCancelAll"):
            self._actions[name].setEnabled(enabled[name] and not self._is_closing)
        for action in (self._actions["actionRun"], *self._actions.scopes.values()):
            action.setEnabled(not self._is_closing)
        self._actions["actionPauseQueue"].setChecked(self._controller.is_paused)
        self._show_archive()
        self._view.set_running(bool(own))
        self.show_edits()
        if self._is_read_only:
            self._actions.refuse_writing(phrases.read_only())

    @Slot()
    def show_edits(self) -> None:
        """Name in “Undo” and “Redo” what they would do."""
        stack = self._view.runs.edits.stack
        if not Shiboken.isValid(stack):
            # It tells that it is empty while it is destroyed with the window.
            return
        undo, redo = self._actions["actionUndo"], self._actions["actionRedo"]
        undo.setEnabled(stack.canUndo())
        redo.setEnabled(stack.canRedo())
        undo.setText(_("&Undo: {what}").format(what=_unmarked(stack.undoText())) if stack.canUndo() else _("&Undo"))
        redo.setText(_("&Redo: {what}").format(what=_unmarked(stack.redoText())) if stack.canRedo() else _("&Redo"))

    @Slot()
    def _on_changed(self) -> None:
        if not self._coalesce.isActive():
            self._coalesce.start()

    def _for_one(self, row: RunRow | None) -> dict[str, bool]:
        possible = self._possible(row)
        waiting = self._controller.waiting(row.id) if row else None
        is_one = row is not None
        return {
            "actionResumeRun": possible.can_resume,
            "actionKeepRun": possible.can_keep,
            "actionDiscardRun": possible.can_discard,
            "actionRestoreRun": possible.can_restore,
            "actionRunAgain": is_one,
            "actionRenameRun": is_one,
            "actionRunNote": is_one,
            "actionCopyReport": is_one,
            "actionMoveUp": waiting is not None and waiting.position > 1,
            "actionMoveDown": waiting is not None and waiting.position < waiting.count,
        }

    def _for_all(self, selected: list[int], active: dict[int, RunRow]) -> dict[str, bool]:
        model = self._view.runs.model
        can_cancel = any(run_id in active and model.can_cancel(active[run_id]) for run_id in selected)
        has_ended = any(run_id not in active for run_id in selected)
        return {"actionCancelRun": can_cancel, "actionArchiveRun": has_ended, "actionDeleteRun": has_ended}

    def _can_compare(self, rows: list[RunRow], selected: list[int]) -> bool:
        return (
            len(selected) in (1, 2)
            and len(rows) == len(selected)
            and all(self._possible(row).can_compare for row in rows)
        )

    def _possible(self, row: RunRow | None) -> Choices:
        return self._reader.now(lambda c: choices(c, row), Choices()) if row else Choices()

    def _show_archive(self) -> None:
        is_archive = self._view.runs.bar.part == "archived"
        self._actions["actionArchiveRun"].setText(_("Take out of the archi&ve") if is_archive else _("Archi&ve"))


def _unmarked(words: str) -> str:
    """For a menu, where an ampersand marks a key."""
    return words.replace("&", "&&")
