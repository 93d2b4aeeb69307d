"""Goes through the steps that a scope names.  Holds no state of any run."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace

from genglossary_gui.core.cancellation import Cancelled
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.engines import Engine
from genglossary_gui.core.engines.base import Figures
from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.glossary import RunMode, Scope
from genglossary_gui.core.i18n import _
from genglossary_gui.core.pipeline.context import ExecutionContext
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import answers, drafts, projects, runs

MakeEngine = Callable[[RunSettings], Engine]


class PipelineExecutor:
    """Carries out a scope on a project.  One executor may serve any number of runs at the same time.

    ``workers`` is the shared pool for reading documents and, unless ``text_workers`` (of a cluster) are given, for the
    text work of the offline engine; ``make_engine`` gives the engine for the settings of a run.
    """

    def __init__(
        self,
        workers: Workers | None = None,
        make_engine: MakeEngine | None = None,
        *,
        text_workers: Workers | None = None,
    ) -> None:
        self._workers = workers or Workers(os.cpu_count() or 1)
        self._text_workers = text_workers or self._workers
        self._make_engine = make_engine or self._usual_engine

    def execute(self, connection: sqlite3.Connection, scope: Scope | str, context: ExecutionContext) -> bool:
        """Carry out ``scope``; results are staged in the run's draft, the glossary is not touched.

        What the draft of a resumed run holds already is not done again, unless its input has changed.

        True when it was cut short by a cancel, False when all the work is done.  Any error is an exception.
        Call it in the thread that opened ``connection``.
        """
        # Imported when a run needs them: the window opens without readers and language rules.
        from genglossary_gui.core.pipeline import steps

        scope = Scope(scope)
        try:
            context.token.checkpoint()
            if context.mode is RunMode.KEEP:
                _open_draft(connection, scope, context)
                steps.keep(connection, context)
                return False
            if context.mode is RunMode.RESTORE:
                _open_draft(connection, scope, context)
                steps.restore(connection, context)
                # What comes back is what it was; no server is asked.
                offline = replace(context.settings, engine="offline")
                steps.review(connection, context, self._make_engine(offline))
                context.token.checkpoint()
                return False
            _require_input(connection, scope)
            context = _with_help_for_engines(connection, context)
            engine = self._make_engine(context.settings)
            # From now on there is something to resume.
            _open_draft(connection, scope, context)
            if scope in (Scope.FULL, Scope.EXTRACT):
                steps.scan(connection, context, self._workers)
                steps.extract(connection, context, engine)
            if scope in (Scope.FULL, Scope.GENERATE):
                steps.generate(connection, context, engine)
            if scope in (Scope.FULL, Scope.REVIEW):
                steps.review(connection, context, engine)
            if scope in (Scope.FULL, Scope.REFINE):
                steps.refine(connection, context, engine)
            context.token.checkpoint()
        except Cancelled:
            return True
        return False

    def _usual_engine(self, settings: RunSettings) -> Engine:
        from genglossary_gui.core.engines.making import make_engine
        from genglossary_gui.core.engines.offline import OfflineEngine

        return make_engine(settings, OfflineEngine(self._text_workers))


def _with_help_for_engines(connection: sqlite3.Connection, context: ExecutionContext) -> ExecutionContext:
    answers.tidy(connection)
    notes = answers.notes_of_terms(connection)
    figures = Figures(context.progress.count)
    return replace(context, answers=answers.StoredAnswers(connection, context.run_id), notes=notes, figures=figures)


def _open_draft(connection: sqlite3.Connection, scope: Scope, context: ExecutionContext) -> None:
    """Begin the draft, or go on with it; one that was made of another state of the glossary is emptied."""
    state = str(runs.newest_published(connection))
    before = drafts.state_at_begin(connection, context.draft_id)
    # Where a run extracts, its own terms tell whether their input has changed.
    if before not in (None, state) and scope not in (Scope.FULL, Scope.EXTRACT) and context.mode is RunMode.RESUME:
        drafts.discard_results(connection, context.draft_id)
        context.log(_("The glossary has changed since; the step begins anew."))
    drafts.begin(connection, context.draft_id, state)


def _require_input(connection: sqlite3.Connection, scope: Scope) -> None:
    """Name what is missing before any work is done."""

    def has_any(table: str) -> bool:
        return connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0] == 1

    if scope in (Scope.FULL, Scope.EXTRACT) and not projects.source_ids(connection):
        raise UsageError(_("The project has no folder to read."), hint=_("Add a folder with documents first."))
    if scope is Scope.GENERATE and not has_any("terms"):
        raise UsageError(_("There are no terms to define yet."), hint=_("Start a full run or an extract run first."))
    if scope in (Scope.REVIEW, Scope.REFINE) and not has_any("definitions"):
        raise UsageError(
            _("There are no definitions to work on yet."), hint=_("Start a full run or a generate run first.")
        )
