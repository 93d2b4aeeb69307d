"""Publishing: staged results become the glossary, together with the run's outcome, in one transaction.

A run never overwrites an entry that a run started after it has published, nor anything a person locked
or approved; what it would have written is kept as that entry's history.

Other writers wait meanwhile, so rows go to the database in bulk, and passages that have not changed stay.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from genglossary_gui.core.glossary import RunMode, Scope, Stage, Step, TermDraft
from genglossary_gui.core.store import drafts, results, runs
from genglossary_gui.core.store.bulk import PASSAGE, next_id, passage_values, replace_rows
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.publishing_entries import StagedDefinition, publish_definitions, publish_issues

_EXTRACTING = (Scope.FULL, Scope.EXTRACT)
_REVIEWING = (Scope.FULL, Scope.REVIEW)


@dataclass(frozen=True, slots=True)
class _Term:
    """A staged term as rows; the numbers of term and run are still missing."""

    key: str
    values: tuple
    variants: list[tuple]
    passages: list[tuple]

    @classmethod
    def of(cls, term: TermDraft) -> _Term:
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
        )
        variants = {v.surface: (v.surface, v.kind, v.frequency) for v in reversed(term.variants)}
        return cls(term.key, values, sorted(variants.values()), [passage_values(p) for p in term.passages])


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
    terms = [_Term.of(term) for term in drafts.staged_terms(connection, run.draft)]
    definitions = [
        StagedDefinition.of(key, stage, definition)
        for stage in Stage
        for key, definition in drafts.staged_definitions(connection, run.draft, stage).items()
    ]
    issues = drafts.staged_issues(connection, run.draft)
    done = drafts.finished(connection, run.draft)
    left = results.pack(drafts.entries_of_draft(connection, run.draft))
    is_whole = run.mode is not RunMode.KEEP
    with transaction(connection, durable=True):
        if not runs.mark_published(connection, run_id, owner):
            raise NotPublishable(run_id)
        has_terms = run.scope in _EXTRACTING and (is_whole or Step.EXTRACT in done)
        if has_terms and not _is_superseded(connection, run_id, _EXTRACTING):
            _publish_terms(connection, run_id, terms)
        publish_definitions(connection, run_id, definitions)
        has_issues = run.scope in _REVIEWING and (is_whole or Step.REVIEW in done)
        if has_issues and not _is_superseded(connection, run_id, _REVIEWING):
            publish_issues(connection, run_id, issues)
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


def _publish_terms(connection: sqlite3.Connection, run_id: int, terms: Sequence[_Term]) -> None:
    known = {
        key: (term_id, published_by or 0)
        for term_id, key, published_by in connection.execute("SELECT id, key, run_id FROM terms")
    }
    new, old = [], []
    first_id = next_id(connection, "terms")
    for term in terms:
        term_id, published_by = known.pop(term.key, (None, 0))
        if term_id is None:
            new.append((first_id + len(new), term))
        elif published_by <= run_id:
            old.append((term_id, term))
    _write_terms(connection, run_id, new, old)
    _retire_terms(connection, [term_id for term_id, published_by in known.values() if published_by < run_id])


def _write_terms(
    connection: sqlite3.Connection, run_id: int, new: list[tuple[int, _Term]], old: list[tuple[int, _Term]]
) -> None:
    connection.executemany(
        "INSERT INTO terms (term, language, category, score, rank, frequency, document_frequency, suggested, features,"
        " run_id, id, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(*term.values, run_id, term_id, term.key) for term_id, term in new],
    )
    connection.executemany(
        "UPDATE terms SET term = ?, language = ?, category = ?, score = ?, rank = ?, frequency = ?,"
        " document_frequency = ?, suggested = ?, features = ?, run_id = ? WHERE id = ?",
        [(*term.values, run_id, term_id) for term_id, term in old],
    )
    variants = {term_id: term.variants for term_id, term in (*new, *old)}
    replace_rows(connection, "variants", "term_id", "surface, kind, frequency", variants, order="surface")
    passages = {term_id: term.passages for term_id, term in (*new, *old)}
    replace_rows(connection, "passages", "term_id", PASSAGE, passages, order="id")


def _retire_terms(connection: sqlite3.Connection, term_ids: Sequence[int]) -> None:
    """The documents do not hold these terms any more: they go, unless a person has dealt with them."""
    touched = {
        term_id
        for (term_id,) in connection.execute(
            "SELECT id FROM terms WHERE status <> 'candidate' OR notes <> '' OR locked = 1"
            " UNION SELECT term_id FROM definitions WHERE approved = 1 OR origin = 'person'"
        )
    }
    kept = [(term_id,) for term_id in term_ids if term_id in touched]
    connection.executemany("UPDATE terms SET frequency = 0, document_frequency = 0 WHERE id = ?", kept)
    connection.executemany("DELETE FROM passages WHERE term_id = ?", kept)
    connection.executemany(
        "DELETE FROM terms WHERE id = ?", [(term_id,) for term_id in term_ids if term_id not in touched]
    )
