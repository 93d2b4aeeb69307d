"""The name and the note that a person gives a run."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.models.run_words import kind_of

_LONGEST_NAME = 200


class RunWordsDialog(FormDialog):
    """Edits both beside the window, which goes on.  ``saved(name, note)``: accepted, as they are now."""

    help_at = "runs#list"
    saved = Signal(str, str)

    def __init__(self, row: RunRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runWordsDialog")
        self.setMinimumWidth(420)
        self._row = row
        self.name = QLineEdit(row.name)
        self.name.setMaxLength(_LONGEST_NAME)
        self.note = QPlainTextEdit(row.note)
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(self.note.fontMetrics().height() * 4)
        self._name_caption = self.add_field(self.name)
        self._note_caption = self.add_field(self.note, stretch=1)
        self._save, self._close = self.add_buttons()
        self._save.clicked.connect(self._on_save)
        self.retranslate()

    def retranslate(self) -> None:
        title = _("Run {number}").format(number=self._row.id)
        self.setWindowTitle(title)
        self.title.setText(title)
        self.name.setPlaceholderText(kind_of(self._row))
        self._name_caption.setText(_("Name"))
        self._note_caption.setText(_("Note"))
        self.name.setAccessibleName(self._name_caption.text())
        self.note.setAccessibleName(self._note_caption.text())
        self._save.setText(_("Save"))
        self._close.setText(pgettext("dialog", "Cancel"))

    @Slot()
    def _on_save(self) -> None:
        self.saved.emit(self.name.text().strip(), self.note.toPlainText().strip())
        self.accept()
