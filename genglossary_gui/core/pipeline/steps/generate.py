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
    batch: list[tuple[str, DefinitionDraft]] = []
    defined = 0
    for key, definition in engine.define(terms, context.work()):
        context.token.checkpoint()
        batch.append((key, definition))
        defined += bool(definition.text)
        if len(batch) >= _BATCH:
            drafts.stage_definitions(connection, context.run_id, Stage.PROVISIONAL, batch)
            batch = []
        context.progress.advance()
    drafts.stage_definitions(connection, context.run_id, Stage.PROVISIONAL, batch)
    context.progress.count("definitions", defined)
    context.log(
        _("{defined} definitions found; {undefined} terms are not defined in the documents.").format(
            defined=defined, undefined=len(terms) - defined
        )
    )
