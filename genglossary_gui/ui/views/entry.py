"""One entry: what the term means, what that rests on, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.i18n import _, listed, ngettext
from genglossary_gui.core.store.glossary import EntryDetail, IssueRow, PlacedPassage, entry_detail
from genglossary_gui.core.words import word
from genglossary_gui.ui import phrases
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.models.words import FEATURES, issue_word, stage_word, word_of
from genglossary_gui.ui.plain import button, enlarge, label, number, spaced
from genglossary_gui.ui.views.passage import PassageCard

_CONTEXTS = 5
"""Mentions shown before one asks for all."""


class EntryPanel(QScrollArea):
    """Shows one entry of the glossary.  ``evidence_activated(PlacedPassage)``: a passage was pressed."""

    evidence_activated = Signal(object)

    def __init__(self, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entryPanel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._reader = reader
        self._term_id = 0
        self._detail: EntryDetail | None = None
        self._shows_all = False
        self._shows_reasons = False
        self._render()

    @property
    def term_id(self) -> int:
        """The term that is shown or asked for; 0 for none."""
        return self._term_id

    def show_entry(self, term_id: int) -> None:
        """Read the entry and show it; a term that is gone, or 0, leaves the panel empty."""
        if term_id != self._term_id:
            self._shows_all = self._shows_reasons = False
        self._term_id = term_id
        self._reader.ask(lambda connection: entry_detail(connection, term_id), self._on_detail)

    def refresh(self) -> None:
        """Read the same entry again."""
        self.show_entry(self._term_id)

    def focus_first_passage(self) -> None:
        """Put the keyboard on the first passage, so that Enter opens it."""
        card = self.findChild(PassageCard)
        if card is not None:
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(card)

    def retranslate(self) -> None:
        self._render()

    @Slot(object)
    def _on_detail(self, detail: EntryDetail | None) -> None:
        if detail == self._detail:
            return
        is_same_term = detail is not None and self._detail is not None and detail.row.id == self._detail.row.id
        place = self.verticalScrollBar().value() if is_same_term else 0
        self._detail = detail
        self._render()
        self.verticalScrollBar().setValue(place)

    def _render(self) -> None:
        self.setAccessibleName(_("Entry"))
        page = QFrame()
        page.setProperty("role", "surface")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(20, 16, 20, 20)
        layout.setSpacing(6)
        if self._detail is None:
            layout.addStretch(1)
            nothing = label(
                _("Choose a term to read its definition and the passages it rests on."),
                role="muted",
                wrap=True,
            )
            nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(nothing)
            layout.addStretch(2)
        else:
            self._add_head(layout, self._detail)
            self._add_definition(layout, self._detail)
            self._add_contexts(layout, self._detail)
            self._add_issues(layout, self._detail.issues)
            self._add_reasons(layout, self._detail)
            layout.addStretch(1)
        self.setWidget(page)
        self._order_focus(page)

    def _order_focus(self, page: QWidget) -> None:
        """What was made late would else come last in the whole window."""
        before: QWidget = self
        for widget in page.findChildren(QAbstractButton):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _add_head(self, layout: QVBoxLayout, detail: EntryDetail) -> None:
        row = detail.row
        term = label(harmless(row.term), selectable=True, wrap=True)
        enlarge(term, 1.7, bold=True)
        layout.addWidget(term)
        aliases = [
            harmless(variant.surface)
            for variant in detail.variants
            if variant.surface != row.term and variant.kind != "inflection"
        ]
        if aliases:
            also = _("Also: {aliases}").format(aliases=listed(aliases))
            layout.addWidget(label(also, role="muted", selectable=True, wrap=True))
        facts = [
            word(row.category),
            stage_word(row.stage),
            ngettext("{count} occurrence", "{count} occurrences", row.frequency).format(count=number(row.frequency)),
            phrases.documents(row.document_frequency),
        ]
        layout.addWidget(label(" · ".join(fact for fact in facts if fact), role="muted", wrap=True))

    def _add_definition(self, layout: QVBoxLayout, detail: EntryDetail) -> None:
        row = detail.row
        if not row.definition:
            nothing = ngettext(
                "No definition found; {count} context",
                "No definition found; {count} contexts",
                len(detail.contexts),
            ).format(count=number(len(detail.contexts)))
            _add_section(layout, _("Definition"))
            layout.addWidget(label(nothing, wrap=True))
            return
        _add_section(layout, _("Definition"))
        definition = label(row.definition, selectable=True, wrap=True)
        definition.setAccessibleName(_("Definition: {text}").format(text=row.definition))
        enlarge(definition, 1.1)
        layout.addWidget(definition)
        sure = _("Confidence: {confidence}. {meaning}").format(
            confidence=phrases.confidence(row.confidence), meaning=phrases.confidence_meaning(row.confidence)
        )
        layout.addWidget(label(sure, role="muted", wrap=True))
        _add_section(layout, _("Evidence"))
        self._add_passages(layout, detail, detail.evidence)

    def _add_contexts(self, layout: QVBoxLayout, detail: EntryDetail) -> None:
        if not detail.contexts:
            return
        _add_section(layout, _("Other mentions") if detail.row.definition else _("Mentions"))
        shown = detail.contexts if self._shows_all else detail.contexts[:_CONTEXTS]
        self._add_passages(layout, detail, shown)
        if len(shown) < len(detail.contexts):
            words = _("Show all {count}").format(count=number(len(detail.contexts)))
            layout.addWidget(_link(words, self._show_all), 0, Qt.AlignmentFlag.AlignLeft)

    def _add_passages(self, layout: QVBoxLayout, detail: EntryDetail, passages: Sequence[PlacedPassage]) -> None:
        surfaces = [detail.row.term, *(variant.surface for variant in detail.variants)]
        for placed in passages:
            card = PassageCard(placed, surfaces)
            card.clicked.connect(partial(self.evidence_activated.emit, placed))
            layout.addWidget(card)

    def _add_issues(self, layout: QVBoxLayout, issues: Sequence[IssueRow]) -> None:
        shown = [issue for issue in issues if issue.state == "open"]
        if not shown:
            return
        _add_section(layout, _("Issues"))
        for issue in shown:
            card = QFrame()
            card.setProperty("role", "card")
            inner = QVBoxLayout(card)
            spaced(inner, 12, 4)
            title = label(issue_word(issue.type))
            enlarge(title, 1.0, bold=True)
            inner.addWidget(title)
            inner.addWidget(label(issue.explanation, selectable=True, wrap=True))
            if issue.action:
                inner.addWidget(label(issue.action, role="muted", wrap=True))
            layout.addWidget(card)

    def _add_reasons(self, layout: QVBoxLayout, detail: EntryDetail) -> None:
        if not detail.features:
            return
        layout.addSpacing(8)
        words = _("Hide why this is a term") if self._shows_reasons else _("Why is this a term?")
        layout.addWidget(_link(words, self._toggle_reasons), 0, Qt.AlignmentFlag.AlignLeft)
        if not self._shows_reasons:
            return
        grid = QGridLayout()
        spaced(grid, spacing=4)
        grid.setColumnStretch(0, 1)
        pairs = [(_("Rank"), number(detail.row.rank)), (_("Score"), f"{detail.row.score:.2f}")]
        pairs += [(word_of(name, FEATURES), f"{value:+.2f}") for name, value in sorted(detail.features.items())]
        for line, (name, value) in enumerate(pairs):
            grid.addWidget(label(name, role="muted"), line, 0)
            grid.addWidget(_right(label(value)), line, 1)
        layout.addLayout(grid)

    def _show_all(self) -> None:
        self._shows_all = True
        self._render_in_place()

    def _toggle_reasons(self) -> None:
        self._shows_reasons = not self._shows_reasons
        self._render_in_place()

    def _render_in_place(self) -> None:
        place = self.verticalScrollBar().value()
        self._render()
        self.verticalScrollBar().setValue(place)
        self.setFocus()


def _add_section(layout: QVBoxLayout, title: str) -> None:
    layout.addSpacing(12)
    layout.addWidget(label(title, role="section"))


def _link(words: str, pressed: Callable[[], None]) -> QPushButton:
    widget = button("link")
    widget.setText(words)
    widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    widget.clicked.connect(pressed)
    return widget


def _right(widget: QLabel) -> QLabel:
    widget.setAlignment(Qt.AlignmentFlag.AlignRight)
    return widget
