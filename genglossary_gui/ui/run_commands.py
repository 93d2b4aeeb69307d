"""What a window does with runs: start, go on, discard, compare, tidy up."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from genglossary_gui.core import paths
from genglossary_gui.core.engines.llm_settings import destination, model_troubles
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.glossary import RunMode, Scope
from genglossary_gui.core.i18n import _, ngettext, pgettext
from genglossary_gui.core.runs import continuing, failures
from genglossary_gui.core.runs.failures import Suggestion
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.runs import RunRow, active_runs, get_run
from genglossary_gui.ui import phrases
from genglossary_gui.ui.actions import RUN_ACTIONS, Actions
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.ask import ask
from genglossary_gui.ui.dialogs.run_settings import RunSettingsDialog
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.banner import Banner
from genglossary_gui.ui.views.failure_card import DISCARD, copy_report
from genglossary_gui.ui.views.workspace import WorkspaceView

_DOCUMENTS_PAGE = 2
_LOOKED_AT = 200
"""So many runs before one are looked at for an earlier result to compare with."""


class RunCommands(QObject):
    """Carries out the actions for runs; what cannot be done is said in the banner.

    ``settings`` gives those of a new run.  ``discarded()``: drafts are gone, other things may be done now.
    """

    discarded = Signal()

    def __init__(
        self,
        workspace: Workspace,
        view: WorkspaceView,
        actions: Actions,
        banner: Banner,
        settings: Callable[[], RunSettings],
    ) -> None:
        super().__init__(view)
        self._workspace = workspace
        self._controller = workspace.controller
        self._view = view
        self._banner = banner
        self._settings = settings
        self._waiting = ""
        self._connect(actions)
        self._controller.run_started.connect(self._on_waited)
        self._controller.start_failed.connect(self._on_start_failed)

    @Slot(object)
    def start(self, scope: Scope, settings: RunSettings | None = None, name: str = "") -> None:
        """Start a run, or say why not."""
        self._begin(lambda: self._controller.start(scope, settings=settings, name=name))

    @Slot(object)
    def run(self, scope: Scope) -> None:
        """Start a run as the settings say, but first show what it costs when texts would leave this computer."""
        settings = self._settings()
        if destination(settings) or model_troubles(settings):
            self._ask_for_settings(settings, scope)
        else:
            self.start(scope, settings)

    @Slot(object, str)
    def _on_regenerate_wanted(self, keys: tuple[str, ...], name: str) -> None:
        self.start(Scope.GENERATE, replace(self._settings(), terms=keys), name)

    def go_on(self, mode: RunMode, run_ids: Sequence[int]) -> None:
        """Resume, keep or publish again what these runs made."""
        for run_id in run_ids:
            self._begin(partial(self._controller.continue_run, run_id, mode))

    def run_again(self, run_ids: Sequence[int]) -> None:
        """Start runs with the frozen settings of these."""
        for row in self._rows(run_ids):
            self.start(row.scope, RunSettings.from_json(row.settings), row.name)

    def resume_all(self, run_ids: Sequence[int]) -> None:
        """Resume what has a draft; what never began is started again."""
        for row in self._rows(run_ids):
            if self._possible(row).can_resume:
                self.go_on(RunMode.RESUME, [row.id])
            else:
                self.run_again([row.id])

    def discard(self, run_ids: Sequence[int]) -> None:
        """Ask, then drop what these runs had finished."""
        count = len(run_ids)
        question = ngettext("Discard what run {runs} has done?", "Discard what {count} runs have done?", count)
        ask(
            self._view.window(),
            question.format(runs=phrases.run_numbers(run_ids), count=count),
            _("It can neither be resumed nor published afterwards. The glossary stays as it is."),
            accept=_("Discard"),
            reject=pgettext("dialog", "Cancel"),
            accepted=lambda: self._discard(tuple(run_ids)),
        )

    def edit_and_run(self, run_ids: Sequence[int] = ()) -> None:
        """Open the dialog with the settings of a run, or with those of the app."""
        row = next(iter(self._rows(run_ids)), None)
        if row is None:
            self._ask_for_settings(self._settings())
        else:
            self._ask_for_settings(RunSettings.from_json(row.settings), row.scope, row.name)

    def _ask_for_settings(self, settings: RunSettings, scope: Scope = Scope.FULL, name: str = "") -> None:
        project, defaults = self._workspace.project, self._settings()
        parent = self._view.window()
        dialog = RunSettingsDialog(settings, scope, name, parent, defaults=defaults, project=project)
        dialog.run_requested.connect(self.start)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def compare(self, run_ids: Sequence[int]) -> None:
        """Compare two runs, or one with the run before it."""
        pair = sorted(run_ids) if len(run_ids) == 2 else self._with_earlier(run_ids[0])
        if len(pair) < 2:
            self._banner.say(_("There is no earlier run whose results are kept."))
            return
        from genglossary_gui.ui.dialogs.compare import CompareDialog

        dialog = CompareDialog(self._workspace, pair[0], pair[1], self._view.window())
        dialog.restore_requested.connect(self._on_restore_wanted)
        dialog.show()

    def show_log(self, run_id: int) -> None:
        """Go to the log of a run."""
        self._view.show_runs(True)
        self._view.runs.select(run_id)
        self._view.runs.log.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(int, str)
    def follow(self, run_id: int, suggestion: str) -> None:
        """Do what the failure card suggests."""
        follow: dict[str, Callable[[], object]] = {
            Suggestion.RESUME: lambda: self.go_on(RunMode.RESUME, [run_id]),
            Suggestion.KEEP: lambda: self.go_on(RunMode.KEEP, [run_id]),
            Suggestion.RUN_AGAIN: lambda: self.run_again([run_id]),
            Suggestion.EDIT_AND_RUN: lambda: self.edit_and_run([run_id]),
            Suggestion.SHOW_DOCUMENTS: lambda: self._view.show_page(_DOCUMENTS_PAGE),
            Suggestion.SHOW_FOLDER: lambda: _show_folder(self._workspace.project.parent),
            Suggestion.SHOW_ERROR: self._view.runs.show_first_error,
            Suggestion.SHOW_APP_LOG: lambda: _show_folder(paths.log_folder()),
            DISCARD: lambda: self.discard([run_id]),
        }
        follow[suggestion]()

    def _connect(self, actions: Actions) -> None:
        runs = self._view.runs
        acts: dict[str, Callable[[], object]] = {
            "actionRun": lambda: self.run(Scope.FULL),
            "actionCancelRun": self._cancel_selected,
            "actionCancelAll": self._controller.cancel_all,
            "actionResumeRun": lambda: self.go_on(RunMode.RESUME, runs.selected_runs()),
            "actionKeepRun": lambda: self.go_on(RunMode.KEEP, runs.selected_runs()),
            "actionRestoreRun": lambda: self.go_on(RunMode.RESTORE, runs.selected_runs()),
            "actionDiscardRun": lambda: self.discard(runs.selected_runs()),
            "actionRunAgain": lambda: self.run_again(runs.selected_runs()),
            "actionEditAndRun": self._edit_selected,
            "actionCompareRuns": lambda: self.compare(runs.selected_runs()),
            "actionMoveUp": lambda: self._move(-1),
            "actionMoveDown": lambda: self._move(+1),
            "actionRenameRun": runs.rename_selected,
            "actionRunNote": runs.edit_note,
            "actionArchiveRun": runs.archive_selected,
            "actionDeleteRun": runs.delete_selected,
            "actionCopyReport": self._copy_report,
            "actionUndo": runs.edits.stack.undo,
            "actionRedo": runs.edits.stack.redo,
        }
        for name, act in acts.items():
            actions[name].triggered.connect(lambda _checked=False, act=act: act())
        for scope, action in actions.scopes.items():
            action.triggered.connect(lambda _checked=False, scope=scope: self.run(scope))
        actions["actionPauseQueue"].toggled.connect(self._controller.set_paused)
        self._view.run_requested.connect(self.run)
        self._view.regenerate_requested.connect(self._on_regenerate_wanted)
        runs.failure_card.suggested.connect(self.follow)
        runs.set_menu(actions.of_runs())
        # Their keys count only there.
        runs.run_table.addActions([actions[name] for name in RUN_ACTIONS])
        self.discarded.connect(runs.failure_card.refresh)

    def _begin(self, begin: Callable[[], int | None]) -> None:
        try:
            run_id = begin()
        except (UserFacingError, sqlite3.Error, OSError) as error:
            self._banner.say(failures.describe(error)[1], "error")
            return
        if run_id is None:
            self._waiting = _("Waiting for the project: something else is being saved in it…")
            self._banner.say(self._waiting)

    @Slot(int)
    def _on_waited(self, _run_id: int) -> None:
        if not self._controller.pending_starts:
            self._banner.take_back(self._waiting)

    @Slot(str)
    def _on_start_failed(self, sentence: str) -> None:
        self._banner.say(sentence, "error")

    @Slot(int)
    def _on_restore_wanted(self, run_id: int) -> None:
        self.go_on(RunMode.RESTORE, [run_id])

    def _discard(self, run_ids: tuple[int, ...]) -> None:
        project = self._workspace.project
        Background(self, lambda: _discard(project, run_ids), self._on_discarded, self._on_error)

    def _on_discarded(self, run_ids: Sequence[int]) -> None:
        words = ngettext(
            "What run {runs} had done was discarded.", "What runs {runs} had done was discarded.", len(run_ids)
        )
        runs = phrases.run_numbers(run_ids)
        self._banner.say(words.format(runs=runs) if run_ids else _("Nothing had to be changed."))
        self.discarded.emit()

    def _on_error(self, error: UserFacingError) -> None:
        self._banner.say(error.full_text, "error")

    def _cancel_selected(self) -> None:
        selected = set(self._view.runs.selected_runs())
        for row in self._workspace.reader.now(active_runs, []):
            if row.id in selected:
                self._controller.cancel(row.id)

    def _edit_selected(self) -> None:
        selected = self._view.runs.selected_runs()
        self.edit_and_run(selected if len(selected) == 1 else ())

    def _move(self, step: int) -> None:
        for run_id in self._view.runs.selected_runs()[:1]:
            waiting = self._controller.waiting(run_id)
            if waiting is not None:
                self._controller.move_waiting(run_id, waiting.position + step)

    def _copy_report(self) -> None:
        for run_id in self._view.runs.selected_runs()[:1]:
            if copy_report(self._workspace, run_id):
                self._banner.say(_("The report of run {run} is on the clipboard.").format(run=run_id), "success")

    def _with_earlier(self, run_id: int) -> list[int]:
        earlier = range(run_id - 1, max(run_id - _LOOKED_AT, 0), -1)
        found = (row.id for row in self._rows(earlier) if not row.deleted and self._possible(row).can_compare)
        return [*([other] if (other := next(found, None)) is not None else []), run_id]

    def _rows(self, run_ids: Sequence[int]) -> list[RunRow]:
        reader = self._workspace.reader
        rows = (reader.now(partial(get_run, run_id=run_id), None) for run_id in run_ids)
        return [row for row in rows if row is not None]

    def _possible(self, row: RunRow) -> continuing.Choices:
        return self._workspace.reader.now(lambda connection: continuing.choices(connection, row), continuing.Choices())


def _discard(project: Path, run_ids: Sequence[int]) -> list[int]:
    """Those of the runs that had a draft, which is gone now."""
    with closing(connect(project)) as connection:
        return [run_id for run_id in run_ids if continuing.discard(connection, run_id)]


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
