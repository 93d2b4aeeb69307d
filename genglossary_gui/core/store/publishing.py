"""Publishing: staged results become the glossary, together with the run's outcome, in one transaction.

A run never overwrites an entry that a run started after it has published, nor anything a person locked
or approved; what it would have written is kept as that entry's history.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from genglossary_gui.core import times
from genglossary_gui.core.glossary import DefinitionDraft, IssueDraft, Passage, RunMode, Scope, Stage, Step, TermDraft
from genglossary_gui.core.store import drafts, results, runs
from genglossary_gui.core.store.connection import transaction

_EXTRACTING = (Scope.FULL, Scope.EXTRACT)
_REVIEWING = (Scope.FULL, Scope.REVIEW)


class NotPublishable(Exception):
    """The run's row is gone, is not ours or is not running: nothing was published."""


def publish(connection: sqlite3.Connection, run_id: int, owner: str) -> None:
    """Make the run's staged results the glossary's and record ``outcome = completed``, or do nothing at all.

    Raises ``NotPublishable`` and any ``sqlite3.Error``; the glossary is then as it was.
    """
    run = runs.get_run(connection, run_id)
    if run is None:
        raise NotPublishable(run_id)
    # Only this run writes its draft: read before the lock is taken, it keeps nobody else waiting.
    terms, issues = drafts.staged_terms(connection, run.draft), drafts.staged_issues(connection, run.draft)
    definitions = {stage: drafts.staged_definitions(connection, run.draft, stage) for stage in Stage}
    done = drafts.finished(connection, run.draft)
    left = results.pack(drafts.entries_of_draft(connection, run.draft))
    is_whole = run.mode is not RunMode.KEEP
    with transaction(connection, durable=True):
        if not runs.mark_published(connection, run_id, owner):
            raise NotPublishable(run_id)
        has_terms = run.scope in _EXTRACTING and (is_whole or Step.EXTRACT in done)
        if has_terms and not _is_superseded(connection, run_id, _EXTRACTING):
            _publish_terms(connection, run_id, terms)
        for stage in Stage:
            for key, definition in definitions[stage].items():
                _publish_definition(connection, run_id, stage, key, definition)
        has_issues = run.scope in _REVIEWING and (is_whole or Step.REVIEW in done)
        if has_issues and not _is_superseded(connection, run_id, _REVIEWING):
            _publish_issues(connection, run_id, issues)
        results.save(connection, run_id, left)
        drafts.discard(connection, run.draft)


def _is_superseded(connection: sqlite3.Connection, run_id: int, scopes: Sequence[Scope]) -> bool:
    """Whether a run that was started later has replaced the whole list already.

    So the order in which runs publish has no influence on what is shown.
    """
    marks = ",".join("?" * len(scopes))
    return (
        connection.execute(
            f"SELECT EXISTS (SELECT 1 FROM runs WHERE id > ? AND outcome = 'completed' AND scope IN ({marks}))",
            (run_id, *scopes),
        ).fetchone()[0]
        == 1
    )


def _publish_terms(connection: sqlite3.Connection, run_id: int, terms: Sequence[TermDraft]) -> None:
    known = {
        key: (term_id, published_by or 0)
        for term_id, key, published_by in connection.execute("SELECT id, key, run_id FROM terms")
    }
    for term in terms:
        term_id, published_by = known.pop(term.key, (None, 0))
        if published_by <= run_id:
            _write_term(connection, run_id, term_id, term)
    for term_id, published_by in known.values():
        if published_by < run_id:
            _retire_term(connection, term_id)


def _write_term(connection: sqlite3.Connection, run_id: int, term_id: int | None, term: TermDraft) -> None:
    values = (
        term.term,
        term.language,
        term.category,
        term.score,
        term.rank,
        term.frequency,
        term.document_frequency,
        term.suggested,
        json.dumps(term.features),
        run_id,
    )
    if term_id is None:
        term_id = connection.execute(
            "INSERT INTO terms (term, language, category, score, rank, frequency, document_frequency, suggested,"
            " features, run_id, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (*values, term.key),
        ).fetchone()[0]
    else:
        connection.execute(
            "UPDATE terms SET term = ?, language = ?, category = ?, score = ?, rank = ?, frequency = ?,"
            " document_frequency = ?, suggested = ?, features = ?, run_id = ? WHERE id = ?",
            (*values, term_id),
        )
        connection.execute("DELETE FROM variants WHERE term_id = ?", (term_id,))
        connection.execute("DELETE FROM passages WHERE term_id = ?", (term_id,))
    connection.executemany(
        "INSERT OR IGNORE INTO variants VALUES (?, ?, ?, ?)",
        [(term_id, variant.surface, variant.kind, variant.frequency) for variant in term.variants],
    )
    connection.executemany(
        "INSERT INTO passages (term_id, document_id, content_id, start, end, line, text, kind, weight, rule)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(term_id, *_passage_values(passage)) for passage in term.passages],
    )


