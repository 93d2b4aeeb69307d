"""The documents of the project: what is read, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices, Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.store import document_choices
from genglossary_gui.core.store.documents import DocumentRow
from genglossary_gui.core.store.projects import left_out, project_sources, source_ids
from genglossary_gui.ui import phrases, shortcuts
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.entry_acts import make
from genglossary_gui.ui.models.documents import DocumentModel, why_not_read
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.plain import button, number, spaced, tool_tip
from genglossary_gui.ui.shortcuts import Place
from genglossary_gui.ui.views.column_choice import ColumnChoice
from genglossary_gui.ui.views.flow import FlowLayout
from genglossary_gui.ui.views.table_look import show_menu
from genglossary_gui.ui.views.table_page import QuickFilter, TablePage, Words
from genglossary_gui.ui.views.up_to_date import UpToDate

if TYPE_CHECKING:
    from genglossary_gui.ui.dialogs.sources import SourcesDialog

Patterns = tuple[str, ...] | None
"""As the project has them; None: the usual ones."""
_FILTERS = (
    QuickFilter(lambda: _("All"), ("present",)),
    QuickFilter(lambda: _("With problems"), ("present", "problems")),
    QuickFilter(lambda: _("New, changed, gone"), ("changes",)),
    QuickFilter(lambda: _("Left out"), ("present", "left_out")),
)
_WORDS = Words(
    name=lambda: _("Documents"),
    search=lambda: _("Search documents"),
    count=phrases.documents,
    empty=lambda: _("No documents read yet. A run reads the folders of the project."),
    nothing_found=lambda: _("No document matches. Change the search or the filter."),
    action=lambda: _("Run"),
)
_WORDS_OF = {
    "actionLeaveOut": lambda: _("Leave out"),
    "actionTakeIn": lambda: _("Take in"),
    "actionCheckDocuments": lambda: _("Check for changes"),
    "actionFolders": lambda: _("Folders and exclusions…"),
    "actionOpenOutside": lambda: _("Open in another program"),
}
_OWN_KEYS = {
    "actionLeaveOut": "X",
    "actionTakeIn": "R",
    "actionCheckDocuments": "F5",
    "actionOpenOutside": "Ctrl+Return",
}
_KEYS = {
    name: shortcuts.declare(Place.DOCUMENTS, name, words, _OWN_KEYS.get(name, "")) for name, words in _WORDS_OF.items()
}


class DocumentsPage(QWidget):
    """``check_requested()``: the folders are to be compared with what was read.  ``failed(sentence)``: a document
    could not be shown, and why.

    Without ``edits`` the page is for reading only.
    """

    check_requested = Signal()
    failed = Signal(str)

    def __init__(self, reader: Reader, edits: Edits | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._edits = edits
        self.page = TablePage(
            DocumentModel(reader),
            _WORDS,
            table_name="documentTable",
            stretched="path",
            filters=_FILTERS,
            widths={"state": 40, "format": 9, "size": 10, "language": 14, "encoding": 12, "scanned": 17},
        )
        self.page.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.columns = ColumnChoice(self.page.table, self.page.model, always=("path", "state"), hidden_first=())
        self.leave_out = self._action("actionLeaveOut", self._on_leave_out)
        self.take_in = self._action("actionTakeIn", self._on_take_in)
        # Their keys are no letters: they count wherever the keyboard is on this page.
        self.check = self._action("actionCheckDocuments", self.check_requested.emit, self)
        self.folders = self._action("actionFolders", self._on_folders, self)
        self.open_outside = self._action("actionOpenOutside", self._on_open, self)
        self._line = QAction(self)
        self._line.setSeparator(True)
        self._encodings = QMenu(self)
        self._encodings.aboutToShow.connect(self.fill_encodings)
        self._encoding_actions: dict[str, QAction] = {}
        self._encoding_button = self._button(None)
        self._encoding_button.setMenu(self._encodings)
        self._encoding_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        bar = QWidget()
        flow = FlowLayout(bar, 4)
        for action in (self.check, self.folders, self.leave_out, self.take_in):
            flow.addWidget(self._button(action))
        flow.addWidget(self._encoding_button)
        self._left_out = 0
        self.left_out = button("link")
        self.left_out.setObjectName("leftOutByPatterns")
        self.left_out.clicked.connect(lambda: self._ask_for_sources(self._on_patterns_wanted))
        self.left_out.setMinimumHeight(self._encoding_button.sizeHint().height())
        self.left_out.hide()
        flow.addWidget(self.left_out)
        holder = QWidget()
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(8, 4, 8, 4)
        inner.addWidget(bar)
        self.page.below.addWidget(holder)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=0)
        layout.addWidget(self.page)
        table = self.page.table
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_menu)
        table.selectionModel().selectionChanged.connect(self._enable)
        self.page.model.loaded.connect(self._enable)
        self._up_to_date = UpToDate(self, edits, self.refresh)
        self.retranslate()
        self._enable()

    @Slot()
    def fill_encodings(self) -> None:
        """Have the menu offer what can be chosen; their table is read when it is first needed."""
        from genglossary_gui.core.documents.encodings import ENCODINGS

        for name in ("", *ENCODINGS):
            if name not in self._encoding_actions:
                action = self._encodings.addAction(name or _("Detect"))
                action.setCheckable(True)
                action.triggered.connect(lambda _checked=False, name=name: self._on_encoding(name))
                self._encoding_actions[name] = action
        self._enable()

    def save_state(self, settings: QSettings) -> None:
        self.columns.save(settings, "documents")

    def restore_state(self, settings: QSettings) -> None:
        self.columns.restore(settings, "documents")

    def refresh(self) -> None:
        self._up_to_date.is_read()
        self.page.refresh()
        self._reader.ask(left_out, self._on_left_out_counted)

    def set_running(self, is_running: bool) -> None:
        self.page.set_running(is_running)

    def of_menu(self) -> list[QAction]:
        """The actions for the selected documents, then those for all, with a line between them."""
        chosen = [self.leave_out, self.take_in, self._encodings.menuAction(), self.open_outside]
        return [*chosen, self._line, self.check, self.folders]

    def writing(self) -> list[QAction]:
        """The actions that change the project."""
        return [self.leave_out, self.take_in, self.check, self.folders]

    def retranslate(self) -> None:
        self.page.retranslate()
        for action in (self.leave_out, self.take_in, self.check, self.folders, self.open_outside):
            words, keys = _WORDS_OF[action.objectName()](), shortcuts.shown(_KEYS[action.objectName()])
            action.setText(words)
            shortcuts.dress(action, _KEYS[action.objectName()])
            action.setToolTip(tool_tip(f"{words.rstrip('…')} ({keys})" if keys else words))
        self._on_left_out_counted(self._left_out)
        self._encodings.setTitle(_("Encoding"))
        self._encoding_button.setText(_("Encoding"))
        for name, action in self._encoding_actions.items():
            action.setText(name or _("Detect"))

    def _action(self, name: str, slot: Callable[[], object], place: QWidget | None = None) -> QAction:
        action = QAction(self)
        action.setObjectName(name)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: slot())
        (place or self.page.table).addAction(action)
        return action

    def _button(self, action: QAction | None) -> QToolButton:
        tool = QToolButton()
        if action is not None:
            tool.setDefaultAction(action)
        tool.setProperty("flat", True)
        tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return tool

    def _rows(self) -> list[DocumentRow]:
        model = self.page.model
        row = model.value_at(model.row_of(self.page.first_selected()[0]))
        return [row] if row is not None else []

    @Slot()
    def _enable(self) -> None:
        rows, can_edit = self._rows(), self._edits is not None
        row = rows[0] if rows else None
        # Of several, some may be left out and others not: each act does what is still to be done.
        are_several = self.page.first_selected()[1] > 1
        self.leave_out.setEnabled(can_edit and row is not None and (are_several or row.wanted))
        self.take_in.setEnabled(can_edit and row is not None and (are_several or not row.wanted))
        self.open_outside.setEnabled(row is not None)
        self._encoding_button.setEnabled(can_edit and row is not None and bool(row.encoding or row.chosen_encoding))
        self._encodings.setEnabled(self._encoding_button.isEnabled())
        for name, action in self._encoding_actions.items():
            action.setChecked(row is not None and row.chosen_encoding == name)
        self.folders.setEnabled(can_edit)
        self.check.setEnabled(can_edit)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        self._enable()
        show_menu(self.page.table, place, self.of_menu())

    def _on_leave_out(self) -> None:
        self._want(wanted=False)

    def _on_take_in(self) -> None:
        self._want(wanted=True)

    def _want(self, *, wanted: bool) -> None:
        if self._edits is None:
            return

        def words(count: int) -> str:
            if wanted:
                text = ngettext("{count} document taken in", "{count} documents taken in", count)
            else:
                text = ngettext("{count} document left out", "{count} documents left out", count)
            return text.format(count=number(count))

        act = partial(document_choices.set_wanted, wanted=wanted)
        make(self._edits, act, self.page.selected_ids(), words, lambda: _("Nothing had to be changed."))

    def _on_encoding(self, encoding: str) -> None:
        if self._edits is None:
            return

        def words(count: int) -> str:
            text = ngettext(
                "The next run reads {count} document in the chosen encoding",
                "The next run reads {count} documents in the chosen encoding",
                count,
            )
            return text.format(count=number(count))

        act = partial(document_choices.choose_encoding, encoding=encoding)
        make(self._edits, act, self.page.selected_ids(), words, lambda: _("Nothing had to be changed."))
        self._enable()

    @Slot(object)
    def _on_left_out_counted(self, count: int) -> None:
        self._left_out = count
        text = ngettext(
            "{count} file or folder is left out by patterns", "{count} files or folders are left out by patterns", count
        )
        self.left_out.setText(text.format(count=number(count)))
        self.left_out.setToolTip(tool_tip(_("Show the patterns")))
        self.left_out.setHidden(not count)
        self.left_out.setEnabled(self._edits is not None)

    def _ask_for_sources(self, answer: Callable[[tuple[list[Path], Patterns]], None]) -> None:
        self._reader.ask(project_sources, answer)

    def _on_folders(self) -> None:
        self._ask_for_sources(self._on_sources)

    @Slot(object)
    def _on_sources(self, found: tuple[list[Path], Patterns]) -> None:
        self._open_sources(found)

    @Slot(object)
    def _on_patterns_wanted(self, found: tuple[list[Path], Patterns]) -> None:
        self._open_sources(found).patterns.setFocus()

    def _open_sources(self, found: tuple[list[Path], Patterns]) -> SourcesDialog:
        paths, patterns = found
        from genglossary_gui.ui.dialogs.sources import SourcesDialog

        dialog = SourcesDialog(paths, patterns, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(self._on_saved)
        dialog.open()
        return dialog

    @Slot(object, object)
    def _on_saved(self, paths: object, patterns: object) -> None:
        if self._edits is None:
            return
        if paths is not None:
            make(
                self._edits,
                lambda connection, _items: document_choices.set_sources(connection, paths),  # type: ignore[arg-type]
                [0],
                lambda count: _("Folders changed"),
                lambda: "",
            )
        if patterns is not False:
            make(
                self._edits,
                lambda connection, _items: document_choices.set_exclusions(connection, patterns),  # type: ignore[arg-type]
                [0],
                lambda count: _("Exclusions changed"),
                lambda: "",
            )
        self.check_requested.emit()

    def _on_open(self) -> None:
        for row in self._rows():
            sources = self._reader.now(source_ids, {})
            if row.source_id in sources:
                source = sources[row.source_id]
                path = source if source.is_file() else source / row.path
                self._open_file(path)

    def _open_file(self, path: Path) -> None:
        from genglossary_gui.ui.dialogs.files import is_there

        name = harmless(path.name)
        if not is_there(path):
            words = _("“{name}” is no longer there. Check the folders for changes to bring the list up to date.")
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            words = _("No program on this computer opens “{name}”. Choose one for such files in the system's settings.")
        else:
            return
        self.failed.emit(words.format(name=name))

    def tell_why_not_shown(self, row: DocumentRow) -> None:
        """Say why a document without a text cannot be opened here."""
        if row.reason:
            words = _("“{name}” cannot be shown. {reason}").format(name=harmless(row.path), reason=why_not_read(row))
        else:
            words = _("“{name}” has not been read yet. Start a run to read it.").format(name=harmless(row.path))
        self.failed.emit(words)
