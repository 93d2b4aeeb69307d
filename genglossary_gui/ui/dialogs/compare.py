"""The window that shows what one run made differently from another."""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.exchange import comparison_words
from genglossary_gui.core.exchange.comparison import Comparison, Kind
from genglossary_gui.core.exchange.comparison_markdown import export_comparison
from genglossary_gui.core.exchange.run_comparison import RunComparison, compare_runs
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.store.results import is_kept
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.files import choose_target
from genglossary_gui.ui.fitting import fit
from genglossary_gui.ui.help_button import HelpButton
from genglossary_gui.ui.models.changes import Changes, ChangesModel
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import button, enlarge, icon_button, label, number, set_words, spaced
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.change_detail import ChangeDetail
from genglossary_gui.ui.views.fact_table import FactTable
from genglossary_gui.ui.views.run_head import RunHead
from genglossary_gui.ui.views.table_page import QuickFilter, TablePage, Words

_KINDS = (Kind.CHANGED, Kind.ADDED, Kind.REMOVED)
_WIDTHS = {"kind": 12, "term": 16, "details": 20, "rank": 10}


class CompareDialog(QDialog):
    """Compares two runs beside the GUI thread and shows the differences; show it with ``show()``, it is not modal.

    ``restore_requested(run)``: a person wants the results of that run published again.
    ``compared``: what is shown (None at first); ``compared_changed()`` follows it.
    """

    help_at = "runs#compare"
    restore_requested = Signal(int)
    compared_changed = Signal()

    def __init__(self, workspace: Workspace, first_run: int, second_run: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("compareDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.compared: RunComparison | None = None
        self._workspace = workspace
        self._runs = first_run, second_run
        self._asked = 0
        self._is_busy = False
        self._failure = ""
        self._model = ChangesModel(workspace.reader, self)
        self._build()
        self._connect()
        self.compare()
        self.retranslate()
        self.resize(1120, 760)
        fit(self)

    def retranslate(self) -> None:
        """Show every text in the current language."""
        set_words(self.swap, _("Swap the sides"))
        self.everything.setText(_("All candidates, not only suggested terms"))
        self.export_button.setText(_("Export…"))
        self._close.setText(_("Close"))
        self.detail.retranslate()
        self._show()

    @Slot()
    def compare(self) -> None:
        """Read both runs and compare them anew; what was shown stays until then."""
        project, (first, second), everything = self._workspace.project, self._runs, self.everything.isChecked()
        self._work_out(lambda: compare_runs(project, first, second, everything=everything))

    @Slot()
    def swap_sides(self) -> None:
        """Show the comparison from the other side."""
        self._runs = self._runs[1], self._runs[0]
        if self.compared is None or self._is_busy:
            self.compare()
        else:
            self._work_out(self.compared.mirrored)

    @Slot()
    def next_change(self) -> None:
        """Go on to the next difference of the table."""
        self._step(1)

    @Slot()
    def previous_change(self) -> None:
        self._step(-1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        self.first, self.second = RunHead(), RunHead()
        self.swap = icon_button("swap", 20)
        heads = QHBoxLayout()
        spaced(heads)
        heads.addWidget(self.first, 1)
        heads.addWidget(self.swap)
        heads.addWidget(self.second, 1)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._build_terms(), "")
        self.facts = FactTable()
        self.tabs.addTab(self.facts, "")
        self.everything = QCheckBox()
        self._notice = label(role="muted", wrap=True, selectable=True)
        self.export_button, self._close = button(), button()
        foot = QHBoxLayout()
        spaced(foot)
        foot.addWidget(HelpButton(self.help_at, self))
        foot.addWidget(self.everything)
        foot.addWidget(self._notice, 1)
        foot.addWidget(self.export_button)
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        spaced(column, 16, 12)
        column.addLayout(heads)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)

    def _build_terms(self) -> QWidget:
        self.page = TablePage(
            self._model,
            _page_words(),
            table_name="changeTable",
            widths=_WIDTHS,
            stretched="details",
            filters=[QuickFilter(lambda: _("All ({count})").format(count=number(self._count())), ())]
            + [QuickFilter(partial(self._chip_words, kind), (kind,)) for kind in _KINDS],
        )
        self.detail = ChangeDetail()
        self.detail.setMinimumWidth(240)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.page)
        splitter.addWidget(self.detail)
        splitter.setSizes([640, 440])
        self.message = label(wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(24)
        enlarge(self.message, 1.1)
        self._stack = QStackedWidget()
        self._stack.addWidget(splitter)
        self._stack.addWidget(self.message)
        return self._stack

    def _connect(self) -> None:
        self.swap.clicked.connect(self.swap_sides)
        self.everything.clicked.connect(self.compare)
        self.export_button.clicked.connect(self._on_export)
        self._close.clicked.connect(self.close)
        for head in (self.first, self.second):
            head.publish_requested.connect(self.restore_requested)
        self.page.current_changed.connect(self._on_current_changed)
        self._workspace.controller.run_finished.connect(self._on_run_finished)
        for keys, slot in (
            (QKeySequence(Qt.Key.Key_F8), self.next_change),
            (QKeySequence("Shift+F8"), self.previous_change),
            (QKeySequence(QKeySequence.StandardKey.Find), self._find),
        ):
            QShortcut(keys, self).activated.connect(slot)

    def _work_out(self, work: Callable[[], RunComparison]) -> None:
        self._asked += 1
        self._is_busy, self._failure = True, ""
        Background(self, work, partial(self._on_compared, self._asked), partial(self._on_failed, self._asked))

    def _on_compared(self, asked: int, compared: RunComparison) -> None:
        if asked == self._asked:
            self._is_busy = False
            self._take(compared)

    def _on_failed(self, asked: int, error: UserFacingError) -> None:
        if asked == self._asked:
            self._is_busy, self._failure = False, error.full_text
            self._show()

    def _take(self, compared: RunComparison) -> None:
        self.compared = compared
        self._model.show_changes(Changes(self._comparison.differences if self._comparison else ()))
        self._show()
        self.compared_changed.emit()

    @property
    def _comparison(self) -> Comparison | None:
        return self.compared.comparison if self.compared else None

    def _show(self) -> None:
        compared, comparison = self.compared, self._comparison
        self.setWindowTitle(_title(self._runs))
        self.swap.setEnabled(compared is not None)
        self.export_button.setEnabled(comparison is not None)
        self.message.setText(self._message())
        self._stack.setCurrentIndex(1 if self.message.text() else 0)
        self.page.retranslate()
        self.tabs.setTabText(0, _("Terms ({count})").format(count=number(self._count())))
        changed = len(compared.changed_settings) if compared else 0
        self.tabs.setTabText(1, _("Settings ({count})").format(count=number(changed)))
        if compared is not None:
            self.first.show_side(compared.first, _("Before"))
            self.second.show_side(compared.second, _("After"))
            self.facts.show_facts(compared)
        self._say(comparison_words.unchanged(comparison) if comparison else "")

    def _message(self) -> str:
        """What is said instead of differences; empty when there are some."""
        if self._failure:
            return self._failure
        if self.compared is None:
            return _("Comparing the runs…")
        if self._comparison is None:
            return self.compared.absence
        return "" if self._comparison.differences else _("The two runs gave the same glossary.")

    def _count(self, kind: Kind | None = None) -> int:
        comparison = self._comparison
        return len(comparison.groups[kind] if kind else comparison.differences) if comparison else 0

    def _chip_words(self, kind: Kind) -> str:
        return _("{name} ({count})").format(name=comparison_words.kind_word(kind), count=number(self._count(kind)))

    def _say(self, text: str, role: str = "muted") -> None:
        self._notice.setProperty("role", role)
        self._notice.style().polish(self._notice)
        self._notice.setText(text)

    def _step(self, by: int) -> None:
        row = self.page.table.currentIndex().row() + by
        if 0 <= row < self._model.rowCount():
            self.tabs.setCurrentIndex(0)
            self.page.table.setCurrentIndex(self._model.index(row, 0))

    @Slot()
    def _find(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.page.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.search.selectAll()

    @Slot(int)
    def _on_current_changed(self, row_id: int) -> None:
        self.detail.show_difference(self._model.value_at(self._model.row_of(row_id)))

    @Slot(int)
    def _on_run_finished(self, run_id: int) -> None:
        if run_id in self._runs:
            self.compare()
        elif self.compared is not None:
            self._workspace.reader.ask(partial(_kept, self._runs), self._on_kept)

    @Slot(object)
    def _on_kept(self, kept: Set[int]) -> None:
        for head, run_id in ((self.first, self._runs[0]), (self.second, self._runs[1])):
            if run_id not in kept:
                head.publish.hide()

    @Slot()
    def _on_export(self) -> None:
        proposed = self._workspace.project.with_name(f"{_title(self._runs)}.md")
        choose_target(self, _("Export the comparison"), proposed, self.export)

    def export(self, target: Path) -> None:
        """Write what is shown into a Markdown file; the foot says how that ended."""
        compared, project = self.compared, self._workspace.project
        if compared is not None:
            Background(
                self,
                lambda: export_comparison(compared, target, project),
                lambda _result: self._say(_("Wrote the comparison to {name}.").format(name=harmless(target.name))),
                lambda error: self._say(error.full_text, "error"),
            )


def _title(runs: tuple[int, int]) -> str:
    return _("Run {first} and run {second}").format(first=runs[0], second=runs[1])


def _page_words() -> Words:
    return Words(
        name=lambda: _("Terms that differ"),
        search=lambda: _("Search the differences"),
        count=lambda count: ngettext("{count} difference", "{count} differences", count).format(count=number(count)),
        empty=lambda: "",
        nothing_found=lambda: _("No difference matches."),
    )


def _kept(run_ids: tuple[int, int], connection: Any) -> Set[int]:
    return {run_id for run_id in run_ids if is_kept(connection, run_id)}
