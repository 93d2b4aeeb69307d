"""What a run is to do, before it starts: edit and run."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from genglossary_gui.core.engines.llm_settings import destination, llm_settings, model_troubles
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.glossary import Scope
from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.words import word
from genglossary_gui.ui import phrases
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.form import FormDialog, choose, fill_choices
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.words import ENGINES, word_of

if TYPE_CHECKING:
    from genglossary_gui.core.engines.llm_estimate import LlmEstimate

_LANGUAGES = ("auto", "ja", "en")
_LONGEST_NAME = 200
_LONGEST_TROUBLE = 300
_MAX = 2**31 - 1


class RunSettingsDialog(FormDialog):
    """Asks for the settings of one run; those of the app stay as they are.

    ``defaults``: the model that is asked if the run had none.  ``project``: whose terms tell how much a model would be
    asked.  ``run_requested(scope, settings, name)``: a person wants this run.
    """

    help_at = "runs#settings"
    run_requested = Signal(object, object, str)

    def __init__(
        self,
        settings: RunSettings,
        scope: Scope = Scope.FULL,
        name: str = "",
        parent: QWidget | None = None,
        *,
        defaults: RunSettings | None = None,
        project: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("runSettingsDialog")
        self._settings = _with_model(settings, defaults)
        self._project = project
        self._asked: tuple[Scope, RunSettings] | None = None
        self._estimate: LlmEstimate | None = None
        self._uncounted = ""
        """Why there is no estimate."""
        self.setMinimumWidth(460)
        self.scope, self.language, self.engine = QComboBox(), QComboBox(), QComboBox()
        self.engine.setObjectName("runEngine")
        self.max_document_mb, self.name = QSpinBox(), QLineEdit(name)
        self.max_document_mb.setRange(1, 4096)
        self.model, self.budget = QLineEdit(self._settings.llm_model), QSpinBox()
        self.budget.setRange(0, _MAX)
        self.budget.setSingleStep(10_000)
        self.budget.setGroupSeparatorShown(True)
        for box in (self.max_document_mb, self.budget):
            box.lineEdit().setTextMargins(6, 0, 0, 0)
        self.name.setMaxLength(_LONGEST_NAME)
        self.model.setMaxLength(_LONGEST_NAME)
        self._fields = (
            self.scope,
            self.language,
            self.max_document_mb,
            self.name,
            self.engine,
            self.model,
            self.budget,
        )
        self._captions = [self.add_field(field) for field in self._fields]
        self._of_model = (self.model, self.budget, *self._captions[-2:])
        self.column.addSpacing(6)
        self.server, self.estimate, self.trouble = self.add_note(), self.add_note(), self.add_note("error")
        self.estimate.setObjectName("runEstimate")
        self._note = self.add_note()
        self.column.addStretch(1)
        self.run_button, self._cancel = self.add_buttons()
        self.run_button.clicked.connect(self._on_run)
        self.retranslate()
        choose(self.scope, scope)
        choose(self.language, settings.documents_language)
        choose(self.engine, settings.engine)
        self.max_document_mb.setValue(settings.max_document_mb)
        self.budget.setValue(self._settings.llm_budget_tokens)
        for box in (self.scope, self.engine):
            box.currentIndexChanged.connect(self._show_model)
        self.model.textChanged.connect(self._show_model)
        self.budget.valueChanged.connect(self._show_model)
        self._show_model()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Edit and run"))
        self.title.setText(_("Edit and run"))
        captions = (
            pgettext("run", "What to do"),
            _("Language of the documents"),
            _("Largest document"),
            _("Name of the run"),
            _("Engine"),
            _("Model"),
            _("Budget of a run in tokens"),
        )
        for caption, field, words in zip(self._captions, self._fields, captions, strict=True):
            caption.setText(words)
            field.setAccessibleName(words)
        fill_choices(self.scope, {scope: word(scope) for scope in Scope})
        fill_choices(self.language, {code: phrases.document_language(code) for code in _LANGUAGES})
        fill_choices(self.engine, {name: word_of(name, ENGINES) for name in ("offline", "llm")})
        self.max_document_mb.setSuffix(_(" MB"))
        self.budget.setSpecialValueText(_("Without limit"))
        self.name.setPlaceholderText(_("Without a name, what it does is shown"))
        self._note.setText(_("These settings count for this run only."))
        self.run_button.setText(pgettext("dialog", "Run"))
        self._cancel.setText(pgettext("dialog", "Cancel"))
        if self.isVisible():
            self._show_model()

    def _chosen(self) -> tuple[Scope, RunSettings]:
        scope = Scope(self.scope.currentData())
        return scope, replace(
            self._settings,
            engine=str(self.engine.currentData()),
            documents_language=str(self.language.currentData()),
            max_document_mb=self.max_document_mb.value(),
            llm_model=self.model.text().strip(),
            llm_budget_tokens=self.budget.value(),
            # Chosen terms are a matter of looking for definitions only.
            terms=self._settings.terms if scope is Scope.GENERATE else (),
        )

    @Slot()
    def _show_model(self) -> None:
        """Say who would be asked, and how much."""
        scope, settings = self._chosen()
        is_asked = settings.engine == "llm"
        for widget in (*self._of_model, self.server, self.estimate):
            widget.setVisible(is_asked)
        self._say_trouble("")
        if not is_asked:
            return
        host = destination(settings)
        words = _("Passages of the documents go to {host}.") if host else _("The model is on this computer: {host}.")
        self.server.setText(words.format(host=harmless(host or llm_settings(settings).host)))
        # How much is asked depends on neither the model nor the budget.
        question = (scope, replace(settings, llm_model="", llm_budget_tokens=0))
        if question != self._asked:
            self._asked, self._estimate, self._uncounted = question, None, ""
            self._count(question)
        self._show_estimate()

    def _count(self, question: tuple[Scope, RunSettings]) -> None:
        project = self._project
        if project is not None:
            scope, settings = question
            Background(
                self,
                lambda: _estimated(project, scope, settings),
                lambda found: self._on_counted(question, found),
                lambda error: self._on_uncounted(question, error),
            )

    def _on_counted(self, question: tuple[Scope, RunSettings], found: LlmEstimate) -> None:
        if question == self._asked:
            self._estimate = found
            self._show_estimate()

    def _on_uncounted(self, question: tuple[Scope, RunSettings], error: UserFacingError) -> None:
        if question == self._asked:
            self._uncounted = error.full_text
            self._show_estimate()

    def _show_estimate(self) -> None:
        found, budget = self._estimate, self.budget.value()
        if found is None:
            words = self._uncounted or (_("Counting what will be asked…") if self._project is not None else "")
        elif not found.requests:
            words = _("How much will be asked is not known before the first terms have been found.")
        else:
            words = _("About {requests} and {tokens}, if nothing was answered before.").format(
                requests=phrases.requests(found.requests), tokens=phrases.tokens(found.tokens)
            )
            if 0 < budget < found.tokens:
                hint = _("The budget of {budget} will not be enough.").format(budget=phrases.tokens(budget))
                words = phrases.joined((words, hint))
        self.estimate.setText(words)

    def _say_trouble(self, sentence: str) -> None:
        self.trouble.setText(harmless(sentence, _LONGEST_TROUBLE))
        self.trouble.setVisible(bool(sentence))

    @Slot()
    def _on_run(self) -> None:
        scope, settings = self._chosen()
        trouble = model_troubles(settings)
        if trouble:
            self._say_trouble(phrases.joined((trouble, _("Servers are set up in Settings → Language model."))))
            return
        self.run_requested.emit(scope, settings, self.name.text().strip())
        self.accept()


def _with_model(settings: RunSettings, defaults: RunSettings | None) -> RunSettings:
    """A run without a model says nothing about one: it would be that of the ``defaults``."""
    if defaults is None or settings.engine == "llm":
        return settings
    return replace(settings, **{name: value for name, value in asdict(defaults).items() if name.startswith("llm_")})


def _estimated(project: Path, scope: Scope, settings: RunSettings) -> LlmEstimate:
    # Imported here, in a thread: the parts of the model's engine take a while.
    from genglossary_gui.core.engines.llm_estimate import estimate
    from genglossary_gui.core.store.glossary import load_terms

    with closing(connect(project)) as connection:
        return estimate(load_terms(connection), settings, scope)
