"""Drafts: what runs have staged, invisible in the glossary until one of them publishes it.

A draft is named by the run that began it.  A run that is resumed works on the same draft, so nothing is moved
or done again: each finished unit is a row, and each finished step leaves a mark with the state of its input.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from genglossary_gui.core.glossary import DefinitionDraft, Entry, IssueDraft, Stage, Step, TermDraft
from genglossary_gui.core.store import codec, decisions, glossary
from genglossary_gui.core.store.connection import transaction

_BATCH = 500
_NO_DEFINITION = (Stage.PROVISIONAL, DefinitionDraft("", 0.0, (), ""))

EntryTexts = tuple[str, str, str]
"""An entry: its stage, and what ``codec`` makes of its term and of its definition."""


@dataclass(frozen=True, slots=True)
class Staged:
    """The terms (by rank) and definitions of a draft, each with its text: to publish them and to keep them."""

    terms: Sequence[tuple[TermDraft, str]]
    definitions: Mapping[Stage, Mapping[str, tuple[DefinitionDraft, str]]]


def begin(connection: sqlite3.Connection, draft: int, state: str) -> None:
    """Make the draft: there is something to resume even before a unit is finished; see ``state_at_begin``."""
    _stage(connection, draft, "step", [("", state)])


def state_at_begin(connection: sqlite3.Connection, draft: int) -> str | None:
    """What the draft's latest run said of the glossary when it began; None when there is no draft."""
    row = connection.execute(
        "SELECT payload FROM drafts WHERE draft = ? AND kind = 'step' AND key = ''", (draft,)
    ).fetchone()
    return row and row[0]


def finish(connection: sqlite3.Connection, draft: int, step: Step, state: str) -> None:
    """Mark a step as finished; ``state`` tells the input it worked on."""
    _stage(connection, draft, "step", [(step, state)])


def finished(connection: sqlite3.Connection, draft: int) -> dict[str, str]:
    """Finished step → the state of the input it worked on."""
    return {step: state for step, state in _payloads(connection, draft, "step") if step}


def exists(connection: sqlite3.Connection, draft: int) -> bool:
    """Whether there is anything to resume."""
    return connection.execute("SELECT EXISTS (SELECT 1 FROM drafts WHERE draft = ?)", (draft,)).fetchone()[0] == 1


def has_results(connection: sqlite3.Connection, draft: int) -> bool:
    """Whether something is done that could be published: the whole list of terms, or definitions."""
    return (
        connection.execute(
            "SELECT EXISTS (SELECT 1 FROM drafts WHERE draft = ? AND"
            " (kind IN ('provisional', 'refined') OR (kind = 'step' AND key = 'extract')))",
            (draft,),
        ).fetchone()[0]
        == 1
    )


def stage_terms(connection: sqlite3.Connection, draft: int, terms: Iterable[TermDraft]) -> None:
    _stage(connection, draft, "term", ((term.key, codec.encode_term(term)) for term in terms))


def stage_definitions(
    connection: sqlite3.Connection, draft: int, stage: Stage, definitions: Iterable[tuple[str, DefinitionDraft]]
) -> None:
    _stage(connection, draft, stage, ((key, codec.encode_definition(definition)) for key, definition in definitions))


def stage_issues(connection: sqlite3.Connection, draft: int, issues: Iterable[IssueDraft]) -> None:
    with transaction(connection):
        connection.execute("DELETE FROM drafts WHERE draft = ? AND kind = 'issue'", (draft,))
    _stage(connection, draft, "issue", ((f"{n:06}", codec.encode_issue(issue)) for n, issue in enumerate(issues)))


def staged_terms(connection: sqlite3.Connection, draft: int) -> list[TermDraft]:
    """The draft's terms by rank."""
    terms = [codec.decode_term(text) for _key, text in _payloads(connection, draft, "term")]
    return sorted(terms, key=lambda term: term.rank)


def staged_definitions(connection: sqlite3.Connection, draft: int, stage: Stage) -> dict[str, DefinitionDraft]:
    return {key: codec.decode_definition(text) for key, text in _payloads(connection, draft, stage)}


def staged_issues(connection: sqlite3.Connection, draft: int) -> list[IssueDraft]:
    return [codec.decode_issue(text) for _key, text in _payloads(connection, draft, "issue")]


