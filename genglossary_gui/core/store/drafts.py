"""Staged results: what a run has made so far, invisible in the glossary until the run publishes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from itertools import islice

from genglossary_gui.core.glossary import DefinitionDraft, Entry, IssueDraft, Stage, TermDraft
from genglossary_gui.core.store import codec, glossary
from genglossary_gui.core.store.connection import transaction

_BATCH = 500


def stage_terms(connection: sqlite3.Connection, run_id: int, terms: Iterable[TermDraft]) -> None:
    _stage(connection, run_id, "term", ((term.key, codec.encode(term)) for term in terms))


def stage_definitions(
    connection: sqlite3.Connection, run_id: int, stage: Stage, definitions: Iterable[tuple[str, DefinitionDraft]]
) -> None:
    _stage(connection, run_id, stage, ((key, codec.encode(definition)) for key, definition in definitions))


def stage_issues(connection: sqlite3.Connection, run_id: int, issues: Iterable[IssueDraft]) -> None:
    _stage(connection, run_id, "issue", ((f"{n:06}", codec.encode(issue)) for n, issue in enumerate(issues)))


def staged_terms(connection: sqlite3.Connection, run_id: int) -> list[TermDraft]:
    """The run's terms by rank."""
    terms = [codec.decode_term(text) for _key, text in _payloads(connection, run_id, "term")]
    return sorted(terms, key=lambda term: term.rank)


def staged_definitions(connection: sqlite3.Connection, run_id: int, stage: Stage) -> dict[str, DefinitionDraft]:
    return {key: codec.decode_definition(text) for key, text in _payloads(connection, run_id, stage)}


def staged_issues(connection: sqlite3.Connection, run_id: int) -> list[IssueDraft]:
    return [codec.decode_issue(text) for _key, text in _payloads(connection, run_id, "issue")]


def terms_of_run(connection: sqlite3.Connection, run_id: int) -> list[TermDraft]:
    """What the run works on: its own terms if it extracted, otherwise those of the glossary (dropped ones left out)."""
    return staged_terms(connection, run_id) or glossary.load_terms(connection)


def entries_of_run(connection: sqlite3.Connection, run_id: int) -> list[Entry]:
    """The entries as they would be if the run published now: its definitions before those of the glossary."""
    merged: Mapping[str, tuple[Stage, DefinitionDraft]] = glossary.load_definitions(connection)
    staged = {
        key: (stage, definition)
        for stage in (Stage.PROVISIONAL, Stage.REFINED)
        for key, definition in staged_definitions(connection, run_id, stage).items()
    }
    merged = {**merged, **staged}
    return [
        Entry(term, definition, stage)
        for term in terms_of_run(connection, run_id)
        for stage, definition in [merged.get(term.key, (Stage.PROVISIONAL, DefinitionDraft("", 0.0, (), "")))]
    ]


def discard(connection: sqlite3.Connection, run_id: int) -> None:
    """Drop what the run staged."""
    with transaction(connection):
        connection.execute("DELETE FROM drafts WHERE run_id = ?", (run_id,))


def _stage(connection: sqlite3.Connection, run_id: int, kind: str, rows: Iterable[tuple[str, str]]) -> None:
    values = ((run_id, kind, key, text) for key, text in rows)
    # In batches, made before the lock is taken: other runs must not wait for tens of thousands of terms.
    while batch := list(islice(values, _BATCH)):
        with transaction(connection):
            connection.executemany("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", batch)


def _payloads(connection: sqlite3.Connection, run_id: int, kind: str) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT key, payload FROM drafts WHERE run_id = ? AND kind = ? ORDER BY key", (run_id, kind)
    ).fetchall()
