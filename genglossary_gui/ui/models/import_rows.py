"""The rows of an imported file, and what a person chose for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from genglossary_gui.core.exchange.matching import USUAL, Choice, PlannedRow, State
from genglossary_gui.core.i18n import N_, _, listed, pgettext
from genglossary_gui.core.words import word
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import number

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LONGEST = 200

_STATE_ICONS = {
    State.NEW: "status-running",
    State.SAME: "status-completed",
    State.CONFLICT: "warning",
    State.DUPLICATE: "copy",
    State.UNREADABLE: "error",
}
_FIELDS = {
    "term": N_("Spelling"),
    "aliases": N_("Aliases"),
    "category": N_("Category"),
    "definition": N_("Definition"),
    "notes": N_("Notes"),
    "approved": N_("Approved"),
    "status": N_("Dropped or merged here"),
}


def state_word(state: State) -> str:
    """What a person reads for the state of a row."""
    return {
        State.NEW: pgettext("import", "New"),
        State.SAME: pgettext("import", "The same"),
        State.CONFLICT: pgettext("import", "Conflict"),
        State.DUPLICATE: pgettext("import", "Twice in the file"),
        State.UNREADABLE: pgettext("import", "Unreadable"),
    }[state]


def choice_word(choice: Choice) -> str:
    """What a person reads for a choice."""
    return {
        Choice.TAKE: pgettext("import", "Take from the file"),
        Choice.KEEP: pgettext("import", "Keep mine"),
        Choice.SKIP: pgettext("import", "Skip"),
    }[choice]


@dataclass(frozen=True)
class _Column:
    title: Callable[[], str]
    text: Callable[[PlannedRow, Choice], str]


def _mine(row: PlannedRow) -> str:
    return row.mine.definition if row.mine else ""


def _theirs(row: PlannedRow) -> str:
    return row.theirs.definition if row.theirs else row.reason


def differences(row: PlannedRow) -> str:
    """The fields in which the file differs, in words."""
    return listed(_(_FIELDS[name]) for name in row.differs)


_COLUMNS = {
    "state": _Column(lambda: _("State"), lambda row, _choice: state_word(row.state)),
    "choice": _Column(lambda: _("What happens"), lambda _row, choice: choice_word(choice)),
    "line": _Column(lambda: _("Line"), lambda row, _choice: number(row.line)),
    "term": _Column(lambda: _("Term"), lambda row, _choice: row.theirs.term if row.theirs else ""),
    "theirs": _Column(lambda: _("In the file"), lambda row, _choice: _theirs(row)),
    "mine": _Column(lambda: _("In the project"), lambda row, _choice: _mine(row)),
    "differs": _Column(lambda: _("Differs in"), lambda row, _choice: differences(row)),
}
COLUMN_NAMES = tuple(_COLUMNS)


class ImportRowsModel(QAbstractTableModel):
    """All rows, or those of one state.  ``chosen()``: a choice is different now."""

    chosen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[PlannedRow, ...] = ()
        self.choices: list[Choice] = []
        self._counts: Counter[State] = Counter()
        self._state: State | None = None
        self._shown: Sequence[int] = ()

    def show_rows(self, rows: Sequence[PlannedRow]) -> None:
        """Other rows, all of them, each with its usual choice."""
        self.beginResetModel()
        self.rows = tuple(rows)
        usual = {state: USUAL[state][0] for state in State}
        self.choices = [usual[row.state] for row in rows]
        self._counts = Counter(row.state for row in rows)
        self._state = None
        self._filter()
        self.endResetModel()
        self.chosen.emit()

    def show_state(self, state: State | None) -> None:
        """Only the rows of this state; None: all."""
        self.beginResetModel()
        self._state = state
        self._filter()
        self.endResetModel()

    def choose(self, shown: Iterable[int], choice: Choice) -> None:
        """Choose for the rows at these places of the table; those that do not allow it keep what they have."""
        allowing = {state for state in State if choice in USUAL[state]}
        places, rows, choices = self._shown, self.rows, self.choices
        changed = [place for place in shown if rows[places[place]].state in allowing]
        for place in changed:
            choices[places[place]] = choice
        if changed:
            column = COLUMN_NAMES.index("choice")
            self.dataChanged.emit(self.index(min(changed), column), self.index(max(changed), column))
            self.chosen.emit()

    def choose_next(self, place: int) -> None:
        """The next of the choices of one row."""
        row, choice = self.row_at(place), self.choices[self._shown[place]]
        self.choose([place], row.choices[(row.choices.index(choice) + 1) % len(row.choices)])

    def row_at(self, place: int) -> PlannedRow:
        return self.rows[self._shown[place]]

    def counts(self) -> Counter[State]:
        """How many rows are in each state."""
        return self._counts

    def taken(self) -> int:
        """How many rows are to be taken over."""
        return self.choices.count(Choice.TAKE)

    def retranslate(self) -> None:
        """Show every word in the current language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMN_NAMES) - 1)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(COLUMN_NAMES) - 1))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMN_NAMES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if role in shown and orientation is Qt.Orientation.Horizontal:
            return _COLUMNS[COLUMN_NAMES[section]].title()
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMN_NAMES[section] == "line":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        place = self._shown[index.row()]
        row, name = self.rows[place], COLUMN_NAMES[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return harmless(_COLUMNS[name].text(row, self.choices[place]), _LONGEST)
        if role == Qt.ItemDataRole.DecorationRole and name == "state":
            return icon(_STATE_ICONS[row.state])
        if role == Qt.ItemDataRole.TextAlignmentRole and name == "line":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _filter(self) -> None:
        every = range(len(self.rows))
        self._shown = every if self._state is None else [i for i in every if self.rows[i].state is self._state]


def described(entry: Any) -> str:
    """An entry of the file or of the project in lines, for reading."""
    lines = [entry.term]
    if entry.aliases:
        lines.append(_("Also: {aliases}").format(aliases=listed(entry.aliases)))
    if entry.category:
        lines.append(_("Category: {category}").format(category=word(entry.category)))
    if entry.approved:
        lines.append(_("Approved"))
    if entry.definition:
        lines += ["", entry.definition]
    if entry.notes:
        lines += ["", _("Notes: {notes}").format(notes=entry.notes)]
    return "\n".join(lines)
