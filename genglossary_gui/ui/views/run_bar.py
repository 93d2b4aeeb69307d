"""What stands above the run table: search, the parts of the list with their counts, grouping, and the queue."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.store.run_list import STATES
from genglossary_gui.ui.controller import RunController
from genglossary_gui.ui.icons import Picture, icon
from genglossary_gui.ui.models.run_words import counted, state_word
from genglossary_gui.ui.plain import button, label, number, set_words
from genglossary_gui.ui.views.flow import FlowLayout

_TYPING_MS = 150
_SEARCH_LETTERS = 24
_CHIP_MARGINS = 28

CHIPS: Mapping[str, tuple[str, ...]] = {
    "all": ("current",),
    **{state: ("current", state) for state in STATES},
    "archived": ("archived",),
}
"""Part of the list → its filters in the store's catalogue."""
_ALWAYS = ("all", "active")
"""The other parts are offered when they hold runs."""


class RunBar(QWidget):
    """Chooses what the run table shows.  ``changed()``: ``search_text``, ``part`` or ``is_grouped`` is another."""

    changed = Signal()

    def __init__(self, controller: RunController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[str, int] = {}
        self.queue = QueueStrip(controller)
        self._build()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.search.textChanged.connect(self._typing.start)
        self._chips.idClicked.connect(self._on_chosen)
        self.group.toggled.connect(self._on_chosen)

    @property
    def search_text(self) -> str:
        return self.search.text().strip()

    @property
    def part(self) -> str:
        """The chosen part of the list, a key of ``CHIPS``."""
        return list(CHIPS)[self._chips.checkedId()]

    @property
    def is_grouped(self) -> bool:
        return self.group.isChecked()

    @property
    def is_plain(self) -> bool:
        """Whether all runs are shown as they are, and the queue has nothing to say."""
        return not self.search.text() and not self._chips.checkedId() and not self.is_grouped and self.queue.isHidden()

    def show_part(self, part: str, search: str = "") -> None:
        """Choose a part of the list, and search for that in it."""
        self.search.setText(search)
        self.chip(part).setChecked(True)
        self._on_chosen()

    def chip(self, part: str) -> QPushButton:
        chip = self._chips.button(list(CHIPS).index(part))
        assert isinstance(chip, QPushButton)
        return chip

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many runs each part has (``run_list.state_counts``)."""
        self._counts = counts
        for part in CHIPS:
            words = state_word(part)
            _say(self.chip(part), counted(words, counts[part]) if part in counts else words)
            is_empty = counts.get(part, 1) == 0 and part not in _ALWAYS
            self.chip(part).setHidden(is_empty and not self.chip(part).isChecked())

    def retranslate(self) -> None:
        self.search.setPlaceholderText(_("Search the runs"))
        self.search.setAccessibleName(_("Search the runs"))
        _say(self.group, _("Group by state"))
        self.show_counts(self._counts)
        self.queue.retranslate()

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setObjectName("runSearch")
        self.search.setClearButtonEnabled(True)
        # As high as the chips beside it.
        self.search.setStyleSheet("QLineEdit { padding: 3px 8px; border-radius: 13px; }")
        self.search.setFixedWidth(_SEARCH_LETTERS * self.search.fontMetrics().horizontalAdvance("n"))
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        line = FlowLayout(spacing=6)
        line.addWidget(self.search)
        self._chips = QButtonGroup(self)
        for position, part in enumerate(CHIPS):
            chip = _chip(f"runState-{part}")
            chip.setChecked(position == 0)
            self._chips.addButton(chip, position)
            line.addWidget(chip)
        self.group = _chip("runGroup")
        line.addWidget(self.group)
        line.addWidget(self.queue)
        flowing = QWidget()
        flowing.setLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(flowing)

    @Slot()
    def _on_chosen(self) -> None:
        self._typing.stop()
        self.changed.emit()


class QueueStrip(QFrame):
    """How many runs wait and why, with a button that holds the queue; hidden when there is nothing to say."""

    def __init__(self, controller: RunController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runQueue")
        self._controller = controller
        self._text = label()
        self.pause = button("link")
        self.pause.setObjectName("runQueuePause")
        self.pause.clicked.connect(self._on_pause)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Picture("status-pending"))
        layout.addWidget(self._text)
        layout.addWidget(self.pause)
        layout.addStretch(1)
        controller.queue_changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Say how the queue stands now."""
        count, is_paused = len(self._controller.waiting_runs()), self._controller.is_paused
        self.setVisible(bool(count) or is_paused)
        waiting = ngettext("{count} run waits", "{count} runs wait", count).format(count=number(count))
        limit = _("{limit} at once").format(limit=self._controller.limit)
        why = _("the queue is paused") if is_paused else limit
        self._text.setText(_("{waiting} · {why}").format(waiting=waiting, why=why))
        self.pause.setText(_("Continue") if is_paused else _("Pause"))
        set_words(self.pause, _("Let waiting runs begin") if is_paused else _("Hold back the runs that wait"))

    @Slot()
    def _on_pause(self) -> None:
        self._controller.set_paused(not self._controller.is_paused)


def _chip(name: str) -> QPushButton:
    chip = button("chip")
    chip.setObjectName(name)
    chip.setCheckable(True)
    chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return chip


def _say(chip: QPushButton, words: str) -> None:
    """Words with room for the bold face of a checked chip, so that nothing moves when it is checked."""
    bold = QFont(chip.font())
    bold.setWeight(QFont.Weight.DemiBold)
    chip.setText(words)
    chip.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(words) + _CHIP_MARGINS)
