"""The log of one run with its filter: as many records as there are, following the newest when asked to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QColor, QGuiApplication, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core.glossary import Level
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.ui import theme
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.models.log_lines import text_of
from genglossary_gui.ui.models.logs import LEVEL, MESSAGE, STEP, TIME, LogModel
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.plain import button, label, number, spaced, tool_tip

_TYPING_MS = 150
_LEAST = (Level.DEBUG, Level.WARNING, Level.ERROR)


class LogPanel(QWidget):
    """Shows the log of one run at a time."""

    def __init__(self, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self.model = LogModel(reader, self)
        self.view = _make_view(self.model)
        self._build()
        self._connect()
        self.retranslate()

    def show_run(self, run_id: int | None, *, follow: bool) -> None:
        """Show the log of a run (None: of none); ``follow``: begin at its end and stay there."""
        self.follow.setChecked(follow)
        self.model.set_run(run_id)

    def retranslate(self) -> None:
        self.view.setAccessibleName(_("Log"))
        self.filter.setPlaceholderText(_("Filter the log"))
        self.filter.setAccessibleName(_("Filter the log"))
        for position, words in enumerate((_("All"), _("Warnings and errors"), _("Errors"))):
            self.levels.button(position).setText(words)
        self.follow.setText(_("Follow"))
        self.follow.setToolTip(tool_tip(_("Stay at the newest record")))
        self._copy.setText(_("Copy"))
        self.model.retranslate()
        self._on_counted()

    def _build(self) -> None:
        self.title = label(role="section")
        self.filter = QLineEdit()
        self.filter.setObjectName("logFilter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(120)
        self.filter.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.count = label(role="muted")
        self.follow = _chip("logFollow", "follow")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 6)
        bar.setSpacing(6)
        bar.addWidget(self.title)
        bar.addWidget(self.filter, 1)
        self.levels = QButtonGroup(self)
        for position, name in enumerate(("", "warning", "error")):
            chip = _chip(f"logLevel{position}", name)
            self.levels.addButton(chip, position)
            bar.addWidget(chip)
        self.levels.button(0).setChecked(True)
        bar.addSpacing(6)
        bar.addWidget(self.count)
        bar.addWidget(self.follow)
        self._note = label(role="muted", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._note)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=0)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._apply)
        self.filter.textChanged.connect(self._typing.start)
        self.levels.idClicked.connect(self._apply)
        self.model.counted.connect(self._on_counted)
        self.model.modelReset.connect(self._on_reset)
        self.follow.toggled.connect(self._stay_at_end)
        bar = self.view.verticalScrollBar()
        bar.rangeChanged.connect(self._stay_at_end)
        bar.valueChanged.connect(self._on_scrolled)
        self._copy = QAction(self.view)
        self._copy.setIcon(icon("copy"))
        self._copy.setShortcut(QKeySequence.StandardKey.Copy)
        self._copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._copy.triggered.connect(self._on_copy)
        self.view.addAction(self._copy)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    @Slot()
    def _apply(self) -> None:
        self.model.set_filter(self.filter.text(), _LEAST[self.levels.checkedId()])

    @Slot()
    def _on_counted(self) -> None:
        model = self.model
        shown, total = number(model.rowCount()), number(model.total)
        if model.is_filtered:
            words = _("{shown} of {total}…") if model.is_searching else _("{shown} of {total}")
            self.count.setText(words.format(shown=shown, total=total))
        else:
            self.count.setText(ngettext("{count} record", "{count} records", model.total).format(count=total))
        self.title.setText(_("Log of run {number}").format(number=model.run_id) if model.run_id else _("Log"))
        self._note.setText(self._empty_words())
        self._stack.setCurrentIndex(0 if model.rowCount() else 1)

    def _empty_words(self) -> str:
        if self.model.run_id is None:
            return _("Select a run to see its log.")
        if self.model.is_searching:
            return _("Searching…")
        return _("No record matches.") if self.model.is_filtered else _("This run has no records yet.")

    @Slot()
    def _on_reset(self) -> None:
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

    @Slot()
    def _on_copy(self) -> None:
        selection = self.view.selectionModel().selection()
        ranges = (selection.at(position) for position in range(selection.count()))
        parts = sorted((part.top(), part.bottom()) for part in ranges)
        if parts and self.model.run_id is not None:
            numbers = [self.model.seqs(first, last) for first, last in parts]
            self._reader.ask(partial(text_of, run_id=self.model.run_id, parts=numbers), self._on_copied)

    @Slot(str)
    def _on_copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)


class _QuietDelegate(QStyledItemDelegate):
    """Muted; the time with digits of one width."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.column() == TIME:
            option.font = theme.monospace_font(option.font.pointSizeF())  # type: ignore[attr-defined]
        option.palette.setColor(QPalette.ColorRole.Text, QColor(theme.current().muted))  # type: ignore[attr-defined]


def _chip(name: str, icon_name: str) -> QPushButton:
    chip = button("chip")
    chip.setObjectName(name)
    chip.setCheckable(True)
    chip.setIcon(icon(icon_name))
    return chip


def _make_view(model: LogModel) -> QTableView:
    view = QTableView()
    view.setObjectName("logView")
    view.setModel(model)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setCornerButtonEnabled(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 8)
    header = view.horizontalHeader()
    header.hide()
    for column, sample in ((TIME, "00:00:00.000"), (LEVEL, "Warning" + 8 * " "), (STEP, "Finding definitions")):
        header.resizeSection(column, round(1.1 * view.fontMetrics().horizontalAdvance(sample)) + 24)
    header.setSectionResizeMode(MESSAGE, QHeaderView.ResizeMode.Stretch)
    quiet = _QuietDelegate(view)
    view.setItemDelegateForColumn(TIME, quiet)
    view.setItemDelegateForColumn(STEP, quiet)
    return view
