"""The published glossary: rows for the tables of the window, details of one entry, values for the engines."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

from genglossary_gui.core import issue_words
from genglossary_gui.core.glossary import (
    MENTION,
    Category,
    DefinitionDraft,
    IssueDraft,
    IssueType,
    Passage,
    PassageKind,
    Stage,
    TermDraft,
    Variant,
)
from genglossary_gui.core.store.conditions import IN_GLOSSARY, KEPT
from genglossary_gui.core.store.selection import Catalogue, Selection, rows_by_id

_ENTRY_COLUMNS = (
    "e.id, e.key, e.term, e.language, e.category, e.score, e.rank, e.frequency, e.document_frequency, e.suggested,"
    " e.status, e.notes, e.locked, e.definition_id, e.definition, e.confidence, e.stage, e.approved, e.origin,"
    " e.run_id, (SELECT COUNT(*) FROM issues i WHERE i.term_id = e.id AND i.state = 'open'),"
    " EXISTS (SELECT 1 FROM evidence v JOIN documents d ON d.id = v.document_id WHERE v.definition_id = e.definition_id"
    " AND (d.state <> 'ready' OR d.content_id IS NOT v.content_id)),"
    " EXISTS (SELECT 1 FROM definitions o WHERE o.term_id = e.id AND o.offered = 1),"
    " COALESCE((SELECT d.created_at FROM definitions d WHERE d.id = e.definition_id), ''),"
    " COALESCE((SELECT group_concat(v.surface, char(10)) FROM variants v"
    " WHERE v.term_id = e.id AND v.kind <> 'inflection' AND v.surface <> e.term), '')"
)
_PASSAGE_COLUMNS = "p.content_id, p.start, p.end, p.line, p.text, p.kind, p.weight, p.rule, p.document_id"


class EntryState(StrEnum):
    """What a person sees first of an entry, in the order of ``CATALOGUE``'s sort."""

    APPROVED = "approved"
    EDITED = "edited"
    REFINED = "refined"
    PROVISIONAL = "provisional"
    UNDEFINED = "undefined"


HIGH, MEDIUM = 0.7, 0.3
"""From these on a confidence is called high, medium."""

_STATE = (
    "CASE WHEN definition = '' THEN 4 WHEN approved = 1 THEN 0 WHEN origin = 'person' THEN 1"
    " WHEN stage = 'refined' THEN 2 ELSE 3 END"
)
_ALIASES = (
    "(SELECT group_concat(v.surface, char(10)) FROM variants v WHERE v.term_id = entries.id"
    " AND v.kind <> 'inflection' AND v.surface <> entries.term)"
)
_STALE = (
    "EXISTS (SELECT 1 FROM evidence v JOIN documents d ON d.id = v.document_id"
    " WHERE v.definition_id = entries.definition_id AND (d.state <> 'ready' OR d.content_id IS NOT v.content_id))"
)

_CONTEXTS_OF = (
    "p.term_id IN (SELECT id FROM terms WHERE id = ?1 OR merged_into = ?1) AND p.kind = 'context'"
    " ORDER BY p.term_id <> ?1, p.id"
)
CATALOGUE = Catalogue(
    table="entries",
    default_order="rank, id",
    sorts={
        "rank": "rank",
        "term": "term COLLATE NOCASE",
        "definition": "definition COLLATE NOCASE",
        "category": "category",
        "score": "score",
        "frequency": "frequency",
        "documents": "document_frequency",
        "confidence": "confidence",
        "status": "status",
        "stage": "stage",
        "state": _STATE,
        "issues": "(SELECT COUNT(*) FROM issues i WHERE i.term_id = entries.id AND i.state = 'open')",
        "changed": "(SELECT d.created_at FROM definitions d WHERE d.id = definition_id)",
        "aliases": f"{_ALIASES} COLLATE NOCASE",
        "notes": "notes COLLATE NOCASE",
    },
    searched=("term", "definition", _ALIASES),
    filters={
        "suggested": IN_GLOSSARY,
        "kept": KEPT,
        "undefined": f"(definition = '' OR (confidence <= {MENTION} AND origin = 'offline' AND approved = 0))",
        "with_issues": "id IN (SELECT term_id FROM issues WHERE state = 'open')",
        "stale": _STALE,
        "offered": "id IN (SELECT term_id FROM definitions WHERE offered = 1)",
        "protected": "(locked = 1 OR approved = 1)",
        **{f"state:{state.value}": f"{_STATE} = {number}" for number, state in enumerate(EntryState)},
        **{f"category:{category.value}": f"category = '{category.value}'" for category in Category},
        "confidence:high": f"definition <> '' AND confidence >= {HIGH}",
        "confidence:medium": f"definition <> '' AND confidence >= {MEDIUM} AND confidence < {HIGH}",
        "confidence:low": f"definition <> '' AND confidence < {MEDIUM}",
    },
)

