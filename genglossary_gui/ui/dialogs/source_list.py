"""The list of folders and documents of a project that is about to be made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.ui.dialogs.files import choose_files, choose_folder, is_there
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.plain import button, spaced, tool_tip

_PATH = Qt.ItemDataRole.UserRole


class SourceList(QWidget):
    """Folders and documents in the order they were added, each once.  ``changed()``: the list differs now."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = _DropList(self)
        self.list.setMinimumHeight(110)
        self._folder, self._files, self._remove = button(), button(), button()
        self._folder.clicked.connect(self._choose_folder)
        self._files.clicked.connect(self._choose_files)
        self._remove.clicked.connect(self.remove_current)
        self.list.itemSelectionChanged.connect(self._enable)
        buttons = QHBoxLayout()
        spaced(buttons)
        buttons.addWidget(self._folder)
        buttons.addWidget(self._files)
        buttons.addStretch(1)
        buttons.addWidget(self._remove)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self.retranslate()
        self._enable()

    def paths(self) -> list[Path]:
        return [self.list.item(row).data(_PATH) for row in range(self.list.count())]

    def add(self, paths: Sequence[Path]) -> None:
        """Append those that are there and not yet in the list."""
        known = set(self.paths())
        for path in paths:
            if path not in known and is_there(path):
                item = QListWidgetItem(icon("open" if path.is_dir() else "document"), str(path), self.list)
                item.setData(_PATH, path)
                item.setToolTip(tool_tip(str(path)))
                known.add(path)
        self._enable()
        self.changed.emit()

    def remove_current(self) -> None:
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self._enable()
        self.changed.emit()

    def retranslate(self) -> None:
        self.list.setAccessibleName(_("Folders and documents"))
        self._folder.setText(_("Add folder…"))
        self._files.setText(_("Add documents…"))
        self._remove.setText(_("Remove"))

    def _enable(self) -> None:
        self._remove.setEnabled(bool(self.list.selectedItems()))

    def _choose_folder(self) -> None:
        choose_folder(self, _("Choose a folder with documents"), lambda folder: self.add([folder]))

    def _choose_files(self) -> None:
        choose_files(self, _("Choose documents"), self.add)


class _DropList(QListWidget):
    """Takes dropped folders and files; Delete removes."""

    def __init__(self, owner: SourceList) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setAcceptDrops(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setProperty("framed", True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._owner.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._owner.remove_current()
        else:
            super().keyPressEvent(event)
