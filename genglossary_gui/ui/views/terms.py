"""All candidates, also those that the glossary does not suggest."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.ui import phrases
from genglossary_gui.ui.models.entries import TermModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.table_page import QuickFilter, TablePage, Words

_FILTERS = (QuickFilter(lambda: _("All"), ()), QuickFilter(lambda: _("Suggested"), ("suggested",)))
_WORDS = Words(
    name=lambda: _("Terms"),
    search=lambda: _("Search terms"),
    count=phrases.terms,
    empty=lambda: _("No terms yet. Run the project to find them in its documents."),
    nothing_found=lambda: _("No term matches. Change the search or the filter."),
    action=lambda: _("Run"),
)


def make_term_page(reader: Reader, parent: QWidget | None = None) -> TablePage:
    """The table of the candidates; ``activated`` carries the id of a term."""
    return TablePage(
        TermModel(reader),
        _WORDS,
        table_name="termTable",
        stretched="term",
        filters=_FILTERS,
        parent=parent,
        widths={"rank": 8, "category": 16, "status": 14, "score": 10, "documents": 12, "frequency": 13},
    )
