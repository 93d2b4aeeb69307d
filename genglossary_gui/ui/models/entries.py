"""The glossary and the terms as tables."""

from __future__ import annotations

from PySide6.QtCore import QObject

from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.store.glossary import EntryRow, entry_ids, entry_rows
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.core.words import word
from genglossary_gui.ui import phrases, plain
from genglossary_gui.ui.models.paged import Column, PagedTableModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.words import TERM_STATES, stage_word, word_of

_TERM = Column[EntryRow](name="term", title=lambda: _("Term"), text=lambda row: row.term)
_CATEGORY = Column[EntryRow](name="category", title=lambda: _("Category"), text=lambda row: word(row.category))
_FREQUENCY = Column[EntryRow](
    name="frequency",
    title=lambda: _("Occurrences"),
    text=lambda row: plain.number(row.frequency),
    is_number=True,
)
_DOCUMENTS = Column[EntryRow](
    name="documents",
    title=lambda: _("Documents"),
    text=lambda row: plain.number(row.document_frequency),
    is_number=True,
)

GLOSSARY_COLUMNS = (
    _TERM,
    Column[EntryRow](
        name="definition",
        title=lambda: _("Definition"),
        text=lambda row: row.definition or _("No definition found in the documents"),
    ),
    _CATEGORY,
    Column[EntryRow](
        name="confidence",
        title=lambda: _("Confidence"),
        text=lambda row: phrases.confidence(row.confidence) if row.definition else "",
        tip=lambda row: phrases.confidence_meaning(row.confidence) if row.definition else "",
    ),
    Column[EntryRow](name="stage", title=lambda: _("Stage"), text=lambda row: stage_word(row.stage)),
    Column[EntryRow](
        name="issues",
        title=lambda: _("Issues"),
        text=lambda row: plain.number(row.open_issues) if row.open_issues else "",
        sortable=False,
        is_number=True,
    ),
    _DOCUMENTS,
    _FREQUENCY,
)

TERM_COLUMNS = (
    Column[EntryRow](name="rank", title=lambda: _("Rank"), text=lambda row: plain.number(row.rank), is_number=True),
    _TERM,
    _CATEGORY,
    Column[EntryRow](
        name="status",
        title=lambda: pgettext("term", "Status"),
        text=lambda row: _status(row),
    ),
    Column[EntryRow](name="score", title=lambda: _("Score"), text=lambda row: f"{row.score:.2f}", is_number=True),
    _FREQUENCY,
    _DOCUMENTS,
)


class GlossaryModel(PagedTableModel[EntryRow]):
    """The terms worth an entry, with their definitions or an honest blank; by rank until sorted otherwise."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        selection = Selection(filters=("suggested",))
        super().__init__(reader, GLOSSARY_COLUMNS, entry_ids, entry_rows, selection, parent)


class TermModel(PagedTableModel[EntryRow]):
    """Every candidate that the documents hold; by rank until sorted otherwise."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(reader, TERM_COLUMNS, entry_ids, entry_rows, parent=parent)


def _status(row: EntryRow) -> str:
    is_suggested = row.suggested and row.status == "candidate"
    return _("Suggested") if is_suggested else word_of(row.status, TERM_STATES)
