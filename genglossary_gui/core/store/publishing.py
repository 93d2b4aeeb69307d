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

from genglossary_gui.core.glossary import RunMode, Scope, Step, TermDraft
from genglossary_gui.core.store import drafts, results, runs
from genglossary_gui.core.store.bulk import PASSAGE, next_id, passage_values, replace_rows
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.following import TOUCHED, follow
from genglossary_gui.core.store.imports import keep_aliases
from genglossary_gui.core.store.merged import documents_of, documents_split_off
from genglossary_gui.core.store.publishing_entries import StagedDefinition, publish_definitions, publish_issues
from genglossary_gui.core.store.publishing_settled import publish_settled
from genglossary_gui.core.store.publishing_unsupported import publish_unsupported

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
    staged = drafts.read(connection, run.draft)
    terms = [_Term.of(term) for term, _text in staged.terms]
    definitions = [
        StagedDefinition.of(key, stage, definition)
        for stage, found in staged.definitions.items()
        for key, (definition, _text) in found.items()
    ]
    issues = drafts.staged_issues(connection, run.draft)
    done = drafts.finished(connection, run.draft)
    left = results.pack(drafts.texts_of_entries(connection, staged))
    is_whole = run.mode is not RunMode.KEEP
    with transaction(connection, durable=True):
        if not runs.mark_published(connection, run_id, owner):
            raise NotPublishable(run_id)
        has_terms = run.scope in _EXTRACTING and (is_whole or Step.EXTRACT in done)
        if has_terms and not _is_superseded(connection, run_id, _EXTRACTING):
            _publish_terms(connection, run_id, terms)
        publish_definitions(connection, run_id, definitions)
        if run.scope is Scope.GENERATE:
            publish_unsupported(connection, run_id, {definition.key for definition in definitions}, issues)
        if run.scope is Scope.REFINE and Step.REFINE in done:
            publish_settled(connection, run_id, {definition.key for definition in definitions}, issues)
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
    follow(connection, run_id, known, ((term.key, (surface for surface, *_rest in term.variants)) for term in terms))
    new, old = [], []
    first_id = next_id(connection, "terms")
    for term in terms:
        term_id, published_by = known.pop(term.key, (None, 0))
        if term_id is None:
            new.append((first_id + len(new), term))
        elif published_by <= run_id:
            old.append((term_id, term))
    _write_terms(connection, run_id, new, old)
    kept = _retire_terms(connection, [term_id for term_id, published_by in known.values() if published_by < run_id])
    _decide_again(connection, {*(term_id for term_id, _term in (*new, *old)), *kept})


def _write_terms(
    connection: sqlite3.Connection, run_id: int, new: list[tuple[int, _Term]], old: list[tuple[int, _Term]]
) -> None:
    connection.executemany(
        "INSERT INTO terms (term, language, category, score, rank, frequency, document_frequency, suggested, features,"
        " run_id, id, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(*term.values, run_id, term_id, term.key) for term_id, term in new],
    )
    connection.executemany(
        "UPDATE terms SET term = CASE named WHEN 1 THEN term ELSE ? END, language = ?,"
        " category = CASE categorised WHEN 1 THEN category ELSE ? END, score = ?, rank = ?, frequency = ?,"
        " document_frequency = ?, suggested = ?, features = ?, run_id = ?, own_documents = NULL WHERE id = ?",
        [(*term.values, run_id, term_id) for term_id, term in old],
    )
    names = dict(connection.execute("SELECT id, term FROM terms WHERE named = 1"))
    variants = {term_id: _spellings(term, names.get(term_id)) for term_id, term in (*new, *old)}
    keep_aliases(connection, variants)
    replace_rows(connection, "variants", "term_id", "surface, kind, frequency", variants, order="surface")
    passages = {term_id: term.passages for term_id, term in (*new, *old)}
    replace_rows(connection, "passages", "term_id", PASSAGE, passages, order="id")


def _spellings(term: _Term, name: str | None) -> list[tuple]:
    """The variants; where a person gave the term another ``name``, what the engine calls it is one of them."""
    if name is None:
        return term.variants
    called, frequency = term.values[0], term.values[5]
    return sorted({v[0]: v for v in ((called, "spelling", frequency), *term.variants) if v[0] != name}.values())


def _retire_terms(connection: sqlite3.Connection, term_ids: Sequence[int]) -> list[int]:
    """The documents do not hold these terms any more: they go, unless a person has dealt with them; who stays."""
    touched = {term_id for (term_id,) in connection.execute(TOUCHED)}
    kept = [(term_id,) for term_id in term_ids if term_id in touched]
    connection.executemany(
        "UPDATE terms SET frequency = 0, document_frequency = 0, own_documents = NULL WHERE id = ?", kept
    )
    connection.executemany("DELETE FROM passages WHERE term_id = ?", kept)
    connection.executemany(
        "DELETE FROM terms WHERE id = ?", [(term_id,) for term_id in term_ids if term_id not in touched]
    )
    return [term_id for (term_id,) in kept]


def _decide_again(connection: sqlite3.Connection, written: set[int]) -> None:
    """What a person merged and split stays so, in the terms that have just been ``written`` anew."""
    splits = connection.execute("SELECT term_id, surface, other_id FROM splits").fetchall()
    for term_id, surface, other_id in splits:
        if term_id not in written:
            continue
        found = connection.execute(
            "SELECT frequency FROM variants WHERE term_id = ? AND surface = ?", (term_id, surface)
        ).fetchone()
        if found is None:
            continue
        connection.execute("DELETE FROM variants WHERE term_id = ? AND surface = ?", (term_id, surface))
        connection.execute("UPDATE terms SET frequency = max(0, frequency - ?) WHERE id = ?", (*found, term_id))
        connection.execute(
            "UPDATE terms SET document_frequency = min(document_frequency, frequency) WHERE id = ?", (term_id,)
        )
        connection.execute("DELETE FROM passages WHERE term_id = ?", (other_id,))
        connection.execute(
            f"INSERT INTO passages (term_id, {PASSAGE}) SELECT ?, {PASSAGE} FROM passages"
            " WHERE term_id = ? AND kind = 'context' AND instr(text, ?)",
            (other_id, term_id, surface),
        )
        connection.execute(
            "UPDATE terms SET frequency = ?, document_frequency = ? WHERE id = ?",
            (*found, documents_split_off(connection, other_id, *found), other_id),
        )
    merged = connection.execute(
        "SELECT merged_into, id, term, frequency FROM terms WHERE merged_into IS NOT NULL"
    ).fetchall()
    for primary, member, term, frequency in merged:
        connection.execute(
            "INSERT OR IGNORE INTO variants (term_id, surface, kind, frequency)"
            " SELECT ?1, ?2, 'synonym', ?3 UNION ALL"
            " SELECT ?1, surface, 'synonym', frequency FROM variants WHERE term_id = ?4",
            (primary, term, frequency, member),
        )
        if primary in written:
            connection.execute("UPDATE terms SET frequency = frequency + ? WHERE id = ?", (frequency, primary))
    for primary in {primary for primary, *_member in merged} & written:
        connection.execute(
            "UPDATE terms SET document_frequency = ?, own_documents = ? WHERE id = ?",
            (*documents_of(connection, primary), primary),
        )
