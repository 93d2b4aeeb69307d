"""The columns an export may have: a name that machines read, words for people, and the text of a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from genglossary_gui.core.exchange.cells import clean_text, join_list
from genglossary_gui.core.exchange.exported import ExportedEntry
from genglossary_gui.core.i18n import N_, _
from genglossary_gui.core.words import word

Value = str | int | float


@dataclass(frozen=True)
class Column:
    """``value`` is what a table for programs holds, ``shown`` what a person reads."""

    name: str
    words: str
    value: Callable[[ExportedEntry], Value]
    shown: Callable[[ExportedEntry], str] = lambda entry: ""

    @property
    def title(self) -> str:
        return _(self.words)


def sources(entry: ExportedEntry) -> Iterable[str]:
    """The places of the evidence, ``document:line``, each once."""
    return dict.fromkeys(f"{evidence.document}:{evidence.line}" for evidence in entry.evidence)


def absence(entry: ExportedEntry) -> str:
    """What a reader is told before the definition when nothing defines the term; empty when something does."""
    if not clean_text(entry.definition):
        return _("No definition found.")
    return _("No definition found. Mentioned so:") if entry.only_mentions else ""


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _shown_truth(value: bool) -> str:
    return _("Yes") if value else _("No")


_ALL = (
    Column("term", N_("Term"), lambda e: e.term, lambda e: e.term),
    Column("aliases", N_("Aliases"), lambda e: join_list(e.aliases), lambda e: join_list(e.aliases)),
    Column("category", N_("Category"), lambda e: str(e.category), lambda e: word(e.category)),
    Column("definition", N_("Definition"), lambda e: e.definition, lambda e: e.definition),
    Column(
        "confidence", N_("Confidence"), lambda e: e.confidence, lambda e: f"{e.confidence:.0%}" if e.definition else ""
    ),
    Column("stage", N_("Stage"), lambda e: str(e.stage), lambda e: word(e.stage) if e.definition else ""),
    Column("approved", N_("Approved"), lambda e: _truth(e.approved), lambda e: _shown_truth(e.approved)),
    Column("rank", N_("Rank"), lambda e: e.rank, lambda e: str(e.rank)),
    Column("score", N_("Score"), lambda e: e.score, lambda e: f"{e.score:g}"),
    Column("frequency", N_("Occurrences"), lambda e: e.frequency, lambda e: str(e.frequency)),
    Column("document_frequency", N_("Documents"), lambda e: e.document_frequency, lambda e: str(e.document_frequency)),
    Column("sources", N_("Sources"), lambda e: "; ".join(sources(e)), lambda e: "; ".join(sources(e))),
    Column("notes", N_("Notes"), lambda e: e.notes, lambda e: e.notes),
    Column("origin", N_("Origin"), lambda e: e.origin, lambda e: e.origin),
)
COLUMNS = {column.name: column for column in _ALL}
"""Name → column, in the order in which they stand."""

ALL = tuple(COLUMNS)
FOR_READING = ("term", "aliases", "definition", "sources")
"""What a document for people shows unless asked otherwise."""


def chosen(names: Iterable[str]) -> tuple[Column, ...]:
    """The columns of these names in their order; the term is always among them."""
    wanted = {"term", *names}
    return tuple(column for name, column in COLUMNS.items() if name in wanted)
