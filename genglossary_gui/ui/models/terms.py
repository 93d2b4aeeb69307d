"""The candidates as a table to decide on."""

from __future__ import annotations

from PySide6.QtCore import QObject

from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.store.decisions import Listed, Status
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.core.store.term_list import TermRow, term_ids, term_rows
from genglossary_gui.core.words import word
from genglossary_gui.ui import plain
from genglossary_gui.ui.models.paged import Column, PagedTableModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.term_words import language_word
from genglossary_gui.ui.models.words import TERM_STATES, word_of

_ICONS = {Status.ACCEPTED: "status-completed", Status.DROPPED: "status-cancelled"}


def status_words(row: TermRow) -> str:
    """What has been decided about a term; where nothing has, what the engine says of it."""
    if row.listed is Listed.REQUIRED:
        return pgettext("term", "Required")
    if row.listed is Listed.EXCLUDED:
        return pgettext("term", "Excluded")
    if row.status is not Status.CANDIDATE:
        return word_of(row.status, TERM_STATES)
    if row.is_left_out:
        return _("Excluded (automatically)")
    return _("Suggested") if row.suggested else word_of(row.status, TERM_STATES)


def status_icon(row: TermRow) -> str:
    if row.listed is Listed.REQUIRED:
        return "required"
    return "excluded" if row.listed is Listed.EXCLUDED else _ICONS.get(row.status, "")


COLUMNS = (
    Column[TermRow](name="rank", title=lambda: _("Rank"), text=lambda row: plain.number(row.rank), is_number=True),
    Column[TermRow](name="term", title=lambda: _("Term"), text=lambda row: row.term),
    Column[TermRow](name="status", title=lambda: pgettext("term", "Status"), text=status_words, icon=status_icon),
    Column[TermRow](name="category", title=lambda: _("Category"), text=lambda row: word(row.category)),
    Column[TermRow](
        name="frequency", title=lambda: _("Occurrences"), text=lambda row: plain.number(row.frequency), is_number=True
    ),
    Column[TermRow](
        name="documents",
        title=lambda: _("Documents"),
        text=lambda row: plain.number(row.document_frequency),
        is_number=True,
    ),
    Column[TermRow](name="score", title=lambda: _("Score"), text=lambda row: f"{row.score:.2f}", is_number=True),
    Column[TermRow](name="variants", title=lambda: _("Spellings"), text=lambda row: row.variants),
    Column[TermRow](name="notes", title=lambda: _("Note"), text=lambda row: row.notes),
    Column[TermRow](name="language", title=lambda: _("Language"), text=lambda row: language_word(row.language)),
)


class TermTableModel(PagedTableModel[TermRow]):
    """The candidates that wait for a decision; by rank until sorted otherwise."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(reader, COLUMNS, term_ids, term_rows, Selection(filters=("review",)), parent)
