"""Applies what the review found."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from genglossary_gui.core.engines import Engine
from genglossary_gui.core.glossary import IssueDraft, Scope, Stage, Step
from genglossary_gui.core.i18n import ngettext
from genglossary_gui.core.pipeline.context import ExecutionContext
from genglossary_gui.core.review.settled import left_open
from genglossary_gui.core.store import drafts, glossary, runs


def refine(connection: sqlite3.Connection, context: ExecutionContext, engine: Engine) -> None:
    """Improve the definitions that have issues; stages them as refined, all at once and only once.

    A full run works on the issues that its own review staged, a refine run on the open issues of the glossary.
    """
    if Step.REFINE in drafts.finished(connection, context.draft_id):
        refined_before = drafts.staged_definitions(connection, context.draft_id, Stage.REFINED)
        context.progress.count("refined", len(refined_before))
        return
    run = runs.get_run(connection, context.run_id)
    is_full = run is not None and run.scope is Scope.FULL
    issues = drafts.staged_issues(connection, context.draft_id) if is_full else glossary.load_open_issues(connection)
    concerned = {issue.key for issue in issues}
    entries = [e for e in drafts.entries_of_draft(connection, context.draft_id) if e.term.suggested]
    context.progress.begin(Step.REFINE, len(concerned))
    refined = []
    for key, definition in engine.refine(entries, issues, context.work()):
        context.token.checkpoint()
        refined.append((key, definition))
        context.progress.advance()
    drafts.stage_definitions(connection, context.draft_id, Stage.REFINED, refined)
    gone = _settle(connection, context, issues, {key for key, _ in refined}, is_full=is_full) if refined else 0
    drafts.finish(connection, context.draft_id, Step.REFINE, "")
    context.progress.advance(len(concerned))
    context.progress.count("refined", len(refined))
    context.log(
        ngettext("{count} definition refined.", "{count} definitions refined.", len(refined)).format(count=len(refined))
    )
    if gone:
        context.log(ngettext("That settles {count} issue.", "That settles {count} issues.", gone).format(count=gone))


def _settle(
    connection: sqlite3.Connection,
    context: ExecutionContext,
    issues: Sequence[IssueDraft],
    refined: Collection[str],
    *,
    is_full: bool,
) -> int:
    """What has just been mended is no open issue of the glossary that this run leaves; how many issues are settled."""
    entries = [e for e in drafts.entries_of_draft(connection, context.draft_id) if e.term.suggested]
    left = left_open(entries, issues, refined)
    drafts.stage_issues(connection, context.draft_id, left)
    if is_full:
        # Counted before, by earlier steps.
        context.progress.count("issues", len(left))
        context.progress.count("definitions", sum(bool(entry.definition.text) for entry in entries))
    return len(issues) - len(left)
