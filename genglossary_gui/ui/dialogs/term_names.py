"""Names of terms, a line each: terms to add, and the required and excluded lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.exchange.term_lists import clean_names, read_names, write_names
from genglossary_gui.core.i18n import _, ngettext, pgettext
from genglossary_gui.core.store.decisions import Listed, ListedTerm
from genglossary_gui.ui.dialogs.files import choose_files, choose_target
from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.plain import button, label, number, spaced

_LINES = 12


class AddTermsDialog(FormDialog):
    """``given(names)``: these terms are to be added."""

    help_at = "terms#add"
    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("addTermsDialog")
        self.setMinimumWidth(420)
        self.names = _lines(6)
        self._caption = self.add_field(self.names, stretch=1)
        self._add, self._cancel = self.add_buttons()
        self._add.clicked.connect(self._on_add)
        self.names.textChanged.connect(self._enable)
        self.retranslate()
        self._enable()
        self.names.setFocus()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Add terms"))
        self.title.setText(_("Add terms"))
        self._caption.setText(_("A term in each line"))
        self.names.setAccessibleName(self._caption.text())
        self._add.setText(_("Add"))
        self._cancel.setText(pgettext("dialog", "Cancel"))

    @Slot()
    def _enable(self) -> None:
        self._add.setEnabled(bool(clean_names(self.names.toPlainText().splitlines())))

    @Slot()
    def _on_add(self) -> None:
        self.given.emit(clean_names(self.names.toPlainText().splitlines()))
        self.accept()


class TermListsDialog(FormDialog):
    """The two lists as text.  ``saved(list, added names, keys taken off)`` for each that is different now."""

    help_at = "terms#lists"
    saved = Signal(object, object, object)

    def __init__(self, lists: Mapping[Listed, Sequence[ListedTerm]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("termListsDialog")
        self.setMinimumSize(480, 440)
        self._lists = lists
        self.pages = {listed: _ListPage(terms) for listed, terms in lists.items()}
        self.tabs = QTabWidget()
        for page in self.pages.values():
            self.tabs.addTab(page, "")
        self.column.addWidget(self.tabs, 1)
        self._error = self.add_note("error")
        self._error.hide()
        self._save, self._cancel = self.add_buttons()
        self._save.clicked.connect(self._on_save)
        for page in self.pages.values():
            page.failed.connect(self._on_failed)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Required and excluded terms"))
        self.title.setText(_("Required and excluded terms"))
        for index, (listed, page) in enumerate(self.pages.items()):
            is_required = listed is Listed.REQUIRED
            self.tabs.setTabText(index, _("Required") if is_required else _("Excluded"))
            page.retranslate(
                _("They are always in the glossary, whatever the engine finds. A run says which are missing.")
                if is_required
                else _("They are never suggested. A term that is required stays required.")
            )
        self._save.setText(_("Save"))
        self._cancel.setText(pgettext("dialog", "Cancel"))

    @Slot()
    def _on_save(self) -> None:
        for listed, page in self.pages.items():
            added, gone = page.changes()
            if added or gone:
                self.saved.emit(listed, added, gone)
        self.accept()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))


class _ListPage(QWidget):
    failed = Signal(str)

    def __init__(self, terms: Sequence[ListedTerm]) -> None:
        super().__init__()
        self._terms = terms
        self.names = _lines(_LINES)
        self.names.setPlainText("\n".join(term.term for term in terms))
        self._about, self._state = label(role="muted", wrap=True), label(role="muted", wrap=True)
        self.take, self.give = button(), button()
        self.take.clicked.connect(self._on_take)
        self.give.clicked.connect(self._on_give)
        row = QHBoxLayout()
        spaced(row)
        row.addWidget(self.take)
        row.addWidget(self.give)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        spaced(layout, 12, 8)
        layout.addWidget(self._about)
        layout.addWidget(self.names, 1)
        layout.addWidget(self._state)
        layout.addLayout(row)

    def retranslate(self, about: str) -> None:
        self._about.setText(about)
        self.names.setAccessibleName(about)
        self.names.setPlaceholderText(_("A term in each line"))
        self.take.setText(_("Import…"))
        self.give.setText(_("Export…"))
        missing = [term for term in self._terms if not term.frequency]
        undefined = [term for term in self._terms if term.frequency and not term.is_defined]
        parts = [ngettext("{count} term", "{count} terms", len(self._terms)).format(count=number(len(self._terms)))]
        if missing:
            words = ngettext("{count} is in no document", "{count} are in no document", len(missing))
            parts.append(words.format(count=number(len(missing))))
        if undefined:
            words = ngettext("{count} has no definition", "{count} have no definition", len(undefined))
            parts.append(words.format(count=number(len(undefined))))
        self._state.setText(" · ".join(parts))

    def changes(self) -> tuple[list[str], list[str]]:
        """The names that were added, and the keys of the terms that were taken off."""
        now = clean_names(self.names.toPlainText().splitlines())
        before = {term.term for term in self._terms}
        return [name for name in now if name not in before], [t.key for t in self._terms if t.term not in set(now)]

    @Slot()
    def _on_take(self) -> None:
        choose_files(self, _("Import a list of terms"), self._read)

    def _read(self, paths: Sequence[Path]) -> None:
        try:
            names = [name for path in paths for name in read_names(path)]
        except UserFacingError as error:
            self.failed.emit(error.full_text)
            return
        self.failed.emit("")
        there = self.names.toPlainText().splitlines()
        self.names.setPlainText("\n".join(clean_names([*there, *names])))

    @Slot()
    def _on_give(self) -> None:
        names = clean_names(self.names.toPlainText().splitlines())
        choose_target(self, _("Export the list"), Path.home() / "terms.txt", partial(self._write, names))

    def _write(self, names: Sequence[str], path: Path) -> None:
        try:
            write_names(path, names)
        except UserFacingError as error:
            self.failed.emit(error.full_text)


def _lines(count: int) -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setMinimumHeight(count * edit.fontMetrics().lineSpacing())
    return edit
