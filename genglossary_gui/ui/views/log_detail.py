"""All fields of one log record."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.store.logs import LogRecord
from genglossary_gui.core.words import word
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.words import moment, step_word
from genglossary_gui.ui.plain import button, icon_button, label, set_words, spaced

_LONGEST = 10_000
_LINE = 1_000
"""A line of the text view; one of a million characters would stop the window."""


class LogDetail(QWidget):
    """Shows one record; a very long message is cut until *Show all* is pressed.  ``closed``: the person is done."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: LogRecord | None = None
        self._fields = label(role="muted", selectable=True, wrap=True)
        self.message = QPlainTextEdit()
        self.message.setReadOnly(True)
        self.message.setFrameShape(QFrame.Shape.NoFrame)
        self.message.setTabChangesFocus(True)
        metrics = QFontMetrics(self.message.font())
        self.message.setMinimumHeight(2 * metrics.lineSpacing() + 12)
        self.show_all = button("link")
        self.show_all.clicked.connect(self._show_whole)
        self._close = icon_button("close")
        self._close.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.addWidget(self._fields, 1)
        top.addWidget(self.show_all)
        top.addWidget(self._close)
        layout = QVBoxLayout(self)
        spaced(layout, margin=8, spacing=4)
        layout.addLayout(top)
        layout.addWidget(self.message, 1)
        self.retranslate()

    def show_record(self, record: LogRecord | None) -> None:
        self._record = record
        self._show(_LONGEST)

    def retranslate(self) -> None:
        self.message.setAccessibleName(_("Message"))
        self.show_all.setText(_("Show all"))
        set_words(self._close, _("Close the details"))
        self._show(_LONGEST)

    def _show_whole(self) -> None:
        self._show(len(self._record.message) if self._record else 0)

    def _show(self, longest: int) -> None:
        record = self._record
        self.show_all.setVisible(record is not None and len(record.message) > longest)
        if record is None:
            self._fields.setText(_("Select a record to see all of it."))
            self.message.clear()
            return
        fields = [
            (pgettext("log", "Time"), moment(record.at)),
            (pgettext("log", "Level"), word(record.level)),
            (pgettext("log", "Step"), step_word(record.step)),
            (_("Term"), harmless(record.term)),
            (_("Document"), harmless(record.document)),
        ]
        self._fields.setText("  ·  ".join(f"{name}: {value}" for name, value in fields if value))
        self.message.setPlainText(_in_lines(record.message[:longest]))


def _in_lines(text: str) -> str:
    """Harmless text that keeps its own line breaks and has no line that is too long to lay out."""
    lines = text.replace("\r\n", "\n").split("\n")
    parts = (line[at : at + _LINE] for line in lines for at in range(0, max(1, len(line)), _LINE))
    return "\n".join(harmless(part, 8 * _LINE) for part in parts)
