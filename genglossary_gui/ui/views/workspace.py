"""The screens of an open project: pages of tables, the document beside them, the runs below."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from PySide6.QtCore import QByteArray, QEvent, QObject, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from genglossary_gui.core.glossary import Scope
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.documents import DocumentRow, document_rows
from genglossary_gui.core.store.finding import Kind, Place
from genglossary_gui.core.store.glossary import PlacedPassage
from genglossary_gui.ui import phrases
from genglossary_gui.ui.actions import refuse
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.plain import spaced
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.document import DocumentView
from genglossary_gui.ui.views.documents import DocumentsPage
from genglossary_gui.ui.views.entry import EntryPanel
from genglossary_gui.ui.views.glossary import GlossaryPage, make_glossary_table
from genglossary_gui.ui.views.issues import make_issue_page
from genglossary_gui.ui.views.log_panel import LogPanel
from genglossary_gui.ui.views.run_panel import RunPanel
from genglossary_gui.ui.views.terms import TermsPage, make_term_table

_SIZES = {"below": (600, 250), "beside": (840, 520), "entry": (560, 400), "term": (600, 360)}
"""First sizes of the splitters, in pixels of the default window."""
_LARGEST_SHARE, _LARGEST_SHARE_WITH_CARD = 0.4, 0.55
"""Of the height, for runs and log; and if the card of a run that failed stands above them."""
_RUNS_BELOW_CARD = 190
_LEAST_PAGES = 140
"""Height of the pages on a very small screen: what they show is cut off rather than the end of the window."""


class WorkspaceView(QWidget):
    """Everything about one project.  ``run_requested(scope)``: an empty page offers a run: taken.

    ``regenerate_requested(keys, name)``: the definitions of these terms are to be looked for anew.
    ``runs_shown(shown)``: the runs and their log were shown or hidden.
    """

    run_requested = Signal(object)
    regenerate_requested = Signal(object, str)
    runs_shown = Signal(bool)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, *, in_pieces: bool = False) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._reader = workspace.reader
        self._is_read_only = workspace.is_read_only
        self._build()
        if not in_pieces:
            deque(self.build(), maxlen=0)

    def build(self) -> Iterator[None]:
        """Make the parts; with ``in_pieces`` whoever made the view exhausts it, and may paint between them."""
        reader = self._workspace.reader
        log = LogPanel(self._workspace.project, reader)
        yield
        self.runs = RunPanel(self._workspace, log=log)
        yield
        # Whatever a person does in this window is undone in the order it was done.
        self.edits = self.runs.edits
        edits = None if self._is_read_only else self.edits
        entry = EntryPanel(reader, edits)
        yield
        table = make_glossary_table(reader)
        yield
        self.glossary = GlossaryPage(reader, edits, entry=entry, page=table)
        self.tabs.addTab(self.glossary, icon("glossary"), "")
        yield
        self.below.addWidget(self.runs)
        self.below.setStretchFactor(0, 1)
        self.below.setCollapsible(0, False)
        self._is_arranged = False
        self._arranging = QTimer(self, singleShot=True)
        self._arranging.timeout.connect(self._arrange)
        self.runs.failure_card.installEventFilter(self)
        self.below.splitterMoved.connect(self._on_splitter_moved)
        yield
        table = make_term_table(reader)
        yield
        self.terms = TermsPage(reader, edits, page=table)
        self.tabs.addTab(self.terms, icon("terms"), "")
        yield
        self.documents = DocumentsPage(reader, edits)
        self.tabs.addTab(self.documents, icon("documents"), "")
        yield
        self.issues = make_issue_page(reader, edits)
        self.tabs.addTab(self.issues, icon("issues"), "")
        yield
        self.document = DocumentView(reader, edits)
        self.document.hide()
        self.beside.addWidget(self.document)
        self.beside.setStretchFactor(0, 3)
        self.beside.setStretchFactor(1, 2)
        yield
        self._connect()
        # The parts have said theirs when they were made.
        self._show_words()
        yield

    def refresh(self) -> None:
        """Show what has been published meanwhile."""
        for page in (self.glossary, self.terms, self.documents, self.issues):
            page.refresh()

    def menus(self) -> list[tuple[Callable[[], str], list[QAction]]]:
        """Title and actions of a menu for each page, in their order."""
        titles = (lambda: _("E&ntry"), lambda: _("&Term"), lambda: _("&Document"), lambda: _("&Issue"))
        pages = (self.glossary, self.terms, self.documents, self.issues)
        return [(title, page.of_menu()) for title, page in zip(titles, pages, strict=True)]

    def set_running(self, is_running: bool) -> None:
        """Whether a run is at work: empty pages say so."""
        for page in (self.glossary.page, self.terms.page, self.documents.page, self.issues):
            page.set_running(is_running)

    def show_page(self, index: int) -> None:
        """Go to a page and put the keyboard on its table."""
        self.tabs.setCurrentIndex(index)
        self._tables()[index].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_place_of(self, view: WorkspaceView) -> None:
        """Show the page and the entry that another window of the project shows."""
        self.show_page(view.tabs.currentIndex())
        if view.glossary.page.current_id() >= 0:
            self.glossary.show_term(view.glossary.page.current_id())

    def help_place(self) -> str:
        """The place of the user guide about what the person looks at."""
        focused = self.focusWidget() or self
        if self.runs.log.isAncestorOf(focused):
            return "runs#log"
        if self.runs.isAncestorOf(focused):
            return "runs"
        if self.document.isAncestorOf(focused):
            return "documents#viewer"
        return ("glossary", "terms", "documents", "issues")[self.tabs.currentIndex()]

    @Slot(bool)
    def show_runs(self, shown: bool) -> None:
        """Show the runs with their log, or leave the whole height to the pages."""
        if not shown and self.runs.isAncestorOf(self.focusWidget() or self):
            self._tables()[self.tabs.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)
        self.runs.setVisible(shown)
        self.runs_shown.emit(shown)

    def focus_runs(self) -> None:
        self.show_runs(True)
        self.runs.run_table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_find(self) -> None:
        """The search box of whatever the person looks at."""
        if self.document.isAncestorOf(self.focusWidget() or self):
            self.document.focus_find()
            return
        if self.runs.isAncestorOf(self.focusWidget() or self) and not self.runs.log.isAncestorOf(
            self.focusWidget() or self
        ):
            self.runs.focus_search()
            return
        pages = (self.glossary.page, self.terms.page, self.documents.page, self.issues)
        pages[self.tabs.currentIndex()].search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save_state(self, settings: QSettings) -> None:
        for name, splitter in self._splitters().items():
            settings.setValue(f"splitters/{name}", splitter.saveState())
        self.glossary.save_state(settings)
        self.terms.save_state(settings)
        self.documents.save_state(settings)
        self.issues.save_state(settings)
        self.runs.save_state(settings)
        settings.setValue("runs/shown", int(not self.runs.isHidden()))

    def restore_state(self, settings: QSettings) -> None:
        for name, splitter in self._splitters().items():
            state = settings.value(f"splitters/{name}")
            if not isinstance(state, QByteArray) or not splitter.restoreState(state):
                splitter.setSizes(list(_SIZES[name]))
        self.glossary.restore_state(settings)
        self.terms.restore_state(settings)
        self.documents.restore_state(settings)
        self.issues.restore_state(settings)
        self.runs.restore_state(settings)
        self.show_runs(str(settings.value("runs/shown", 1)) != "0")

    def retranslate(self) -> None:
        for part in (self.glossary, self.terms, self.documents, self.issues, self.document, self.runs):
            part.retranslate()
        self._show_words()

    def _show_words(self) -> None:
        for index, title in enumerate((_("Glossary"), _("Terms"), _("Documents"), _("Issues"))):
            self.tabs.setTabText(index, title)
        self.tabs.tabBar().setAccessibleName(_("Pages"))
        if self._is_read_only:
            self._tell_why()

    def _tell_why(self) -> None:
        """Nothing may be changed here: buttons and menus say so."""
        for action in (*self.terms.writing(), *self.glossary.writing(), *self.documents.writing()):
            refuse(action, phrases.read_only())
        self.issues.refuse(phrases.read_only())
        for page in (self.glossary.page, self.terms.page, self.documents.page, self.issues):
            page.refuse_action(phrases.read_only())

    def _build(self) -> None:
        # From the outside in: a part is dressed anew each time that what it stands in goes into something else.
        layout = QVBoxLayout(self)
        spaced(layout, spacing=0)
        self.below = QSplitter(Qt.Orientation.Vertical)
        layout.addWidget(self.below)
        self.beside = QSplitter(Qt.Orientation.Horizontal)
        self.beside.setChildrenCollapsible(False)
        self.beside.setMinimumHeight(_LEAST_PAGES)
        self.below.addWidget(self.beside)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.beside.addWidget(self.tabs)

    def _connect(self) -> None:
        self.glossary.evidence_activated.connect(self._on_evidence)
        self.glossary.run_requested.connect(self._on_run_wanted)
        self.glossary.regenerate_requested.connect(self.regenerate_requested)
        self.terms.context_activated.connect(self._on_evidence)
        self.terms.entry_wanted.connect(self.show_term)
        self.documents.page.activated.connect(self._on_document)
        self.documents.failed.connect(self._reader.failed)
        self.issues.activated.connect(self._on_issue)
        self.issues.edit_requested.connect(self._on_edit_wanted)
        self.terms.run_requested.connect(self._on_run_wanted)
        self.documents.page.action_requested.connect(self._on_run_wanted)
        self.issues.action_requested.connect(self._on_review_wanted)
        self.document.term_wanted.connect(self.show_term)
        self.edits.changed.connect(self.document.look_up_terms)
        self.document.closed.connect(self._on_document_closed)

    @Slot(int)
    def show_term(self, term_id: int) -> None:
        """Go to the entry of a term."""
        self.show_page(0)
        self.glossary.show_term(term_id)

    @Slot(object)
    def go_to(self, place: Place) -> None:
        """Show a term, a document or a run."""
        if place.kind is Kind.TERM:
            self.show_term(place.id)
        elif place.kind is Kind.DOCUMENT:
            row = self._reader.now(lambda connection: document_rows(connection, [place.id]).get(place.id), None)
            self._show_document(row)
        else:
            self.runs.select(place.id)
            self.focus_runs()

    @Slot(object, int)
    def _on_evidence(self, placed: PlacedPassage, term_id: int) -> None:
        self.document.show()
        self.document.show_passage(placed, term_id)

    @Slot(int)
    def _on_document(self, document_id: int) -> None:
        model = self.documents.page.model
        self._show_document(model.value_at(model.row_of(document_id)))

    def _show_document(self, row: DocumentRow | None) -> None:
        if row is not None and row.content_id is None:
            self.documents.tell_why_not_shown(row)
        elif row is not None:
            self.document.show()
            self.document.show_document(row)
            self.document.focus_text()

    @Slot(int)
    def _on_issue(self, issue_id: int) -> None:
        model = self.issues.model
        row = model.value_at(model.row_of(issue_id))
        if row is not None:
            self.show_term(row.term_id)

    @Slot(int)
    def _on_edit_wanted(self, issue_id: int) -> None:
        model = self.issues.model
        row = model.value_at(model.row_of(issue_id))
        if row is not None:
            self.show_page(0)
            self.glossary.edit_term(row.term_id)

    @Slot()
    def _on_splitter_moved(self) -> None:
        self._is_arranged = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.runs.failure_card and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._arranging.start()
        return False

    @Slot()
    def _arrange(self) -> None:
        """On a small screen the pages are what a person works on, as long as she has not said otherwise; how a run
        failed takes no room from the runs and their log."""
        pages, runs = self.below.sizes()
        card = self.runs.failure_card
        needed = card.heightForWidth(self.width()) + _RUNS_BELOW_CARD if card.isVisible() else 0
        share = _LARGEST_SHARE_WITH_CARD if card.isVisible() else _LARGEST_SHARE
        wanted = min(max(runs, needed), round(share * (pages + runs)))
        if not self._is_arranged and wanted != runs and pages and runs:
            self.below.setSizes([pages + runs - wanted, wanted])

    @Slot()
    def _on_document_closed(self) -> None:
        self.document.hide()
        self._tables()[self.tabs.currentIndex()].setFocus()

    @Slot()
    def _on_run_wanted(self) -> None:
        self.run_requested.emit(Scope.FULL)

    @Slot()
    def _on_review_wanted(self) -> None:
        self.run_requested.emit(Scope.REVIEW)

    def _tables(self) -> tuple[QWidget, ...]:
        return (self.glossary.page.table, self.terms.page.table, self.documents.page.table, self.issues.table)

    def _splitters(self) -> dict[str, QSplitter]:
        beside = {"entry": self.glossary.splitter, "term": self.terms.splitter}
        return {"below": self.below, "beside": self.beside, **beside}
