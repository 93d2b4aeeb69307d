"""What each term means in these documents."""

from __future__ import annotations

import sqlite3

from genglossary_gui.core.engines import Engine
from genglossary_gui.core.glossary import DefinitionDraft, Stage, Step
from genglossary_gui.core.i18n import _
from genglossary_gui.core.pipeline.context import ExecutionContext
from genglossary_gui.core.store import drafts

_BATCH = 50


def generate(connection: sqlite3.Connection, context: ExecutionContext, engine: Engine) -> None:
    """Define every term the run works on, with evidence; stages the definitions in small batches."""
    terms = drafts.terms_of_run(connection, context.run_id)
    context.progress.begin(Step.GENERATE, len(terms))
    context.log(_("Looking for the definitions of {count} terms.").format(count=len(terms)))
    suggested = {term.key for term in terms if term.suggested}
    batch: list[tuple[str, DefinitionDraft]] = []
    defined: set[str] = set()
    for key, definition in engine.define(terms, context.work()):
        context.token.checkpoint()
        batch.append((key, definition))
        if definition.text:
            defined.add(key)
        if len(batch) >= _BATCH:
            drafts.stage_definitions(connection, context.run_id, Stage.PROVISIONAL, batch)
            batch = []
        context.progress.advance()
    drafts.stage_definitions(connection, context.run_id, Stage.PROVISIONAL, batch)
    context.progress.count("definitions", len(defined & suggested))
    context.log(
        _(
            "{defined} of {suggested} suggested terms are defined in the documents, and {others} other candidates."
        ).format(defined=len(defined & suggested), suggested=len(suggested), others=len(defined - suggested))
    )
