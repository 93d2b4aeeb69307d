"""What may be done with the terms that are selected: one action for the bar, the menu and the key each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.decisions import Listed
from genglossary_gui.core.store.term_list import TermRow
from genglossary_gui.core.words import word
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.plain import tool_tip
from genglossary_gui.ui.shortcuts import Place


@dataclass(frozen=True)
class _Declared:
    """Its ``key`` counts while the table has the keyboard."""

    act: str
    words: Callable[[], str]
    key: str
    icon: str = ""


_DECLARED = {
    "actionAcceptTerm": _Declared("accept", lambda: _("&Accept"), "Ctrl+Return", "status-completed"),
    "actionDropTerm": _Declared("drop", lambda: _("&Drop"), "Ctrl+D", "status-cancelled"),
    "actionUndecideTerm": _Declared("undecide", lambda: _("Decide &again"), "Ctrl+Backspace"),
    "actionRequireTerm": _Declared("require", lambda: _("&Required"), "R", "required"),
    "actionExcludeTerm": _Declared("exclude", lambda: _("E&xcluded"), "X", "excluded"),
    "actionMergeTerms": _Declared("merge", lambda: _("&Merge"), "M", "merge"),
    "actionSplitTerm": _Declared("split", lambda: _("&Split off a spelling"), "S"),
    "actionRenameTerm": _Declared("rename", lambda: _("Re&name…"), "F2"),
    "actionNoteTerm": _Declared("note", lambda: _("N&ote"), "N"),
    "actionShowEntry": _Declared("entry", lambda: _("Show the &entry"), "Return"),
    "actionAddTerm": _Declared("add", lambda: _("Add &terms…"), "Insert"),
    "actionTermLists": _Declared("lists", lambda: _("Import or export &lists…"), "Ctrl+L"),
}
_KEYS = {
    name: shortcuts.declare(Place.TERMS, name, declared.words, declared.key) for name, declared in _DECLARED.items()
}
_CATEGORY_KEYS = {
    category: shortcuts.declare(
        Place.TERMS, f"actionCategory{number}", lambda category=category: word(category), str(number)
    )
    for number, category in enumerate(Category, 1)
}
_MENU = (
    "actionAcceptTerm",
    "actionDropTerm",
    "actionUndecideTerm",
    "",
    "actionRequireTerm",
    "actionExcludeTerm",
    "category",
    "",
    "actionMergeTerms",
    "actionSplitTerm",
    "actionRenameTerm",
    "actionNoteTerm",
    "",
    "actionShowEntry",
    "",
    "actionAddTerm",
    "actionTermLists",
)
BAR = ("actionAcceptTerm", "actionDropTerm", "actionRequireTerm", "actionExcludeTerm", "actionMergeTerms")
_ALWAYS = ("actionAddTerm", "actionTermLists")


class TermActions(QObject):
    """``asked(act)``: one of them was triggered.  ``classed(category)``: a category was chosen."""

    asked = Signal(str)
    classed = Signal(object)

    def __init__(self, page: QWidget, table: QTableView) -> None:
        super().__init__(page)
        self._table = table
        self._by_name: dict[str, QAction] = {}
        for name, declared in _DECLARED.items():
            action = QAction(icon(declared.icon), "", self)
            action.setObjectName(name)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _checked=False, act=declared.act: self.asked.emit(act))
            table.addAction(action)
            self._by_name[name] = action
        self["actionRequireTerm"].setCheckable(True)
        self["actionExcludeTerm"].setCheckable(True)
        self._categories = QMenu(table)
        self._by_category: dict[Category, QAction] = {}
        for number, category in enumerate(Category, 1):
            action = QAction(self)
            action.setObjectName(f"actionCategory{number}")
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, category=category: self.classed.emit(category))
            table.addAction(action)
            self._categories.addAction(action)
            self._by_category[category] = action
        self._menu = [self._menu_action(name) for name in _MENU]
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def enable(self, rows: Sequence[TermRow], count: int, *, can_edit: bool) -> None:
        """``rows``: the first of the ``count`` that are selected; what is true of it is what is offered."""
        row = rows[0] if rows else None
        for name, action in self._by_name.items():
            is_possible = can_edit and (row is not None or name in _ALWAYS)
            action.setEnabled(is_possible or (name == "actionShowEntry" and row is not None))
        self["actionMergeTerms"].setEnabled(can_edit and count > 1)
        for name in ("actionRenameTerm", "actionNoteTerm"):
            self[name].setEnabled(can_edit and count == 1)
        self["actionSplitTerm"].setEnabled(can_edit and count == 1 and row is not None and bool(row.variants))
        self["actionRequireTerm"].setChecked(row is not None and row.listed is Listed.REQUIRED)
        self["actionExcludeTerm"].setChecked(row is not None and row.listed is Listed.EXCLUDED)
        self._categories.setEnabled(can_edit and row is not None)
        for category, action in self._by_category.items():
            action.setEnabled(can_edit and row is not None)
            action.setChecked(row is not None and row.category is category)

    def writing(self) -> list[QAction]:
        """Those that change the project."""
        return [action for name, action in self._by_name.items() if name != "actionShowEntry"]

    def of_menu(self) -> list[QAction]:
        """The actions of the table's menu, with lines between them."""
        return self._menu

    def retranslate(self) -> None:
        for name, declared in _DECLARED.items():
            action = self._by_name[name]
            action.setText(declared.words())
            shortcuts.dress(action, _KEYS[name])
            # A button would show the key of a Japanese menu: “採用(&A)”.
            action.setIconText(re.sub(r"\(&.\)|&|…$", "", declared.words()))
            keys = shortcuts.shown(_KEYS[name])
            action.setToolTip(tool_tip(f"{action.iconText()} ({keys})" if keys else action.iconText()))
        self._categories.setTitle(_("&Category"))
        for category, action in self._by_category.items():
            action.setText(word(category))
            shortcuts.dress(action, _CATEGORY_KEYS[category])

    def _menu_action(self, name: str) -> QAction:
        if name == "category":
            return self._categories.menuAction()
        if name:
            return self._by_name[name]
        line = QAction(self._table)
        line.setSeparator(True)
        return line
