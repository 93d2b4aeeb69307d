"""Settings and figures of two runs, line by line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from genglossary_gui.core.exchange import comparison_words as words
from genglossary_gui.core.exchange.run_comparison import Fact, RunComparison
from genglossary_gui.core.i18n import _
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import tool_tip
from genglossary_gui.ui.views.table_look import give_look

_SIGN, _NAME = 0, 1
"""Then one column for each run."""


class FactTable(QTableWidget):
    """What differs is bold and has a sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self.setObjectName("factTable")
        give_look(self)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_SIGN, QHeaderView.ResizeMode.ResizeToContents)

    def show_facts(self, compared: RunComparison) -> None:
        self.setAccessibleName(_("Settings and figures"))
        runs = (_("Run {number}").format(number=side.run.id) for side in (compared.first, compared.second))
        self.setHorizontalHeaderLabels(["", "", *runs])
        self.setRowCount(0)
        self.clearSpans()
        for title, is_setting in ((_("Settings"), True), (_("Outcome"), False)):
            self._add_title(title)
            for fact in compared.facts:
                if fact.is_setting is is_setting:
                    self._add(fact)

    def _add_title(self, title: str) -> None:
        row = self.rowCount()
        self.insertRow(row)
        self.setSpan(row, 0, 1, self.columnCount())
        self.setItem(row, 0, _item(title, is_bold=True))

    def _add(self, fact: Fact) -> None:
        row = self.rowCount()
        self.insertRow(row)
        values = (words.fact_value(fact.name, value) or "–" for value in (fact.before, fact.after))
        sign = _item("≠" if fact.differs else "", is_bold=fact.differs)
        sign.setData(Qt.ItemDataRole.AccessibleTextRole, _("differs") if fact.differs else _("is the same"))
        self.setItem(row, _SIGN, sign)
        for column, text in enumerate((words.fact_name(fact), *values), _NAME):
            self.setItem(row, column, _item(text, is_bold=fact.differs))


def _item(text: str, *, is_bold: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(harmless(text))
    item.setToolTip(tool_tip(harmless(text)))
    font = item.font()
    font.setBold(is_bold)
    item.setFont(font)
    return item
