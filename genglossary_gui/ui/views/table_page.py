"""A table with what belongs to it: a search box, quick filters, a count, and a word when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.i18n import _
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.paged import PagedTableModel
from genglossary_gui.ui.plain import PushButton, button, enlarge, label, spaced, tool_tip
from genglossary_gui.ui.views.flow import FlowLayout
from genglossary_gui.ui.views.table_look import give_look

_TYPING_MS = 150
_LEAST_STRETCHED = 24
_FEW_ROWS = 3
"""What stands below and above the table makes room for so many of its rows."""


@dataclass(frozen=True)
class QuickFilter:
    """A button above the table; ``filters`` are switches of the store's catalogue."""

    title: Callable[[], str]
    filters: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """What a page says: its name, the hint in its search box, its number of rows, and its words when empty.

    ``action`` is the word on the button of the empty page; without it there is no button.
    """

    name: Callable[[], str]
    search: Callable[[], str]
    count: Callable[[int], str]
    empty: Callable[[], str]
    nothing_found: Callable[[], str]
    action: Callable[[], str] | None = None


class TablePage(QWidget):
    """One table of the project.

    ``current_changed(id)``: another row (-1: none) is current.  ``activated(id)``: double click or Enter.
    ``action_requested()``: the button of the empty page was pressed.  Unless it ``reads`` at once, it is empty until
    ``refresh``.
    """

    current_changed = Signal(int)
    activated = Signal(int)
    action_requested = Signal()

    def __init__(
        self,
        model: PagedTableModel,
        words: Words,
        *,
        table_name: str,
        widths: Mapping[str, int],
        stretched: str,
        filters: Sequence[QuickFilter] = (),
        reads: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._words = words
        self._is_running = False
        self._filters = filters
        self._further: tuple[str, ...] = ()
        self._first_further: tuple[str, ...] = ()
        self._own_filters = model.selection.filters
        self._held = (-1, 0)
        self._is_narrowed = False
        self.table = make_table(model, table_name, widths, stretched)
        self._build()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._apply)
        self.search.textChanged.connect(self._typing.start)
        self.search.installEventFilter(self)
        self.search.returnPressed.connect(self._on_search_entered)
        self.table.activated.connect(self._on_activated)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        model.layoutAboutToBeChanged.connect(self._on_layout_changing)
        model.loaded.connect(self._on_loaded)
        self.retranslate()
        if reads:
            model.refresh()

    def refresh(self) -> None:
        self.model.refresh()

    def current_id(self) -> int:
        """The id of the current row, or -1."""
        return self.model.id_at(self.table.currentIndex().row())

    def select(self, row_id: int) -> bool:
        """Make the row current and show it; False when it is not in the table as filtered."""
        row = self.model.row_of(row_id)
        if row < 0:
            return False
        self.go_to(row)
        self.table.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def go_to(self, row: int) -> None:
        """Make this row the current one and the only one that is selected."""
        index = self.model.index(row, 0)
        # Not setCurrentIndex of the table: with Ctrl held it would add the row to those that are selected.
        flag = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.table.scrollTo(index)

    def set_running(self, is_running: bool) -> None:
        """While a run is at work an empty page says so and offers no other run."""
        if is_running != self._is_running:
            self._is_running = is_running
            self._show_count(self.model.rowCount())

    def refuse_action(self, reason: str) -> None:
        """The button of the empty page cannot be pressed here, and says why."""
        self._action.setEnabled(False)
        self._action.setToolTip(tool_tip(reason))

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, in their order; the current one where none is selected."""
        ids = [row_id for top, bottom in self._ranges() for row_id in self.model.ids_between(top, bottom)]
        return ids or [row_id for row_id in (self.current_id(),) if row_id >= 0]

    def first_selected(self) -> tuple[int, int]:
        """The first of ``selected_ids`` (-1: none) and their number, without making a list of a hundred thousand."""
        ranges = self._ranges()
        if not ranges:
            return self.current_id(), int(self.current_id() >= 0)
        return self.model.id_at(ranges[0][0]), sum(bottom - top + 1 for top, bottom in ranges)

    def _ranges(self) -> list[tuple[int, int]]:
        chosen = self.table.selectionModel().selection()
        return sorted((chosen.at(n).top(), chosen.at(n).bottom()) for n in range(chosen.count()))

    def add_to_bar(self, widget: QWidget) -> None:
        """Put further filters at the end of the row of quick filters."""
        self._chip_row.setContentsMargins(12, 0, 12, 8)
        last = self._flow.itemAt(self._flow.count() - 1)
        before = (last.widget() if last is not None else None) or self.search
        self._flow.addWidget(widget)
        # It was made later than the table, but stands above it.
        QWidget.setTabOrder(before, widget)

    def set_further_filters(self, filters: Sequence[str]) -> None:
        """Switches of the catalogue that hold besides those of the quick filter that is pressed."""
        if tuple(filters) != self._further:
            self._further = tuple(filters)
            self._apply()

    def take_further_filters(self, filters: Sequence[str]) -> None:
        """Like ``set_further_filters``, for those that the model begins with."""
        self._further = tuple(filters)
        self._first_further = self._further

    def show_filter(self, position: int) -> None:
        """Press the quick filter at this position and empty the search box."""
        self.search.clear()
        self._chips.button(position).setChecked(True)
        self._apply()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search box Escape empties it, then leaves it; an arrow goes down into the table."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        words = self._words
        self.table.setAccessibleName(words.name())
        self.search.setPlaceholderText(words.search())
        self.search.setAccessibleName(words.search())
        for position, quick in enumerate(self._filters):
            self._chips.button(position).setText(quick.title())
        if words.action is not None:
            self._action.setText(words.action())
        self.model.retranslate()
        self._show_count(self.model.rowCount())

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(120)
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._count = label(role="muted")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(12)
        bar.addWidget(self.search, 1)
        bar.addWidget(self._count)
        # In lines: on a small screen they do not fit one.
        chips = FlowLayout(spacing=6)
        self._chip_bar = QWidget()
        self._chip_row = QVBoxLayout(self._chip_bar)
        self._chip_row.setContentsMargins(12, 0, 12, 8 if self._filters else 0)
        self._chip_row.addLayout(chips)
        self._chips = QButtonGroup(self)
        for position, __ in enumerate(self._filters):
            chip = Chip(is_checked=position == 0)
            self._chips.addButton(chip, position)
            chips.addWidget(chip)
        self._flow = chips
        self._chips.idClicked.connect(self._apply)

        self._empty = label(wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        enlarge(self._empty, 1.1)
        self._action = button("primary")
        self._action.setVisible(self._words.action is not None)
        self._action.clicked.connect(self.action_requested)
        nothing = QWidget()
        # On a small screen the words may be cut rather than the window be larger than the screen.
        nothing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        inner = QVBoxLayout(nothing)
        spaced(inner, 12, 12)
        inner.addStretch(2)
        inner.addWidget(self._empty)
        inner.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(3)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(nothing)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=0)
        layout.addLayout(bar)
        layout.addWidget(self._chip_bar)
        layout.addWidget(self._stack, 1)
        self._bar = bar
        self._below_bar = QWidget()
        self.below = QVBoxLayout(self._below_bar)
        """A place below the table, for what can be done without it too: in a low window it is not there."""
        spaced(self.below, spacing=0)
        layout.addWidget(self._below_bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """On a small screen the table comes first, then the filters, then the buttons, which menu and keys replace."""
        header = self.table.horizontalHeader().sizeHint().height()
        rows = header + _FEW_ROWS * self.table.verticalHeader().defaultSectionSize()
        left = self.height() - self._bar.sizeHint().height() - rows
        for part in (self._chip_bar, self._below_bar):
            wanted = part.heightForWidth(self.width()) if part.hasHeightForWidth() else part.sizeHint().height()
            part.setVisible(wanted <= left)
            left -= wanted

    @Slot()
    def _apply(self) -> None:
        chosen = self._chips.checkedId()
        own = () if self._first_further else self._own_filters
        filters = self._filters[chosen].filters if chosen >= 0 else own
        search = self.search.text().strip()
        wanted = replace(self.model.selection, search=search, filters=(*filters, *self._further))
        self._is_narrowed = self._is_narrowed or wanted != self.model.selection
        self.model.set_selection(wanted)

    @Slot()
    def _on_search_entered(self) -> None:
        """Enter in the search box goes to what was found."""
        self._typing.stop()
        self._apply()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_layout_changing(self) -> None:
        # The table goes to its last row when the current one is taken away.
        row = self.table.currentIndex().row()
        self._held = (self.model.id_at(row), row)

    @Slot(int)
    def _on_loaded(self, count: int) -> None:
        self._show_count(count)
        (held_id, row), self._held = self._held, (-1, 0)
        is_gone = held_id >= 0 and self.model.row_of(held_id) < 0
        if count and (is_gone or not self.table.currentIndex().isValid()):
            # Where the row that was current has gone, the next one is.
            self.go_to(0 if self._is_narrowed else min(row, count - 1))
        self._is_narrowed = False
        self.current_changed.emit(self.current_id())

    def _show_count(self, count: int) -> None:
        self._count.setText(self._words.count(count))
        is_filtered = (
            bool(self.model.selection.search or self._further != self._first_further) or self._chips.checkedId() > 0
        )
        words = _("A run is at work. What it finds appears here when it has completed.")
        if is_filtered:
            words = self._words.nothing_found()
        elif not self._is_running:
            words = self._words.empty()
        self._empty.setText(words)
        self._action.setVisible(self._words.action is not None and not is_filtered and not self._is_running)
        self._stack.setCurrentIndex(1 if count == 0 and self.model.is_loaded else 0)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.activated.emit(self.model.id_at(index.row()))

    @Slot()
    def _on_current_changed(self) -> None:
        self.current_changed.emit(self.current_id())


class Table(QTableView):
    """A table whose column ``stretched`` takes the room that the others leave, at least ``least`` letters."""

    def __init__(self, model: PagedTableModel, stretched: int, least: int) -> None:
        super().__init__()
        self.setModel(model)
        self._stretched = stretched
        self._least = least * _character(self)
        self._was_shown = False
        self.horizontalHeader().sectionResized.connect(self._on_section_resized)
        model.headerDataChanged.connect(self.fit_titles)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def moveCursor(self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last row: whole rows are selected, to go along one means nothing."""
        if action is QTableView.CursorAction.MoveHome:
            return self.model().index(0, self.currentIndex().column())
        if action is QTableView.CursorAction.MoveEnd:
            return self.model().index(self.model().rowCount() - 1, self.currentIndex().column())
        return super().moveCursor(action, modifiers)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown:  # a window is built without its style sheet, which has wider margins
            self._was_shown = True
            self.fit_titles()

    @Slot()
    def fit_titles(self) -> None:
        """Widen the columns that are shown and whose titles would not fit."""
        header = self.horizontalHeader()
        for column in range(header.count()):
            if not header.isSectionHidden(column):
                header.resizeSection(column, max(header.sectionSize(column), header.sectionSizeHint(column)))

    @Slot(int)
    def _on_section_resized(self, column: int) -> None:
        if column != self._stretched:
            self._stretch()

    def _stretch(self) -> None:
        header = self.horizontalHeader()
        others = header.length() - header.sectionSize(self._stretched)
        header.resizeSection(self._stretched, max(self.viewport().width() - others, self._least))


