"""What the review found."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.ui import phrases
from genglossary_gui.ui.models.issues import IssueModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.table_page import TablePage, Words

_WORDS = Words(
    name=lambda: _("Issues"),
    search=lambda: _("Search issues"),
    count=phrases.open_issues,
    empty=lambda: _("No open issues. A run with a review looks for them."),
    nothing_found=lambda: _("No issue matches the search."),
    action=lambda: _("Review"),
)


def make_issue_page(reader: Reader, parent: QWidget | None = None) -> TablePage:
    """The table of the open issues; ``activated`` carries the id of an issue."""
    return TablePage(
        IssueModel(reader),
        _WORDS,
        table_name="issueTable",
        stretched="explanation",
        parent=parent,
        widths={"type": 24, "term": 22, "action": 34, "state": 10},
    )
