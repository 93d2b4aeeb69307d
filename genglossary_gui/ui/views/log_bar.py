"""What a person asks of a log: words, levels, the way from one match or error to the next, how it looks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from genglossary_gui.core.glossary import Level
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.store.log_search import LogQuery
from genglossary_gui.core.words import word
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.plain import icon_button, label, number, set_words, spaced, tool_tip
from genglossary_gui.ui.shortcuts import Place
from genglossary_gui.ui.views.flow import FlowLayout
from genglossary_gui.ui.views.table_page import Chip

_TYPING_MS = 150
_MARGIN, _GAP = 12, 12
_LEAST_SEARCH, _LEAST_SEARCH_LOW = 150, 90
_LEVEL_ICONS = {Level.DEBUG: "debug", Level.INFO: "info", Level.WARNING: "warning", Level.ERROR: "error"}


_WORDS = {
    "logOnlyMatches": lambda: _("&Hide records that do not match"),
    "logGrouped": lambda: _("Group by &step"),
    "logFoldAll": lambda: _("&Fold all steps"),
    "logUnfoldAll": lambda: _("&Unfold all steps"),
    "logRelative": lambda: _("&Time since the beginning"),
    "logWrapped": lambda: _("&Wrap long messages"),
    "logDetails": lambda: _("&Details of the record"),
    "logNextError": lambda: _("&Next error"),
    "logPreviousError": lambda: _("&Previous error"),
    "logCopy": lambda: _("Copy"),
    "logSave": lambda: _("Save the log…"),
}
_OWN_KEYS: dict[str, shortcuts.Key] = {
    "logWrapped": "Alt+Z",
    "logNextError": "F8",
    "logPreviousError": "Shift+F8",
    "logCopy": QKeySequence.StandardKey.Copy,
}
_KEYS = {name: shortcuts.declare(Place.LOG, name, words, _OWN_KEYS.get(name, "")) for name, words in _WORDS.items()}


class LogBar(QWidget):
    """``changed``: another query.  ``match_wanted(forward)`` and ``error_wanted(forward)``: go there.

    Its actions belong to whoever shows the bar.  Enter in the search box goes to the next match, Shift+Enter back.
    """

    changed = Signal()
    match_wanted = Signal(bool)
    error_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[Level, int] = {}
        self._is_low = False
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.only_matches = _toggle(self, "logOnlyMatches", is_checked=True)
        self.grouped = _toggle(self, "logGrouped")
        self.relative = _toggle(self, "logRelative")
        self.wrapped = _toggle(self, "logWrapped")
        self.details = _toggle(self, "logDetails")
        self.fold_all, self.unfold_all = _action(self, "logFoldAll"), _action(self, "logUnfoldAll")
        self.next_error, self.previous_error = _action(self, "logNextError"), _action(self, "logPreviousError")
        self.copy, self.save = _action(self, "logCopy"), _action(self, "logSave")
        toggles = (self.only_matches, self.grouped, self.relative, self.wrapped, self.details)
        walks = (self.fold_all, self.unfold_all, self.next_error, self.previous_error)
        self.actions_ = (*toggles, *walks, self.copy, self.save)
        self.copy.setIcon(icon("copy"))
        self.save.setIcon(icon("export"))
        self._build()
        self._connect()
        self.retranslate()

    @property
    def query(self) -> LogQuery:
        levels = frozenset(level for level, chip in self.levels.items() if chip.isChecked())
        return LogQuery(self.search.text(), self.is_regex.isChecked(), levels)

    def clear(self) -> None:
        """Ask for everything again."""
        self._typing.stop()
        self.search.clear()
        self._typing.stop()
        for chip in self.levels.values():
            chip.setChecked(True)
        self.changed.emit()

    def show_counts(self, counts: dict[Level, int]) -> None:
        """How many records there are of each level."""
        self._counts = counts
        for level, chip in self.levels.items():
            count = counts.get(level, 0)
            chip.setText(number(count))
            words = ngettext("{level}: {count} record", "{level}: {count} records", count)
            chip.setAccessibleName(words.format(level=word(level), count=number(count)))
            hint = _("Click hides or shows them, Shift+click shows only them")
            chip.setToolTip(tool_tip(f"{chip.accessibleName()}\n{hint}"))
        self._share_width()
        for action in (self.next_error, self.previous_error):
            action.setEnabled(bool(counts.get(Level.ERROR)))

    def say(self, sentence: str) -> None:
        """What came of an act, in place of the number of records, which may be out of sight."""
        self.count.setText(sentence)
        self.count.show()
        self._share_width()

    def show_refusal(self, sentence: str) -> None:
        """Why the query cannot be answered; empty: it can."""
        self.search.setProperty("state", "error" if sentence else "")
        self.search.setToolTip(tool_tip(sentence))
        self.search.style().polish(self.search)

    def retranslate(self) -> None:
        self.search.setPlaceholderText(_("Search the log"))
        self.search.setAccessibleName(_("Search the log"))
        set_words(self.is_regex, _("Regular expression"))
        set_words(self.only_button, _("Hide records that do not match"))
        set_words(self.next_match, _("Next match"))
        set_words(self.previous_match, _("Previous match"))
        set_words(self.more, _("More for this log"))
        self.follow.setText(_("Follow"))
        self.follow.setToolTip(tool_tip(_("Stay at the newest record")))
        for action in self.actions_:
            action.setText(_WORDS[action.objectName()]())
            shortcuts.dress(action, _KEYS[action.objectName()])
        self.show_counts(self._counts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.match_wanted.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.title = label(role="section")
        self.search = QLineEdit()
        self.search.setObjectName("logFilter")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_LEAST_SEARCH)
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.installEventFilter(self)
        self.is_regex = _icon_toggle("regex", "logRegex")
        self.only_button = _icon_toggle("filter", "logOnlyMatchesButton")
        self.only_button.setChecked(True)
        self.previous_match, self.next_match = icon_button("chevron-up"), icon_button("chevron-down")
        self.count = label(role="muted")
        self.levels = {level: _chip(f"logLevel{level.capitalize()}", _LEVEL_ICONS[level]) for level in Level}
        self.follow = _chip("logFollow", "follow")
        self.follow.setChecked(False)
        self.more = icon_button("more")
        self.more.setObjectName("logMore")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._make_menu())
        self._words, self._looks = _Stretching(), QWidget()
        for half, widgets in (
            (
                self._words,
                (
                    self.title,
                    self.search,
                    self.is_regex,
                    self.only_button,
                    self.count,
                    self.previous_match,
                    self.next_match,
                ),
            ),
            (self._looks, (*self.levels.values(), self.follow, self.more)),
        ):
            line = QHBoxLayout(half)
            spaced(line, spacing=6)
            for widget in widgets:
                line.addWidget(widget, 1 if widget is self.search else 0)
        holder = QWidget()
        flow = FlowLayout(holder, _GAP)
        flow.addWidget(self._words)
        flow.addWidget(self._looks)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        layout.addWidget(holder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def set_low(self, is_low: bool) -> None:
        """Whether there is little height: then what can be missed leaves its place to the chips, in one line."""
        if is_low is not self._is_low:
            self._is_low = is_low
            self._leave_place()

    @Slot()
    def _leave_place(self) -> None:
        is_searching = bool(self.search.text())
        self.title.setHidden(self._is_low)
        for widget in (self.count, self.previous_match, self.next_match):
            widget.setHidden(self._is_low and not is_searching)
        self.search.setMinimumWidth(_LEAST_SEARCH_LOW if self._is_low else _LEAST_SEARCH)
        self._share_width()

    def _share_width(self) -> None:
        """The search box takes what the chips leave; in a narrow window both have a line of their own."""
        room = self.width() - 2 * _MARGIN
        beside = room - self._looks.sizeHint().width() - _GAP
        least = self._words.minimumSizeHint().width()
        self._words.wish(max(least, beside if beside >= least else room))

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addActions([self.next_error, self.previous_error])
        menu.addSeparator()
        menu.addActions([self.only_matches, self.grouped, self.fold_all, self.unfold_all])
        menu.addSeparator()
        menu.addActions([self.relative, self.wrapped, self.details])
        menu.addSeparator()
        menu.addActions([self.copy, self.save])
        return menu

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typing.start)
        self.search.textChanged.connect(self._leave_place)
        self.is_regex.toggled.connect(self.changed)
        self.only_button.toggled.connect(self.only_matches.setChecked)
        self.only_matches.toggled.connect(self.only_button.setChecked)
        self.only_matches.toggled.connect(self.changed)
        self.grouped.toggled.connect(self._enable_folding)
        for chip in self.levels.values():
            chip.clicked.connect(self._on_level_clicked)
        self.next_match.clicked.connect(self._on_next_match)
        self.previous_match.clicked.connect(self._on_previous_match)
        self.next_error.triggered.connect(self._on_next_error)
        self.previous_error.triggered.connect(self._on_previous_error)
        self._enable_folding()

    @Slot()
    def _enable_folding(self) -> None:
        for action in (self.fold_all, self.unfold_all):
            action.setEnabled(self.grouped.isChecked())

    @Slot()
    def _on_level_clicked(self) -> None:
        chip = self.sender()
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            for other in self.levels.values():
                other.setChecked(other is chip)
        self.changed.emit()

    @Slot()
    def _on_next_match(self) -> None:
        self.match_wanted.emit(True)

    @Slot()
    def _on_previous_match(self) -> None:
        self.match_wanted.emit(False)

    @Slot()
    def _on_next_error(self) -> None:
        self.error_wanted.emit(True)

    @Slot()
    def _on_previous_error(self) -> None:
        self.error_wanted.emit(False)


class _Stretching(QWidget):
    """As wide as it is wished, though it can do with less."""

    _width = 0

    def wish(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(max(self._width, self.minimumSizeHint().width()), super().sizeHint().height())


def _action(parent: QObject, name: str) -> QAction:
    action = QAction(parent)
    action.setObjectName(name)
    return action


def _toggle(parent: QObject, name: str, *, is_checked: bool = False) -> QAction:
    action = _action(parent, name)
    action.setCheckable(True)
    action.setChecked(is_checked)
    return action


def _icon_toggle(icon_name: str, name: str) -> QToolButton:
    toggle = icon_button(icon_name)
    toggle.setObjectName(name)
    toggle.setCheckable(True)
    return toggle


def _chip(name: str, icon_name: str) -> QPushButton:
    chip = Chip(is_checked=True)
    chip.setObjectName(name)
    chip.setIcon(icon(icon_name))
    return chip
