"""The document view: a document opened at a place, with a term marked wherever it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store import documents, glossary
from genglossary_gui.core.store.decisions import Listed
from genglossary_gui.core.store.documents import DocumentRow
from genglossary_gui.core.store.finding import Kind
from genglossary_gui.core.store.finding import Place as FoundPlace
from genglossary_gui.core.store.glossary import PlacedPassage
from genglossary_gui.core.text import DocumentText
from genglossary_gui.ui import entry_acts, phrases, shortcuts, term_acts
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.icons import Picture, icon
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.plain import enlarge, icon_button, label, number, set_words, spaced
from genglossary_gui.ui.shortcuts import Place
from genglossary_gui.ui.views.document_formats import Range
from genglossary_gui.ui.views.document_pane import DocumentPane
from genglossary_gui.ui.views.document_rows import DocumentRows, find_all
from genglossary_gui.ui.views.document_terms import TermPlaces, find_terms
from genglossary_gui.ui.views.elided import ElidedLabel

_NEXT = shortcuts.declare(Place.DOCUMENT, "nextOccurrence", lambda: _("Next occurrence"), "F3")
_PREVIOUS = shortcuts.declare(Place.DOCUMENT, "previousOccurrence", lambda: _("Previous occurrence"), "Shift+F3")


@dataclass(frozen=True)
class _Wish:
    """What the view was asked to show.  ``term_id`` 0: no term is marked."""

    content_id: int
    name: str
    term_id: int = 0
    passage: Range | None = None
    is_current: bool = True


@dataclass(frozen=True)
class _Found:
    wish: _Wish
    rows: DocumentRows
    occurrences: list[Range]


class DocumentView(QWidget):
    """Reads documents in the reader thread and shows them.  ``closed()``: its close button was pressed.

    ``opened()``: the document that was asked for is on the screen (its end may still be filling in).
    ``term_wanted(term id)``: a term of the glossary was clicked.  Without ``edits`` nothing is decided here.
    """

    closed = Signal()
    opened = Signal()
    term_wanted = Signal(int)

    def __init__(self, reader: Reader, edits: Edits | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documentView")
        self._reader = reader
        self._edits = edits
        self._wish: _Wish | None = None
        self._rows: DocumentRows | None = None
        self._occurrences: list[Range] = []
        self._position = -1
        self._is_asked_anew = False
        self._build()
        self._add_shortcuts()
        self.retranslate()

    def show_passage(self, placed: PlacedPassage, term_id: int) -> None:
        """Open the document of a passage at its place, with the term marked."""
        passage = placed.passage
        place = (passage.start, passage.end)
        self._ask(_Wish(passage.content_id, placed.document, term_id, place, placed.is_current))

    def show_document(self, row: DocumentRow) -> None:
        """Open a document at its beginning; one without a text is ignored."""
        if row.content_id is not None:
            self._ask(_Wish(row.content_id, row.path, term_id=0))

    def retranslate(self) -> None:
        for press, name, words in (
            (self._previous, _PREVIOUS, _("Previous occurrence")),
            (self._next, _NEXT, _("Next occurrence")),
        ):
            keys = shortcuts.shown(name)
            set_words(press, f"{words} ({keys})" if keys else words)
            shortcuts.dress(self._keys[name], name)
        set_words(self._close, _("Close the document"))
        self._find.setPlaceholderText(_("Find in this document"))
        self._find.setAccessibleName(_("Find in this document"))
        self._pane.setAccessibleName(_("Text of the document"))
        self._stale.setText(_("This document has changed since; the text shown is the one the definition rests on."))
        self._show_position()
        self._show_line()

    def _build(self) -> None:
        self._name = ElidedLabel()
        enlarge(self._name, 1.05, bold=True)
        self._line = label(role="muted")
        self._close = icon_button("close")
        self._close.clicked.connect(self.closed)
        title = QHBoxLayout()
        title.setContentsMargins(16, 8, 8, 0)
        title.setSpacing(8)
        for widget in (Picture("document"), self._name, self._line, self._close):
            title.addWidget(widget, 1 if widget is self._name else 0)

        self._find = QLineEdit()
        self._find.setClearButtonEnabled(True)
        self._find.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._find.textChanged.connect(self._on_find)
        self._find.returnPressed.connect(self.go_to_next)
        self._count = label(role="muted")
        self._count.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._previous, self._next = QToolButton(), QToolButton()
        self._previous.setArrowType(Qt.ArrowType.UpArrow)
        self._next.setArrowType(Qt.ArrowType.DownArrow)
        for step in (self._previous, self._next):
            step.setProperty("flat", True)
        self._previous.clicked.connect(self.go_to_previous)
        self._next.clicked.connect(self.go_to_next)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 4, 8, 8)
        bar.setSpacing(4)
        for widget in (self._find, self._count, self._previous, self._next):
            bar.addWidget(widget, 1 if widget is self._find else 0)
        bar.insertSpacing(1, 4)

        self._stale = label(wrap=True)
        self._stale.setProperty("banner", "warning")
        self._stale.setContentsMargins(16, 8, 16, 8)
        self._stale.hide()
        self._pane = DocumentPane()
        self._pane.cursorPositionChanged.connect(self._show_line)
        self._pane.setFont(self.font())
        self._pane.can_decide = self._edits is not None
        self._pane.term_pressed.connect(self.term_wanted)
        self._pane.decided.connect(self._on_decided)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=0)
        layout.addLayout(title)
        layout.addLayout(bar)
        layout.addWidget(self._stale)
        layout.addWidget(self._pane, 1)

    def _add_shortcuts(self) -> None:
        self._keys = {_NEXT: QShortcut(self), _PREVIOUS: QShortcut(self)}
        for shortcut, slot in zip(self._keys.values(), (self.go_to_next, self.go_to_previous), strict=True):
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(slot)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed.emit)

    def focus_text(self) -> None:
        self._pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_find(self) -> None:
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    @Slot()
    def go_to_next(self) -> None:
        """The next occurrence from the text cursor on; after the last comes the first."""
        at = self._position + 1 if self._is_at_occurrence() else self._first_from_cursor()
        self._go_to(at)

    @Slot()
    def go_to_previous(self) -> None:
        at = self._position if self._is_at_occurrence() else self._first_from_cursor()
        self._go_to(at - 1)

    def _is_at_occurrence(self) -> bool:
        """Whether the text cursor still stands where it was put last; elsewhere one goes on from there."""
        return self._position >= 0 and self._pane.is_at(self._occurrences[self._position][0])

    def _first_from_cursor(self) -> int:
        return bisect_left(self._occurrences, self._pane.offset(), key=_start)

    def _go_to(self, position: int) -> None:
        if self._occurrences:
            self._position = position % len(self._occurrences)
            self._pane.show_occurrence(self._occurrences[self._position])
            self._show_position()

    def _ask(self, wish: _Wish) -> None:
        same = self._rows if self._wish is not None and self._wish.content_id == wish.content_id else None
        self._wish = wish

        def look_up(connection) -> _Found:
            rows = same or DocumentRows(documents.load_content(connection, wish.content_id))
            surfaces = glossary.highlights(connection, wish.term_id)
            return _Found(wish, rows, find_all(rows.document, surfaces))

        self._reader.ask(look_up, self._on_found)

    @Slot(object)
    def _on_found(self, found: _Found) -> None:
        wish = found.wish
        if found.rows is not self._rows:
            self._rows = found.rows
            self._pane.show_rows(found.rows)
        # Not with its signals blocked: its button that clears would stay.
        self._is_asked_anew = True
        self._find.clear()
        self._is_asked_anew = False
        self._name.setText(wish.name)
        self._stale.setVisible(not wish.is_current)
        self._set_occurrences(found.occurrences, wish.passage)
        first = found.occurrences[0][0] if found.occurrences else 0
        self._pane.reveal(wish.passage[0] if wish.passage else first)
        self._show_line()
        self.look_up_terms()
        self.opened.emit()

    def look_up_terms(self) -> None:
        """Underline the terms of the glossary as it is now."""
        if self._rows is not None and self.isVisible():
            document = self._rows.document
            self._reader.ask(
                lambda connection: (document, find_terms(document, glossary.glossary_terms(connection))),
                self._on_terms,
            )

    @Slot(object)
    def _on_terms(self, found: tuple[DocumentText, TermPlaces]) -> None:
        if self._rows is not None and found[0] is self._rows.document:
            self._pane.set_terms(found[1])

    @Slot(str, str)
    def _on_decided(self, act: str, words: str) -> None:
        if self._edits is None:
            return
        edits = self._edits
        if act == "synonym":
            title = _("“{words}” is a synonym of…").format(words=harmless(words))
            self._ask_for_term(title, lambda place: entry_acts.add_alias(edits, place.id, place.name, words))
        elif act == "define":
            self._ask_for_term(
                _("This is the definition of…"),
                lambda place: entry_acts.write_definition_of(edits, place.id, place.name, words),
            )
        else:
            term_acts.add_terms(edits, [words], listed=_LISTS[act])

    def _ask_for_term(self, title: str, chosen: Callable[[FoundPlace], None]) -> None:
        """Which term is meant; ``chosen`` is called with it."""
        from genglossary_gui.ui.dialogs.palette import CommandPalette

        palette = CommandPalette((), self._reader, self, only=Kind.TERM)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.setWindowTitle(title)
        palette.chosen.connect(chosen)
        palette.open()

    @Slot(str)
    def _on_find(self, text: str) -> None:
        if self._rows is None or self._wish is None or self._is_asked_anew:
            return
        document = self._rows.document
        if text:
            self._reader.ask(lambda _connection: find_all(document, [text], whole_words=False), self._on_searched)
        else:
            term_id = self._wish.term_id
            self._reader.ask(
                lambda connection: find_all(document, glossary.highlights(connection, term_id)),
                self._on_searched,
            )

    @Slot(object)
    def _on_searched(self, occurrences: list[Range]) -> None:
        passage = self._wish.passage if self._wish else None
        self._set_occurrences(occurrences, passage)

    def _set_occurrences(self, occurrences: list[Range], passage: Range | None) -> None:
        self._occurrences = occurrences
        self._position = -1
        self._pane.set_marks(occurrences, passage)
        self._show_position()

    def _show_position(self) -> None:
        count = len(self._occurrences)
        for widget in (self._previous, self._next):
            widget.setEnabled(count > 0)
        if self._position >= 0:
            words = _("{position} of {count}").format(position=number(self._position + 1), count=number(count))
        elif count or self._find.text() or (self._wish and self._wish.term_id):
            words = _("{count} found").format(count=number(count))
        else:
            words = ""
        self._count.setText(words)

    def _show_line(self) -> None:
        if self._rows is not None:
            self._line.setText(phrases.place(self._name.text(), self._rows.document.line_at(self._pane.offset())))


_LISTS = {"add": Listed.NOT, "require": Listed.REQUIRED, "exclude": Listed.EXCLUDED}


def _start(found: Range) -> int:
    return found[0]
