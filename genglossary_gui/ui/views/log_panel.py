"""The log of one run: what is asked of it, its records, and all of the one that is selected."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.exchange.log_file import save_log
from genglossary_gui.core.glossary import Level
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.files import choose_target
from genglossary_gui.ui.models.log_lines import text_of
from genglossary_gui.ui.models.log_marks import Marker
from genglossary_gui.ui.models.logs import LogModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.plain import label, number, spaced
from genglossary_gui.ui.views.log_bar import LogBar
from genglossary_gui.ui.views.log_detail import LogDetail
from genglossary_gui.ui.views.log_view import LogView

_DETAIL = 96
"""First height of the details, in pixels."""
_LOW = 160
"""Below this height the bar gets along with one line if it can."""
_REMEMBERED = ("grouped", "relative", "wrapped", "details")


class LogPanel(QWidget):
    """Shows the log of one run at a time."""

    def __init__(self, project: Path, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._reader = reader
        self._said = ""
        self._is_sized = False
        self.model = LogModel(reader, self)
        self.view = LogView(self.model)
        self.bar = LogBar()
        self.detail = LogDetail()
        self.follow = self.bar.follow
        self._build()
        self._connect()
        self.retranslate()

    def show_run(self, run_id: int | None, *, follow: bool) -> None:
        """Show the log of a run (None: of none); ``follow``: begin at its end and stay there."""
        self.follow.setChecked(follow)
        self.model.set_run(run_id)

    def show_record(self, seq: int) -> None:
        """Go to the record with this number, whatever is hidden at the moment."""
        if self.model.reveal(seq) < 0:
            self.bar.clear()
        self.follow.setChecked(False)
        self.view.go_to(self.model.reveal(seq))
        self.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.set_low(event.size().height() < _LOW)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        # Below that, the lines of the bar would lie one over the other.
        hint = super().minimumSizeHint()
        bar = max(self.bar.heightForWidth(max(self.width(), hint.width())), self.bar.minimumSizeHint().height())
        return QSize(hint.width(), bar + self._splitter.minimumSizeHint().height())

    def save_state(self, settings: QSettings) -> None:
        for name in _REMEMBERED:
            settings.setValue(f"log/{name}", int(getattr(self.bar, name).isChecked()))

    def restore_state(self, settings: QSettings) -> None:
        for name in _REMEMBERED:
            getattr(self.bar, name).setChecked(str(settings.value(f"log/{name}")) == "1")

    def retranslate(self) -> None:
        self.view.setAccessibleName(_("Log"))
        for part in (self.bar, self.detail, self.view, self.model):
            part.retranslate()
        self._on_counted()

    def _build(self) -> None:
        self._note = label(role="muted", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._note)
        self.detail.hide()
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._stack)
        splitter.addWidget(self.detail)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 1)
        self._splitter = splitter
        layout = QVBoxLayout(self)
        spaced(layout, spacing=0)
        layout.addWidget(self.bar)
        layout.addWidget(splitter, 1)

    def _connect(self) -> None:
        bar, model, view = self.bar, self.model, self.view
        bar.changed.connect(self._apply)
        bar.match_wanted.connect(self._go_to_match)
        bar.error_wanted.connect(self._go_to_error)
        bar.grouped.toggled.connect(model.set_grouped)
        bar.relative.toggled.connect(model.set_relative)
        bar.wrapped.toggled.connect(view.set_wrapped)
        bar.details.toggled.connect(self._show_detail)
        bar.fold_all.triggered.connect(self._fold_all)
        bar.unfold_all.triggered.connect(self._unfold_all)
        bar.copy.triggered.connect(self._on_copy)
        bar.save.triggered.connect(self._on_save)
        model.counted.connect(self._on_counted)
        model.refused.connect(self._on_refused)
        model.modelReset.connect(self._on_reset)
        bar.follow.toggled.connect(self._stay_at_end)
        scroll = view.verticalScrollBar()
        scroll.rangeChanged.connect(self._stay_at_end)
        scroll.valueChanged.connect(self._on_scrolled)
        view.opened.connect(self._on_opened)
        view.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.detail.closed.connect(self._close_detail)
        for action in bar.actions_:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        bar.copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        for action in (bar.next_error, bar.previous_error):
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.addActions([action for action in bar.actions_ if action is not bar.copy])
        view.addActions([bar.copy, bar.save, bar.grouped, bar.relative, bar.wrapped, bar.details])
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    @Slot()
    def _apply(self) -> None:
        query = self.bar.query
        self.view.mark(Marker(query) if query.text else None)
        self.model.set_query(query, hides_others=self.bar.only_matches.isChecked())

    @Slot()
    def _on_counted(self) -> None:
        model, bar = self.model, self.bar
        bar.title.setText(_("Log of run {number}").format(number=model.run_id) if model.run_id else _("Log"))
        bar.show_counts(model.level_counts)
        bar.count.setText(self._count_words())
        for walk in (bar.next_match, bar.previous_match):
            walk.setEnabled(bool(model.matches))
        self._note.setText(self._empty_words())
        self._stack.setCurrentIndex(0 if model.rowCount() else 1)

    def _count_words(self) -> str:
        model = self.model
        if model.matches is not None:
            here, more = model.match_number(self.view.currentIndex().row()), "…" if model.is_searching else ""
            words = ngettext("{count} match", "{count} matches", model.matches)
            if here:
                words = _("{number} of {count} matches")
            return words.format(number=number(here), count=number(model.matches)) + more
        if model.is_filtered:
            words = _("{shown} of {total}…") if model.is_searching else _("{shown} of {total}")
            return words.format(shown=number(model.shown), total=number(model.total))
        return ngettext("{count} record", "{count} records", model.total).format(count=number(model.total))

    def _empty_words(self) -> str:
        if self._said:
            return self._said
        if self.model.run_id is None:
            return _("Select a run to see its log.")
        if self.model.is_searching:
            return _("Searching…")
        return _("No record matches.") if self.model.is_filtered else _("This run has no records yet.")

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self._said = sentence
        self.bar.show_refusal(sentence)

    @Slot()
    def _on_reset(self) -> None:
        self.detail.show_record(None)
        if not self.follow.isChecked():
            self.view.scrollToTop()

    @Slot()
    def _stay_at_end(self) -> None:
        """The end moves when records come, and when the view gets another height."""
        if self.follow.isChecked():
            self.view.verticalScrollBar().setValue(self.view.verticalScrollBar().maximum())

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        self.follow.setChecked(value >= self.view.verticalScrollBar().maximum())

    @Slot(bool)
    def _go_to_match(self, forward: bool) -> None:
        self._go_to(self.model.next_match(self.view.currentIndex().row(), forward=forward))

    @Slot(bool)
    def _go_to_error(self, forward: bool) -> None:
        seq = self.model.next_at_level(Level.ERROR, self.view.currentIndex().row(), forward=forward)
        if seq is not None:
            self.show_record(seq)

    def _go_to(self, seq: int | None) -> None:
        if seq is not None:
            self.follow.setChecked(False)
            self.view.go_to(self.model.reveal(seq))

    @Slot()
    def _fold_all(self) -> None:
        self.model.fold_all(True)

    @Slot()
    def _unfold_all(self) -> None:
        self.model.fold_all(False)

    @Slot()
    def _on_current_changed(self) -> None:
        if self.detail.isVisibleTo(self):
            self.detail.show_record(self.model.record_at(self.view.currentIndex().row()))
        self.bar.count.setText(self._count_words())

    @Slot(int)
    def _on_opened(self, _row: int) -> None:
        self.bar.details.setChecked(True)

    @Slot(bool)
    def _show_detail(self, is_wanted: bool) -> None:
        self.detail.setVisible(is_wanted)
        if is_wanted and not self._is_sized:
            self._is_sized = True
            self._splitter.setSizes([max(0, self._splitter.height() - _DETAIL), _DETAIL])
        self._on_current_changed()

    @Slot()
    def _close_detail(self) -> None:
        self.bar.details.setChecked(False)
        self.view.setFocus()

    @Slot()
    def _on_copy(self) -> None:
        selection = self.view.selectionModel().selection()
        ranges = (selection.at(position) for position in range(selection.count()))
        parts = sorted((part.top(), part.bottom()) for part in ranges)
        if parts and self.model.run_id is not None:
            numbers = [found for first, last in parts if (found := self.model.seqs(first, last))]
            self._reader.ask(partial(text_of, run_id=self.model.run_id, parts=numbers), self._on_copied)

    @Slot(str)
    def _on_copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def _on_save(self) -> None:
        run_id = self.model.run_id
        if run_id is None:
            return
        title = _("Save the records that are shown") if self.model.is_filtered else _("Save the log")
        dialog = choose_target(self, title, Path.home() / f"run-{run_id}.txt", self._save)
        dialog.setNameFilters([_("Text (*.txt)"), _("JSON lines (*.jsonl)")])

    def _save(self, target: Path) -> None:
        run_id = self.model.run_id
        if run_id is None:
            return
        seqs = self.model.shown_seqs() if self.model.is_filtered else None
        Background(self, partial(save_log, self._project, run_id, target, seqs), self._on_saved, self._on_not_saved)

    def _on_saved(self, count: int) -> None:
        words = ngettext("{count} record saved.", "{count} records saved.", count)
        self.bar.say(words.format(count=number(count)))

    def _on_not_saved(self, error: UserFacingError) -> None:
        self.bar.say(error.full_text)
