"""The dialog that takes entries of a file over into the project, with a choice for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.exchange.imported import ImportedFile
from genglossary_gui.core.exchange.matching import Choice, PlannedRow, State
from genglossary_gui.core.exchange.reading import SUFFIXES
from genglossary_gui.core.i18n import _, ngettext, pgettext
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.files import choose_file
from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.dialogs.import_columns import ImportColumns
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.import_acts import read_and_plan, take_over
from genglossary_gui.ui.models import garbage
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.import_rows import COLUMN_NAMES, ImportRowsModel, choice_word, described, state_word
from genglossary_gui.ui.plain import button, label, number, spaced
from genglossary_gui.ui.views.table_look import give_look

_WIDTHS = {"state": 16, "choice": 18, "line": 6, "term": 18, "theirs": 30, "mine": 30, "differs": 12}
_KEYS = {Choice.TAKE: "Ctrl+T", Choice.KEEP: "Ctrl+K", Choice.SKIP: "Ctrl+B"}
_LEAST_LETTERS = 10
_LONGEST = 20_000
_MOST_SELECTED = 1_000
_DROPPED = 2_000


class _Rows(QTableView):
    """``all_wanted()``: a person selected all of so many rows that showing it would stop the window for seconds."""

    all_wanted = Signal()

    def selectAll(self) -> None:
        if self.model().rowCount() <= _MOST_SELECTED:
            super().selectAll()
        else:
            self.clearSelection()
            self.all_wanted.emit()


class ImportDialog(FormDialog):
    """Shows how the rows of a file stand to the project, and takes over those that were chosen, as one edit.

    Reading and comparing happen beside the GUI thread.  ``imported(entries)``: the project has them; the dialog has
    closed.  ``shown()``: the rows of the file are there, or why they cannot be.
    """

    help_at = "exchange#import"
    imported = Signal(int)
    shown = Signal()

    def __init__(self, project: Path, edits: Edits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importDialog")
        self._project = project
        self._edits = edits
        self._asked = 0
        self._path: Path | None = None
        self._problem = ""
        self._is_for_all = False
        self.model = ImportRowsModel(self)
        self._build()
        self._connect()
        self.retranslate()
        self.resize(1060, 720)

    def retranslate(self) -> None:
        self.setWindowTitle(_("Import entries"))
        self.title.setText(_("Import entries"))
        self._file_caption.setText(_("File (CSV, XLSX, TBX or JSON)"))
        self._hint.setText(self._problem or _("Choose a file to see what it would change."))
        self.file.setAccessibleName(self._file_caption.text())
        self._choose.setText(_("Choose…"))
        self._columns_caption.setText(_("What the columns mean"))
        self.columns.retranslate()
        self._mine_caption.setText(_("In the project"))
        self._theirs_caption.setText(_("In the file"))
        self.mine.setAccessibleName(self._mine_caption.text())
        self.theirs.setAccessibleName(self._theirs_caption.text())
        self._show_scope()
        for choice, choice_button in self.choice_buttons.items():
            choice_button.setText(choice_word(choice))
            choice_button.setToolTip(_KEYS[choice])
        self.table.setAccessibleName(_("Rows of the file"))
        self.import_button.setText(_("Import"))
        self._cancel.setText(pgettext("dialog", "Cancel"))
        self.model.retranslate()
        self._show_counts()

    def open_file(self, path: Path) -> None:
        """Read this file and show how its rows stand to the project."""
        self._path = path
        self.file.setText(str(path))
        self._read(None)

    def done(self, result: int) -> None:
        super().done(result)
        self._asked += 1
        rows = list(self.model.rows)
        self.model.show_rows(())
        Background(self.model, lambda: _drop(rows), lambda _none: None, self._tell_nobody)
        garbage.let_go(self)

    @Slot()
    def take_over(self) -> None:
        """Carry out what was chosen; the dialog waits, the window does not."""
        self.setEnabled(False)
        self._refusal.hide()
        self._edits.failed.connect(self._on_failed)
        take_over(self._edits, self.model.rows, tuple(self.model.choices), self._on_done, self._on_nothing)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        self.file, self._choose = QLineEdit(), button()
        self.file.setReadOnly(True)
        file_row = QWidget()
        row = QHBoxLayout(file_row)
        spaced(row)
        row.addWidget(self.file, 1)
        row.addWidget(self._choose)
        self._file_caption = self.add_field(file_row)
        self._file_caption.setBuddy(self.file)
        self.columns = ImportColumns()
        self._columns_caption = self.add_field(self.columns)
        self._rows = QWidget()
        rows = QVBoxLayout(self._rows)
        spaced(rows)
        rows.addLayout(self._build_chips())
        rows.addWidget(self._build_rows(), 1)
        rows.addLayout(self._build_choices())
        self._hint = label(role="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = QStackedWidget()
        self._body.addWidget(self._hint)
        self._body.addWidget(self._rows)
        self.column.addSpacing(6)
        self.column.addWidget(self._body, 1)
        self._refusal = self.add_note("error")
        self.import_button, self._cancel = self.add_buttons()
        for hidden in (self.columns, self._columns_caption, self._refusal):
            hidden.hide()

    def _build_chips(self) -> QHBoxLayout:
        self.chips = QButtonGroup(self)
        chips = QHBoxLayout()
        spaced(chips)
        for position in range(len(State) + 1):
            chip = button("chip")
            chip.setCheckable(True)
            chip.setChecked(position == 0)
            self.chips.addButton(chip, position)
            chips.addWidget(chip)
        chips.addStretch(1)
        return chips

    def _build_rows(self) -> QSplitter:
        self.table = _Rows()
        self.table.setObjectName("importTable")
        self.table.setModel(self.model)
        give_look(self.table)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.table.horizontalHeader()
        # It would ask every selected row whether its column is selected as a whole: seconds for 100,000 rows.
        header.setSelectionModel(QItemSelectionModel(self.model, header))
        for index, name in enumerate(COLUMN_NAMES):
            header.resizeSection(index, _WIDTHS[name] * self.table.fontMetrics().horizontalAdvance("n") + 22)
        # In a narrow window the table scrolls; what the file says would have no room at all.
        header.setMinimumSectionSize(_LEAST_LETTERS * self.table.fontMetrics().horizontalAdvance("n"))
        for name in ("theirs", "mine"):
            header.setSectionResizeMode(COLUMN_NAMES.index(name), QHeaderView.ResizeMode.Stretch)
        details = QSplitter(Qt.Orientation.Horizontal)
        details.setChildrenCollapsible(False)
        self.theirs, self._theirs_caption = self._add_detail(details)
        self.mine, self._mine_caption = self._add_detail(details)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(details)
        splitter.setSizes([260, 180])
        return splitter

    def _add_detail(self, parent: QSplitter) -> tuple[QPlainTextEdit, QLabel]:
        caption = label(role="section")
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        caption.setBuddy(text)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(8 if parent.count() else 0, 8, 0 if parent.count() else 8, 0)
        column.setSpacing(4)
        column.addWidget(caption)
        column.addWidget(text, 1)
        parent.addWidget(holder)
        return text, caption

    def _build_choices(self) -> QHBoxLayout:
        self._selected = label(role="muted")
        self.summary = label(role="muted", wrap=True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.summary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.choice_buttons = {choice: button() for choice in Choice}
        row = QHBoxLayout()
        spaced(row)
        row.addWidget(self._selected)
        for choice_button in self.choice_buttons.values():
            row.addWidget(choice_button)
        row.addWidget(self.summary, 1)
        return row

    def _connect(self) -> None:
        self._choose.clicked.connect(self._on_choose)
        self.columns.mapping_changed.connect(self._on_mapping_changed)
        self.chips.idClicked.connect(self._on_chip)
        self.model.chosen.connect(self._show_counts)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self.table.selectionModel().selectionChanged.connect(lambda: self._set_for_all(False))
        self.model.modelReset.connect(lambda: self._set_for_all(False))
        self.table.all_wanted.connect(lambda: self._set_for_all(True))
        self.table.doubleClicked.connect(self._on_double_clicked)
        for choice, choice_button in self.choice_buttons.items():
            choose = partial(self._choose_for_selected, choice)
            choice_button.clicked.connect(choose)
            QShortcut(QKeySequence(_KEYS[choice]), self).activated.connect(choose)
        self.import_button.clicked.connect(self.take_over)

    def _read(self, mapping: Mapping[int, str] | None) -> None:
        if self._path is None:
            return
        self._asked += 1
        asked = self._asked
        self._refusal.hide()
        self.import_button.setEnabled(False)
        garbage.hold(self)
        Background(
            self,
            partial(read_and_plan, self._project, self._path, mapping),
            partial(self._on_read, asked, mapping is None),
            partial(self._on_unreadable, asked),
        )

    def _on_read(self, asked: int, is_new: bool, found: tuple[ImportedFile, tuple[PlannedRow, ...]]) -> None:
        if asked != self._asked:
            return
        garbage.keep(self)
        file, rows = found
        self._problem = "" if rows else _("There is no entry in the file.")
        if is_new:
            self.columns.setVisible(bool(file.columns))
            self._columns_caption.setVisible(bool(file.columns))
            self.columns.show_columns(file.columns)
        self._show_rows(rows)

    def _on_unreadable(self, asked: int, error: UserFacingError) -> None:
        if asked == self._asked:
            garbage.let_go(self)
            for part in (self.columns, self._columns_caption):
                part.hide()
            self._problem = error.full_text
            self._show_rows(())

    def _show_rows(self, rows: Sequence[PlannedRow]) -> None:
        self._body.setCurrentWidget(self._rows if rows else self._hint)
        self._hint.setText(self._problem or _("Choose a file to see what it would change."))
        self.chips.button(0).setChecked(True)
        self.model.show_rows(rows)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_current()
        self.shown.emit()

    def _tell_nobody(self, error: UserFacingError) -> None:
        """The dialog has closed."""

    def _tell(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.show()

    def _choose_for_selected(self, choice: Choice) -> None:
        if self._is_for_all:
            self.model.choose(range(self.model.rowCount()), choice)
            return
        chosen = self.table.selectionModel().selection()
        ranges = (range(chosen.at(n).top(), chosen.at(n).bottom() + 1) for n in range(chosen.count()))
        self.model.choose(sorted({row for rows in ranges for row in rows}), choice)

    def _set_for_all(self, is_for_all: bool) -> None:
        self._is_for_all = is_for_all
        self._show_scope()

    def _show_scope(self) -> None:
        words = _("For all {count} rows:").format(count=number(self.model.rowCount()))
        self._selected.setText(words if self._is_for_all else _("For the selected rows:"))

    @Slot()
    def _on_choose(self) -> None:
        folder = self._path.parent if self._path else self._project.parent
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        choose_file(
            self, _("Import entries"), folder, _("Glossaries ({patterns})").format(patterns=patterns), self.open_file
        )

    @Slot()
    def _on_mapping_changed(self) -> None:
        self._read(self.columns.mapping())

    @Slot(int)
    def _on_chip(self, position: int) -> None:
        self.model.show_state(None if position == 0 else list(State)[position - 1])
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_current()

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.model.choose_next(index.row())

    @Slot()
    def _show_current(self) -> None:
        index = self.table.currentIndex()
        theirs = mine = ""
        if index.isValid():
            row = self.model.row_at(index.row())
            theirs = described(row.theirs) if row.theirs else row.reason
            mine = described(row.mine) if row.mine else ""
        for field, text in ((self.theirs, theirs), (self.mine, mine)):
            field.setPlainText("\n".join(harmless(line) for line in text[:_LONGEST].split("\n")))

    @Slot()
    def _show_counts(self) -> None:
        counts = self.model.counts()
        every = len(self.model.rows)
        self.chips.button(0).setText(_("All ({count})").format(count=number(every)))
        for position, state in enumerate(State, 1):
            chip = self.chips.button(position)
            chip.setText(f"{state_word(state)} ({number(counts[state])})")
            chip.setEnabled(counts[state] > 0)
        taken = self.model.taken()
        words = ngettext("{count} row will be taken over.", "{count} rows will be taken over.", taken)
        self.summary.setText(words.format(count=number(taken)) if every else "")
        self.import_button.setEnabled(taken > 0)
        for choice_button in self.choice_buttons.values():
            choice_button.setEnabled(every > 0)

    def _on_done(self, count: int) -> str:
        self._edits.failed.disconnect(self._on_failed)
        self.accept()
        self.imported.emit(count)
        return ngettext("{count} entry imported", "{count} entries imported", count).format(count=number(count))

    def _on_nothing(self) -> str:
        self._edits.failed.disconnect(self._on_failed)
        words = _("The project says all of that already; nothing was changed.")
        self.setEnabled(True)
        self._tell(words)
        return words

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._edits.failed.disconnect(self._on_failed)
        self.setEnabled(True)
        self._tell(sentence)


def _drop(rows: list[PlannedRow]) -> None:
    """Forget the rows bit by bit: all at once the window would stand still."""
    while rows:
        del rows[-_DROPPED:]
