"""What a run is to do, before it starts: edit and run."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from genglossary_gui.core.glossary import Scope
from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.words import word
from genglossary_gui.ui import phrases
from genglossary_gui.ui.dialogs.form import FormDialog, choose, fill_choices
from genglossary_gui.ui.models.words import ENGINES, word_of

_LANGUAGES = ("auto", "ja", "en")
_LONGEST_NAME = 200


class RunSettingsDialog(FormDialog):
    """Asks for the settings of one run; those of the app stay as they are.

    ``run_requested(scope, settings, name)``: a person wants this run.
    """

    run_requested = Signal(object, object, str)

    def __init__(
        self, settings: RunSettings, scope: Scope = Scope.FULL, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("runSettingsDialog")
        self._settings = settings
        self.setMinimumWidth(460)
        self.scope, self.language, self.engine = QComboBox(), QComboBox(), QComboBox()
        self.max_document_mb, self.name = QSpinBox(), QLineEdit(name)
        self.max_document_mb.setRange(1, 4096)
        self.max_document_mb.lineEdit().setTextMargins(6, 0, 0, 0)
        self.name.setMaxLength(_LONGEST_NAME)
        self._fields = (self.scope, self.language, self.max_document_mb, self.engine, self.name)
        self._captions = [self.add_field(field) for field in self._fields]
        self.column.addSpacing(6)
        self._note = self.add_note()
        self.column.addStretch(1)
        self.run_button, self._cancel = self.add_buttons()
        self.run_button.clicked.connect(self._on_run)
        self.retranslate()
        choose(self.scope, scope)
        choose(self.language, settings.documents_language)
        choose(self.engine, settings.engine)
        self.max_document_mb.setValue(settings.max_document_mb)

    def retranslate(self) -> None:
        self.setWindowTitle(_("Edit and run"))
        self.title.setText(_("Edit and run"))
        captions = (
            _("What to do"),
            _("Language of the documents"),
            _("Largest document"),
            _("Engine"),
            _("Name of the run"),
        )
        for caption, field, words in zip(self._captions, self._fields, captions, strict=True):
            caption.setText(words)
            field.setAccessibleName(words)
        fill_choices(self.scope, {scope: word(scope) for scope in Scope})
        fill_choices(self.language, {code: phrases.document_language(code) for code in _LANGUAGES})
        fill_choices(self.engine, {RunSettings().engine: word_of(RunSettings().engine, ENGINES)})
        self.max_document_mb.setSuffix(_(" MB"))
        self.name.setPlaceholderText(_("Without a name, what it does is shown"))
        self._note.setText(_("These settings count for this run only."))
        self.run_button.setText(pgettext("dialog", "Run"))
        self._cancel.setText(pgettext("dialog", "Cancel"))

    @Slot()
    def _on_run(self) -> None:
        scope = Scope(self.scope.currentData())
        settings = replace(
            self._settings,
            engine=str(self.engine.currentData()),
            documents_language=str(self.language.currentData()),
            max_document_mb=self.max_document_mb.value(),
            # Chosen terms are a matter of looking for definitions only.
            terms=self._settings.terms if scope is Scope.GENERATE else (),
        )
        self.run_requested.emit(scope, settings, self.name.text().strip())
        self.accept()