def read(connection: sqlite3.Connection, draft: int) -> Staged:
    """All terms and definitions of the draft; each is unpacked once, which takes the most time of publishing."""
    terms = [(codec.decode_term(text), text) for _key, text in _payloads(connection, draft, "term")]
    definitions = {
        stage: {key: (codec.decode_definition(text), text) for key, text in _payloads(connection, draft, stage)}
        for stage in Stage
    }
    return Staged(sorted(terms, key=lambda term: term[0].rank), definitions)


def terms_of_draft(connection: sqlite3.Connection, draft: int) -> list[TermDraft]:
    """What a run works on: the terms it extracted, or else those of the glossary.

    Without those that a person does not want; those that a person wants count as suggested.
    """
    unwanted, wanted = decisions.unwanted_keys(connection), decisions.wanted_keys(connection)
    terms = staged_terms(connection, draft) or glossary.load_terms(connection)
    return [
        replace(term, suggested=True) if term.key in wanted and not term.suggested else term
        for term in terms
        if term.key not in unwanted
    ]


def whole_entries_of_draft(connection: sqlite3.Connection, draft: int) -> list[Entry]:
    """Like ``entries_of_draft`` for all terms, whatever a person wants of them: what a run leaves."""
    return _entries(connection, draft, staged_terms(connection, draft) or glossary.load_terms(connection))


def texts_of_entries(connection: sqlite3.Connection, staged: Staged) -> Iterator[EntryTexts]:
    """The entries that ``whole_entries_of_draft`` would give; what was staged is not packed again."""
    protected = glossary.protected_keys(connection)
    found = {
        key: (stage, text)
        for stage in (Stage.PROVISIONAL, Stage.REFINED)
        for key, (_definition, text) in staged.definitions[stage].items()
        if key not in protected
    }
    terms = [(term.key, text) for term, text in staged.terms] or [
        (term.key, codec.encode_term(term)) for term in glossary.load_terms(connection)
    ]
    there = {} if all(key in found for key, _text in terms) else glossary.load_definitions(connection)
    for key, text in terms:
        if key in found:
            stage, definition = found[key]
        else:
            stage, value = there.get(key, _NO_DEFINITION)
            definition = codec.encode_definition(value)
        yield stage, text, definition


def entries_of_draft(connection: sqlite3.Connection, draft: int) -> list[Entry]:
    """The entries as they would be if it were published now: its definitions before those of the glossary.

    Where a person has decided, what the glossary says stays.
    """
    return _entries(connection, draft, terms_of_draft(connection, draft))


def _entries(connection: sqlite3.Connection, draft: int, terms: Sequence[TermDraft]) -> list[Entry]:
    merged: Mapping[str, tuple[Stage, DefinitionDraft]] = glossary.load_definitions(connection)
    protected = glossary.protected_keys(connection)
    staged = {
        key: (stage, definition)
        for stage in (Stage.PROVISIONAL, Stage.REFINED)
        for key, definition in staged_definitions(connection, draft, stage).items()
        if key not in protected
    }
    merged = {**merged, **staged}
    return [
        Entry(term, definition, stage) for term in terms for stage, definition in [merged.get(term.key, _NO_DEFINITION)]
    ]


def discard(connection: sqlite3.Connection, draft: int) -> None:
    """Drop the draft; nothing of it can be resumed any more."""
    with transaction(connection):
        connection.execute("DELETE FROM drafts WHERE draft = ?", (draft,))


def discard_terms(connection: sqlite3.Connection, draft: int) -> None:
    """Drop a list of terms that is not whole."""
    with transaction(connection):
        connection.execute("DELETE FROM drafts WHERE draft = ? AND kind = 'term'", (draft,))


def discard_results(connection: sqlite3.Connection, draft: int) -> None:
    """Drop what was staged, because its input has changed; the draft itself stays open."""
    with transaction(connection):
        connection.execute("DELETE FROM drafts WHERE draft = ? AND (kind <> 'step' OR key <> '')", (draft,))


def _stage(connection: sqlite3.Connection, draft: int, kind: str, rows: Iterable[tuple[str, str]]) -> None:
    values = ((draft, kind, key, text) for key, text in rows)
    # In batches, made before the lock is taken: other runs must not wait for tens of thousands of terms.
    while batch := list(islice(values, _BATCH)):
        with transaction(connection):
            connection.executemany("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", batch)


def _payloads(connection: sqlite3.Connection, draft: int, kind: str) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT key, payload FROM drafts WHERE draft = ? AND kind = ? ORDER BY key", (draft, kind)
    ).fetchall()
