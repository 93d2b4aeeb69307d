"""The page of the glossary: its entries as a table, and the entry that is chosen beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.i18n import _, ngettext, pgettext
from genglossary_gui.core.store.decisions import Listed
from genglossary_gui.core.store.glossary import EntryRow, EntryState, PlacedPassage, term_names
from genglossary_gui.core.words import word
from genglossary_gui.ui import entry_acts, phrases, term_acts
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.entries import GLOSSARY_HIDDEN, GlossaryModel
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.words import ENTRY_STATES, word_of
from genglossary_gui.ui.plain import number
from genglossary_gui.ui.views.column_choice import ColumnChoice
from genglossary_gui.ui.views.entry import EntryPanel
from genglossary_gui.ui.views.entry_actions import EntryActions
from genglossary_gui.ui.views.filter_boxes import FilterBox
from genglossary_gui.ui.views.page_with_panel import PageWithPanel
from genglossary_gui.ui.views.table_page import QuickFilter, TablePage, Words

_FILTERS = (
    QuickFilter(lambda: _("Suggested"), ("suggested",)),
    QuickFilter(lambda: _("All"), ()),
    QuickFilter(lambda: _("Without definition"), ("suggested", "undefined")),
    QuickFilter(lambda: _("With issues"), ("with_issues",)),
    QuickFilter(lambda: _("Stale"), ("stale",)),
    QuickFilter(lambda: _("With suggestions"), ("offered",)),
)
_ALL = 1
_BOXES = (
    FilterBox(
        lambda: pgettext("entry", "Status"),
        lambda: _("Any status"),
        [(f"state:{state}", lambda state=state: word_of(state, ENTRY_STATES)) for state in EntryState],
    ),
    FilterBox(
        lambda: _("Category"),
        lambda: _("Any category"),
        [(f"category:{category}", lambda category=category: word(category)) for category in Category],
    ),
    FilterBox(
        lambda: _("Confidence"),
        lambda: _("Any confidence"),
        [
            ("confidence:high", lambda: _("High")),
            ("confidence:medium", lambda: _("Medium")),
            ("confidence:low", lambda: _("Low")),
        ],
    ),
)
_WORDS = Words(
    name=lambda: _("Glossary"),
    search=lambda: _("Search terms, aliases and definitions"),
    count=phrases.terms,
    empty=lambda: _("The glossary is empty. Run the project to find its terms and definitions."),
    nothing_found=lambda: _("No term matches. Change the search or the filter."),
    action=lambda: _("Run"),
)
_LONGEST_NAME = 60
_LISTS = {"require": Listed.REQUIRED, "exclude": Listed.EXCLUDED}


_WIDTHS = {
    "term": 16,
    "definition": 24,
    "state": 15,
    "category": 14,
    "confidence": 12,
    "stage": 11,
    "issues": 6,
    "aliases": 18,
    "notes": 18,
    "changed": 16,
    "documents": 8,
    "frequency": 8,
    "score": 8,
    "rank": 7,
}


def make_glossary_table(reader: Reader) -> TablePage:
    """The table of a ``GlossaryPage``; made beforehand, it makes one long piece of a start into two.

    It is read when the page is there to hear of it.
    """
    model = GlossaryModel(reader)
    page = TablePage(
        model, _WORDS, table_name="glossaryTable", stretched="definition", filters=_FILTERS, widths=_WIDTHS, reads=False
    )
    model.setParent(page)
    return page


class GlossaryPage(PageWithPanel):
    """``evidence_activated(PlacedPassage, term id)``: a passage of the entry was pressed.

    ``regenerate_requested(keys, name)``: the definitions of these terms are to be looked for anew, in a run of that
    name.
    """

    evidence_activated = Signal(object, int)
    run_requested = Signal()
    regenerate_requested = Signal(object, str)

    def __init__(
        self,
        reader: Reader,
        edits: Edits | None = None,
        parent: QWidget | None = None,
        *,
        entry: EntryPanel | None = None,
        page: TablePage | None = None,
    ) -> None:
        super().__init__(reader, edits, parent)
        self._wanted = -1
        self._back: list[int] = []
        self._forward: list[int] = []
        self.page = page or make_glossary_table(reader)
        self.columns = ColumnChoice(
            self.page.table, self.page.model, always=("term", "definition"), hidden_first=GLOSSARY_HIDDEN
        )
        self.entry = entry or EntryPanel(reader, edits)
        self.actions_ = EntryActions(self, self.page.table)
        self._assemble(self.entry, self.entry, self.actions_, _BOXES, "glossary")
        self._connect()
        self._enable()
        self.page.refresh()

    def show_term(self, term_id: int) -> None:
        """Make the term current, whatever is filtered now."""
        if not self.page.select(term_id):
            self._wanted = term_id
            self.boxes.reset()
            self.page.show_filter(_ALL)

    def go_to_term(self, term_id: int) -> None:
        """Like ``show_term``, with a way back to the entry that is shown now."""
        here = self.page.current_id()
        if here >= 0 and here != term_id:
            self._back.append(here)
            self._forward.clear()
        self.show_term(term_id)
        self._enable()

    @Slot()
    def go_back(self) -> None:
        self._go(self._back, self._forward)

    @Slot()
    def go_forward(self) -> None:
        self._go(self._forward, self._back)

    def edit_term(self, term_id: int) -> None:
        """Go to the entry and put the keyboard into its definition."""
        self.show_term(term_id)
        self.entry.show_entry(term_id)
        self.entry.edit_definition()

    def save_state(self, settings: QSettings) -> None:
        super().save_state(settings)
        self.entry.keep_now()

    def _connect(self) -> None:
        page, entry, actions = self.page, self.entry, self.actions_
        page.current_changed.connect(self._on_current_changed)
        page.activated.connect(self._on_activated)
        page.action_requested.connect(self.run_requested)
        page.model.loaded.connect(self._on_loaded)
        entry.evidence_activated.connect(self._on_evidence)
        entry.term_wanted.connect(self.go_to_term)
        entry.regenerate_wanted.connect(self._on_regenerate_shown)
        entry.left.connect(self._on_editor_left)
        actions.asked.connect(self._on_asked)

    def _go(self, out_of: list[int], into: list[int]) -> None:
        if out_of:
            here = self.page.current_id()
            if here >= 0:
                into.append(here)
            self.show_term(out_of.pop())
        self._enable()

    def _rows(self) -> list[EntryRow]:
        """The selected entries that are loaded; enough to say what may be done."""
        model = self.page.model
        row = model.value_at(model.row_of(self.page.first_selected()[0]))
        return [row] if row is not None else []

    @Slot()
    def _enable(self) -> None:
        self.actions_.enable(
            self._rows() if self._edits is not None else (), can_go_back=self._back, can_go_forward=self._forward
        )

    @Slot(str)
    def _on_asked(self, act: str) -> None:
        """One of the actions for the selected entries."""
        edits, ids = self._edits, self.page.selected_ids()
        row = next(iter(self._rows()), None)
        if act == "back":
            self.go_back()
        elif act == "forward":
            self.go_forward()
        elif edits is None or row is None:
            return
        elif act == "edit":
            self.entry.edit_definition()
        elif act == "approve":
            entry_acts.approve(edits, ids, approved=not row.approved)
        elif act == "lock":
            entry_acts.lock(edits, ids, locked=not row.is_protected)
        elif act == "accept":
            entry_acts.accept_offers(edits, ids)
        elif act == "dismiss":
            entry_acts.dismiss_offers(edits, ids)
        elif act == "regenerate":
            self._regenerate(ids)
        elif act in _LISTS:
            term_acts.set_listed(edits, ids, _LISTS[act])

    def _regenerate(self, term_ids: Sequence[int]) -> None:
        ids = tuple(term_ids)
        self._reader.ask(lambda connection: term_names(connection, ids), self._on_regenerated)

    @Slot(object)
    def _on_regenerated(self, names: Mapping[str, str]) -> None:
        if len(names) == 1:
            [term] = names.values()
            name = _("Definition of “{term}”").format(term=harmless(term, _LONGEST_NAME))
        else:
            words = ngettext("Definition of {count} term", "Definitions of {count} terms", len(names))
            name = words.format(count=number(len(names)))
        if names:
            self.regenerate_requested.emit(tuple(names), name)

    @Slot()
    def _on_regenerate_shown(self) -> None:
        self._regenerate([self.entry.term_id])

    @Slot()
    def _on_editor_left(self) -> None:
        self.page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _on_current_changed(self, term_id: int) -> None:
        if max(term_id, 0) != self.entry.term_id:
            self.entry.show_entry(max(term_id, 0))
        self._enable()

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
