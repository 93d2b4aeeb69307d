"""The command palette: a few letters lead to any action, term, document or run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.finding import Kind, Place, find_places
from genglossary_gui.core.words import WORDS
from genglossary_gui.ui.help_button import add_help_key
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.words import word_of
from genglossary_gui.ui.plain import spaced

_ITEM = Qt.ItemDataRole.UserRole
_MOST_DIGITS = 11
_ICONS = {Kind.TERM: "terms", Kind.DOCUMENT: "document", Kind.RUN: "runs"}
_LONGEST = 90
_ICON = 16
_MOST_ACTIONS = 40
_SIZE = QSize(620, 420)


@dataclass(frozen=True)
class _Command:
    words: str
    action: QAction


class CommandPalette(QDialog):
    """``chosen(Place)``: a term, document or run is to be shown; actions it triggers itself.

    Without ``reader`` there are actions only; ``of_pages``: those of the pages, each with the title of its menu.
    ``only`` places of this kind are found.
    """

    help_at = "keyboard#palette"
    chosen = Signal(object)

    def __init__(
        self,
        actions: Sequence[QAction],
        reader: Reader | None,
        parent: QWidget | None = None,
        *,
        of_pages: Sequence[tuple[str, QAction]] = (),
        only: Kind | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("commandPalette")
        self.setWindowTitle(_("Go to anything"))
        self._reader, self._only = reader, only
        self._commands = [_Command(_bare(action.text()), action) for action in actions if action.text()]
        self._commands += [
            _Command(_("{menu}: {action}").format(menu=menu, action=_bare(action.text())), action)
            for menu, action in of_pages
        ]
        self.search = QLineEdit()
        self.search.setObjectName("paletteSearch")
        wanted = _("A term of the glossary") if only is Kind.TERM else _("An action, a term, a document or a run")
        self.search.setPlaceholderText(wanted)
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("paletteList")
        self.list.setAccessibleName(_("What was found"))
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.setStyleSheet("QListWidget::item { padding: 5px 8px; }")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        spaced(layout, 12, 8)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        self.resize(_SIZE)
        self.search.textChanged.connect(self._on_text)
        self.list.itemActivated.connect(self._on_activated)
        self.list.itemClicked.connect(self._on_activated)
        add_help_key(self, self.help_at)
        self._show((), "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key())
            )
            if step is not None and self.list.count():
                row = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
                self.list.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (item := self.list.currentItem()) is not None:
                    self._on_activated(item)
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        text = text.strip()
        if self._reader is not None and text:
            number = _run_number(text)
            self._reader.ask(lambda connection: (text, find_places(connection, text, number)), self._on_places)
        self._show((), text)

    @Slot(object)
    def _on_places(self, found: tuple[str, list[Place]]) -> None:
        text, places = found
        if text == self.search.text().strip():
            self._show([place for place in places if self._only in (None, place.kind)], text)
            if not self.list.count():
                self._say_nothing()

    def _show(self, places: Sequence[Place], text: str) -> None:
        self.list.clear()
        nothing = QPixmap(_ICON, _ICON)
        nothing.fill(Qt.GlobalColor.transparent)
        for command in _matching(self._commands, text)[:_MOST_ACTIONS]:
            keys = command.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            words = f"{command.words}    {keys}" if keys else command.words
            # One without an icon takes its room all the same: the words stand below each other.
            picture = command.action.icon() if not command.action.icon().isNull() else QIcon(nothing)
            item = QListWidgetItem(picture, words)
            item.setData(_ITEM, command)
            if not command.action.isEnabled():
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        for place in places:
            item = QListWidgetItem(icon(_ICONS[place.kind]), _words(place))
            item.setData(_ITEM, place)
            self.list.addItem(item)
        first = next((row for row in range(self.list.count()) if self.list.item(row).flags()), 0)
        self.list.setCurrentRow(first)

    def _say_nothing(self) -> None:
        item = QListWidgetItem(_("Nothing has these words. Try fewer letters."))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    @Slot(QListWidgetItem)
    def _on_activated(self, item: QListWidgetItem) -> None:
        if not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        what = item.data(_ITEM)
        self.accept()
        if isinstance(what, _Command):
            what.action.trigger()
        else:
            self.chosen.emit(what)


def _matching(commands: Sequence[_Command], text: str) -> list[_Command]:
    """Those whose words hold all parts of ``text``; what begins with it first, what cannot be done now last."""
    parts = text.lower().split()
    found = [command for command in commands if all(part in command.words.lower() for part in parts)]
    begins = text.lower()
    return sorted(found, key=lambda c: (not c.action.isEnabled(), not c.words.lower().startswith(begins)))


def _run_number(text: str) -> int:
    """The number in “Run 3”, as the palette itself calls a run, in “#3” and in “3”; -1 when it is none of these."""
    before, _number, after = (part.strip() for part in _("Run {number}").casefold().partition("{number}"))
    words = text.casefold()
    if words.startswith(before) and words.endswith(after):
        words = words.removeprefix(before).removesuffix(after)
    digits = words.strip().removeprefix("#")
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else -1


def _words(place: Place) -> str:
    name = harmless(place.name, _LONGEST)
    if place.kind is Kind.RUN:
        number = _("Run {number}").format(number=place.id)
        return " · ".join(filter(None, (number, name, word_of(place.detail, WORDS[RunStatus]))))
    return f"{name} — {harmless(place.detail, _LONGEST)}" if place.detail else name


def _bare(words: str) -> str:
    """The words of a menu without key marks and dots."""
    return re.sub(r"\(&.\)|&|…$", "", words)
