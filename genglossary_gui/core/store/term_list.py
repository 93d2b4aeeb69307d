"""The candidates as a person reviews them: rows for the table, one term with all that speaks for it."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.store import glossary
from genglossary_gui.core.store.decisions import IN_GLOSSARY, Listed, ListedTerm, Status, listed_terms
from genglossary_gui.core.store.glossary import PlacedPassage
from genglossary_gui.core.store.selection import Catalogue, Selection, rows_by_id

_VARIANTS = (
    "(SELECT group_concat(v.surface, ', ') FROM variants v WHERE v.term_id = t.id AND v.kind <> 'inflection'"
    " AND v.surface <> t.term)"
)
_COLUMNS = (
    "t.id, t.key, t.term, t.language, t.category, t.score, t.rank, t.frequency, t.document_frequency, t.suggested,"
    f" t.status, t.listed, t.notes, t.categorised, COALESCE({_VARIANTS}, '')"
)
_AUTO = "t.listed = '' AND t.status = 'candidate' AND t.categorised = 0 AND t.category = 'common_noun'"
"""Left out by the engine: a common noun."""

TERM_CATALOGUE = Catalogue(
    table="(SELECT * FROM terms WHERE merged_into IS NULL) AS t",
    default_order="rank, id",
    sorts={
        "rank": "rank",
        "term": "term COLLATE NOCASE",
        "category": "category",
        "status": "CASE listed WHEN 'required' THEN 0 WHEN 'excluded' THEN 4 ELSE"
        " CASE status WHEN 'accepted' THEN 1 WHEN 'dropped' THEN 3 ELSE 2 END END",
        "score": "score",
        "frequency": "frequency",
        "documents": "document_frequency",
        "variants": f"{_VARIANTS} COLLATE NOCASE",
        "language": "language",
        "notes": "notes COLLATE NOCASE",
    },
    searched=("term", "notes", _VARIANTS),
    filters={
        "review": "status = 'candidate' AND suggested = 1 AND listed = ''",
        "undecided": "status = 'candidate' AND listed = ''",
        "accepted": "status = 'accepted'",
        "dropped": "status = 'dropped' AND listed <> 'required'",
        "glossary": IN_GLOSSARY,
        "required": "listed = 'required'",
        "excluded": "listed = 'excluded'",
        "auto": _AUTO,
        "noted": "notes <> ''",
        **{f"category:{category.value}": f"category = '{category.value}'" for category in Category},
        "language:ja": "language = 'ja'",
        "language:en": "language = 'en'",
    },
)


@dataclass(frozen=True)
class TermRow:
    """A candidate.  ``variants`` are its other spellings and synonyms in one line."""

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
    status: Status
    listed: Listed
    notes: str
    is_classed: bool
    """A person chose the category."""
    variants: str

    @property
    def is_undecided(self) -> bool:
        return self.status is Status.CANDIDATE and self.listed is Listed.NOT

    @property
    def is_left_out(self) -> bool:
        """The engine excludes it by itself."""
        return self.is_undecided and not self.is_classed and self.category is Category.COMMON_NOUN


@dataclass(frozen=True)
class Spelling:
    """Another way to write a term, or a synonym that a person merged; ``kind`` as in ``Variant``."""

    surface: str
    kind: str
    frequency: int


@dataclass(frozen=True)
class TermDetail:
    """A candidate with its spellings, the places where it stands, and the parts of its score by name."""

    row: TermRow
    spellings: tuple[Spelling, ...]
    contexts: tuple[PlacedPassage, ...]
    features: Mapping[str, float]
    definition: str


def term_ids(connection: sqlite3.Connection, selection: Selection) -> array[int]:
    return TERM_CATALOGUE.ids(connection, selection)


def term_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, TermRow]:
    return rows_by_id(connection, f"SELECT {_COLUMNS} FROM terms t WHERE t.id IN ({{ids}})", ids, _row)


def term_detail(connection: sqlite3.Connection, term_id: int) -> TermDetail | None:
    """One candidate; None when it is gone."""
    row = term_rows(connection, [term_id]).get(term_id)
    detail = glossary.entry_detail(connection, term_id)
    if row is None or detail is None:
        return None
    spellings = tuple(Spelling(v.surface, v.kind, v.frequency) for v in detail.variants if v.surface != row.term)
    return TermDetail(row, spellings, detail.contexts or detail.evidence, detail.features, detail.row.definition)


def any_terms(connection: sqlite3.Connection) -> bool:
    """Whether any run has found terms."""
    return connection.execute("SELECT EXISTS (SELECT 1 FROM terms)").fetchone()[0] == 1


def listed_by_list(connection: sqlite3.Connection) -> dict[Listed, list[ListedTerm]]:
    """The required and the excluded terms."""
    return {listed: listed_terms(connection, listed) for listed in (Listed.REQUIRED, Listed.EXCLUDED)}


def ids_of_keys(connection: sqlite3.Connection, keys: Sequence[str]) -> list[int]:
    """The ids of the listed terms with these keys."""
    known = dict(connection.execute("SELECT key, id FROM terms WHERE listed <> ''"))
    return [known[key] for key in keys if key in known]


def _row(values: Sequence) -> TermRow:
    columns = list(values)
    columns[4], columns[9] = Category(columns[4]), bool(columns[9])
    columns[10], columns[11], columns[13] = Status(columns[10]), Listed(columns[11]), bool(columns[13])
    return TermRow(*columns)