ISSUE_CATALOGUE = Catalogue(
    table="(SELECT i.*, t.term, t.rank FROM issues i JOIN terms t ON t.id = i.term_id)",
    default_order="rank, id",
    sorts={
        "term": "term COLLATE NOCASE",
        "type": "type",
        "state": "state",
        "rank": "rank",
        "explanation": "issue_explained(said, explanation) COLLATE NOCASE",
        "action": "issue_action(said, action) COLLATE NOCASE",
        "reason": "reason COLLATE NOCASE",
    },
    searched=("term", "issue_explained(said, explanation)", "reason"),
    filters={
        **{state: f"state = '{state}'" for state in ("open", "fixed", "ignored")},
        **{f"type:{kind.value}": f"type = '{kind.value}'" for kind in IssueType},
    },
)


@dataclass(frozen=True)
class EntryRow:
    """A term with its current definition (empty when there is none), for tables.  ``stage`` is empty without one."""

    id: int
    key: str
    term: str
    language: str
    category: Category
    score: float
    rank: int
    frequency: int
    document_frequency: int
    suggested: bool
    status: str
    notes: str
    locked: bool
    definition_id: int | None
    definition: str
    confidence: float
    stage: str
    approved: bool
    origin: str
    run_id: int | None
    open_issues: int
    is_stale: bool = False
    """Its evidence is no longer what the documents say: one of them was changed or is gone."""
    is_offered: bool = False
    """A later run suggests another definition, and a person has not decided yet."""
    changed_at: str = ""
    """When its definition was made; empty without one."""
    aliases: tuple[str, ...] = ()

    @property
    def state(self) -> EntryState:
        if not self.definition:
            return EntryState.UNDEFINED
        if self.approved:
            return EntryState.APPROVED
        if self.origin == "person":
            return EntryState.EDITED
        return EntryState(self.stage)

    @property
    def is_protected(self) -> bool:
        """No run changes its definition."""
        return self.locked or self.approved


@dataclass(frozen=True)
class PlacedPassage:
    """A passage with the document (path relative to its source) that holds it."""

    passage: Passage
    document: str
    is_current: bool
    """False when the document has changed or gone since; the stored text can still be shown."""


@dataclass(frozen=True)
class IssueRow:
    id: int
    term_id: int
    term: str
    type: str
    explanation: str
    action: str
    state: str
    reason: str = ""
    """Why it is ignored, in a person's words."""
    related: tuple[str, ...] = ()
    """Keys of the other terms it concerns."""
    is_offered: bool = False
    """A run suggests another definition of the term."""


@dataclass(frozen=True)
class EntryDetail:
    """Everything the window shows about one entry."""

    row: EntryRow
    variants: tuple[Variant, ...]
    evidence: tuple[PlacedPassage, ...]
    contexts: tuple[PlacedPassage, ...]
    issues: tuple[IssueRow, ...]
    features: Mapping[str, float]


def entry_ids(connection: sqlite3.Connection, selection: Selection) -> array[int]:
    return CATALOGUE.ids(connection, selection)


def entry_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, EntryRow]:
    return rows_by_id(connection, f"SELECT {_ENTRY_COLUMNS} FROM entries e WHERE e.id IN ({{ids}})", ids, _entry_row)


