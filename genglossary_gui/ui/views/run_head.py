"""A run as one side of a comparison."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from genglossary_gui.core.exchange import comparison_words
from genglossary_gui.core.exchange.run_comparison import Side
from genglossary_gui.core.i18n import _, listed
from genglossary_gui.core.words import word
from genglossary_gui.ui import phrases
from genglossary_gui.ui.icons import Picture
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.words import date_time, duration
from genglossary_gui.ui.plain import button, enlarge, label, spaced
from genglossary_gui.ui.views.elided import ElidedLabel


class RunHead(QFrame):
    """``publish_requested(run)``: its button was pressed, which is there when the results are kept."""

    publish_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._side: Side | None = None
        self.caption = label(role="section")
        self.name = ElidedLabel(Qt.TextElideMode.ElideRight)
        enlarge(self.name, 1.15, bold=True)
        self._icon = Picture()
        self.state, self.figures = ElidedLabel(Qt.TextElideMode.ElideRight), ElidedLabel(Qt.TextElideMode.ElideRight)
        self.figures.setProperty("role", "muted")
        self.publish = button()
        self.publish.hide()
        self.publish.clicked.connect(self._on_publish)
        top, state = QHBoxLayout(), QHBoxLayout()
        spaced(top)
        top.addWidget(self.caption, 1)
        top.addWidget(self.publish)
        spaced(state)
        state.addWidget(self._icon)
        state.addWidget(self.state, 1)
        column = QVBoxLayout(self)
        spaced(column, 12, 4)
        column.addLayout(top)
        column.addWidget(self.name)
        column.addLayout(state)
        column.addWidget(self.figures)

    def show_side(self, side: Side, caption: str) -> None:
        """Show the run; ``caption`` says which side it is on."""
        self._side = side
        run = side.run
        self.caption.setText(caption)
        name = harmless(run.name) or word(run.scope)
        self.name.setText(_("Run {number} · {name}").format(number=run.id, name=name))
        self._icon.show_icon(f"status-{run.status}")
        moments = (date_time(run.created_at), duration(run.seconds, is_over=True))
        engine = comparison_words.fact_value("engine", run.engine)
        self.state.setText(" · ".join(filter(None, (word(run.status), harmless(engine), *moments))))
        has_figures = side.is_there
        found = (phrases.terms(side.terms), phrases.definitions(side.definitions)) if has_figures else (side.absence,)
        self.figures.setText(listed((*found, *phrases.model_use(run))))
        self.publish.setText(_("Publish results of run {number}").format(number=run.id))
        self.publish.setVisible(side.can_publish)
        self.setAccessibleName(f"{caption}: {self.name.text()}")

    @Slot()
    def _on_publish(self) -> None:
        if self._side is not None:
            self.publish_requested.emit(self._side.run.id)
