"""The documents of the project."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.ui import phrases
from genglossary_gui.ui.models.documents import DocumentModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.table_page import QuickFilter, TablePage, Words

_FILTERS = (
    QuickFilter(lambda: _("All"), ("present",)),
    QuickFilter(lambda: _("With problems"), ("present", "problems")),
)
_WORDS = Words(
    name=lambda: _("Documents"),
    search=lambda: _("Search documents"),
    count=phrases.documents,
    empty=lambda: _("No documents read yet. A run reads the folders of the project."),
    nothing_found=lambda: _("No document matches. Change the search or the filter."),
    action=lambda: _("Run"),
)


def make_document_page(reader: Reader, parent: QWidget | None = None) -> TablePage:
    """The table of the documents; ``activated`` carries the id of a document."""
    return TablePage(
        DocumentModel(reader),
        _WORDS,
        table_name="documentTable",
        stretched="path",
        filters=_FILTERS,
        parent=parent,
        widths={"state": 36, "format": 9, "size": 10, "encoding": 12, "scanned": 17},
    )