def _retire_term(connection: sqlite3.Connection, term_id: int) -> None:
    """The documents do not hold this term any more: it goes, unless a person has dealt with it."""
    touched = connection.execute(
        "SELECT status <> 'candidate' OR notes <> '' OR locked = 1 OR EXISTS"
        " (SELECT 1 FROM definitions d WHERE d.term_id = t.id AND (d.approved = 1 OR d.origin = 'person'))"
        " FROM terms t WHERE id = ?",
        (term_id,),
    ).fetchone()[0]
    if touched:
        connection.execute("UPDATE terms SET frequency = 0, document_frequency = 0 WHERE id = ?", (term_id,))
        connection.execute("DELETE FROM passages WHERE term_id = ?", (term_id,))
    else:
        connection.execute("DELETE FROM terms WHERE id = ?", (term_id,))


def _publish_definition(
    connection: sqlite3.Connection, run_id: int, stage: Stage, key: str, definition: DefinitionDraft
) -> None:
    term = connection.execute("SELECT id, locked FROM terms WHERE key = ?", (key,)).fetchone()
    if term is None:
        return
    term_id, locked = term
    rivals = connection.execute(
        "SELECT id, stage, text, approved, COALESCE(run_id, 0) FROM definitions WHERE term_id = ? AND current = 1",
        (term_id,),
    ).fetchall()
    wins = not locked and all(not approved and published_by <= run_id for *_, approved, published_by in rivals)
    if wins:
        same = next((r for r in rivals if r[1] == stage and r[2] == definition.text), None)
        superseded = [r[0] for r in rivals if r is not same and (r[1] == stage or stage is Stage.PROVISIONAL)]
        connection.executemany("UPDATE definitions SET current = 0 WHERE id = ?", [(i,) for i in superseded])
        if same is not None:
            _rewrite_definition(connection, run_id, same[0], definition)
            return
    definition_id = connection.execute(
        "INSERT INTO definitions (term_id, stage, text, confidence, origin, current, run_id, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (term_id, stage, definition.text, definition.confidence, definition.origin, wins, run_id, times.utc_now()),
    ).fetchone()[0]
    _write_evidence(connection, definition_id, definition.evidence)


def _rewrite_definition(
    connection: sqlite3.Connection, run_id: int, definition_id: int, definition: DefinitionDraft
) -> None:
    connection.execute(
        "UPDATE definitions SET confidence = ?, origin = ?, run_id = ? WHERE id = ?",
        (definition.confidence, definition.origin, run_id, definition_id),
    )
    connection.execute("DELETE FROM evidence WHERE definition_id = ?", (definition_id,))
    _write_evidence(connection, definition_id, definition.evidence)


def _write_evidence(connection: sqlite3.Connection, definition_id: int, evidence: Sequence[Passage]) -> None:
    connection.executemany(
        "INSERT INTO evidence (definition_id, position, document_id, content_id, start, end, line, text, kind,"
        " weight, rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(definition_id, position, *_passage_values(passage)) for position, passage in enumerate(evidence)],
    )


def _publish_issues(connection: sqlite3.Connection, run_id: int, issues: Sequence[IssueDraft]) -> None:
    term_ids = dict(connection.execute("SELECT key, id FROM terms"))
    ignored = set(connection.execute("SELECT term_id, type FROM issues WHERE state = 'ignored'"))
    connection.execute("DELETE FROM issues WHERE state = 'open' AND COALESCE(run_id, 0) <= ?", (run_id,))
    connection.executemany(
        "INSERT INTO issues (term_id, type, explanation, action, related, run_id) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (term_ids[issue.key], issue.type, issue.explanation, issue.action, json.dumps(issue.related), run_id)
            for issue in issues
            if issue.key in term_ids and (term_ids[issue.key], issue.type) not in ignored
        ],
    )


def _passage_values(passage: Passage) -> tuple:
    return (
        passage.document_id,
        passage.content_id,
        passage.start,
        passage.end,
        passage.line,
        passage.text,
        passage.kind,
        passage.weight,
        passage.rule,
    )
