"""The page of the settings that is about the language model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox

from genglossary_gui.core.engines.llm_settings import llm_settings
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.llm.settings import DEFAULT_ADDRESSES, Provider, check_settings
from genglossary_gui.core.settings import AppSettings, is_usable
from genglossary_gui.ui import probing
from genglossary_gui.ui.dialogs.form import choose, fill_choices
from genglossary_gui.ui.dialogs.llm_key import KeyField
from genglossary_gui.ui.dialogs.setting_rows import SettingsPage, spin_box
from genglossary_gui.ui.dialogs.stored_answers import StoredAnswers
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.words import ENGINES, word_of
from genglossary_gui.ui.plain import button
from genglossary_gui.ui.probing import Ask, Probe

_EXAMPLES = {
    "azure": "https://name.openai.azure.com",
    "compatible": "http://localhost:8080/v1",
    **{str(provider): address for provider, address in DEFAULT_ADDRESSES.items()},
}
_MAX = 2**31 - 1
_LONGEST_SENTENCE = 300


class ModelPage(SettingsPage):
    """Engine, server, model and limits; asks the server for its models and whether it works, beside the window."""

    def __init__(self) -> None:
        super().__init__("model")
        self._settings = AppSettings()
        self._addresses: dict[str, str] = {}
        self._probe: Probe | None = None
        self._waiting: Callable[[], Probe] | None = None
        """What is asked as soon as the key is in the keyring."""
        self._has_been_shown = False
        self._make_fields()
        self._add_rows()
        self._connect()

    @property
    def title(self) -> str:
        return _("Language model")

    def _make_fields(self) -> None:
        self.engine, self.provider = QComboBox(), QComboBox()
        self.address, self.api_version = QLineEdit(), QLineEdit()
        self.model = QComboBox(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
        self.model.setObjectName("llmModel")
        self.model_name = QLineEdit()
        self.model_name.setObjectName("llmModelName")
        self.model.setLineEdit(self.model_name)
        self.key = KeyField()
        self.list_button, self.test_button, self.stop_button = button(), button(), button()
        for widget, name in (
            (self.engine, "llmEngine"),
            (self.provider, "llmProvider"),
            (self.address, "llmAddress"),
            (self.list_button, "llmList"),
            (self.test_button, "llmTest"),
            (self.stop_button, "llmStop"),
        ):
            widget.setObjectName(name)
        self.stop_button.hide()
        self.drops_common = QCheckBox()
        self.numbers: dict[str, QSpinBox] = {
            "llm_connect_seconds": spin_box(1, 600),
            "llm_first_byte_seconds": spin_box(1, 3600, step=10),
            "llm_total_seconds": spin_box(1, 7200, step=10),
            "llm_parallel": spin_box(1, 64),
            "llm_retries": spin_box(0, 10),
            "llm_context_tokens": spin_box(0, 2**20, step=1024),
            "llm_budget_tokens": spin_box(0, _MAX, step=10_000),
            "llm_seed": spin_box(-1, _MAX),
        }
        for box in self.numbers.values():
            box.setGroupSeparatorShown(True)
        self.temperature = QDoubleSpinBox(decimals=2, singleStep=0.1, minimum=0, maximum=2)

    def _add_rows(self) -> None:
        self.engine_row = self.add(self.engine)
        self.provider_row, self.address_row = self.add(self.provider), self.add(self.address)
        self.version_row = self.add(self.api_version)
        self.key_row = self.add(self.key)
        self.model_row = self.add(self.model, beside=(self.list_button,))
        self.test_row = self.add(self.test_button, beside=(self.stop_button,))
        self.common_row = self.add(self.drops_common)
        self.number_rows = {name: self.add(box) for name, box in self.numbers.items()}
        self.temperature_row = self.add(self.temperature)
        self.answers = StoredAnswers(self)
        self.answers_row = self.add(self.answers.button)
        self.show_project(None, None)

    def show_project(self, project: Path | None, edits: Edits | None) -> None:
        """Offer to delete what the model answered in ``project``, by ``edits``; None: no project is open."""
        self.answers.show_project(self.answers_row, project, edits)

    def _connect(self) -> None:
        self.engine.currentIndexChanged.connect(lambda: self.changed.emit({"engine": self.engine.currentData()}))
        self.provider.currentIndexChanged.connect(self._on_provider)
        self.address.editingFinished.connect(self._on_address)
        self.api_version.editingFinished.connect(self._on_version)
        self.model_name.editingFinished.connect(self._on_model)
        self.model.activated.connect(self._on_model)
        self.list_button.clicked.connect(self._on_list)
        self.test_button.clicked.connect(self._on_test)
        self.stop_button.clicked.connect(self._on_stop)
        self.key.told.connect(self._on_key_told)
        self.key.settled.connect(self._on_key_settled)
        self.drops_common.toggled.connect(lambda value: self.changed.emit({"llm_drop_common": value}))
        for name, box in self.numbers.items():
            box.valueChanged.connect(lambda value, name=name: self.changed.emit({name: value}))
        self.temperature.valueChanged.connect(lambda value: self.changed.emit({"llm_temperature": round(value, 2)}))

    def retranslate(self) -> None:
        fill_choices(self.engine, {name: word_of(name, ENGINES) for name in ("offline", "llm")})
        fill_choices(
            self.provider,
            {
                "ollama": "Ollama",
                "openai": "OpenAI",
                "azure": "Azure OpenAI",
                "compatible": _("Another server like OpenAI (llama.cpp, LM Studio, vLLM …)"),
            },
        )
        self.engine_row.say(
            _("Engine of new runs"),
            _("Offline: nothing leaves this computer. Language model: passages go to the server that is named here."),
        )
        self.provider_row.say(_("Provider"))
        self.address_row.say(_("Address"))
        self.version_row.say(_("API version"), _("As Azure names it, such as {example}.").format(example="2024-10-21"))
        self.key_row.say(_("Key"))
        self.model_row.say(_("Model"))
        self.list_button.setText(_("Get list"))
        self.test_row.say(_("Does it work?"))
        self.test_button.setText(_("Test connection"))
        self.stop_button.setText(_("Stop"))
        self.common_row.say(_("Everyday words"), _("Words of everyday language that no passage defines."))
        self.drops_common.setText(_("Do not suggest them"))
        self._say_numbers()
        self.temperature_row.say(_("Temperature"), _("0: as sure as possible. More: more varied, and more invented."))
        self.key.retranslate()
        self.answers.retranslate()
        self.show_state(self._settings)

    def _say_numbers(self) -> None:
        words = {
            "llm_connect_seconds": (_("Time limit for connecting"), ""),
            "llm_first_byte_seconds": (_("Time limit until an answer begins"), ""),
            "llm_total_seconds": (_("Time limit for a whole answer"), ""),
            "llm_parallel": (_("Requests at once"), ""),
            "llm_retries": (_("Attempts after a failure"), ""),
            "llm_context_tokens": (
                _("Tokens that the model reads at once"),
                _("Question and answer together. What has no room is left out, the least telling passages first."),
            ),
            "llm_budget_tokens": (
                _("Budget of a run in tokens"),
                _("A run that has used them up asks no more; what is done is kept."),
            ),
            "llm_seed": (_("Seed"), _("The same number gives the same answers again, where the server can do that.")),
        }
        for name, (caption, note) in words.items():
            self.number_rows[name].say(caption, note)
            if name.endswith("_seconds"):
                self.numbers[name].setSuffix(_(" s"))
        self.numbers["llm_context_tokens"].setSpecialValueText(_("As the server says"))
        self.numbers["llm_budget_tokens"].setSpecialValueText(_("Without limit"))
        self.numbers["llm_seed"].setSpecialValueText(_("Left to the server"))

    def show_settings(self, settings: AppSettings) -> None:
        values = asdict(settings)
        fields = (self.engine, self.provider, self.drops_common, self.temperature, *self.numbers.values())
        blockers = [QSignalBlocker(field) for field in fields]
        choose(self.engine, settings.engine)
        choose(self.provider, settings.llm_provider)
        self.drops_common.setChecked(settings.llm_drop_common)
        self.temperature.setValue(settings.llm_temperature)
        for name, box in self.numbers.items():
            box.setValue(values[name])
        del blockers
        self.address.setText(settings.llm_url)
        self.api_version.setText(settings.llm_api_version)
        self.model.setEditText(settings.llm_model)
        self.show_state(settings)

    def show_state(self, settings: AppSettings) -> None:
        """Follow what is set: what is of use with this provider, whose key is meant."""
        self._settings = settings
        provider = settings.llm_provider
        self.address.setPlaceholderText(_EXAMPLES[provider])
        self.address_row.say(_("Address"), self._address_note(settings))
        is_azure = provider == Provider.AZURE
        if self.version_row.is_wanted is not is_azure:
            self.version_row.is_wanted = is_azure
            self.version_row.setVisible(is_azure)
        if self._has_been_shown:
            self.key.show_place(provider, llm_settings(settings).host)

    def _address_note(self, settings: AppSettings) -> str:
        client = llm_settings(settings)
        if not client.host:
            return _("Where the server is. It is needed.")
        if client.is_local:
            return _("This is on this computer: nothing leaves it.")
        return _("Passages of the documents go to {host}.").format(host=client.host)

    def on_shown(self) -> None:
        # Not before: the keyring may ask for a password.
        self._has_been_shown = True
        self.show_state(self._settings)
        self.answers.look()

    def close_down(self) -> None:
        self._stop()
        if self._has_been_shown:
            for take in (self._on_address, self._on_version, self._on_model, self.key.commit):
                take()

    @Slot()
    def _on_provider(self) -> None:
        provider = str(self.provider.currentData())
        if provider == self._settings.llm_provider:
            return
        self._stop()
        # An address belongs to its provider; that of this one comes back if it was here before.
        self._addresses[self._settings.llm_provider] = self._settings.llm_url
        address = self._addresses.get(provider, "")
        self.address.setText(address)
        self.address_row.refuse("")
        self._forget_models()
        self.changed.emit({"llm_provider": provider, "llm_url": address})

    @Slot()
    def _on_address(self) -> None:
        address = self.address.text().strip()
        if address == self._settings.llm_url:
            self.address_row.refuse("")
        elif self._is_taken(self.address_row.refuse, "llm_url", address, self._address_trouble(address)):
            self._forget_models()

    def _address_trouble(self, address: str) -> str:
        if not address:
            return ""
        changed = replace(self._settings, llm_url=address)
        example = _EXAMPLES[self._settings.llm_provider]
        if is_usable("llm_url", address):
            try:
                check_settings(llm_settings(changed), needs_model=False)
            except UserFacingError as error:
                return error.full_text
            return ""
        shown = llm_settings(changed).host
        sentence = _("“{address}” is not the address of a server.").format(address=harmless(shown, 80))
        hint = _("It looks like {example}, without a user name, a password or a query.").format(example=example)
        return _("{sentence} {hint}").format(sentence=sentence, hint=hint)

    @Slot()
    def _on_version(self) -> None:
        version = self.api_version.text().strip()
        trouble = "" if is_usable("llm_api_version", version) else _("That is not a version.")
        self._is_taken(self.version_row.refuse, "llm_api_version", version, trouble)

    @Slot()
    def _on_model(self) -> None:
        name = self.model.currentText().strip()
        trouble = "" if is_usable("llm_model", name) else _("A model has no such name.")
        self._is_taken(self.model_row.refuse, "llm_model", name, trouble)

    def _is_taken(self, refuse: Callable[[str], None], name: str, value: Any, trouble: str) -> bool:
        refuse(trouble)
        if trouble:
            return False
        if value != getattr(self._settings, name):
            self.changed.emit({name: value})
        return True

    @Slot(str, str)
    def _on_key_told(self, note: str, trouble: str) -> None:
        self.key_row.say(_("Key"), note)
        self.key.line.setAccessibleName(_("Key"))
        self.key.line.setAccessibleDescription(note)
        self.key_row.refuse(trouble)

    @Slot()
    def _on_list(self) -> None:
        self._ask(probing.list_models, self._on_models, self._on_no_models, _("Asking for the models…"))

    @Slot()
    def _on_test(self) -> None:
        self._ask(probing.test_connection, self._on_works, self._on_works_not, _("Asking the model…"))

    @Slot()
    def _on_stop(self) -> None:
        self._stop()
        self._say_outcome("")

    def _ask(
        self, ask: Ask[Any], done: Callable[[Any], None], failed: Callable[[UserFacingError], None], words: str
    ) -> None:
        for take in (self._on_address, self._on_version, self._on_model):
            take()
        if self.address_row.trouble:
            self._say_outcome("", self.address_row.trouble)
            return
        self._stop()
        self._say_outcome(words)
        self.model_row.refuse("")
        self.stop_button.show()
        self.key.commit()
        self._waiting = lambda: Probe(self, self._settings, ask, done, failed)
        if not self.key.is_storing:
            self._on_key_settled()

    @Slot()
    def _on_key_settled(self) -> None:
        if self._waiting is not None:
            self._probe, self._waiting = self._waiting(), None

    def _stop(self) -> None:
        if self._probe is not None:
            self._probe.cancel()
        self._ended()

    def _ended(self) -> None:
        self._probe, self._waiting = None, None
        self.stop_button.hide()

    def _say_outcome(self, words: str, trouble: str = "") -> None:
        self.test_row.say(_("Does it work?"), harmless(words, _LONGEST_SENTENCE))
        self.test_row.refuse(harmless(trouble, _LONGEST_SENTENCE))

    def _on_works(self, sentence: str) -> None:
        self._ended()
        self._say_outcome(sentence)

    def _on_works_not(self, error: UserFacingError) -> None:
        self._ended()
        self._say_outcome("", error.full_text)

    def _on_models(self, names: list[str]) -> None:
        self._ended()
        chosen = self.model.currentText()
        self._forget_models()
        self.model.addItems(names)
        self.model.setEditText(chosen)
        self.model.setCurrentIndex(self.model.findText(chosen, Qt.MatchFlag.MatchExactly))
        self.model.setEditText(chosen)
        words = ngettext("The server offers {count} model.", "The server offers {count} models.", len(names))
        self._say_outcome("")
        self.model_row.say(_("Model"), words.format(count=len(names)))
        if names and self.isVisible():
            self.model.showPopup()

    def _on_no_models(self, error: UserFacingError) -> None:
        self._ended()
        self._say_outcome("")
        self.model_row.refuse(harmless(error.full_text, _LONGEST_SENTENCE))

    def _forget_models(self) -> None:
        """A list belongs to the server that gave it; the name in hand stays."""
        chosen = self.model.currentText()
        with QSignalBlocker(self.model):
            self.model.clear()
        self.model.setEditText(chosen)
        self.model_row.say(_("Model"))
