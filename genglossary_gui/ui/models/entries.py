"""The glossary and the terms as tables."""

from __future__ import annotations

from PySide6.QtCore import QObject

from genglossary_gui.core.i18n import _, listed, pgettext
from genglossary_gui.core.store.glossary import EntryRow, EntryState, entry_ids, entry_rows
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.core.words import word
from genglossary_gui.ui import phrases, plain
from genglossary_gui.ui.models.paged import Column, PagedTableModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.words import ENTRY_STATES, date_time, stage_word, word_of

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
    Column[EntryRow](
        name="state",
        title=lambda: pgettext("entry", "Status"),
        text=lambda row: entry_state(row),
        tip=lambda row: "\n".join(entry_marks(row)),
        icon=lambda row: _sign(row),
    ),
    Column[EntryRow](
        name="confidence",
        title=lambda: _("Confidence"),
        text=lambda row: _confidence(row),
        tip=lambda row: _confidence_tip(row),
    ),
    Column[EntryRow](
        name="issues",
        title=lambda: _("Issues"),
        text=lambda row: plain.number(row.open_issues) if row.open_issues else "",
        is_number=True,
    ),
    _CATEGORY,
    Column[EntryRow](name="stage", title=lambda: _("Stage"), text=lambda row: stage_word(row.stage)),
    Column[EntryRow](
        name="aliases", title=lambda: _("Aliases"), text=lambda row: listed(row.aliases) if row.aliases else ""
    ),
    Column[EntryRow](name="notes", title=lambda: _("Note"), text=lambda row: row.notes),
    Column[EntryRow](name="changed", title=lambda: _("Last change"), text=lambda row: date_time(row.changed_at)),
    _DOCUMENTS,
    _FREQUENCY,
    Column[EntryRow](name="score", title=lambda: _("Score"), text=lambda row: f"{row.score:.2f}", is_number=True),
    Column[EntryRow](name="rank", title=lambda: _("Rank"), text=lambda row: plain.number(row.rank), is_number=True),
)
GLOSSARY_HIDDEN = ("category", "stage", "aliases", "notes", "changed", "documents", "frequency", "score", "rank")
"""Columns of the glossary that are shown only when they are wanted."""


class GlossaryModel(PagedTableModel[EntryRow]):
    """The terms worth an entry, with their definitions or an honest blank; by rank until sorted otherwise."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        selection = Selection(filters=("suggested",))
        super().__init__(reader, GLOSSARY_COLUMNS, entry_ids, entry_rows, selection, parent)


def entry_state(row: EntryRow) -> str:
    """“Refined · locked”: how far an entry is, in words; what a person wrote is locked unless told."""
    words = word_of(row.state, ENTRY_STATES)
    if row.state is EntryState.EDITED and not row.locked:
        return _("{state} · unlocked").format(state=words)
    is_told = row.locked and row.state not in (EntryState.EDITED, EntryState.APPROVED)
    return _("{state} · locked").format(state=words) if is_told else words


def entry_marks(row: EntryRow) -> list[str]:
    """What else there is to know about an entry, a sentence each; its status first."""
    marks = [
        (row.approved, _("A person approved it: runs only suggest.")),
        (row.locked and not row.approved, _("It is locked: runs only suggest.")),
        (row.is_offered, _("A later run suggests another definition.")),
        (row.is_stale, _("A document that it rests on was changed or is gone.")),
    ]
    return [entry_state(row), *(words for holds, words in marks if holds)]


def _sign(row: EntryRow) -> str:
    if row.is_stale:
        return "warning"
    if row.is_offered:
        return "info"
    return "status-completed" if row.approved else ""


def _confidence(row: EntryRow) -> str:
    if not row.definition:
        return ""
    return pgettext("confidence", "A person") if row.origin == "person" else phrases.confidence(row.confidence)


def _confidence_tip(row: EntryRow) -> str:
    if not row.definition:
        return ""
    if row.origin == "person":
        return _("Written by a person.")
    return phrases.confidence_meaning(row.confidence, row.origin)
