"""What the review found, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QWidget

from genglossary_gui.core.glossary import IssueType
from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.store.decisions import Listed
from genglossary_gui.core.store.glossary import IssueRow, issue_rows
from genglossary_gui.core.words import word
from genglossary_gui.ui import entry_acts, phrases, shortcuts, term_acts
from genglossary_gui.ui.actions import refuse
from genglossary_gui.ui.dialogs.reason import ReasonDialog
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.issues import HIDDEN, IssueModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.words import ISSUE_STATES, word_of
from genglossary_gui.ui.plain import button, tool_tip
from genglossary_gui.ui.shortcuts import Place
from genglossary_gui.ui.views.column_choice import ColumnChoice
from genglossary_gui.ui.views.entry_parts import fix_words
from genglossary_gui.ui.views.filter_boxes import FilterBox, FilterBoxes
from genglossary_gui.ui.views.flow import FlowLayout
from genglossary_gui.ui.views.table_look import show_menu
from genglossary_gui.ui.views.table_page import TablePage, Words
from genglossary_gui.ui.views.up_to_date import UpToDate

_WORDS = Words(
    name=lambda: _("Issues"),
    search=lambda: _("Search issues"),
    count=phrases.issues,
    empty=lambda: _("No open issues. A run with a review looks for them."),
    nothing_found=lambda: _("No issue matches. Change the search or the filter."),
    action=lambda: _("Review"),
)
_BOXES = (
    FilterBox(
        lambda: pgettext("issue", "Status"),
        lambda: _("Any status"),
        [(state, lambda state=state: word_of(state, ISSUE_STATES)) for state in ("open", "fixed", "ignored")],
        first="open",
    ),
    FilterBox(
        lambda: pgettext("issue", "Type"),
        lambda: _("Any type"),
        [(f"type:{kind}", lambda kind=kind: word(kind)) for kind in IssueType],
    ),
)


@dataclass(frozen=True)
class _Act:
    """An action of the menu, mostly with a button below the table; its key counts while the table has the keyboard."""

    name: str
    words: Callable[[], str]
    key: str
    has_button: bool = True


_ACTS = (
    _Act("actionShowEntry", lambda: _("&Show the entry"), "Return"),
    _Act("actionFixIssue", lambda: _("&Fix"), "F"),
    _Act("actionIgnoreIssue", lambda: pgettext("issue", "&Ignore…"), "I"),
    _Act("actionMarkFixed", lambda: _("&Mark as fixed"), "M"),
    _Act("actionReopenIssue", lambda: _("&Open again"), "O"),
    _Act("actionEditIssue", lambda: _("&Edit the definition"), "F2"),
    _Act("actionRequireTermOfIssue", lambda: _("&Required"), "R", has_button=False),
    _Act("actionExcludeTermOfIssue", lambda: _("E&xcluded"), "X", has_button=False),
)
_KEYS = {
    # The table knows Return.
    declared.name: shortcuts.declare(Place.ISSUES, declared.name, declared.words, declared.key)
    for declared in _ACTS
    if declared.key != "Return"
}


class IssuePage(TablePage):
    """The table of issues, open ones first; ``activated`` carries the id of an issue.

    ``edit_requested(id)``: a person wants to write the definition that it is about.  Without ``edits`` the page is
    for reading only.
    """

    edit_requested = Signal(int)

    def __init__(self, reader: Reader, edits: Edits | None = None, parent: QWidget | None = None) -> None:
        self._edits = edits
        self._reason = ""
        self._acts: dict[str, QAction] = {}
        super().__init__(
            IssueModel(reader),
            _WORDS,
            table_name="issueTable",
            stretched="explanation",
            parent=parent,
            widths={"type": 24, "term": 22, "action": 34, "state": 12, "reason": 20},
        )
        self._reader = reader
        self._wanted_fix: list[int] = []
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.columns = ColumnChoice(self.table, self.model, always=("type", "term", "explanation"), hidden_first=HIDDEN)
        self.boxes = FilterBoxes(_BOXES, self)
        for box in self.boxes.boxes:
            self.add_to_bar(box)
        # The model begins with the open ones, as the box does.
        self.take_further_filters(self.boxes.switches())
        self.boxes.changed.connect(self.set_further_filters)
        self._add_acts()
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.model.loaded.connect(self._enable)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self._up_to_date = UpToDate(self, edits, self.refresh)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if not self._acts:
            return
        self.boxes.retranslate()
        for declared in _ACTS:
            self._acts[declared.name].setText(declared.words())
            if declared.name in _KEYS:
                shortcuts.dress(self._acts[declared.name], _KEYS[declared.name])
        self._enable()

    def refresh(self) -> None:
        self._up_to_date.is_read()
        super().refresh()

    def of_menu(self) -> list[QAction]:
        """The actions for the selected issues."""
        return list(self._acts.values())

    def refuse(self, reason: str) -> None:
        """Nothing may be changed here; the buttons say why."""
        self._reason = reason
        for name, action in self._acts.items():
            if name != "actionShowEntry":
                refuse(action, reason)

    def save_state(self, settings: QSettings) -> None:
        self.columns.save(settings, "issues")

    def restore_state(self, settings: QSettings) -> None:
        self.columns.restore(settings, "issues")

    def _add_acts(self) -> None:
        slots: dict[str, Callable[[], object]] = {
            "actionShowEntry": lambda: self.activated.emit(self.current_id()),
            "actionFixIssue": self._fix,
            "actionIgnoreIssue": self._ignore,
            "actionMarkFixed": self._mark_fixed,
            "actionReopenIssue": self._reopen,
            "actionEditIssue": lambda: self.edit_requested.emit(self.current_id()),
            "actionRequireTermOfIssue": lambda: self._list_terms(Listed.REQUIRED),
            "actionExcludeTermOfIssue": lambda: self._list_terms(Listed.EXCLUDED),
        }
        flow = FlowLayout(spacing=8)
        for declared in _ACTS:
            action = QAction(self)
            action.setObjectName(declared.name)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _checked=False, act=slots[declared.name]: act())
            self.table.addAction(action)
            self._acts[declared.name] = action
            if not declared.has_button:
                continue
            press = button()
            press.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            press.clicked.connect(action.trigger)
            action.changed.connect(lambda press=press, action=action: self._dress(press, action))
            flow.addWidget(press)
        self.below.setContentsMargins(12, 8, 12, 8)
        self.below.addLayout(flow)

    def _dress(self, press: QWidget, action: QAction) -> None:
        press.setProperty("text", action.text())
        press.setEnabled(action.isEnabled())
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        press.setToolTip(tool_tip(key if action.isEnabled() or not self._reason else self._reason))

    def _row(self) -> IssueRow | None:
        return self.model.value_at(self.table.currentIndex().row())

    @Slot()
    def _enable(self) -> None:
        row = self._row()
        many = self._is_several()
        is_open = row is not None and row.state == "open"
        can_edit = self._edits is not None and row is not None
        fix = fix_words(row) if row is not None else ""
        enabled = {
            "actionShowEntry": row is not None,
            "actionFixIssue": can_edit and ((is_open and bool(fix)) or many),
            "actionIgnoreIssue": can_edit and (is_open or many),
            "actionMarkFixed": can_edit and (is_open or many),
            "actionReopenIssue": can_edit and (not is_open or many),
            "actionEditIssue": can_edit,
            "actionRequireTermOfIssue": can_edit,
            "actionExcludeTermOfIssue": can_edit,
        }
        for name, is_enabled in enabled.items():
            self._acts[name].setEnabled(is_enabled)
        words = fix.replace("&", "&&")
        self._acts["actionFixIssue"].setText(
            _("&Fix: {what}").format(what=words) if is_open and fix and not many else _("&Fix")
        )

    def _is_several(self) -> bool:
        chosen = self.table.selectionModel().selection()
        return sum(chosen.at(number).height() for number in range(chosen.count())) > 1

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        show_menu(self.table, place, self.of_menu())

    def _fix(self) -> None:
        ids = self.selected_ids()
        self._reader.ask(lambda connection: list(issue_rows(connection, ids).values()), self._on_fix)

    @Slot(object)
    def _on_fix(self, rows: list[IssueRow]) -> None:
        if self._edits is not None and rows:
            entry_acts.fix_issues(self._edits, rows)

    def _ignore(self) -> None:
        ids, edits = self.selected_ids(), self._edits
        if edits is None or not ids:
            return
        dialog = ReasonDialog(len(ids), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(lambda reason: entry_acts.ignore_issues(edits, ids, reason))
        dialog.open()

    def _list_terms(self, listed: Listed) -> None:
        """Put the terms that the selected issues are about on a list."""
        ids = self.selected_ids()
        self._reader.ask(
            lambda connection: (listed, [row.term_id for row in issue_rows(connection, ids).values()]), self._on_terms
        )

    @Slot(object)
    def _on_terms(self, found: tuple[Listed, list[int]]) -> None:
        listed, term_ids = found
        if self._edits is not None and term_ids:
            term_acts.set_listed(self._edits, list(dict.fromkeys(term_ids)), listed)

    def _mark_fixed(self) -> None:
        if self._edits is not None:
            entry_acts.mark_fixed(self._edits, self.selected_ids())

    def _reopen(self) -> None:
        if self._edits is not None:
            entry_acts.reopen_issues(self._edits, self.selected_ids())


def make_issue_page(reader: Reader, edits: Edits | None = None, parent: QWidget | None = None) -> IssuePage:
    """The page of the issues."""
    return IssuePage(reader, edits, parent)
