"""What may be done with the entries that are selected: one action for the menu and the key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTableView, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.glossary import EntryRow
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.shortcuts import Place


@dataclass(frozen=True)
class _Declared:
    """``key`` counts while the table has the keyboard; ``everywhere``: on the whole page."""

    act: str
    words: Callable[[], str]
    key: str
    everywhere: bool = False


_DECLARED = {
    "actionEditDefinition": _Declared("edit", lambda: _("&Edit the definition"), "F2"),
    "actionApprove": _Declared("approve", lambda: _("&Approve"), "A"),
    "actionLock": _Declared("lock", lambda: _("&Lock"), "L"),
    "actionAcceptSuggestion": _Declared("accept", lambda: _("A&ccept the suggestion"), "S"),
    "actionDismissSuggestion": _Declared("dismiss", lambda: _("&Dismiss the suggestion"), "Shift+S"),
    "actionRequireEntry": _Declared("require", lambda: _("&Required"), "R"),
    "actionExcludeEntry": _Declared("exclude", lambda: _("E&xcluded"), "X"),
    "actionRegenerate": _Declared("regenerate", lambda: _("Look for the definition a&new"), "G"),
    "actionBack": _Declared("back", lambda: _("&Back"), "Alt+Left", everywhere=True),
    "actionForward": _Declared("forward", lambda: _("&Forward"), "Alt+Right", everywhere=True),
}
_KEYS = {
    name: shortcuts.declare(Place.GLOSSARY, name, declared.words, declared.key) for name, declared in _DECLARED.items()
}
_MENU = (
    "actionEditDefinition",
    "actionApprove",
    "actionLock",
    "",
    "actionAcceptSuggestion",
    "actionDismissSuggestion",
    "",
    "actionRegenerate",
    "",
    "actionRequireEntry",
    "actionExcludeEntry",
    "",
    "actionBack",
    "actionForward",
)


class EntryActions(QObject):
    """``asked(act)``: one of them was triggered."""

    asked = Signal(str)

    def __init__(self, page: QWidget, table: QTableView) -> None:
        super().__init__(page)
        self._table = table
        self._approves = self._locks = True
        self._by_name: dict[str, QAction] = {}
        for name, declared in _DECLARED.items():
            action = QAction(self)
            action.setObjectName(name)
            context = Qt.ShortcutContext
            action.setShortcutContext(
                context.WidgetWithChildrenShortcut if declared.everywhere else context.WidgetShortcut
            )
            action.triggered.connect(lambda _checked=False, act=declared.act: self.asked.emit(act))
            (page if declared.everywhere else table).addAction(action)
            self._by_name[name] = action
        self._menu = [self._by_name[name] if name else self._line() for name in _MENU]
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def enable(self, rows: Sequence[EntryRow], *, can_go_back: object, can_go_forward: object) -> None:
        """``rows``: the first of those that are selected; what is true of it is what is offered."""
        row = rows[0] if rows else None
        self._approves = row is None or not row.approved
        self._locks = row is None or not row.is_protected
        enabled = dict.fromkeys(self._by_name, row is not None)
        enabled["actionBack"] = bool(can_go_back)
        enabled["actionForward"] = bool(can_go_forward)
        for name, is_enabled in enabled.items():
            self._by_name[name].setEnabled(is_enabled)
        self._name()

    def writing(self) -> list[QAction]:
        """Those that change the project."""
        return [action for name, action in self._by_name.items() if not _DECLARED[name].everywhere]

    def of_menu(self) -> list[QAction]:
        """The actions of the table's menu, with lines between them."""
        return self._menu

    def retranslate(self) -> None:
        for name, declared in _DECLARED.items():
            self._by_name[name].setText(declared.words())
            shortcuts.dress(self._by_name[name], _KEYS[name])
        self._name()

    def _name(self) -> None:
        self._by_name["actionApprove"].setText(_("&Approve") if self._approves else _("Take &approval back"))
        self._by_name["actionLock"].setText(_("&Lock") if self._locks else _("Un&lock"))

    def _line(self) -> QAction:
        line = QAction(self._table)
        line.setSeparator(True)
        return line
