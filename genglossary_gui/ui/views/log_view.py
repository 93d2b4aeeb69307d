"""The table of log records: only what is visible is read, painted and, when messages wrap, measured."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from genglossary_gui.core.glossary import Step
from genglossary_gui.ui.models.log_marks import Marker
from genglossary_gui.ui.models.logs import HEADING, LEVEL, MESSAGE, STEP, TIME, LogModel
from genglossary_gui.ui.models.words import step_word
from genglossary_gui.ui.views.log_delegate import MessageDelegate, QuietDelegate

_SAMPLES = ((TIME, "+0:00:00.000"), (LEVEL, "Warning" + 8 * " "))


class LogView(QTableView):
    """``opened(row)``: the person wants to see the whole of a record.  Headings fold by a click, Space, ← and →."""

    opened = Signal(int)

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._log = model
        self._fitted: set[int] = set()
        self._message = MessageDelegate(self)
        self.setObjectName("logView")
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._build_headers()
        self._quiet = QuietDelegate(self)
        for column in (TIME, LEVEL, STEP):
            self.setItemDelegateForColumn(column, self._quiet)
        self.setItemDelegateForColumn(MESSAGE, self._message)
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_visible)
        self.verticalScrollBar().valueChanged.connect(self._fit_soon)
        for change in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            change.connect(self._forget_heights)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    @property
    def wraps(self) -> bool:
        return self._message.wraps

    def set_wrapped(self, wraps: bool) -> None:
        """Show long messages on several lines, or cut at the edge."""
        self._message.wraps = self._quiet.wraps = wraps
        self._forget_heights()
        self.viewport().update()

    def mark(self, marker: Marker | None) -> None:
        """Mark the places that ``marker`` finds."""
        self._message.marker = marker
        self.viewport().update()

    def go_to(self, row: int) -> None:
        """Select a row and bring it to the middle when it is not visible."""
        index = self.model().index(row, MESSAGE)
        is_visible = self.viewport().rect().contains(self.visualRect(index).center())
        self.setCurrentIndex(index)
        if not is_visible:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if self.currentIndex().data(HEADING):
            is_folded = self._log.is_folded(row)
            wanted = {Qt.Key.Key_Left: not is_folded, Qt.Key.Key_Right: is_folded}
            if wanted.get(Qt.Key(event.key()), event.key() in _OPEN_KEYS):
                self._log.toggle_fold(row)
                return
        elif event.key() in _OPEN_KEYS and row >= 0:
            self.opened.emit(row)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget_heights()

    def _build_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.horizontalHeader()
        header.hide()
        for column, sample in _SAMPLES:
            header.resizeSection(column, round(1.1 * self.fontMetrics().horizontalAdvance(sample)) + 24)
        header.setSectionResizeMode(MESSAGE, QHeaderView.ResizeMode.Stretch)
        self.retranslate()

    def retranslate(self) -> None:
        """Give the steps the room that their words take, also in the bold face of headings."""
        bold = QFont(self.font())
        bold.setBold(True)
        room = max(QFontMetrics(bold).horizontalAdvance(step_word(step)) for step in Step)
        self.horizontalHeader().resizeSection(STEP, room + 24)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(HEADING):
            self._log.toggle_fold(index.row())

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if not index.data(HEADING):
            self.opened.emit(index.row())

    @Slot()
    def _forget_heights(self) -> None:
        header = self.verticalHeader()
        for row in self._fitted:
            if row < header.count():
                header.resizeSection(row, header.defaultSectionSize())
        self._fitted.clear()
        self._fit_soon()

    @Slot()
    def _fit_soon(self) -> None:
        if self.wraps:
            self._fit.start()

    @Slot()
    def _fit_visible(self) -> None:
        """Give the rows that can be seen the height of their messages; there may be a million others."""
        header, row = self.verticalHeader(), max(0, self.rowAt(0))
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect.setWidth(self.columnWidth(MESSAGE))  # type: ignore[attr-defined]
        room = self.viewport().height()
        while room > 0 and row < self.model().rowCount():
            if row not in self._fitted:
                height = self._message.height_of(str(self.model().index(row, MESSAGE).data() or ""), option)
                height = max(height, header.defaultSectionSize())
                if height != header.sectionSize(row):
                    header.resizeSection(row, height)
                self._fitted.add(row)
            room -= header.sectionSize(row)
            row += 1


_OPEN_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
