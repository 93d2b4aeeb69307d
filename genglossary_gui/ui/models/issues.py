"""The findings of the review as a table."""

from __future__ import annotations

from PySide6.QtCore import QObject

from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.store.glossary import IssueRow, issue_ids, issue_rows
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.ui.models.paged import Column, PagedTableModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.words import ISSUE_STATES, issue_word, word_of

_SIGNS = {"open": "warning", "fixed": "status-completed", "ignored": "status-cancelled"}

COLUMNS = (
    Column[IssueRow](
        name="type",
        title=lambda: pgettext("issue", "Type"),
        text=lambda row: issue_word(row.type),
        icon=lambda row: _SIGNS.get(row.state, ""),
    ),
    Column[IssueRow](name="term", title=lambda: _("Term"), text=lambda row: row.term),
    Column[IssueRow](name="explanation", title=lambda: _("What is wrong"), text=lambda row: row.explanation),
    Column[IssueRow](name="action", title=lambda: _("What to do"), text=lambda row: row.action),
    Column[IssueRow](
        name="state",
        title=lambda: pgettext("issue", "Status"),
        text=lambda row: word_of(row.state, ISSUE_STATES),
    ),
    Column[IssueRow](name="reason", title=lambda: _("Reason"), text=lambda row: row.reason),
)
HIDDEN = ("reason",)
"""Columns that are shown only when they are wanted."""


class IssueModel(PagedTableModel[IssueRow]):
    """The open issues until filtered otherwise, by rank of their term until sorted otherwise."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(reader, COLUMNS, issue_ids, issue_rows, Selection(filters=("open",)), parent)

    def retranslate(self) -> None:
        """What issues say is read anew: it is in the rows, and sorting and searching go by it."""
        super().retranslate()
        if self.is_loaded:
            self.refresh()
