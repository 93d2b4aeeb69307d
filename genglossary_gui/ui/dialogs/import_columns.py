"""Which column of a table means what: guessed, and for a person to correct."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from genglossary_gui.core.exchange.fields import field_words
from genglossary_gui.ui.dialogs.form import choose, fill_choices
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import label, spaced

_LONGEST = 24


class ImportColumns(QScrollArea):
    """A box with the meaning for each column of the file.  ``mapping_changed()``: a person chose another one."""

    mapping_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importColumns")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # It is a part of the dialog, not a page in it.
        self.setStyleSheet("#importColumns, #importColumnsInside { background: transparent; }")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.boxes: list[QComboBox] = []

    def show_columns(self, columns: tuple[tuple[str, str], ...]) -> None:
        """The titles of the file's columns, each with the field that it is."""
        self.boxes = []
        inside = QWidget()
        inside.setObjectName("importColumnsInside")
        row = QHBoxLayout(inside)
        spaced(row, spacing=12)
        for title, name in columns:
            box = QComboBox()
            fill_choices(box, field_words())
            choose(box, name)
            box.setAccessibleName(title)
            box.currentIndexChanged.connect(self._on_changed)
            self.boxes.append(box)
            column = QVBoxLayout()
            spaced(column, spacing=4)
            column.addWidget(label(harmless(title, _LONGEST) or "—", role="muted"))
            column.addWidget(box)
            row.addLayout(column)
        row.addStretch(1)
        self.setWidget(inside)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(inside.sizeHint().height() + bar + 2)

    def mapping(self) -> dict[int, str]:
        """Column number → field, without those that are left out."""
        return {index: str(box.currentData()) for index, box in enumerate(self.boxes) if box.currentData()}

    def retranslate(self) -> None:
        """Show the fields in the current language."""
        for box in self.boxes:
            fill_choices(box, field_words())

    @Slot()
    def _on_changed(self) -> None:
        # A field has one column: who chooses it takes it from the one that had it.
        changed = self.sender()
        chosen = changed.currentData() if isinstance(changed, QComboBox) else ""
        for box in self.boxes:
            if box is not changed and chosen and box.currentData() == chosen:
                box.blockSignals(True)
                choose(box, "")
                box.blockSignals(False)
        self.mapping_changed.emit()
