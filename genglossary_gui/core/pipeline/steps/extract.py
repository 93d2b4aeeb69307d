"""Which terms the documents hold."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from genglossary_gui.core.engines import Engine
from genglossary_gui.core.glossary import Level, Step, TermDraft
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.pipeline.context import ExecutionContext
from genglossary_gui.core.pipeline.steps.required import find_required, report_required
from genglossary_gui.core.store import decisions, documents, drafts
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.decisions import Listed


def extract(connection: sqlite3.Connection, context: ExecutionContext, engine: Engine) -> None:
    """Analyse what is new, then rank the candidates of all readable documents together; stages the terms.

    An analysis belongs to the content, not to the run: what a cancelled run analysed is not done again.  A draft
    that holds the terms of the same documents is taken as it is.
    """
    language = context.settings.documents_language
    revision = f"{engine.name}/{engine.revision}/{language}"
    state = _state_of_documents(connection, revision)
    if drafts.finished(connection, context.draft_id).get(Step.EXTRACT) == state:
        _report_other_languages(connection, context)
        _report(connection, context, drafts.staged_terms(connection, context.draft_id))
        return
    drafts.discard_results(connection, context.draft_id)
    missing = documents.missing_analyses(connection, revision)
    context.progress.begin(Step.EXTRACT, len(missing))
    context.log(
        ngettext("Analysing {count} new document.", "Analysing {count} new documents.", len(missing)).format(
            count=len(missing)
        )
    )
    texts = documents.load_contents(connection, missing)
    for content_id, payload in engine.analyse(texts, language, context.work()):
        context.token.checkpoint()
        with transaction(connection):
            documents.save_analysis(connection, content_id, revision, payload)
        context.progress.advance()
    _report_other_languages(connection, context)
    context.log(_("Ranking the candidates."))
    found = engine.extract(documents.StoredAnalyses(connection, revision), context.work())
    context.token.checkpoint()
    found += find_required(connection, context, {term.key for term in found})
    places = {content_id: document_id for document_id, content_id in reversed(documents.ready_contents(connection))}
    drafts.stage_terms(connection, context.draft_id, (_placed(term, places) for term in found))
    drafts.finish(connection, context.draft_id, Step.EXTRACT, state)
    report_required(connection, context, found)
    _report(connection, context, found)


def _state_of_documents(connection: sqlite3.Connection, revision: str) -> str:
    """The same for the same documents and the same way to look at them."""
    required = [(term.key, term.term) for term in decisions.listed_terms(connection, Listed.REQUIRED)]
    return hashlib.sha256(repr((revision, documents.ready_contents(connection), required)).encode()).hexdigest()


def _report(connection: sqlite3.Connection, context: ExecutionContext, found: Sequence[TermDraft]) -> None:
    suggested = sum(term.suggested for term in found)
    unwanted, wanted = decisions.unwanted_keys(connection), decisions.wanted_keys(connection)
    # What the glossary will show: without what a person has dropped or merged into another term.
    shown = sum((term.suggested or term.key in wanted) and term.key not in unwanted for term in found)
    context.progress.count("terms", shown)
    context.progress.count("candidates", len(found))
    context.log(
        ngettext(
            "{candidates} candidate, {suggested} of them suggested as terms.",
            "{candidates} candidates, {suggested} of them suggested as terms.",
            len(found),
        ).format(candidates=len(found), suggested=suggested)
    )


def _report_other_languages(connection: sqlite3.Connection, context: ExecutionContext) -> None:
    count = documents.count_other_languages(connection)
    if not count:
        return
    context.progress.count("other_language", count)
    context.log(
        ngettext(
            "{count} document is in neither Japanese nor English: its terms come from statistics, without grammar, and"
            " its definitions only from lists and tables.",
            "{count} documents are in neither Japanese nor English: their terms come from statistics, without grammar,"
            " and their definitions only from lists and tables.",
            count,
        ).format(count=count),
        level=Level.WARNING,
    )


def _placed(term: TermDraft, places: Mapping[int, int]) -> TermDraft:
    """The term with the document of each passage (the first by name where several hold the same text)."""
    passages = (replace(p, document_id=places[p.content_id]) for p in term.passages if p.content_id in places)
    return replace(term, passages=tuple(passages))
