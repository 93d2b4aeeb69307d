"""The documents of the project as a table."""

from __future__ import annotations

from PySide6.QtCore import QObject

from genglossary_gui.core.documents.reasons import Reason
from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.store.documents import DocumentRow, document_ids, document_rows
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.ui import plain
from genglossary_gui.ui.models.paged import Column, PagedTableModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.words import DOCUMENT_LANGUAGES, DOCUMENT_STATES, date_time, word_of

_REASONS = frozenset(Reason)

COLUMNS = (
    Column[DocumentRow](
        name="path", title=lambda: _("Document"), text=lambda row: row.path, icon=lambda row: "document"
    ),
    Column[DocumentRow](
        name="state",
        title=lambda: pgettext("document", "Status"),
        text=lambda row: _state(row),
        # What a person left out is no problem of the document.
        icon=lambda row: "warning" if row.reason and row.wanted else "",
    ),
    Column[DocumentRow](name="format", title=lambda: _("Format"), text=lambda row: row.format),
    Column[DocumentRow](name="size", title=lambda: _("Size"), text=lambda row: plain.size(row.size), is_number=True),
    Column[DocumentRow](
        name="language", title=lambda: _("Language"), text=lambda row: word_of(row.language, DOCUMENT_LANGUAGES)
    ),
    Column[DocumentRow](name="encoding", title=lambda: _("Encoding"), text=lambda row: row.encoding),
    Column[DocumentRow](name="scanned", title=lambda: _("Read at"), text=lambda row: date_time(row.scanned_at)),
)


class DocumentModel(PagedTableModel[DocumentRow]):
    """The documents that are there, by path until sorted otherwise."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        selection = Selection(filters=("present",))
        super().__init__(reader, COLUMNS, document_ids, document_rows, selection, parent)


def _state(row: DocumentRow) -> str:
    state = word_of(row.state, DOCUMENT_STATES)
    return _("{state}: {reason}").format(state=state, reason=why_not_read(row)) if row.reason else state


def why_not_read(row: DocumentRow) -> str:
    """Why the document cannot be read, in a sentence; empty when it can."""
    return Reason(row.reason).sentence if row.reason in _REASONS else row.reason
