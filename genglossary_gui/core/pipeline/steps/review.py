"""What is wrong with the glossary as a whole."""

from __future__ import annotations

import sqlite3

from genglossary_gui.core.engines import Engine
from genglossary_gui.core.glossary import Step
from genglossary_gui.core.i18n import ngettext
from genglossary_gui.core.pipeline.context import ExecutionContext
from genglossary_gui.core.pipeline.steps.required import required_issues
from genglossary_gui.core.pipeline.steps.stale import stale_sources
from genglossary_gui.core.store import drafts


def review(connection: sqlite3.Connection, context: ExecutionContext, engine: Engine) -> None:
    """Check the suggested entries against each other; stages the issues.  A review that is done is not repeated."""
    if Step.REVIEW in drafts.finished(connection, context.draft_id):
        context.progress.count("issues", len(drafts.staged_issues(connection, context.draft_id)))
        return
    known = drafts.entries_of_draft(connection, context.draft_id)
    entries = [entry for entry in known if entry.term.suggested]
    context.progress.begin(Step.REVIEW, len(entries))
    issues = []
    for issue in engine.review(entries, context.work()):
        context.token.checkpoint()
        issues.append(issue)
    issues += stale_sources(connection, entries)
    issues += required_issues(connection, known)
    drafts.stage_issues(connection, context.draft_id, issues)
    drafts.finish(connection, context.draft_id, Step.REVIEW, "")
    context.progress.advance(len(entries))
    context.progress.count("issues", len(issues))
    context.log(
        ngettext(
            "The review of {entries} entries found {count} issue.",
            "The review of {entries} entries found {count} issues.",
            len(issues),
        ).format(entries=len(entries), count=len(issues))
    )
