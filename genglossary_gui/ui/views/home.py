"""The home screen: begin a project, or go on with one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.projects import ProjectSummary
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.summaries import summaries
from genglossary_gui.ui.plain import button, enlarge, label, spaced
from genglossary_gui.ui.project_acts import ProjectActs
from genglossary_gui.ui.shell import RecentProject, Shell
from genglossary_gui.ui.views.recent import Line, RecentDelegate

_LINE = Qt.ItemDataRole.UserRole
_BY_CHANGE, _BY_NAME = 1, 2


class HomeView(QWidget):
    """Recent projects with their figures, and the three ways to begin.

    ``project_chosen(path)``: a project of the list was activated.  ``failed(error)``: a project could not be
    renamed, duplicated or deleted; ``succeeded()``: it was.  Its figures come from another thread.
    """

    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    project_chosen = Signal(Path)
    failed = Signal(object)
    succeeded = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("homeView")
        self._shell = shell
        self._lines: list[Line] = []
        self._build()
        self.retranslate()
        self.refresh()

    def focus_first(self) -> None:
        """Put the keyboard where one goes on: on the projects, or on the button that makes the first."""
        (self._list if self._list.count() else self._new).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the list as the shell has it now."""
        recent = self._shell.recent_projects()
        known = {line.project: line for line in self._lines}
        self._lines = [known.get(project, Line(project, folder=_short(project.path.parent))) for project in recent]
        self._fill()
        if recent:
            paths = [project.path for project in recent if project.exists]
            Background(self, lambda: summaries(paths), self._on_summaries, lambda _error: None)

    def mark_drop(self, is_over: bool) -> None:
        """Show that something that can be dropped is over the window."""
        self._drop_area.setProperty("active", is_over)
        self._drop_area.style().unpolish(self._drop_area)
        self._drop_area.style().polish(self._drop_area)

    def retranslate(self) -> None:
        self._headline.setText(_("A glossary people trust, from your own documents"))
        self._lead.setText(
            _(
                "Terms, definitions and the passages they rest on, in English and Japanese."
                " Nothing leaves this computer."
            )
        )
        self._new.setText(_("New from folder…"))
        self._open.setText(_("Open…"))
        self._sample.setText(_("Try the sample"))
        self._drop.setText(_("Or drop a folder, documents or a project anywhere on this window."))
        self._recent_title.setText(_("Recent projects"))
        self._list.setAccessibleName(_("Recent projects"))
        self._acts.retranslate()
        self._search.setPlaceholderText(_("Search projects"))
        self._search.setAccessibleName(_("Search projects"))
        self._sort.setAccessibleName(_("Order of the projects"))
        for index, words in enumerate((_("Opened last"), _("Changed last"), _("By name"))):
            self._sort.setItemText(index, words)
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._list.viewport().update()

    def _build(self) -> None:
        self._headline, self._lead = label(wrap=True), label(role="muted", wrap=True)
        enlarge(self._headline, 1.8, bold=True)
        enlarge(self._lead, 1.1)
        self._new, self._open, self._sample = button("large"), button("large"), button("large")
        self._new.setProperty("primary", True)
        for widget, name, colour, signal in (
            (self._new, "new-project", "on_accent", self.new_requested),
            (self._open, "open", "", self.open_requested),
            (self._sample, "glossary", "", self.sample_requested),
        ):
            widget.setIcon(icon(name, colour))
            widget.setIconSize(QSize(20, 20))
            widget.clicked.connect(signal)
        buttons = QHBoxLayout()
        spaced(buttons, spacing=12)
        for widget in (self._new, self._open, self._sample):
            buttons.addWidget(widget, 1)
        self._drop = label(role="muted", wrap=True)
        self._drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drop_area = QFrame()
        self._drop_area.setProperty("role", "drop")
        drop_layout = QVBoxLayout(self._drop_area)
        spaced(drop_layout, 16)
        drop_layout.addWidget(self._drop)
        column = QWidget()
        column.setMaximumWidth(820)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(24, 40, 24, 24)
        layout.setSpacing(8)
        layout.addWidget(self._headline)
        layout.addWidget(self._lead)
        layout.addSpacing(16)
        layout.addLayout(buttons)
        layout.addSpacing(8)
        layout.addWidget(self._drop_area)
        layout.addSpacing(20)
        layout.addLayout(self._make_finding())
        layout.addWidget(self._make_list_card(), 1)
        outer = QHBoxLayout(self)
        spaced(outer, spacing=0)
        outer.addStretch(1)
        outer.addWidget(column, 20)
        outer.addStretch(1)

    def _make_finding(self) -> QHBoxLayout:
        self._recent_title = label(role="section")
        self._search, self._sort = QLineEdit(), QComboBox()
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(240)
        self._search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._fill)
        self._sort.addItems(["", "", ""])
        self._sort.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._sort.currentIndexChanged.connect(self._fill)
        row = QHBoxLayout()
        spaced(row)
        row.addWidget(self._recent_title, 1)
        row.addWidget(self._search)
        row.addWidget(self._sort)
        return row

    def _make_list_card(self) -> QWidget:
        self._list = QListWidget()
        self._list.setItemDelegate(RecentDelegate(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.itemActivated.connect(self._on_activated)
        self._list.itemClicked.connect(self._on_activated)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._acts = ProjectActs(self._list, self._shell, self._current)
        self._acts.opened.connect(self.project_chosen)
        self._acts.changed.connect(self.refresh)
        self._acts.failed.connect(self.failed)
        self._acts.succeeded.connect(self.succeeded)
        self._list.currentItemChanged.connect(self._enable)

        self._empty, self._empty_hint = label(), label(role="muted", wrap=True)
        enlarge(self._empty, 1.15, bold=True)
        nothing = QWidget()
        nothing_layout = QVBoxLayout(nothing)
        spaced(nothing_layout, 24)
        nothing_layout.addStretch(1)
        for widget in (self._empty, self._empty_hint):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            nothing_layout.addWidget(widget)
        nothing_layout.addStretch(2)
        card = QFrame()
        card.setProperty("role", "card")
        card_layout = QVBoxLayout(card)
        spaced(card_layout, 4)
        self._stack = QStackedWidget()
        card_layout.addWidget(self._stack)
        self._stack.addWidget(self._list)
        self._stack.addWidget(nothing)
        return card

    def _show(self, item: QListWidgetItem, line: Line) -> None:
        item.setData(_LINE, line)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, line.in_words())
        item.setData(Qt.ItemDataRole.DisplayRole, line.name)

    def _fill(self) -> None:
        """Show the projects that are looked for, in the chosen order; the current one stays current."""
        current = self._list.currentItem()
        path = current.data(_LINE).project.path if current else None
        self._list.clear()
        words = self._search.text().casefold().split()
        shown = [line for line in self._lines if all(word in line.in_words().casefold() for word in words)]
        for line in _ordered(shown, self._sort.currentIndex()):
            item = QListWidgetItem(self._list)
            self._show(item, line)
            if line.project.path == path:
                self._list.setCurrentItem(item)
        if shown and self._list.currentItem() is None:
            self._list.setCurrentRow(0)
        for widget in (self._search, self._sort):
            widget.setVisible(len(self._lines) > 1)
        self._stack.setCurrentIndex(0 if shown else 1)
        self._say_nothing()

    def _say_nothing(self) -> None:
        if self._lines:
            self._empty.setText(_("No project matches"))
            self._empty_hint.setText(_("Change or clear the search to see the others."))
        else:
            self._empty.setText(_("No projects yet"))
            self._empty_hint.setText(_("Choose a folder with documents to begin, or look around in the sample first."))

    def _on_summaries(self, found: dict[Path, tuple[ProjectSummary | None, str]]) -> None:
        self._lines = [
            Line(line.project, line.folder, *found[line.project.path], is_read=True)
            if line.project.path in found
            else line
            for line in self._lines
        ]
        self._fill()

    def _on_activated(self, item: QListWidgetItem) -> None:
        project: RecentProject = item.data(_LINE).project
        self.project_chosen.emit(project.path)

    def _current(self) -> tuple[RecentProject, str] | None:
        """The project that the keyboard is on, and its name."""
        item = self._list.currentItem()
        line: Line | None = item.data(_LINE) if item else None
        return (line.project, line.name) if line else None

    def _enable(self) -> None:
        current = self._current()
        self._acts.enable(exists=current is not None and current[0].exists)


def _ordered(lines: list[Line], order: int) -> list[Line]:
    """0: as the app keeps them, opened last first; 1: changed last first; 2: by name."""
    if order == _BY_CHANGE:
        return sorted(lines, key=lambda line: line.changed_at, reverse=True)
    if order == _BY_NAME:
        return sorted(lines, key=lambda line: line.name.casefold())
    return lines


def _short(folder: Path) -> str:
    """The folder with the home folder written as ``~``."""
    with suppress(ValueError, RuntimeError):
        return str(Path("~") / folder.relative_to(Path.home()))
    return str(folder)
