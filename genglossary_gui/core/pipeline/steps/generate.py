"""What each term means in these documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from genglossary_gui.core.engines import Engine
from genglossary_gui.core.glossary import DefinitionDraft, Entry, Stage, Step, TermDraft
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.pipeline.context import ExecutionContext
from genglossary_gui.core.pipeline.steps.required import report_undefined
from genglossary_gui.core.review import rules
from genglossary_gui.core.store import drafts

_BATCH = 50


def generate(connection: sqlite3.Connection, context: ExecutionContext, engine: Engine) -> None:
    """Define every term the run works on (or those it was limited to), with evidence, staged in small batches.

    Terms that the draft holds a definition of already are not looked up again.
    """
    terms = drafts.terms_of_draft(connection, context.draft_id)
    if context.settings.terms:
        chosen = set(context.settings.terms)
        terms = [term for term in terms if term.key in chosen]
    done = drafts.staged_definitions(connection, context.draft_id, Stage.PROVISIONAL)
    missing = [term for term in terms if term.key not in done]
    context.progress.begin(Step.GENERATE, len(terms), len(terms) - len(missing))
    count = len(missing)
    context.log(
        ngettext(
            "Looking for the definition of {count} term.", "Looking for the definitions of {count} terms.", count
        ).format(count=count)
    )
    suggested = {term.key for term in terms if term.suggested}
    defined = {key for key, definition in done.items() if definition.text}
    defined |= _define(connection, context, engine, missing)
    _stage_unsupported(connection, context, terms)
    context.progress.count("definitions", len(defined & suggested))
    context.log(
        _(
            "{defined} of {suggested} suggested terms are defined in the documents, and {others} other candidates."
        ).format(defined=len(defined & suggested), suggested=len(suggested), others=len(defined - suggested))
    )
    report_undefined(connection, context, defined)


def _define(
    connection: sqlite3.Connection, context: ExecutionContext, engine: Engine, terms: Sequence[TermDraft]
) -> set[str]:
    """Stage what the engine says of the terms; returns the keys of those that have a definition."""
    defined: set[str] = set()
    batch: list[tuple[str, DefinitionDraft]] = []
    try:
        for key, definition in engine.define(terms, context.work()):
            context.token.checkpoint()
            batch.append((key, definition))
            if definition.text:
                defined.add(key)
            if len(batch) >= _BATCH:
                drafts.stage_definitions(connection, context.draft_id, Stage.PROVISIONAL, batch)
                batch = []
            context.progress.advance()
    finally:
        # Also when the run is cut short: what is looked up is not looked up again.
        drafts.stage_definitions(connection, context.draft_id, Stage.PROVISIONAL, batch)
    return defined


def _stage_unsupported(connection: sqlite3.Connection, context: ExecutionContext, terms: Sequence[TermDraft]) -> None:
    """What a model has written without evidence is an issue at once; a review that follows finds it again."""
    made = drafts.staged_definitions(connection, context.draft_id, Stage.PROVISIONAL)
    entries = [Entry(t, made[t.key]) for t in terms if t.key in made and made[t.key].origin == "llm"]
    if entries:
        drafts.stage_issues(connection, context.draft_id, rules.unsupported_issues(entries))
