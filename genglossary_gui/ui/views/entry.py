"""One entry: what the term means, what that rests on, how sure it is, and what a person does about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store import entry_edits
from genglossary_gui.core.store.entry_record import EntryRecord, entry_record, mentioning_entries, related_entries
from genglossary_gui.core.store.glossary import EntryRow, IssueRow
from genglossary_gui.ui import entry_acts, term_acts
from genglossary_gui.ui.dialogs.reason import ReasonDialog
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.plain import label, spaced
from genglossary_gui.ui.views.entry_editor import DefinitionEditor
from genglossary_gui.ui.views.entry_page import EntryPage, Unfolded
from genglossary_gui.ui.views.entry_related import RelatedEntries
from genglossary_gui.ui.views.passage import PassageCard

_HURRY_MS = 80
_FOCUSED = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)
"""What the keyboard goes through, from the top down."""


class EntryPanel(QScrollArea):
    """Shows one entry of the glossary and lets a person work on it; without ``edits`` it is for reading only.

    ``evidence_activated(PlacedPassage)``: a passage was pressed.  ``term_wanted(term)``: a related entry was.
    ``regenerate_wanted()``: its definition is to be looked for anew.  ``left()``: the editor was left by a key.
    """

    evidence_activated = Signal(object)
    term_wanted = Signal(int)
    regenerate_wanted = Signal()
    left = Signal()

    def __init__(self, reader: Reader, edits: Edits | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entryPanel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._reader = reader
        self.edits = edits
        self._term_id = 0
        self._record: EntryRecord | None = None
        self._editor: DefinitionEditor | None = None
        self._page: EntryPage | None = None
        self._related: RelatedEntries | None = None
        self._unfolded = Unfolded()
        self._is_edit_wanted = False
        self._is_outdated = False
        # While an arrow key is held down the rows pass by faster than entries can be drawn.
        self._since = QElapsedTimer()
        self._soon = QTimer(self, singleShot=True, interval=_HURRY_MS)
        self._soon.timeout.connect(self._ask)
        self._render()

    @property
    def term_id(self) -> int:
        """The term that is shown or asked for; 0 for none."""
        return self._term_id

    @property
    def record(self) -> EntryRecord | None:
        """The entry that is shown."""
        return self._record

    @property
    def is_editing(self) -> bool:
        return self._editor is not None

    def show_entry(self, term_id: int) -> None:
        """Read the entry and show it; a term that is gone, or 0, leaves the panel empty."""
        if term_id != self._term_id:
            self._leave_editor()
            self._is_edit_wanted = False
            self._unfolded = Unfolded()
        is_hurried = term_id != self._term_id and self._since.isValid() and self._since.elapsed() < _HURRY_MS
        self._since.start()
        self._term_id = term_id
        if is_hurried:
            self._soon.start()
        else:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        term_id = self._term_id
        self._soon.stop()
        self._reader.ask(lambda connection: entry_record(connection, term_id), self._on_record)

    def refresh(self) -> None:
        """Read the same entry again."""
        self.show_entry(self._term_id)

    def focus_first_passage(self) -> None:
        """Put the keyboard on the first passage, so that Enter opens it."""
        card = self.findChild(PassageCard)
        if card is not None:
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(card)

    def edit_definition(self) -> None:
        """Put the keyboard into the definition, going on with what was not saved."""
        if self.edits is None or self._editor is not None:
            return
        if self._record is None or self._record.detail.row.id != self._term_id:
            self._is_edit_wanted = bool(self._term_id)
            return
        text = self._record.detail.row.definition
        self._editor = DefinitionEditor(text if self._record.unsaved is None else self._record.unsaved, text)
        self._editor.saved.connect(self._on_saved)
        self._editor.typed.connect(partial(self._keep, self._term_id))
        self._editor.left.connect(self._on_editor_left)
        self._render_in_place()
        self._editor.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self._editor)

    def keep_now(self) -> None:
        """Have what is being typed remembered at once: the window is about to close."""
        term_id, edits = self._term_id, self.edits
        if edits is None:
            return
        if self._editor is not None and self._editor.is_changed:
            text = self._editor.text.toPlainText()
            edits.carry_out_now(lambda connection: entry_edits.keep_unsaved(connection, term_id, text))
        note = self._page.note if self._page is not None else None
        if note is not None and note.is_changed:
            written = note.toPlainText()
            edits.carry_out_now(lambda connection: entry_edits.write_note(connection, term_id, written))

    def retranslate(self) -> None:
        self._leave_editor()
        self._render_in_place()
        if self._record is not None:
            # What its issues say comes in the language in which it is read.
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._editor is not None:
            self._editor.keep()
        super().hideEvent(event)

    @Slot(object)
    def _on_record(self, record: EntryRecord | None) -> None:
        self._reader.ask(partial(_related_to, self._term_id), self._on_related)
        if record != self._record:
            before, self._record = self._record, record
            is_same_term = record is not None and before is not None and record.detail.row.id == before.detail.row.id
            # A person who writes is not disturbed, least of all in the middle of a conversion.
            if is_same_term and self._is_writing():
                self._is_outdated = True
            elif is_same_term:
                self._render_in_place()
            else:
                self._render()
        if self._is_edit_wanted:
            self._is_edit_wanted = False
            self.edit_definition()

    @Slot(object)
    def _on_related(self, found: tuple) -> None:
        related, mentioning = found
        before, self._related = self._related, None
        if before is not None:
            before.hide()
            before.deleteLater()
        if self._page is None or not (related or mentioning):
            return
        self._related = RelatedEntries(related, mentioning, can_edit=self.edits is not None)
        self._related.term_wanted.connect(self.term_wanted)
        self._related.unrelate_wanted.connect(self._on_unrelate)
        self._page.related_place.addWidget(self._related)

    def _render(self) -> None:
        self.setAccessibleName(_("Entry"))
        self._is_outdated = False
        self._related = self._page = None
        if (old := self.takeWidget()) is not None:
            # It may be the one that is speaking just now.
            old.hide()
            old.deleteLater()
        if self._record is None:
            self.setWidget(_nothing_chosen())
            return
        page = EntryPage(self._record, self._editor, self._unfolded, can_edit=self.edits is not None)
        page.passage_pressed.connect(self.evidence_activated)
        page.unfolded.connect(self._on_unfolded)
        page.asked.connect(self._on_asked)
        page.issue_asked.connect(self._on_issue_asked)
        page.note_written.connect(partial(self._on_note, self._record.detail.row))
        if page.details is not None:
            page.details.category_chosen.connect(self._on_category)
            page.details.alias_added.connect(self._on_alias)
            page.details.alias_removed.connect(self._on_alias_removed)
        page.note_left.connect(self._on_note_left)
        page.restore_wanted.connect(self._on_restore)
        self._page = page
        self.setWidget(page)
        self._order_focus(page)

    def _render_in_place(self) -> None:
        place = self.verticalScrollBar().value()
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._render()
        if self._record is not None:
            self._reader.ask(partial(_related_to, self._term_id), self._on_related)
        self.verticalScrollBar().setValue(place)
        if had_focus and self._editor is None:
            self.setFocus()

    def _order_focus(self, page: QWidget) -> None:
        """What was made late would else come last in the whole window."""
        before: QWidget = self
        for widget in page.findChildren(QWidget):
            if isinstance(widget, _FOCUSED):
                QWidget.setTabOrder(before, widget)
                before = widget

    def _row(self) -> EntryRow | None:
        return self._record.detail.row if self._record is not None else None

    @Slot(str)
    def _on_asked(self, act: str) -> None:
        """One of the buttons for the entry as a whole was pressed."""
        row, edits = self._row(), self.edits
        if row is None or edits is None:
            return
        acts: dict[str, Callable[[], object]] = {
            "edit": self.edit_definition,
            "approve": lambda: entry_acts.approve(edits, [row.id], approved=not row.approved),
            "lock": lambda: entry_acts.lock(edits, [row.id], locked=not row.is_protected),
            "regenerate": self.regenerate_wanted.emit,
            "accept": lambda: entry_acts.accept_offers(edits, [row.id]),
            "dismiss": lambda: entry_acts.dismiss_offers(edits, [row.id]),
            "renew": lambda: entry_acts.renew_evidence(edits, [row.id]),
            "discard": self._discard_unsaved,
        }
        acts[act]()

    @Slot(str, object)
    def _on_issue_asked(self, act: str, issue: IssueRow) -> None:
        edits = self.edits
        if edits is None:
            return
        if act == "fix":
            entry_acts.fix_issues(edits, [issue])
        elif act == "reopen":
            entry_acts.reopen_issues(edits, [issue.id])
        else:
            dialog = ReasonDialog(1, self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.given.connect(lambda reason: entry_acts.ignore_issues(edits, [issue.id], reason))
            dialog.open()

    def _on_note(self, row: EntryRow, note: str) -> None:
        if self.edits is not None:
            term_acts.write_note(self.edits, row.id, row.term, note)

    @Slot(object)
    def _on_category(self, category: Category) -> None:
        row = self._row()
        if row is not None and self.edits is not None and category != row.category:
            term_acts.set_category(self.edits, [row.id], category)

    @Slot(str)
    def _on_alias(self, name: str) -> None:
        row = self._row()
        if row is not None and self.edits is not None:
            entry_acts.add_alias(self.edits, row.id, row.term, name)

    @Slot(str)
    def _on_alias_removed(self, name: str) -> None:
        row = self._row()
        if row is not None and self.edits is not None:
            term_acts.split(self.edits, row.id, [name])

    @Slot()
    def _on_note_left(self) -> None:
        if self._is_outdated:
            QTimer.singleShot(0, self, self._show_newest)

    def _show_newest(self) -> None:
        if self._is_outdated and not self._is_writing():
            self._render_in_place()

    def _is_writing(self) -> bool:
        page = self._page
        if self._editor is not None or page is None:
            return self._editor is not None
        is_naming = page.details is not None and page.details.is_writing
        return is_naming or (page.note is not None and page.note.hasFocus())

    @Slot(int)
    def _on_restore(self, definition_id: int) -> None:
        row = self._row()
        if row is not None and self.edits is not None:
            entry_acts.restore_version(self.edits, row, definition_id)

    @Slot(int)
    def _on_unrelate(self, other_id: int) -> None:
        if self.edits is not None:
            entry_acts.unrelate(self.edits, self._term_id, other_id)

    @Slot(str)
    def _on_unfolded(self, part: str) -> None:
        self._unfolded = self._unfolded.toggled(part)
        self._render_in_place()

    @Slot(str)
    def _on_saved(self, text: str) -> None:
        row, editor = self._row(), self._editor
        if row is None or editor is None or self.edits is None:
            return
        editor.keep()
        if editor.is_changed:
            entry_acts.write_definition(self.edits, row, text)
        else:
            self._discard_unsaved()
        self._close_editor()
        self.left.emit()

    @Slot()
    def _on_editor_left(self) -> None:
        self._leave_editor()
        self._render_in_place()
        self.left.emit()

    def _leave_editor(self) -> None:
        """What was typed stays as an unsaved change; nothing stays where nothing is different."""
        if self._editor is not None:
            self._editor.keep()
            if not self._editor.is_changed:
                self._discard_unsaved()
            self._drop_editor()

    def _close_editor(self) -> None:
        self._drop_editor()
        self._render_in_place()

    def _drop_editor(self) -> None:
        if self._editor is not None:
            # The page that holds it goes when the next one comes.
            self._editor.blockSignals(True)
            self._editor = None

    def _keep(self, term_id: int, text: str) -> None:
        if self.edits is not None:
            self.edits.carry_out(
                lambda connection: entry_edits.keep_unsaved(connection, term_id, text), self._on_kept, _not_kept
            )

    def _discard_unsaved(self) -> None:
        term_id = self._term_id
        if self.edits is not None:
            self.edits.carry_out(
                lambda connection: entry_edits.discard_unsaved(connection, term_id), self._on_discarded, _not_kept
            )

    def _on_kept(self, _is_kept: bool) -> None:
        if self._editor is None:
            self.refresh()

    def _on_discarded(self, was_there: bool) -> None:
        if was_there:
            self.refresh()


def _related_to(term_id: int, connection) -> tuple:
    return related_entries(connection, term_id), mentioning_entries(connection, term_id)


def _not_kept() -> None:
    """The banner says it."""


def _nothing_chosen() -> QWidget:
    page = QFrame()
    page.setProperty("role", "surface")
    layout = QVBoxLayout(page)
    spaced(layout, 20, 6)
    layout.addStretch(1)
    nothing = label(_("Choose a term to read its definition and the passages it rests on."), role="muted", wrap=True)
    nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout.addWidget(nothing)
    layout.addStretch(2)
    return page
