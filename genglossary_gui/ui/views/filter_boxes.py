"""Boxes that narrow a table: one choice each, together they all hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox


@dataclass(frozen=True)
class FilterBox:
    """``any`` is the choice that narrows nothing; ``choices``: switch of the catalogue → its words."""

    name: Callable[[], str]
    any: Callable[[], str]
    choices: Sequence[tuple[str, Callable[[], str]]]
    first: str = ""
    """The switch that is chosen at first."""


class FilterBoxes(QObject):
    """``boxes`` belong wherever there is room.  ``changed(switches)``: these hold now."""

    changed = Signal(object)

    def __init__(self, boxes: Sequence[FilterBox], parent: QObject) -> None:
        super().__init__(parent)
        self._declared = boxes
        self.boxes = [QComboBox() for _box in boxes]
        for box, declared in zip(self.boxes, boxes, strict=True):
            box.setProperty("role", "filter")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.addItem("", "")
            for switch, _words in declared.choices:
                box.addItem("", switch)
            box.setCurrentIndex(max(box.findData(declared.first), 0))
            box.currentIndexChanged.connect(self._on_changed)
        self.retranslate()

    def switches(self) -> tuple[str, ...]:
        return tuple(str(box.currentData()) for box in self.boxes if box.currentData())

    def reset(self) -> None:
        """Narrow nothing."""
        self._choose([""] * len(self.boxes))

    def choose(self, switch: str) -> None:
        """Choose one switch in the box that has it."""
        for box in self.boxes:
            if (position := box.findData(switch)) >= 0:
                box.setCurrentIndex(position)

    def retranslate(self) -> None:
        for box, declared in zip(self.boxes, self._declared, strict=True):
            box.setAccessibleName(declared.name())
            for position, words in enumerate((declared.any, *(words for _switch, words in declared.choices))):
                box.setItemText(position, words())

    def _choose(self, switches: Sequence[str]) -> None:
        for box, switch in zip(self.boxes, switches, strict=True):
            box.blockSignals(True)
            box.setCurrentIndex(max(box.findData(switch), 0))
            box.blockSignals(False)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit(self.switches())
