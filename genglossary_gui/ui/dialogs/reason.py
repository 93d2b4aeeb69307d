"""Why an issue is ignored."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from genglossary_gui.core.i18n import _, ngettext, pgettext
from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.plain import number

_LONGEST = 500


class ReasonDialog(FormDialog):
    """``given(reason)``: a person gave a reason for these ``count`` issues, chosen or written."""

    help_at = "issues#ignore"
    given = Signal(str)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reasonDialog")
        self.setMinimumWidth(420)
        self._count = count
        self.reason = QComboBox()
        self._line = QLineEdit()
        self._line.setMaxLength(_LONGEST)
        self.reason.setLineEdit(self._line)
        self._caption = self.add_field(self.reason)
        self.column.addSpacing(6)
        self._note = self.add_note()
        self.column.addStretch(1)
        self.accept_button, self._cancel = self.add_buttons()
        self.accept_button.clicked.connect(self._on_given)
        self.reason.editTextChanged.connect(self._on_text)
        # The box may keep Enter to itself.
        self._line.returnPressed.connect(self._on_given)
        self.retranslate()
        self._line.selectAll()
        self.reason.setFocus()

    def retranslate(self) -> None:
        words = ngettext("Ignore {count} issue", "Ignore {count} issues", self._count).format(count=number(self._count))
        self.setWindowTitle(words)
        self.title.setText(words)
        self._caption.setText(_("Reason"))
        self.reason.setAccessibleName(_("Reason"))
        text = self.reason.currentText()
        self.reason.clear()
        self.reason.addItems([_("It is meant like this"), _("Not important"), _("The finding is wrong")])
        self.reason.setEditText(text or self.reason.itemText(0))
        self._note.setText(_("Later runs do not bring it back. It can be opened again at any time."))
        self.accept_button.setText(pgettext("issue", "Ignore"))
        self._cancel.setText(pgettext("dialog", "Cancel"))

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self.accept_button.setEnabled(bool(text.strip()))

    @Slot()
    def _on_given(self) -> None:
        reason = self.reason.currentText().strip()
        if reason and self.result() != FormDialog.DialogCode.Accepted:
            self.accept()
            self.given.emit(reason)
