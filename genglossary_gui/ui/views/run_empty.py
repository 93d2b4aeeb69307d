"""What the run panel shows in place of an empty table."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.ui.plain import button, label, spaced
from genglossary_gui.ui.views.run_bar import RunBar


class EmptyRuns(QWidget):
    """Says why no run is shown.  ``asked_for(part)``: its button was pressed, show that part of the list."""

    asked_for = Signal(str)

    def __init__(self, bar: RunBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._counts: Mapping[str, int] = {}
        self._part = ""
        # On a small screen the words may be cut rather than the window be larger than the screen.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._text = label(role="muted", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.way_out = button()
        self.way_out.clicked.connect(self._on_way_out)
        layout = QVBoxLayout(self)
        spaced(layout, 12, 8)
        layout.addStretch(1)
        layout.addWidget(self._text)
        layout.addWidget(self.way_out, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many runs each part of the list has: the words depend on it."""
        self._counts = counts
        self.retranslate()

    @property
    def has_no_runs(self) -> bool:
        """Whether the project has no run at all."""
        return bool(self._counts) and not self._counts["all"] and not self._counts["archived"]

    def retranslate(self) -> None:
        text, way_out, self._part = self._words()
        self._text.setText(text)
        self.way_out.setText(way_out)
        self.way_out.setVisible(bool(way_out))

    def _words(self) -> tuple[str, str, str]:
        """What is the case, the words of the button, and the part of the list it shows."""
        if self._bar.search_text:
            return _("No run matches the search."), _("Clear the search"), self._bar.part
        if self.has_no_runs or not self._counts:
            return _("No runs yet. Press Run to build the glossary."), "", ""
        if self._bar.part == "archived":
            return _("The archive is empty."), _("Show all runs"), "all"
        if self._bar.part == "all":
            return _("All runs are in the archive."), _("Show the archive"), "archived"
        return _("No run is in this state."), _("Show all runs"), "all"

    @Slot()
    def _on_way_out(self) -> None:
        self.asked_for.emit(self._part)
