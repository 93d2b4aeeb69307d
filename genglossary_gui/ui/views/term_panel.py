"""One candidate: where it stands, how it is written, what speaks for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.store.term_list import Spelling, TermDetail, term_detail
from genglossary_gui.core.words import word
from genglossary_gui.ui import phrases
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.term_words import spelling_word
from genglossary_gui.ui.models.terms import status_words
from genglossary_gui.ui.models.words import FEATURES, word_of
from genglossary_gui.ui.plain import label, number, spaced
from genglossary_gui.ui.views.entry_parts import add_section, link, right
from genglossary_gui.ui.views.note_editor import NoteEditor
from genglossary_gui.ui.views.passage import PassageCard
from genglossary_gui.ui.views.prose import Prose

_CONTEXTS = 8
_SPELLINGS = 12
"""Shown before one asks for all."""
_LONGEST_TERM, _LONGEST_DEFINITION = 160, 400


class TermPanel(QScrollArea):
    """Shows one candidate.  Without ``can_edit`` it is for reading only.

    ``context_activated(PlacedPassage)``: a place was pressed.  ``split_wanted(term, spelling)``: that spelling is to
    be a term.  ``note_written(term, name, text)``.  ``entry_wanted(term)``: its entry is to be shown.
    """

    context_activated = Signal(object)
    split_wanted = Signal(int, str)
    note_written = Signal(int, str, str)
    entry_wanted = Signal(int)

    def __init__(self, reader: Reader, *, can_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("termPanel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._reader = reader
        self._can_edit = can_edit
        self._term_id = 0
        self._detail: TermDetail | None = None
        self._unfolded: set[str] = {"reasons"}
        self.note: NoteEditor | None = None
        self._splits: list[QPushButton] = []
        self._render()

    @property
    def term_id(self) -> int:
        """The term that is shown or asked for; 0 for none."""
        return self._term_id

    @property
    def detail(self) -> TermDetail | None:
        return self._detail

    def show_term(self, term_id: int) -> None:
        """Read the term and show it; a term that is gone, or 0, leaves the panel empty."""
        if term_id != self._term_id:
            self.keep_note()
            self._unfolded = {"reasons"}
        self._term_id = term_id
        self._reader.ask(lambda connection: term_detail(connection, term_id), self._on_detail)

    def refresh(self) -> None:
        self.show_term(self._term_id)

    def retranslate(self) -> None:
        self._render()

    def focus_note(self) -> None:
        if self.note is not None:
            self.ensureWidgetVisible(self.note)
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_split(self) -> None:
        """Put the keyboard on the first spelling that can be a term by itself, so that Enter makes it one."""
        if self._splits:
            self._splits[0].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(self._splits[0])

    def focus_first_context(self) -> None:
        """Put the keyboard on the first place, so that Enter opens it."""
        card = self.findChild(PassageCard)
        if card is not None:
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(card)

    def keep_note(self) -> None:
        """Save what is being typed."""
        if self.note is not None:
            self.note.write()

    @Slot(object)
    def _on_detail(self, detail: TermDetail | None) -> None:
        if detail == self._detail:
            return
        if self.note is not None and self.note.hasFocus():
            return
        self._detail = detail
        self._render()

    def _render(self) -> None:
        place = self.verticalScrollBar().value()
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        was_splitting = focused in self._splits
        self._splits = []
        page = QFrame()
        page.setProperty("role", "surface")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(20, 16, 20, 20)
        layout.setSpacing(6)
        self.note = None
        if self._detail is None:
            nothing = label(_("Select a term to see where it stands."), role="muted", wrap=True)
            nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addStretch(1)
            layout.addWidget(nothing)
            layout.addStretch(2)
        else:
            self._add_head(layout, self._detail)
            self._add_contexts(layout, self._detail)
            self._add_spellings(layout, self._detail)
            self._add_note(layout, self._detail)
            self._add_reasons(layout, self._detail)
            layout.addStretch(1)
        old = self.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.setWidget(page)
        self.verticalScrollBar().setValue(place)
        if had_focus:
            # Or the keyboard would be nowhere, or anywhere.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if was_splitting:
            self.focus_split()

    def _add_head(self, layout: QVBoxLayout, detail: TermDetail) -> None:
        row = detail.row
        layout.addWidget(Prose(harmless(row.term), factor=1.5, bold=True, longest=_LONGEST_TERM))
        facts = [
            status_words(row),
            word(row.category),
            ngettext("{count} occurrence", "{count} occurrences", row.frequency).format(count=number(row.frequency)),
            phrases.documents(row.document_frequency),
        ]
        layout.addWidget(label(" · ".join(facts), role="muted", wrap=True))
        if detail.definition:
            layout.addWidget(Prose(detail.definition, longest=_LONGEST_DEFINITION))
        layout.addWidget(link(_("Show the entry"), partial(self.entry_wanted.emit, row.id)))

    def _add_contexts(self, layout: QVBoxLayout, detail: TermDetail) -> None:
        add_section(layout, _("Mentions"))
        if not detail.contexts:
            layout.addWidget(label(_("The documents do not hold it."), role="muted", wrap=True))
        surfaces = [detail.row.term, *(spelling.surface for spelling in detail.spellings)]
        shown = detail.contexts if "contexts" in self._unfolded else detail.contexts[:_CONTEXTS]
        for placed in shown:
            card = PassageCard(placed, surfaces)
            card.clicked.connect(partial(self.context_activated.emit, placed))
            layout.addWidget(card)
        self._add_more(layout, len(shown), len(detail.contexts), "contexts")

    def _add_spellings(self, layout: QVBoxLayout, detail: TermDetail) -> None:
        if not detail.spellings:
            return
        add_section(layout, _("Spellings and synonyms"))
        shown = detail.spellings if "spellings" in self._unfolded else detail.spellings[:_SPELLINGS]
        for spelling in shown:
            layout.addWidget(self._spelling(detail.row.id, spelling))
        self._add_more(layout, len(shown), len(detail.spellings), "spellings")

    def _spelling(self, term_id: int, spelling: Spelling) -> QWidget:
        line = QWidget()
        inner = QHBoxLayout(line)
        spaced(inner, spacing=8)
        surface = Prose(harmless(spelling.surface), longest=_LONGEST_TERM)
        surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        facts = _("{kind} · {count}").format(kind=spelling_word(spelling.kind), count=number(spelling.frequency))
        inner.addWidget(surface, 1)
        inner.addWidget(label(facts, role="muted", wrap=True))
        if self._can_edit and spelling.kind != "inflection":
            name = _("Make “{spelling}” a term by itself").format(spelling=harmless(spelling.surface))
            split = link(_("Split off"), partial(self.split_wanted.emit, term_id, spelling.surface), name)
            self._splits.append(split)
            inner.addWidget(split)
        return line

    def _add_note(self, layout: QVBoxLayout, detail: TermDetail) -> None:
        add_section(layout, _("Note"))
        if not self._can_edit:
            layout.addWidget(Prose(detail.row.notes))
            return
        self.note = NoteEditor(detail.row.notes)
        self.note.setObjectName("termNote")
        self.note.written.connect(partial(self.note_written.emit, detail.row.id, detail.row.term))
        layout.addWidget(self.note)

    def _add_reasons(self, layout: QVBoxLayout, detail: TermDetail) -> None:
        if not detail.features:
            return
        layout.addSpacing(8)
        is_open = "reasons" in self._unfolded
        words = _("Hide why this is a term") if is_open else _("Why is this a term?")
        layout.addWidget(link(words, partial(self._toggle, "reasons")), 0, Qt.AlignmentFlag.AlignLeft)
        if not is_open:
            return
        grid = QGridLayout()
        spaced(grid, spacing=4)
        grid.setColumnStretch(0, 1)
        parts = sorted(detail.features.items(), key=lambda part: -abs(part[1]))
        lines = [(word_of(name, FEATURES), f"{value:+.2f}") for name, value in parts]
        for line, (name, value) in enumerate([*lines, (_("Score"), f"{detail.row.score:.2f}")]):
            grid.addWidget(label(name, role="muted", wrap=True), line, 0)
            grid.addWidget(right(label(value)), line, 1)
        layout.addLayout(grid)

    def _add_more(self, layout: QVBoxLayout, shown: int, count: int, part: str) -> None:
        if shown < count:
            words = _("Show all {count}").format(count=number(count))
            layout.addWidget(link(words, partial(self._toggle, part)), 0, Qt.AlignmentFlag.AlignLeft)

    def _toggle(self, part: str) -> None:
        self._unfolded ^= {part}
        self._render()
