"""What a person may set about a term beside its definition: its category and its other names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.i18n import _
from genglossary_gui.core.words import word
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import icon_button, label, set_words, spaced, tool_tip
from genglossary_gui.ui.views.entry_parts import add_section
from genglossary_gui.ui.views.flow import FlowLayout

_LONGEST_NAME = 200
_SHOWN = 24


class EntryDetails(QWidget):
    """``category_chosen(Category)``; ``alias_added(name)``; ``alias_removed(name)``: it names something else."""

    category_chosen = Signal(object)
    alias_added = Signal(str)
    alias_removed = Signal(str)

    def __init__(self, category: Category, aliases: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        add_section(layout, _("Category"))
        self.category = QComboBox()
        self.category.setProperty("role", "filter")
        self.category.setAccessibleName(_("Category"))
        for choice in Category:
            self.category.addItem(word(choice), choice)
        self.category.setCurrentIndex(list(Category).index(category))
        self.category.activated.connect(self._on_category)
        row = QHBoxLayout()
        spaced(row)
        row.addWidget(self.category)
        row.addStretch(1)
        layout.addLayout(row)
        add_section(layout, _("Aliases"))
        flow = FlowLayout(spacing=4)
        for alias in aliases:
            flow.addWidget(self._alias(alias))
        self.alias = QLineEdit()
        self.alias.setObjectName("newAlias")
        self.alias.setMaxLength(_LONGEST_NAME)
        self.alias.setPlaceholderText(_("Add another name"))
        self.alias.setAccessibleName(_("Add another name"))
        self.alias.setMinimumWidth(160)
        self.alias.returnPressed.connect(self._on_alias)
        flow.addWidget(self.alias)
        layout.addLayout(flow)

    @property
    def is_writing(self) -> bool:
        return self.alias.hasFocus() and bool(self.alias.text())

    def _alias(self, alias: str) -> QWidget:
        both = QWidget()
        layout = QHBoxLayout(both)
        spaced(layout, spacing=0)
        name = harmless(alias, _SHOWN)
        remove = icon_button("close", 12)
        set_words(remove, _("“{term}” names something else: make it a term of its own").format(term=name))
        remove.clicked.connect(lambda: self.alias_removed.emit(alias))
        shown = label(name, selectable=True)
        shown.setToolTip(tool_tip(harmless(alias)))
        layout.addWidget(shown)
        layout.addWidget(remove)
        return both

    @Slot()
    def _on_category(self) -> None:
        self.category_chosen.emit(Category(self.category.currentData()))

    @Slot()
    def _on_alias(self) -> None:
        name = self.alias.text().strip()
        self.alias.clear()
        if name:
            self.alias_added.emit(name)
