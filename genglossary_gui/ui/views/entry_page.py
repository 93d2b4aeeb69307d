"""What the entry panel shows of one entry: made anew whenever the entry is different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from genglossary_gui.core.exchange.text_diff import diff
from genglossary_gui.core.glossary import only_mentions
from genglossary_gui.core.i18n import _, listed, ngettext, pgettext
from genglossary_gui.core.review.fixing import unsupported_sentences
from genglossary_gui.core.store.entry_record import EntryRecord
from genglossary_gui.core.store.glossary import IssueRow, PlacedPassage
from genglossary_gui.core.words import word
from genglossary_gui.ui import phrases
from genglossary_gui.ui.models.entries import entry_state
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.words import FEATURES, date_time, word_of
from genglossary_gui.ui.plain import label, number, spaced
from genglossary_gui.ui.views.entry_details import EntryDetails
from genglossary_gui.ui.views.entry_editor import DefinitionEditor
from genglossary_gui.ui.views.entry_history import EntryHistory
from genglossary_gui.ui.views.entry_parts import (
    Offer,
    add_section,
    fix_words,
    issue_card,
    link,
    links,
    notice,
    right,
)
from genglossary_gui.ui.views.marked_text import MarkedText, Stretch
from genglossary_gui.ui.views.note_editor import NoteEditor
from genglossary_gui.ui.views.passage import PassageCard
from genglossary_gui.ui.views.prose import Prose

_CONTEXTS = 5
"""Mentions shown before one asks for all."""
_LONGEST_TERM = 160


@dataclass(frozen=True)
class Unfolded:
    """Which parts of the page are open."""

    contexts: bool = False
    reasons: bool = False
    history: bool = False

    def toggled(self, part: str) -> Unfolded:
        return replace(self, **{part: not getattr(self, part)})


class EntryPage(QFrame):
    """``asked(act)``: a button for the entry; ``issue_asked(act, IssueRow)``: one for an issue.

    ``unfolded(part)``: a part is to be opened or closed.  ``related_place`` is where related entries belong.
    """

    passage_pressed = Signal(object)
    asked = Signal(str)
    issue_asked = Signal(str, object)
    unfolded = Signal(str)
    note_written = Signal(str)
    note_left = Signal()
    restore_wanted = Signal(int)

    def __init__(
        self, record: EntryRecord, editor: DefinitionEditor | None, unfolded: Unfolded, *, can_edit: bool
    ) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self._record = record
        self._row = record.detail.row
        self._unfolded = unfolded
        self._can_edit = can_edit
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 16, 20, 20)
        self._layout.setSpacing(6)
        self.related_place = QVBoxLayout()
        self.note: NoteEditor | None = None
        self.details: EntryDetails | None = None
        self._add_head()
        self._add_notices(is_editing=editor is not None)
        self._add_definition(editor)
        self._layout.addLayout(self.related_place)
        self._add_issues()
        self._add_details()
        self._add_note()
        self._add_history()
        self._add_contexts()
        self._add_reasons()
        self._layout.addStretch(1)

    def _add_head(self) -> None:
        row = self._row
        self._layout.addWidget(Prose(harmless(row.term), factor=1.7, bold=True, longest=_LONGEST_TERM))
        if row.aliases:
            also = _("Also: {aliases}").format(aliases=listed(map(harmless, row.aliases)))
            self._layout.addWidget(Prose(also, role="muted"))
        facts = [
            entry_state(row),
            word(row.category),
            ngettext("{count} occurrence", "{count} occurrences", row.frequency).format(count=number(row.frequency)),
            phrases.documents(row.document_frequency),
        ]
        self._layout.addWidget(label(" · ".join(fact for fact in facts if fact), role="muted", wrap=True))
        if self._can_edit:
            self._layout.addWidget(links(self._acts()))

    def _acts(self) -> list[Offer]:
        row = self._row
        acts = [(_("Edit") if row.definition else _("Write a definition"), "edit")]
        if row.definition:
            acts.append((_("Take approval back") if row.approved else _("Approve"), "approve"))
        acts.append((_("Unlock") if row.is_protected else _("Lock"), "lock"))
        acts.append((_("Look for it anew"), "regenerate"))
        return [self._ask(words, act) for words, act in acts]

    def _ask(self, words: str, act: str) -> Offer:
        return words, partial(self.asked.emit, act)

    def _add_notices(self, *, is_editing: bool) -> None:
        record, row = self._record, self._row
        if record.unsaved is not None and record.unsaved.strip() != row.definition and not is_editing:
            words = _("A change of {time} is not saved.").format(time=date_time(record.unsaved_at))
            offers = [self._ask(_("Go on"), "edit"), self._ask(_("Discard"), "discard")]
            self._add_notice("warning", words, offers, MarkedText(Stretch.of(diff(row.definition, record.unsaved))))
        if (offer := record.offer) is not None:
            words = _("A newer suggestion from run {run}").format(run=offer.run_id)
            offers = [self._ask(_("Accept"), "accept"), self._ask(_("Dismiss"), "dismiss")]
            self._add_notice("info", words, offers, MarkedText(Stretch.of(diff(row.definition, offer.text))))
        if row.is_stale:
            words = _("The evidence is stale: a document it stands in was changed or is gone.")
            offers = [
                self._ask(_("Look for the passages again"), "renew"),
                self._ask(_("Look for it anew"), "regenerate"),
            ]
            self._add_notice("warning", words, offers)

    def _add_notice(self, kind: str, words: str, offers: Sequence[Offer], inside: QWidget | None = None) -> None:
        self._layout.addSpacing(6)
        self._layout.addWidget(notice(kind, words, offers if self._can_edit else (), inside))

    def _add_definition(self, editor: DefinitionEditor | None) -> None:
        row, detail = self._row, self._record.detail
        add_section(self._layout, _("Definition"))
        if editor is not None:
            self._layout.addWidget(editor)
        elif row.definition:
            if only_mentions(row.confidence, row.origin, approved=row.approved):
                self._layout.addWidget(label(_("No definition found. Mentioned so:"), role="muted", wrap=True))
            self._add_text()
        else:
            nothing = ngettext(
                "No definition found; {count} context",
                "No definition found; {count} contexts",
                len(detail.contexts),
            ).format(count=number(len(detail.contexts)))
            self._layout.addWidget(label(nothing, wrap=True))
        if row.definition:
            self._layout.addWidget(label(_sureness(self._record), role="muted", wrap=True))
        provisional = self._record.provisional
        if provisional is not None and provisional.text not in ("", row.definition):
            add_section(self._layout, _("Provisional definition"))
            text = MarkedText([Stretch(provisional.text)])
            text.setAccessibleName(_("Provisional definition: {text}").format(text=provisional.text))
            self._layout.addWidget(text)
        if row.definition and detail.evidence:
            add_section(self._layout, _("Evidence"))
            self._add_passages(detail.evidence)

    def _add_text(self) -> None:
        row = self._row
        missing = unsupported_sentences(row.definition, self._record.detail.issues)
        text = MarkedText(_marked(row.definition, missing), factor=1.1)
        text.setObjectName("definitionText")
        text.setAccessibleName(_("Definition: {text}").format(text=row.definition))
        text.edit_wanted.connect(partial(self.asked.emit, "edit"))
        self._layout.addWidget(text)
        if missing:
            words = ngettext(
                "{count} sentence, underlined, is not supported by any evidence.",
                "{count} sentences, underlined, are not supported by any evidence.",
                len(missing),
            ).format(count=number(len(missing)))
            self._layout.addWidget(notice("warning", words))

    def _add_contexts(self) -> None:
        contexts = self._record.detail.contexts
        if not contexts:
            return
        add_section(self._layout, _("Other mentions") if self._row.definition else _("Mentions"))
        shown = contexts if self._unfolded.contexts else contexts[:_CONTEXTS]
        self._add_passages(shown)
        if len(shown) < len(contexts):
            self._add_fold(_("Show all {count}").format(count=number(len(contexts))), "contexts")

    def _add_passages(self, passages: Sequence[PlacedPassage]) -> None:
        detail = self._record.detail
        surfaces = [detail.row.term, *(variant.surface for variant in detail.variants)]
        for placed in passages:
            card = PassageCard(placed, surfaces)
            card.clicked.connect(partial(self.passage_pressed.emit, placed))
            self._layout.addWidget(card)

    def _add_issues(self) -> None:
        issues = sorted(self._record.detail.issues, key=lambda issue: (issue.state != "open", issue.id))
        if issues:
            add_section(self._layout, _("Issues"))
        for issue in issues:
            self._layout.addWidget(issue_card(issue, self._issue_offers(issue) if self._can_edit else ()))

    def _issue_offers(self, issue: IssueRow) -> list[Offer]:
        if issue.state != "open":
            return [(_("Open again"), partial(self.issue_asked.emit, "reopen", issue))]
        offers: list[Offer] = [(pgettext("issue", "Ignore…"), partial(self.issue_asked.emit, "ignore", issue))]
        if words := fix_words(issue):
            offers.insert(0, (words, partial(self.issue_asked.emit, "fix", issue)))
        else:
            offers.insert(0, self._ask(_("Edit the definition"), "edit"))
        return offers

    def _add_details(self) -> None:
        if self._can_edit:
            self.details = EntryDetails(self._row.category, self._row.aliases)
            self._layout.addWidget(self.details)

    def _add_note(self) -> None:
        if not self._can_edit and not self._row.notes:
            return
        add_section(self._layout, _("Note"))
        if self._can_edit:
            self.note = NoteEditor(self._row.notes)
            self.note.written.connect(self.note_written)
            self.note.left.connect(self.note_left)
            self._layout.addWidget(self.note)
        else:
            self._layout.addWidget(Prose(self._row.notes))

    def _add_history(self) -> None:
        count = len(self._record.versions)
        if not count:
            return
        self._layout.addSpacing(8)
        words = ngettext("History: {count} version", "History: {count} versions", count).format(count=number(count))
        self._add_fold(_("Hide the history") if self._unfolded.history else words, "history")
        if self._unfolded.history:
            history = EntryHistory(self._record, can_restore=self._can_edit)
            history.restore_wanted.connect(self.restore_wanted)
            self._layout.addWidget(history)

    def _add_reasons(self) -> None:
        detail = self._record.detail
        if not detail.features:
            return
        is_open = self._unfolded.reasons
        self._add_fold(_("Hide why this is a term") if is_open else _("Why is this a term?"), "reasons")
        if not is_open:
            return
        grid = QGridLayout()
        spaced(grid, spacing=4)
        grid.setColumnStretch(0, 1)
        pairs = [(_("Rank"), number(detail.row.rank)), (_("Score"), f"{detail.row.score:.2f}")]
        pairs += [(word_of(name, FEATURES), f"{value:+.2f}") for name, value in sorted(detail.features.items())]
        for line, (name, value) in enumerate(pairs):
            grid.addWidget(label(name, role="muted"), line, 0)
            grid.addWidget(right(label(value)), line, 1)
        self._layout.addLayout(grid)

    def _add_fold(self, words: str, part: str) -> None:
        self._layout.addWidget(link(words, partial(self.unfolded.emit, part)), 0, Qt.AlignmentFlag.AlignLeft)


def _sureness(record: EntryRecord) -> str:
    row = record.detail.row
    if row.origin == "person":
        return _("Written by a person.")
    return _("Confidence: {confidence}. {meaning}").format(
        confidence=phrases.confidence(row.confidence), meaning=phrases.confidence_meaning(row.confidence, row.origin)
    )


def _marked(text: str, missing: Sequence[str]) -> list[Stretch]:
    """The definition with the sentences marked that nothing supports."""
    stretches: list[Stretch] = []
    at = 0
    for sentence in missing:
        start = text.find(sentence, at)
        if start >= 0:
            stretches += [Stretch(text[at:start]), Stretch(sentence, "unsupported")]
            at = start + len(sentence)
    return [*stretches, Stretch(text[at:])]
