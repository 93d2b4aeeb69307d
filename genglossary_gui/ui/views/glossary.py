"""The pages of the glossary: entries with the panel beside them, terms, issues."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.glossary import PlacedPassage
from genglossary_gui.ui import phrases
from genglossary_gui.ui.models.entries import GlossaryModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.plain import spaced
from genglossary_gui.ui.views.entry import EntryPanel
from genglossary_gui.ui.views.table_page import QuickFilter, TablePage, Words

_FILTERS = (
    QuickFilter(lambda: _("Suggested"), ("suggested",)),
    QuickFilter(lambda: _("All"), ()),
    QuickFilter(lambda: _("Without definition"), ("suggested", "undefined")),
    QuickFilter(lambda: _("With issues"), ("with_issues",)),
)
_ALL = 1
_WORDS = Words(
    name=lambda: _("Glossary"),
    search=lambda: _("Search terms and definitions"),
    count=phrases.terms,
    empty=lambda: _("The glossary is empty. Run the project to find its terms and definitions."),
    nothing_found=lambda: _("No term matches. Change the search or the filter."),
    action=lambda: _("Run"),
)


class GlossaryPage(QWidget):
    """``evidence_activated(PlacedPassage, term id)``: a passage of the entry was pressed."""

    evidence_activated = Signal(object, int)
    run_requested = Signal()

    def __init__(self, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = -1
        self.page = TablePage(
            GlossaryModel(reader, self),
            _WORDS,
            table_name="glossaryTable",
            stretched="definition",
            filters=_FILTERS,
            widths={
                "term": 18,
                "definition": 32,
                "category": 14,
                "confidence": 13,
                "stage": 11,
                "issues": 6,
                "documents": 8,
                "frequency": 8,
            },
        )
        self.entry = EntryPanel(reader)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.page)
        self.splitter.addWidget(self.entry)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setCollapsible(0, False)
        layout = QHBoxLayout(self)
        spaced(layout, spacing=0)
        layout.addWidget(self.splitter)
        self.page.current_changed.connect(self._on_current_changed)
        self.page.activated.connect(self._on_activated)
        self.page.action_requested.connect(self.run_requested)
        self.page.model.loaded.connect(self._on_loaded)
        self.entry.evidence_activated.connect(self._on_evidence)

    def show_term(self, term_id: int) -> None:
        """Make the term current, whatever is filtered now."""
        if not self.page.select(term_id):
            self._wanted = term_id
            self.page.show_filter(_ALL)

    def refresh(self) -> None:
        self.page.refresh()
        self.entry.refresh()

    def retranslate(self) -> None:
        self.page.retranslate()
        self.entry.retranslate()

    @Slot(int)
    def _on_current_changed(self, term_id: int) -> None:
        self.entry.show_entry(max(term_id, 0))

    @Slot(int)
    def _on_activated(self, _term_id: int) -> None:
        self.entry.focus_first_passage()

    @Slot(int)
    def _on_loaded(self, _count: int) -> None:
        wanted, self._wanted = self._wanted, -1
        if wanted >= 0:
            self.page.select(wanted)

    @Slot(object)
    def _on_evidence(self, placed: PlacedPassage) -> None:
        self.evidence_activated.emit(placed, self.entry.term_id)
