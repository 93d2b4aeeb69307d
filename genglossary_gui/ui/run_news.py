"""What the window says about its runs: how they ended, which were interrupted, what was changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from genglossary_gui.core.glossary import RunMode, RunStatus
from genglossary_gui.core.i18n import _
from genglossary_gui.core.runs.continuing import Choices, choices
from genglossary_gui.core.runs.failures import Suggestion
from genglossary_gui.core.store.runs import RunRow, get_run
from genglossary_gui.ui import phrases
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.notify import Notifier
from genglossary_gui.ui.run_commands import RunCommands
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.banner import Banner, Offer
from genglossary_gui.ui.views.failure_card import DISCARD, words_for
from genglossary_gui.ui.views.workspace import WorkspaceView

_KINDS = {RunStatus.COMPLETED: "success", RunStatus.CANCELLED: "info"}
_LONGEST = 500
"""Characters of a reason in the banner; the card of the run has all of it."""


class RunNews(QObject):
    """Tells in the banner, and outside of the window when a long run ends unseen.

    ``published()``: the glossary or the list of documents may be different now.
    """

    published = Signal()

    def __init__(self, workspace: Workspace, view: WorkspaceView, commands: RunCommands, banner: Banner) -> None:
        super().__init__(view)
        self._reader = workspace.reader
        self._controller = workspace.controller
        self._view = view
        self._commands = commands
        self._banner = banner
        self._is_stopping = False
        self._told: set[int] = set()
        self._edit = ""
        self._recovery, self._lost = "", set[int]()
        self.notifier = Notifier(view.window())
        self._controller.run_finished.connect(self._on_finished)
        self._controller.cancel_refused.connect(self._on_cancel_refused)
        self._controller.recovered.connect(self.tell_recovered)
        self._controller.run_started.connect(self._on_started)
        view.runs.model.foreign_changed.connect(self._on_foreign_changed)
        view.runs.edits.edited.connect(self._on_edited)
        view.runs.edits.stack.indexChanged.connect(self._on_edits_moved)
        view.runs.edits.failed.connect(self._on_edit_failed)
        self.tell_recovered(workspace.recovered)

    def tell_stopping(self) -> None:
        """From now on say only which runs the closing window waits for."""
        if not self._is_stopping:
            self._is_stopping = True
            self._banner.say(phrases.stopping(self._controller.active_runs()))

    @Slot(object)
    def tell_recovered(self, run_ids: Sequence[int]) -> None:
        """Say how runs ended whose process had died, and offer to go on."""
        runs = [row for row in map(self._row, run_ids) if row is not None and row.id not in self._told]
        if not runs or self._is_stopping:
            return
        self._told.update(row.id for row in runs)
        lost = [row for row in runs if row.status is RunStatus.INTERRUPTED]
        possible = self._possible(lost[0]) if len(lost) == 1 else Choices()
        offers = self._for_one(lost[0], possible) if len(lost) == 1 else self._for_several(lost)
        self._recovery, self._lost = phrases.recovered(runs, possible), {row.id for row in lost}
        self._banner.say(self._recovery, "warning" if lost else "info", offers=offers)
        if len(lost) < len(runs):
            self._on_published()

    @Slot(int)
    def _on_started(self, run_id: int) -> None:
        """A run that goes on with an interrupted one leaves nothing to offer."""
        row = self._row(run_id) if self._lost else None
        if row is not None and row.basis in self._lost:
            self._lost.remove(row.basis)
            if not self._lost:
                self._banner.take_back(self._recovery)

    @Slot(int)
    def _on_finished(self, run_id: int) -> None:
        row = self._row(run_id)
        if row is None:
            return
        # However it ended: what it has read is in the list of documents.
        self._on_published()
        if self._is_stopping:
            self._banner.say(phrases.stopping(self._controller.active_runs()))
            return
        words = harmless(phrases.run_end(row), _LONGEST)
        offers = [(_("Show"), lambda: self._view.runs.select(run_id))] if row.status is RunStatus.FAILED else []
        self._banner.say(words, _KINDS.get(row.status, "error"), offers=offers)
        self.notifier.tell(words, row.seconds)

    @Slot(int)
    def _on_cancel_refused(self, run_id: int) -> None:
        self._banner.say(_("Too late to cancel: run {run} is saving its results.").format(run=run_id))

    @Slot(int)
    def _on_foreign_changed(self, run_id: int) -> None:
        """A run of another process: it may have ended, or somebody else has recovered it."""
        row = self._row(run_id)
        if row is None or row.status.is_active:
            return
        if row.status is RunStatus.INTERRUPTED:
            self.tell_recovered([run_id])
        elif row.status is RunStatus.COMPLETED:
            self._on_published()

    @Slot(str)
    def _on_edited(self, words: str) -> None:
        self._edit = words
        self._banner.say(words, offers=[(_("Undo"), self._view.runs.edits.stack.undo)])

    @Slot()
    def _on_edits_moved(self) -> None:
        """The edit that was told has been taken back: the button beside it would take back the one before."""
        self._banner.take_back(self._edit)

    @Slot(str)
    def _on_edit_failed(self, sentence: str) -> None:
        self._banner.say(sentence, "error")

    def _on_published(self) -> None:
        self._view.refresh()
        self.published.emit()

    def _for_one(self, row: RunRow, possible: Choices) -> list[Offer]:
        commands, ids = self._commands, [row.id]
        offers: list[Offer] = []
        if possible.can_resume:
            offers.append((words_for(Suggestion.RESUME), lambda: commands.go_on(RunMode.RESUME, ids)))
        else:
            offers.append((words_for(Suggestion.RUN_AGAIN), lambda: commands.run_again(ids)))
        if possible.can_keep:
            offers.append((words_for(Suggestion.KEEP), lambda: commands.go_on(RunMode.KEEP, ids)))
        if possible.can_discard:
            offers.append((words_for(DISCARD), lambda: commands.discard(ids)))
        return [*offers, (_("Open the log"), lambda: commands.show_log(row.id))]

    def _for_several(self, lost: Sequence[RunRow]) -> list[Offer]:
        if not lost:
            return []
        commands, ids = self._commands, [row.id for row in lost]
        drafts = [row.id for row in lost if self._possible(row).can_discard]
        offers: list[Offer] = [(_("Resume all"), lambda: commands.resume_all(ids))]
        if drafts:
            offers.append((_("Discard all…"), lambda: commands.discard(drafts)))
        return [*offers, (_("Show the runs"), lambda: commands.show_log(ids[-1]))]

    def _row(self, run_id: int) -> RunRow | None:
        return self._reader.now(lambda connection: get_run(connection, run_id), None)

    def _possible(self, row: RunRow) -> Choices:
        return self._reader.now(lambda connection: choices(connection, row), Choices())
