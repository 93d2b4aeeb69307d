"""Runs that publish what another run has made, instead of making it."""

from __future__ import annotations

import sqlite3

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.glossary import DefinitionDraft, Stage, Step
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.pipeline.context import ExecutionContext
from genglossary_gui.core.store import drafts, results


def keep(connection: sqlite3.Connection, context: ExecutionContext) -> None:
    """Leave in the draft what is whole; a list of terms that was not finished goes.

    Raises ``UsageError`` when nothing is done that could be published.
    """
    draft = context.draft_id
    if not drafts.has_results(connection, draft):
        raise UsageError(
            _("Run {number} had not finished anything that could be kept.").format(number=context.basis),
            hint=_("Resume it instead."),
        )
    if Step.EXTRACT not in drafts.finished(connection, draft):
        drafts.discard_terms(connection, draft)
    terms = drafts.staged_terms(connection, draft)
    definitions: dict[str, DefinitionDraft] = {}
    for stage in Stage:
        definitions.update(drafts.staged_definitions(connection, draft, stage))
    context.log(
        _("Keeping what run {number} had done: {terms} candidates, {definitions} of them looked up.").format(
            number=context.basis, terms=len(terms), definitions=len(definitions)
        )
    )
    if terms:
        context.progress.count("terms", sum(term.suggested for term in terms))
        context.progress.count("candidates", len(terms))
    if definitions:
        suggested = {term.key for term in drafts.terms_of_draft(connection, draft) if term.suggested}
        defined = (key in suggested and bool(definition.text) for key, definition in definitions.items())
        context.progress.count("definitions", sum(defined))


def restore(connection: sqlite3.Connection, context: ExecutionContext) -> None:
    """Stage the results that run ``context.basis`` left; raises ``UsageError`` when they are not kept any more."""
    entries = results.load(connection, context.basis or 0)
    if entries is None:
        raise UsageError(
            _("The results of run {number} are not kept any more.").format(number=context.basis),
            hint=_("Run it again with its settings instead."),
        )
    draft = context.draft_id
    drafts.discard_results(connection, draft)
    drafts.stage_terms(connection, draft, (entry.term for entry in entries))
    for stage in Stage:
        found = [(e.term.key, e.definition) for e in entries if e.stage is stage and e.definition.origin]
        drafts.stage_definitions(connection, draft, stage, found)
    drafts.finish(connection, draft, Step.EXTRACT, "")
    context.progress.count("terms", sum(entry.term.suggested for entry in entries))
    context.progress.count("candidates", len(entries))
    context.progress.count("definitions", sum(e.term.suggested and bool(e.definition.text) for e in entries))
    context.log(
        ngettext(
            "{count} entry of run {number} is back.", "{count} entries of run {number} are back.", len(entries)
        ).format(count=len(entries), number=context.basis)
    )
