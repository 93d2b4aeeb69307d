"""What an export holds, whatever its format: frozen values, read from the project at one moment."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass

from genglossary_gui.core.glossary import Category, Stage, only_mentions
from genglossary_gui.core.store import glossary, projects, runs
from genglossary_gui.core.store.selection import Selection


@dataclass(frozen=True, slots=True)
class ExportedEvidence:
    """A passage that a definition rests on; ``document`` is relative to its source, ``line`` is 1-based."""

    document: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """One entry, its fields in the order of the JSON export.  Without a definition there is no evidence."""

    term: str
    aliases: tuple[str, ...]
    category: Category
    definition: str
    confidence: float
    stage: Stage
    approved: bool
    suggested: bool
    rank: int
    score: float
    frequency: int
    document_frequency: int
    evidence: tuple[ExportedEvidence, ...]
    notes: str
    origin: str
    language: str = "en"

    @property
    def only_mentions(self) -> bool:
        """Whether ``definition`` is a sentence that mentions the term, because nothing defines it."""
        return only_mentions(self.confidence, self.origin, approved=self.approved)


@dataclass(frozen=True, slots=True)
class ExportedGlossary:
    """The entries by rank (1 = most term-like).  ``languages``: codes, the one with most entries first."""

    name: str
    languages: tuple[str, ...]
    entries: tuple[ExportedEntry, ...]
    total: int = 0
    """How many entries there are, when only the first ones were read."""


def read_glossary(
    connection: sqlite3.Connection,
    *,
    everything: bool,
    approved_only: bool,
    with_sources: bool,
    first: int | None = None,
) -> ExportedGlossary:
    """The published glossary without dropped terms; ``everything`` adds what is not suggested.

    ``first``: no more than so many entries are read, the others are only counted.
    """
    entries: list[ExportedEntry] = []
    languages: Counter[str] = Counter()
    connection.execute("BEGIN")  # one moment: a run may publish while we read
    try:
        info = projects.project_info(connection)
        run_ids = runs.run_ids(connection, Selection())
        engines = {run.id: run.engine for run in runs.run_rows(connection, run_ids).values()}
        ids = _exported_ids(connection, everything=everything, approved_only=approved_only)
        for term_id in ids[:first]:
            if detail := glossary.entry_detail(connection, term_id):
                languages[detail.row.language] += 1
                entries.append(_entry(detail, engines, with_sources=with_sources))
    finally:
        connection.rollback()
    found = tuple(code for code, _count in languages.most_common())
    spoken = found if info.language == "auto" else (info.language,)
    return ExportedGlossary(info.name, spoken, tuple(entries), len(ids))


def _exported_ids(connection: sqlite3.Connection, *, everything: bool, approved_only: bool) -> list[int]:
    filters = ("kept",) if everything else ("suggested",)
    ids = glossary.entry_ids(connection, Selection(filters=filters))
    rows = glossary.entry_rows(connection, ids)
    return [term_id for term_id in ids if (row := rows.get(term_id)) and (row.approved or not approved_only)]


def _entry(detail: glossary.EntryDetail, engines: dict[int, str], *, with_sources: bool) -> ExportedEntry:
    row = detail.row
    evidence = detail.evidence if with_sources and row.definition else ()
    surfaces = dict.fromkeys(variant.surface for variant in detail.variants if variant.kind != "inflection")
    return ExportedEntry(
        term=row.term,
        aliases=tuple(surface for surface in surfaces if surface != row.term),
        category=row.category,
        definition=row.definition,
        confidence=round(row.confidence, 4),
        stage=Stage(row.stage or Stage.PROVISIONAL),
        approved=row.approved,
        suggested=row.suggested,
        rank=row.rank,
        score=round(row.score, 4),
        frequency=row.frequency,
        document_frequency=row.document_frequency,
        evidence=tuple(ExportedEvidence(e.document, e.passage.line, e.passage.text) for e in evidence),
        notes=row.notes,
        # A term without a definition comes from the engine of the run that found it.
        origin=row.origin or engines.get(row.run_id or 0, "offline"),
        language=row.language,
    )
