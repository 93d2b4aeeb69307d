"""The place where a person writes a definition: nothing that is typed is ever lost."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.ui.plain import button, label, spaced

_AUTOSAVE_MS = 400
_LEAST_LINES, _MOST_LINES = 4, 14


class DefinitionEditor(QFrame):
    """``saved(text)``: Ctrl+Return.  ``left()``: Esc.  ``typed(text)``: worth keeping, soon after each key.

    Esc leaves the editor; what was typed stays as an unsaved change until it is saved or discarded.
    """

    saved = Signal(str)
    left = Signal()
    typed = Signal(str)

    def __init__(self, text: str, original: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._original = original
        self._kept = text
        self.text = _Text(text)
        self.text.setObjectName("definitionEditor")
        self.text.setAccessibleName(_("Definition"))
        self.text.setPlaceholderText(_("What the term means in these documents"))
        self.text.save_pressed.connect(self._on_save)
        self.text.left.connect(self._on_leave)
        self._soon = QTimer(self, singleShot=True, interval=_AUTOSAVE_MS)
        self._soon.timeout.connect(self.keep)
        self.text.textChanged.connect(self._on_changed)
        self.save_button, self.leave_button = button("primary"), button()
        self.save_button.setText(_("Save"))
        self.leave_button.setText(_("Leave"))
        self.save_button.clicked.connect(self._on_save)
        self.leave_button.clicked.connect(self._on_leave)
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        hint = label(_("{keys} saves, Esc leaves").format(keys=keys), role="muted", wrap=True)
        row = QHBoxLayout()
        spaced(row)
        row.addWidget(hint, 1)
        row.addWidget(self.leave_button)
        row.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        layout.addWidget(self.text)
        layout.addLayout(row)
        self._fit()

    @property
    def is_changed(self) -> bool:
        return self.text.toPlainText().strip() != self._original

    @Slot()
    def keep(self) -> None:
        """Have what was typed remembered now."""
        self._soon.stop()
        text = self.text.toPlainText()
        if text != self._kept:
            self._kept = text
            self.typed.emit(text)

    @Slot()
    def _on_changed(self) -> None:
        if not self._soon.isActive():
            self._soon.start()
        self._fit()

    @Slot()
    def _on_save(self) -> None:
        self._soon.stop()
        self.saved.emit(self.text.toPlainText())

    @Slot()
    def _on_leave(self) -> None:
        self.keep()
        self.left.emit()

    def _fit(self) -> None:
        lines = round(self.text.document().size().height())
        height = min(max(lines, _LEAST_LINES), _MOST_LINES) * self.text.fontMetrics().lineSpacing() + 20
        if height != self.text.height():
            self.text.setFixedHeight(height)


class _Text(QPlainTextEdit):
    save_pressed = Signal()
    left = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("framed", True)
        self.setTabChangesFocus(True)
        self.moveCursor(self.textCursor().MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ensureCursorVisible()
