"""The entries that have to do with one: named by a person, mentioned in its definition, or mentioning it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.entry_record import Related
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import icon_button, set_words, spaced, tool_tip
from genglossary_gui.ui.views.entry_parts import add_section, link
from genglossary_gui.ui.views.flow import FlowLayout

_LONGEST = 24


class RelatedEntries(QWidget):
    """``term_wanted(term)``: go there.  ``unrelate_wanted(term)``: a person named it as related; not any more."""

    term_wanted = Signal(int)
    unrelate_wanted = Signal(int)

    def __init__(
        self,
        related: Sequence[Related],
        mentioning: Sequence[Related],
        *,
        can_edit: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._can_edit = can_edit
        self._layout = QVBoxLayout(self)
        spaced(self._layout, spacing=6)
        self._add(_("Related terms"), related)
        self._add(_("Mentioned in"), mentioning)

    def _add(self, title: str, found: Sequence[Related]) -> None:
        if not found:
            return
        add_section(self._layout, title)
        row = QWidget()
        flow = FlowLayout(row, 4)
        for other in found:
            flow.addWidget(self._entry(other))
        self._layout.addWidget(row)

    def _entry(self, other: Related) -> QWidget:
        name = harmless(other.term, _LONGEST)
        whole = _("Go to “{term}”").format(term=harmless(other.term))
        go = link(name, lambda: self.term_wanted.emit(other.term_id), whole)
        go.setToolTip(tool_tip(whole))
        if not (other.is_named and self._can_edit):
            return go
        both = QWidget()
        layout = QHBoxLayout(both)
        spaced(layout, spacing=0)
        remove = icon_button("close", 12)
        set_words(remove, _("“{term}” is not related").format(term=name))
        remove.clicked.connect(lambda: self.unrelate_wanted.emit(other.term_id))
        layout.addWidget(go)
        layout.addWidget(remove)
        return both
