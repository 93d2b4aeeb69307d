"""Publishing: staged results become the glossary, together with the run's outcome, in one transaction.

A run never overwrites an entry that a run started after it has published, nor anything a person locked
or approved; what it would have written is kept as that entry's history.

Other writers wait meanwhile, so rows go to the database in bulk, and passages that have not changed stay.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from genglossary_gui.core import times
from genglossary_gui.core.glossary import DefinitionDraft, IssueDraft, Passage, RunMode, Scope, Stage, Step, TermDraft
from genglossary_gui.core.store import drafts, results, runs
from genglossary_gui.core.store.connection import transaction

_EXTRACTING = (Scope.FULL, Scope.EXTRACT)
_REVIEWING = (Scope.FULL, Scope.REVIEW)
_PASSAGE = "document_id, content_id, start, end, line, text, kind, weight, rule"


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
        return cls(term.key, values, sorted(variants.values()), [_passage_values(p) for p in term.passages])


@dataclass(frozen=True, slots=True)
class _Definition:
    """A staged definition of the term with this key; its evidence as rows."""

    key: str
    stage: str
    text: str
    confidence: float
    origin: str
    evidence: list[tuple]

    @classmethod
    def of(cls, key: str, stage: Stage, draft: DefinitionDraft) -> _Definition:
        evidence = [(position, *_passage_values(passage)) for position, passage in enumerate(draft.evidence)]
        return cls(key, stage, draft.text, draft.confidence, draft.origin, evidence)


@dataclass(frozen=True, slots=True)
class _Current:
    """A current definition of a term."""

    id: int
    stage: str
    text: str
    approved: bool
    run_id: int


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
        _Definition.of(key, stage, definition)
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
        _publish_definitions(connection, run_id, definitions)
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


def _publish_terms(connection: sqlite3.Connection, run_id: int, terms: Sequence[_Term]) -> None:
    known = {
        key: (term_id, published_by or 0)
        for term_id, key, published_by in connection.execute("SELECT id, key, run_id FROM terms")
    }
    new, old = [], []
    next_id = _next_id(connection, "terms")
    for term in terms:
        term_id, published_by = known.pop(term.key, (None, 0))
        if term_id is None:
            new.append((next_id + len(new), term))
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
    _replace(connection, "variants", "term_id", "surface, kind, frequency", variants, order="surface")
    passages = {term_id: term.passages for term_id, term in (*new, *old)}
    _replace(connection, "passages", "term_id", _PASSAGE, passages, order="id")


def _replace(
    connection: sqlite3.Connection, table: str, owner: str, columns: str, rows: Mapping[int, list[tuple]], order: str
) -> None:
    """Make ``rows`` (by owner, in ``order``) those of the table for these owners; what is there already stays."""
    there: defaultdict[int, list[tuple]] = defaultdict(list)
    for row in connection.execute(f"SELECT {owner}, {columns} FROM {table} ORDER BY {owner}, {order}"):
        there[row[0]].append(row[1:])
    changed = [(owner_id, values) for owner_id, values in rows.items() if values != there.get(owner_id, [])]
    connection.executemany(
        f"DELETE FROM {table} WHERE {owner} = ?", [(owner_id,) for owner_id, _values in changed if owner_id in there]
    )
    marks = ", ".join("?" * (columns.count(",") + 2))
    connection.executemany(
        f"INSERT INTO {table} ({owner}, {columns}) VALUES ({marks})",
        [(owner_id, *row) for owner_id, values in changed for row in values],
    )


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


def _publish_definitions(connection: sqlite3.Connection, run_id: int, definitions: Sequence[_Definition]) -> None:
    if not definitions:
        return
    terms = {key: (term_id, locked) for key, term_id, locked in connection.execute("SELECT key, id, locked FROM terms")}
    current: defaultdict[int, list[_Current]] = defaultdict(list)
    for term_id, *values in connection.execute(
        "SELECT term_id, id, stage, text, approved, COALESCE(run_id, 0) FROM definitions WHERE current = 1"
    ):
        current[term_id].append(_Current(*values))
    now = times.utc_now()
    new: list[tuple] = []
    superseded: list[tuple[int]] = []
    confirmed: list[tuple] = []
    evidence: dict[int, list[tuple]] = {}
    next_id = _next_id(connection, "definitions")
    for staged in definitions:
        if staged.key not in terms:
            continue
        term_id, locked = terms[staged.key]
        rivals = current[term_id]
        wins = not locked and all(not rival.approved and rival.run_id <= run_id for rival in rivals)
        same = next((r for r in rivals if r.stage == staged.stage and r.text == staged.text), None) if wins else None
        if same is None:
            definition_id = next_id + len(new)
            values = (staged.stage, staged.text, staged.confidence, staged.origin, wins, run_id, now)
            new.append((definition_id, term_id, *values))
        else:
            definition_id = same.id
            confirmed.append((staged.confidence, staged.origin, run_id, definition_id))
        if wins:
            beaten = [r for r in rivals if r is not same and staged.stage in (r.stage, Stage.PROVISIONAL)]
            superseded += [(rival.id,) for rival in beaten]
            winner = _Current(definition_id, staged.stage, staged.text, False, run_id)
            current[term_id] = [r for r in rivals if r is not same and r not in beaten] + [winner]
        evidence[definition_id] = staged.evidence
    connection.executemany("UPDATE definitions SET current = 0 WHERE id = ?", superseded)
    connection.executemany("UPDATE definitions SET confidence = ?, origin = ?, run_id = ? WHERE id = ?", confirmed)
    connection.executemany(
        "INSERT INTO definitions (id, term_id, stage, text, confidence, origin, current, run_id, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new,
    )
    _replace(connection, "evidence", "definition_id", f"position, {_PASSAGE}", evidence, order="position")


def _next_id(connection: sqlite3.Connection, table: str) -> int:
    """The number that SQLite would give to the next row of a table with AUTOINCREMENT."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return row[0] + 1 if row else 1


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
