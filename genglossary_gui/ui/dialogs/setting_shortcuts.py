"""The page of the settings where every action of the program is given its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from genglossary_gui.core.i18n import _, listed
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.actions import bare
from genglossary_gui.ui.dialogs.setting_rows import SettingsPage, folded
from genglossary_gui.ui.plain import button, label, set_words, spaced
from genglossary_gui.ui.shortcuts import Shortcut
from genglossary_gui.ui.views.table_look import give_look

_ACTION, _PLACE, _KEY = range(3)
_LEAST_HEIGHT = 260
_WIDEST = 1_200
_DECLARING = (
    "actions",
    "views.term_actions",
    "views.entry_actions",
    "views.documents",
    "views.issues",
    "views.log_bar",
    "views.document",
    "project_acts",
)
_NAME = Qt.ItemDataRole.UserRole


def declare_all() -> None:
    """See that every page has made its actions known; a window imports a page only when it shows one."""
    for name in _DECLARING:
        import_module(f"genglossary_gui.ui.{name}")


class ShortcutsPage(SettingsPage):
    """A table of all actions; below it the key of the one that is current.

    A key that another action has is given to neither before a person has said to whom.
    """

    def __init__(self) -> None:
        super().__init__("shortcuts", _WIDEST)
        self._chosen: dict[str, str] = {}
        self._wanted = QKeySequence()
        self._all: dict[str, Shortcut] = {}
        self.table = QTableWidget(0, 3)
        self.key = QKeySequenceEdit()
        self.reset, self.remove, self.reset_all = button(), button(), button()
        self._of = label(role="section", wrap=True)
        self._conflict = label(role="error", wrap=True)
        self._conflict.setObjectName("shortcutConflict")
        self.take, self.leave = button("primary"), button()
        self._build()
        self.table.currentCellChanged.connect(self._on_current)
        self.table.itemActivated.connect(lambda _item: self.key.setFocus())
        self.key.keySequenceChanged.connect(self._on_key)
        self.reset.clicked.connect(self._on_reset)
        self.remove.clicked.connect(self._on_remove)
        self.reset_all.clicked.connect(self._on_reset_all)
        self.take.clicked.connect(self._on_take)
        self.leave.clicked.connect(self._forget_wish)

    @property
    def title(self) -> str:
        return _("Shortcuts")

    def retranslate(self) -> None:
        self.table.setHorizontalHeaderLabels([_("Action"), _("Counts in"), _("Key")])
        self.table.setAccessibleName(_("Shortcuts"))
        set_words(self.key, _("Press the new key"))
        self.reset.setText(_("Reset this one"))
        self.remove.setText(_("No key"))
        self.reset_all.setText(_("Reset all"))
        self.take.setText(_("Use it here"))
        self.leave.setText(_("Leave it there"))
        self._show_actions()

    def show_settings(self, settings: AppSettings) -> None:
        self._chosen = dict(settings.shortcuts)
        self._show_keys()

    def on_shown(self) -> None:
        self._fill()
        if self.table.currentRow() < 0:
            self.table.setCurrentCell(0, _ACTION)

    def search(self, words: Iterable[str]) -> bool:
        wanted = [word for word in words if word not in folded(self.title)]
        if wanted:
            self._fill()
        if not self._all:
            return True
        found = [row for row in range(self.table.rowCount()) if self._matches(row, wanted)]
        for row in range(self.table.rowCount()):
            self.table.setRowHidden(row, row not in found)
        if found and self.table.currentRow() not in found:
            self.table.setCurrentCell(found[0], _ACTION)
        return bool(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # In the field Escape would become the key, and the dialog could not be left by it.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and watched is self.key:
            if event.type() == QEvent.Type.KeyPress:
                self._forget_wish()
            return event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.table:
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._on_remove()
                return True
            if event.key() == Qt.Key.Key_F2:
                self.key.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        """Fill the table when it is needed first: the dialog opens sooner without it."""
        if self._all:
            return
        declare_all()
        self._all = {each.name: each for each in shortcuts.declared()}
        self.table.setRowCount(len(self._all))
        for row, name in enumerate(self._all):
            for column in range(3):
                self.table.setItem(row, column, QTableWidgetItem())
            self._cell(row, _ACTION).setData(_NAME, name)
        self._show_actions()

    def _show_actions(self) -> None:
        for row, each in enumerate(self._all.values()):
            self._cell(row, _ACTION).setText(bare(each.words()))
            self._cell(row, _PLACE).setText(shortcuts.place_words(each.place))
        self._show_keys()

    def _build(self) -> None:
        table = self.table
        table.setObjectName("shortcutTable")
        table.setMinimumHeight(_LEAST_HEIGHT)
        give_look(table)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setProperty("framed", True)
        header = table.horizontalHeader()
        header.setSectionResizeMode(_ACTION, QHeaderView.ResizeMode.Stretch)
        for column in (_PLACE, _KEY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.key.setMaximumSequenceLength(1)
        for widget in (table, self.key):
            widget.installEventFilter(self)
        self._column.insertWidget(0, table, 10)
        self._column.insertWidget(1, self._of)
        self._column.insertLayout(2, _line(self.key, self.remove, self.reset, self.reset_all, stretched=0))
        self._column.insertWidget(3, self._conflict)
        self._column.insertLayout(4, _line(self.take, self.leave))
        self._show_conflict(())

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.table.item(row, column)
        assert item is not None
        return item

    def _matches(self, row: int, words: Sequence[str]) -> bool:
        text = folded(" ".join(self._cell(row, column).text() for column in range(3)))
        return all(word in text for word in words)

    def _current(self) -> Shortcut | None:
        item = self.table.item(self.table.currentRow(), _ACTION)
        return self._all[item.data(_NAME)] if item is not None else None

    def _show_keys(self) -> None:
        for row, name in enumerate(self._all):
            item = self._cell(row, _KEY)
            item.setText(shortcuts.shown(name))
            is_changed = shortcuts.is_changed(name)
            font = item.font()
            font.setBold(is_changed)
            for column in range(3):
                self._cell(row, column).setFont(font)
            words = _("{action}, {key}, changed") if is_changed else "{action}, {key}"
            spoken = words.format(action=self._cell(row, _ACTION).text(), key=item.text() or _("No key"))
            self._cell(row, _ACTION).setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        self._show_current()

    @Slot()
    def _on_current(self) -> None:
        self._forget_wish()

    @Slot()
    def _forget_wish(self) -> None:
        self._wanted = QKeySequence()
        self._show_current()

    def _show_current(self) -> None:
        current = self._current()
        keys = shortcuts.keys_of(current.name) if current else []
        self.key.blockSignals(True)
        self.key.setKeySequence(keys[0] if keys else QKeySequence())
        self.key.blockSignals(False)
        self._of.setText(_("Key of “{action}”").format(action=bare(current.words())) if current else "")
        for widget in (self.key, self.remove, self.reset):
            widget.setEnabled(current is not None)
        self.remove.setEnabled(bool(keys))
        self.reset.setEnabled(current is not None and current.name in self._chosen)
        self.reset_all.setEnabled(bool(self._chosen))
        self._show_conflict(())

    @Slot(QKeySequence)
    def _on_key(self, key: QKeySequence) -> None:
        current = self._current()
        if current is None or key.isEmpty() or key in shortcuts.keys_of(current.name):
            return
        rivals = shortcuts.rivals(current.name, key)
        if rivals:
            self._wanted = key
            self._show_conflict(rivals)
        else:
            self._choose({current.name: key.toString()})

    def _show_conflict(self, rivals: Sequence[Shortcut]) -> None:
        named = _("“{action}” ({place})")
        owners = listed(
            named.format(action=bare(each.words()), place=shortcuts.place_words(each.place)) for each in rivals
        )
        native = self._wanted.toString(QKeySequence.SequenceFormat.NativeText)
        self._conflict.setText(_("{key} is the key of {action}.").format(key=native, action=owners) if rivals else "")
        for widget in (self._conflict, self.take, self.leave):
            widget.setVisible(bool(rivals))
        if rivals:
            self.take.setFocus()

    @Slot()
    def _on_take(self) -> None:
        current = self._current()
        if current is not None and not self._wanted.isEmpty():
            losers = {each.name: "" for each in shortcuts.rivals(current.name, self._wanted)}
            self._choose(losers | {current.name: self._wanted.toString()})
        self.table.setFocus()

    @Slot()
    def _on_remove(self) -> None:
        current = self._current()
        if current is not None and shortcuts.keys_of(current.name):
            self._choose({current.name: ""})

    @Slot()
    def _on_reset(self) -> None:
        current = self._current()
        if current is not None:
            own = shortcuts.own_keys(current.name)
            # Whoever has been given its own key meanwhile keeps it; that is said like any other conflict.
            rivals = [each for key in own[:1] for each in shortcuts.rivals(current.name, key)]
            if rivals:
                self._wanted = own[0]
                self._show_conflict(rivals)
            else:
                self._save({name: key for name, key in self._chosen.items() if name != current.name})

    @Slot()
    def _on_reset_all(self) -> None:
        self._save({})

    def _choose(self, keys: Mapping[str, str]) -> None:
        own = {name: [key.toString() for key in shortcuts.own_keys(name)][:1] for name in keys}
        kept = {name: key for name, key in (self._chosen | dict(keys)).items() if own.get(name) != [key]}
        self._save(kept)

    def _save(self, chosen: dict[str, str]) -> None:
        self._wanted = QKeySequence()
        self.changed.emit({"shortcuts": chosen})


def _line(*widgets: QWidget, stretched: int = -1) -> QHBoxLayout:
    line = QHBoxLayout()
    spaced(line)
    for place, widget in enumerate(widgets):
        line.addWidget(widget, 1 if place == stretched else 0)
    if stretched < 0:
        line.addStretch(1)
    return line
