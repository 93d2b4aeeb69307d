"""The columns of a table, chosen by a person and remembered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QSettings, Qt, Slot
from PySide6.QtWidgets import QMenu, QTableView

from genglossary_gui.ui.models.paged import PagedTableModel

_WIDEST = 2_000
"""Of a column that is restored: a file that is not ours to trust may say anything."""


class ColumnChoice(QObject):
    """Lets a person choose the columns from the menu of the header.

    ``always`` are shown in any case, ``hidden_first`` are not shown until they are wanted.
    """

    def __init__(
        self, table: QTableView, model: PagedTableModel, *, always: Sequence[str], hidden_first: Sequence[str]
    ) -> None:
        super().__init__(table)
        self._header = table.horizontalHeader()
        self._model = model
        self._always = tuple(always)
        self._hidden_first = tuple(hidden_first)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._on_requested)
        self.hide(hidden_first)

    def hidden(self) -> list[str]:
        """The names of the columns that are not shown."""
        names = [column.name for column in self._model.columns]
        return [name for section, name in enumerate(names) if self._header.isSectionHidden(section)]

    def hide(self, names: Sequence[str]) -> None:
        """Show all columns but these."""
        for section, column in enumerate(self._model.columns):
            self._header.setSectionHidden(section, column.name in names and column.name not in self._always)

    def menu(self) -> QMenu:
        """The choice as it is now."""
        menu = QMenu(self._header)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for section, column in enumerate(self._model.columns):
            if column.name not in self._always:
                action = menu.addAction(column.title())
                action.setCheckable(True)
                action.setChecked(not self._header.isSectionHidden(section))
                action.toggled.connect(lambda shown, section=section: self._header.setSectionHidden(section, not shown))
        return menu

    def save(self, settings: QSettings, group: str) -> None:
        settings.setValue(f"{group}/hidden", ",".join(self.hidden()))
        for section, column in enumerate(self._model.columns):
            # A hidden one has no width: what it had stays remembered.
            if width := self._header.sectionSize(section):
                settings.setValue(f"{group}/widths/{column.name}", width)

    def restore(self, settings: QSettings, group: str) -> None:
        hidden = settings.value(f"{group}/hidden")
        self.hide(self._hidden_first if hidden is None else str(hidden).split(","))
        for section, column in enumerate(self._model.columns):
            width = str(settings.value(f"{group}/widths/{column.name}"))
            if width.isdecimal() and not self._header.isSectionHidden(section):
                self._header.resizeSection(section, min(int(width), _WIDEST))

    @Slot(QPoint)
    def _on_requested(self, place: QPoint) -> None:
        self.menu().popup(self._header.mapToGlobal(place))
