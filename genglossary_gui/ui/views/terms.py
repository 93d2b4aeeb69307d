"""The page on which a person decides about the candidates: the list, and the term that is chosen beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain

from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, QSettings, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.decisions import Listed, ListedTerm, Status
from genglossary_gui.core.store.glossary import PlacedPassage
from genglossary_gui.core.store.term_list import TermRow, any_terms, ids_of_keys, listed_by_list
from genglossary_gui.core.words import word
from genglossary_gui.ui import phrases, term_acts
from genglossary_gui.ui.dialogs.ask import name_box
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.term_words import LANGUAGES, LISTS, language_word, list_word
from genglossary_gui.ui.models.terms import TermTableModel
from genglossary_gui.ui.views.column_choice import ColumnChoice
from genglossary_gui.ui.views.filter_boxes import FilterBox
from genglossary_gui.ui.views.flow import FlowLayout
from genglossary_gui.ui.views.page_with_panel import PageWithPanel
from genglossary_gui.ui.views.table_page import QuickFilter, TablePage, Words
from genglossary_gui.ui.views.term_actions import BAR, TermActions
from genglossary_gui.ui.views.term_panel import TermPanel

_FILTERS = (
    QuickFilter(lambda: _("To decide"), ("review",)),
    QuickFilter(lambda: _("Accepted"), ("accepted",)),
    QuickFilter(lambda: _("Dropped"), ("dropped",)),
    QuickFilter(lambda: _("In the glossary"), ("glossary",)),
    QuickFilter(lambda: _("All candidates"), ()),
)
_UNDECIDED = _FILTERS[0].filters[0]
_BOXES = (
    FilterBox(
        lambda: _("Category"),
        lambda: _("Any category"),
        [(f"category:{category}", lambda category=category: word(category)) for category in Category],
    ),
    FilterBox(
        lambda: _("List"),
        lambda: _("Any list"),
        [(name, lambda name=name: list_word(name)) for name in LISTS],
    ),
    FilterBox(
        lambda: _("Language"),
        lambda: _("Any language"),
        [(f"language:{code}", lambda code=code: language_word(code)) for code in LANGUAGES],
    ),
)
_HIDDEN = ("notes", "language", "score")
_WIDTHS = {
    "rank": 5, "term": 16, "status": 11, "category": 12, "frequency": 7, "documents": 7, "score": 8, "variants": 14,
    "notes": 16, "language": 9,
}  # fmt: skip
_FAR = 500
"""Rows that are looked through for the next undecided term."""


def make_term_table(reader: Reader) -> TablePage:
    """The table of a ``TermsPage``; made beforehand, it makes one long piece of a start into two.

    It is read when the page is there to hear of it.
    """
    model = TermTableModel(reader)
    words = Words(
        name=lambda: _("Terms"),
        search=lambda: _("Search terms, spellings and notes"),
        count=phrases.terms,
        empty=partial(_empty_words, reader),
        nothing_found=lambda: _("No term matches. Change the search or the filter."),
        action=lambda: _("Run"),
    )
    page = TablePage(
        model, words, table_name="termTable", stretched="term", filters=_FILTERS, widths=_WIDTHS, reads=False
    )
    model.setParent(page)
    return page


def _empty_words(reader: Reader) -> str:
    if reader.now(any_terms, False):
        return _("Every suggested term has been decided. “All candidates” shows the others.")
    return _("No terms yet. Run the project to find them in its documents.")


class TermsPage(PageWithPanel):
    """``context_activated(PlacedPassage, term id)``: a place was pressed.  ``entry_wanted(term id)``."""

    context_activated = Signal(object, int)
    entry_wanted = Signal(int)
    run_requested = Signal()

    def __init__(
        self,
        reader: Reader,
        edits: Edits | None = None,
        parent: QWidget | None = None,
        *,
        page: TablePage | None = None,
    ) -> None:
        super().__init__(reader, edits, parent)
        self._being_decided: set[int] = set()
        self._moved_to = -1
        self.page = page or make_term_table(reader)
        self.columns = ColumnChoice(self.page.table, self.page.model, always=("term", "status"), hidden_first=_HIDDEN)
        self.panel = TermPanel(reader, can_edit=edits is not None)
        self.actions_ = TermActions(self, self.page.table)
        self.page.below.addWidget(self._make_bar())
        self._assemble(self.panel, self.panel, self.actions_, _BOXES, "terms")
        self._connect()
        self._enable()
        self.page.refresh()

    def save_state(self, settings: QSettings) -> None:
        super().save_state(settings)
        self.panel.keep_note()

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        flow = FlowLayout(bar, 4)
        for name in BAR:
            tool = QToolButton()
            tool.setDefaultAction(self.actions_[name])
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            tool.setProperty("flat", True)
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            flow.addWidget(tool)
        holder = QWidget()
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(8, 4, 8, 4)
        inner.addWidget(bar)
        return holder

    def _connect(self) -> None:
        page, panel, actions = self.page, self.panel, self.actions_
        page.current_changed.connect(self._on_current_changed)
        page.activated.connect(self._on_activated)
        page.action_requested.connect(self.run_requested)
        page.model.loaded.connect(self._on_loaded)
        page.model.dataChanged.connect(self._enable)
        panel.context_activated.connect(self._on_context)
        panel.split_wanted.connect(self._on_split)
        panel.note_written.connect(self._on_note)
        panel.entry_wanted.connect(self.entry_wanted)
        actions.asked.connect(self._on_asked)
        actions.classed.connect(self._on_classed)

    def _row(self) -> TermRow | None:
        model = self.page.model
        return model.value_at(model.row_of(self.page.first_selected()[0]))

    @Slot()
    def _enable(self) -> None:
        row, count = self._row(), self.page.first_selected()[1]
        self.actions_.enable([row] if row is not None else [], count, can_edit=self._edits is not None)

    @Slot(str)
    def _on_asked(self, act: str) -> None:
        """One of the actions for the selected terms."""
        edits, ids, row = self._edits, self.page.selected_ids(), self._row()
        if act == "entry" and row is not None:
            self.entry_wanted.emit(row.id)
        elif edits is None:
            return
        elif act == "add":
            self._ask_for_terms(edits)
        elif act == "lists":
            self._reader.ask(listed_by_list, self._on_lists)
        elif row is None:
            return
        elif act in _DECISIONS:
            go_back = self._way_back(ids)
            if act != "undecide":
                self._move_on(ids)
            term_acts.set_status(edits, ids, _DECISIONS[act], go_back)
        elif act in _LISTINGS:
            wanted = _LISTINGS[act]
            go_back = self._way_back(ids)
            if _UNDECIDED in self.page.model.selection.filters:
                self._move_on(ids)
            term_acts.set_listed(edits, ids, Listed.NOT if row.listed is wanted else wanted, go_back)
        elif act == "merge":
            current = self.page.current_id()
            ordered = [current, *(term_id for term_id in ids if term_id != current)] if current in ids else ids
            primary = self.page.model.value_at(self.page.model.row_of(ordered[0]))
            term_acts.merge(edits, ordered, primary.term if primary is not None else row.term)
        elif act == "rename":
            self._ask_for_name(edits, row)
        elif act == "split":
            self.panel.focus_split()
        elif act == "note":
            self.panel.focus_note()

    @Slot(object)
    def _on_classed(self, category: Category) -> None:
        if self._edits is not None and self._row() is not None:
            term_acts.set_category(self._edits, self.page.selected_ids(), category)
        self._enable()

    def _ask_for_name(self, edits: Edits, row: TermRow) -> None:
        dialog = name_box(self, "renameTermDialog", _("Rename the term"), _("Name"), row.term)
        dialog.textValueSelected.connect(partial(term_acts.rename, edits, row.id, row.term))
        dialog.open()

    def _ask_for_terms(self, edits: Edits) -> None:
        from genglossary_gui.ui.dialogs.term_names import AddTermsDialog

        dialog = AddTermsDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(partial(term_acts.add_terms, edits))
        dialog.open()

    @Slot(object)
    def _on_lists(self, lists: dict[Listed, Sequence[ListedTerm]]) -> None:
        from genglossary_gui.ui.dialogs.term_names import TermListsDialog

        dialog = TermListsDialog(lists, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(self._on_lists_saved)
        dialog.open()

    @Slot(object, object, object)
    def _on_lists_saved(self, listed: Listed, added: Sequence[str], gone: Sequence[str]) -> None:
        if self._edits is None:
            return
        if added:
            term_acts.add_terms(self._edits, added, listed=listed)
        if gone:
            self._reader.ask(partial(ids_of_keys, keys=tuple(gone)), self._on_gone)

    @Slot(object)
    def _on_gone(self, ids: Sequence[int]) -> None:
        if self._edits is not None and ids:
            term_acts.set_listed(self._edits, ids, Listed.NOT)

    @Slot(int, str)
    def _on_split(self, term_id: int, surface: str) -> None:
        if self._edits is not None:
            term_acts.split(self._edits, term_id, [surface])

    @Slot(int, str, str)
    def _on_note(self, term_id: int, term: str, note: str) -> None:
        if self._edits is not None:
            term_acts.write_note(self._edits, term_id, term, note)

    @Slot(int)
    def _on_current_changed(self, term_id: int) -> None:
        if max(term_id, 0) != self.panel.term_id:
            self.panel.show_term(max(term_id, 0))
        self._enable()

    @Slot(int)
    def _on_activated(self, _term_id: int) -> None:
        self.panel.focus_first_context()

    @Slot(int)
    def _on_loaded(self, _count: int) -> None:
        if self._edits is None or not self._edits.is_at_work:
            self._being_decided.clear()
        self._enable()

    def _move_on(self, term_ids: Sequence[int]) -> None:
        """To the next term that waits for a decision, at once: the next key must not meet these again."""
        self._being_decided.update(term_ids)
        model, start = self.page.model, self.page.model.row_of(term_ids[-1])
        below = range(start + 1, min(start + _FAR, model.rowCount()))
        above = range(start - 1, max(start - _FAR, -1), -1)
        free = ((row, value) for row in chain(below, above) if (value := self._waiting(row)) is not None)
        # Where nothing is undecided (“Accepted”), what has been decided leaves the list all the same.
        found = next((row for row, value in free if value.is_undecided or model.selection.filters), None)
        if found is not None:
            self.page.go_to(found)
            self._moved_to = self.page.current_id()

    def _way_back(self, term_ids: Sequence[int]) -> Callable[[], None]:
        """To what is selected now, for when it cannot be decided; unless a person has gone elsewhere by then."""
        selection = self.page.table.selectionModel()
        # Its ranges follow their rows wherever these go.
        selected, current = selection.selection(), QPersistentModelIndex(self.page.table.currentIndex())

        def go_back() -> None:
            self._being_decided.difference_update(term_ids)
            here = self.page.current_id()
            # Of several that were refused one after the other the first is where to go on.
            if current.isValid() and here == self._moved_to and current.row() != self.page.model.row_of(here):
                flag = QItemSelectionModel.SelectionFlag
                index = self.page.model.index(current.row(), current.column())
                selection.setCurrentIndex(index, flag.NoUpdate)
                selection.select(selected, flag.ClearAndSelect | flag.Rows)
                self.page.table.scrollTo(index)

        return go_back

    def _waiting(self, row: int) -> TermRow | None:
        value = self.page.model.value_at(row)
        return value if value is not None and value.id not in self._being_decided else None

    @Slot(object)
    def _on_context(self, placed: PlacedPassage) -> None:
        self.context_activated.emit(placed, self.panel.term_id)


_DECISIONS = {"accept": Status.ACCEPTED, "drop": Status.DROPPED, "undecide": Status.CANDIDATE}
_LISTINGS = {"require": Listed.REQUIRED, "exclude": Listed.EXCLUDED}