def issue_ids(connection: sqlite3.Connection, selection: Selection) -> array[int]:
    # What is searched and sorted by is what is shown.
    connection.create_function("issue_explained", 2, issue_words.explanation)
    connection.create_function("issue_action", 2, issue_words.action)
    return ISSUE_CATALOGUE.ids(connection, selection)


def issue_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, IssueRow]:
    return rows_by_id(connection, f"{_ISSUES} WHERE i.id IN ({{ids}})", ids, _issue_row)


def entry_detail(connection: sqlite3.Connection, term_id: int) -> EntryDetail | None:
    """One entry with variants, evidence, contexts (also those of its synonyms) and issues; None when it is gone."""
    row = entry_rows(connection, [term_id]).get(term_id)
    if row is None:
        return None
    features = connection.execute("SELECT features FROM terms WHERE id = ?", (term_id,)).fetchone()[0]
    return EntryDetail(
        row=row,
        variants=tuple(_variants(connection, "term_id = ?", (term_id,)).get(term_id, ())),
        evidence=_placed(connection, "evidence", "p.definition_id = ? ORDER BY p.position", row.definition_id),
        contexts=_placed(connection, "passages", _CONTEXTS_OF, term_id),
        issues=tuple(
            _issue_row(r) for r in connection.execute(f"{_ISSUES} WHERE i.term_id = ? ORDER BY i.id", (term_id,))
        ),
        features=json.loads(features),
    )


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term of the glossary as it stands in documents: the term itself first among its ``surfaces``."""

    id: int
    surfaces: tuple[str, ...]
    definition: str


def glossary_terms(connection: sqlite3.Connection) -> list[GlossaryTerm]:
    """The terms that people get, by rank, with every spelling."""
    spellings: defaultdict[int, list[str]] = defaultdict(list)
    for term_id, surface in connection.execute(
        f"SELECT v.term_id, v.surface FROM variants v JOIN terms t ON t.id = v.term_id WHERE {IN_GLOSSARY}"
    ):
        spellings[term_id].append(surface)
    rows = connection.execute(f"SELECT id, term, definition FROM entries WHERE {IN_GLOSSARY} ORDER BY rank, id")
    return [GlossaryTerm(term_id, (term, *spellings[term_id]), definition) for term_id, term, definition in rows]


def highlights(connection: sqlite3.Connection, term_id: int) -> list[str]:
    """The spellings under which a term stands in the documents, the term itself first."""
    row = connection.execute("SELECT term FROM terms WHERE id = ?", (term_id,)).fetchone()
    if row is None:
        return []
    variants = connection.execute("SELECT surface FROM variants WHERE term_id = ? ORDER BY frequency DESC", (term_id,))
    return list(dict.fromkeys([row[0], *(v[0] for v in variants)]))


def term_names(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[str, str]:
    """Key → term, in the order of ``ids``; those that are gone are left out."""
    names = rows_by_id(connection, "SELECT id, key, term FROM terms WHERE id IN ({ids})", ids, itemgetter(1, 2))
    return dict(names[term_id] for term_id in ids if term_id in names)


def load_terms(connection: sqlite3.Connection) -> list[TermDraft]:
    """The published terms by rank, as values for an engine; dropped ones left out."""
    passages: defaultdict[int, list[Passage]] = defaultdict(list)
    for term_id, *values in connection.execute(f"SELECT p.term_id, {_PASSAGE_COLUMNS} FROM passages p ORDER BY p.id"):
        passages[term_id].append(_passage(values))
    variants = _variants(connection, "1 = 1", ())
    rows = connection.execute(
        "SELECT id, key, term, language, score, rank, frequency, document_frequency, suggested, category, features"
        f" FROM terms WHERE {KEPT} ORDER BY rank, id"
    )
    return [
        TermDraft(
            key=key,
            term=term,
            language=language,
            score=score,
            rank=rank,
            frequency=frequency,
            document_frequency=documents,
            suggested=bool(suggested),
            category=Category(category),
            variants=tuple(variants.get(term_id, ())),
            passages=tuple(passages.get(term_id, ())),
            features=json.loads(features),
        )
        for term_id, key, term, language, score, rank, frequency, documents, suggested, category, features in rows
    ]


def load_definitions(connection: sqlite3.Connection) -> dict[str, tuple[Stage, DefinitionDraft]]:
    """Term key → (stage, current definition)."""
    evidence: defaultdict[int, list[Passage]] = defaultdict(list)
    for definition_id, *values in connection.execute(
        f"SELECT p.definition_id, {_PASSAGE_COLUMNS} FROM evidence p ORDER BY p.definition_id, p.position"
    ):
        evidence[definition_id].append(_passage(values))
    rows = connection.execute(
        "SELECT key, stage, definition_id, definition, confidence, origin FROM entries WHERE definition_id IS NOT NULL"
    )
    return {
        key: (Stage(stage), DefinitionDraft(text, confidence, tuple(evidence.get(definition_id, ())), origin))
        for key, stage, definition_id, text, confidence, origin in rows
    }


def protected_keys(connection: sqlite3.Connection) -> set[str]:
    """The terms whose definition a person has locked or approved: no run changes it."""
    return {
        key
        for (key,) in connection.execute(
            "SELECT key FROM terms WHERE locked = 1 OR id IN"
            " (SELECT term_id FROM definitions WHERE approved = 1 AND current = 1)"
        )
    }


def load_open_issues(connection: sqlite3.Connection) -> list[IssueDraft]:
    """The open issues as values for an engine."""
    rows = connection.execute(
        "SELECT t.key, i.type, i.explanation, i.action, i.related, i.said FROM issues i"
        " JOIN terms t ON t.id = i.term_id WHERE i.state = 'open' ORDER BY i.id"
    )
    return [
        IssueDraft(
            key,
            IssueType(kind),
            issue_words.explanation(said, explanation),
            issue_words.action(said, action),
            tuple(json.loads(related)),
            said,
        )
        for key, kind, explanation, action, related, said in rows
    ]


_ISSUES = (
    "SELECT i.id, i.term_id, t.term, i.type, i.explanation, i.action, i.state, i.reason, i.related,"
    " EXISTS (SELECT 1 FROM definitions o WHERE o.term_id = i.term_id AND o.offered = 1), i.said"
    " FROM issues i JOIN terms t ON t.id = i.term_id"
)


def _variants(connection: sqlite3.Connection, condition: str, values: Sequence) -> dict[int, list[Variant]]:
    found: defaultdict[int, list[Variant]] = defaultdict(list)
    rows = connection.execute(
        f"SELECT term_id, surface, frequency, kind FROM variants WHERE {condition} ORDER BY frequency DESC, surface",
        values,
    )
    for term_id, surface, frequency, kind in rows:
        found[term_id].append(Variant(surface, frequency, kind))
    return found


def _placed(connection: sqlite3.Connection, table: str, condition: str, value: int | None) -> tuple[PlacedPassage, ...]:
    rows = connection.execute(
        f"SELECT {_PASSAGE_COLUMNS}, d.path, d.state = 'ready' AND d.content_id = p.content_id"
        f" FROM {table} p JOIN documents d ON d.id = p.document_id WHERE {condition}",
        (value,),
    )
    return tuple(PlacedPassage(_passage(row[:-2]), row[-2], bool(row[-1])) for row in rows)


def _passage(values: Sequence) -> Passage:
    content_id, start, end, line, text, kind, weight, rule, document_id = values
    return Passage(content_id, start, end, line, text, PassageKind(kind), weight, rule, document_id)


def _entry_row(row: Sequence) -> EntryRow:
    values = list(row)
    values[4] = Category(values[4])
    for index in (9, 12, 17):
        values[index] = bool(values[index])
    values[16] = values[16] or ""
    for index in (21, 22):
        values[index] = bool(values[index])
    values[24] = tuple(values[24].split("\n")) if values[24] else ()
    return EntryRow(*values)


def _issue_row(row: Sequence) -> IssueRow:
    issue_id, term_id, term, kind, explanation, action, state, reason, related, is_offered, said = row
    return IssueRow(
        issue_id,
        term_id,
        term,
        kind,
        issue_words.explanation(said, explanation),
        issue_words.action(said, action),
        state,
        reason,
        tuple(json.loads(related)),
        bool(is_offered),
    )