def make_table(model: PagedTableModel, name: str, widths: Mapping[str, int], stretched: str) -> QTableView:
    """A table in the style of the app.

    ``widths`` are in letters, by column; ``stretched`` takes what is left, at least its own width.
    """
    table = Table(model, model.column_of(stretched), widths.get(stretched, _LEAST_STRETCHED))
    table.setObjectName(name)
    give_look(table)
    header = table.horizontalHeader()
    # It would ask every selected row whether its column is selected as a whole: a second for 100,000 rows.
    header.setSelectionModel(QItemSelectionModel(model, header))
    header.setSortIndicatorClearable(True)
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    header.setMinimumSectionSize(40)
    table.setSortingEnabled(True)
    for column, width in widths.items():
        header.resizeSection(model.column_of(column), width * _character(table) + 22)
    table.fit_titles()
    return table


def _character(widget: QWidget) -> int:
    # Not the average width: in a face with kanji that is nearly twice as wide as a letter.
    return widget.fontMetrics().horizontalAdvance("n")


class Chip(PushButton):
    """As wide as its words need when they are bold: a chip that is pressed neither cuts them nor moves the others."""

    def __init__(self, *, is_checked: bool) -> None:
        super().__init__()
        self.setProperty("role", "chip")
        self.setCheckable(True)
        self.setChecked(is_checked)

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        text = self.text()
        more = QFontMetrics(bold).horizontalAdvance(text) - self.fontMetrics().horizontalAdvance(text)
        return super().sizeHint() + QSize(max(more, 0), 0)
