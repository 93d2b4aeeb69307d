"""The pages of the settings that need nothing but the settings."""

from __future__ import annotations

import os

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from genglossary_gui.core import i18n
from genglossary_gui.core.i18n import _
from genglossary_gui.core.settings import AppSettings, is_dask_address, is_usable
from genglossary_gui.ui.dialogs.form import choose, fill_choices
from genglossary_gui.ui.dialogs.setting_rows import SettingsPage, spin_box

_TYPING_MS = 600
_PATTERN_LINES = 8


class GeneralPage(SettingsPage):
    """Language and look."""

    def __init__(self) -> None:
        super().__init__("general")
        self.language, self.theme = QComboBox(), QComboBox()
        self._language_row, self._theme_row = self.add(self.language), self.add(self.theme)
        self.language.currentIndexChanged.connect(self._on_changed)
        self.theme.currentIndexChanged.connect(self._on_changed)

    @property
    def title(self) -> str:
        return _("General")

    def retranslate(self) -> None:
        self._language_row.say(_("Language"), also="English Japanese 日本語 英語 locale")
        self._theme_row.say(_("Appearance"), also=_("theme colours dark mode"))
        fill_choices(self.language, {"auto": _("As the system"), **i18n.LANGUAGES})
        fill_choices(self.theme, {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")})

    def show_settings(self, settings: AppSettings) -> None:
        for box, value in ((self.language, settings.language), (self.theme, settings.theme)):
            box.blockSignals(True)
            choose(box, value)
            box.blockSignals(False)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit({"language": self.language.currentData(), "theme": self.theme.currentData()})


class ComputePage(SettingsPage):
    """How much works at once, and where."""

    def __init__(self) -> None:
        super().__init__("compute")
        self.parallel_runs, self.workers = spin_box(1, 16), spin_box(0, 256)
        self.dask_address = QLineEdit(placeholderText="tcp://host:8786")
        self._runs_row, self._workers_row = self.add(self.parallel_runs), self.add(self.workers)
        self.dask_row = self.add(self.dask_address)
        self.parallel_runs.valueChanged.connect(lambda value: self.changed.emit({"parallel_runs": value}))
        self.workers.valueChanged.connect(lambda value: self.changed.emit({"workers": value}))
        self.dask_address.editingFinished.connect(self._on_address)

    @property
    def title(self) -> str:
        return _("Compute")

    def retranslate(self) -> None:
        self._runs_row.say(
            _("Runs at once"), _("In each project; further runs wait in a queue."), also=_("parallel limit")
        )
        self._workers_row.say(_("Worker processes"), also=_("parallel processors cores speed"))
        self.workers.setSpecialValueText(_("Automatic ({count})").format(count=os.cpu_count() or 1))
        note = _("The scheduler that does the text work. Empty: this computer does it.")
        self.dask_row.say(_("Dask cluster"), note)
        self._check_address()

    def show_settings(self, settings: AppSettings) -> None:
        for box, value in ((self.parallel_runs, settings.parallel_runs), (self.workers, settings.workers)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
        self.dask_address.setText(settings.dask_address)

    def close_down(self) -> None:
        self._on_address()

    @Slot()
    def _on_address(self) -> None:
        if self._check_address():
            self.changed.emit({"dask_address": self.dask_address.text().strip()})

    def _check_address(self) -> bool:
        address = self.dask_address.text().strip()
        is_usable = not address or is_dask_address(address)
        words = _("“{address}” is not the address of a Dask scheduler.").format(address=address)
        self.dask_row.refuse("" if is_usable else words)
        return is_usable


class DocumentsPage(SettingsPage):
    """Which documents are read."""

    def __init__(self) -> None:
        super().__init__("documents")
        self.max_document_mb = spin_box(1, 4096)
        self._size_row = self.add(self.max_document_mb)
        self.max_document_mb.valueChanged.connect(lambda value: self.changed.emit({"max_document_mb": value}))
        self.exclusions = QPlainTextEdit()
        self.exclusions.setProperty("framed", True)
        self.exclusions.setTabChangesFocus(True)
        self.exclusions.setFixedHeight(_PATTERN_LINES * self.exclusions.fontMetrics().lineSpacing())
        self._exclusions_row = self.add(self.exclusions)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._on_exclusions)
        self.exclusions.textChanged.connect(self._typing.start)

    @property
    def title(self) -> str:
        return _("Documents")

    def retranslate(self) -> None:
        note = _("Larger documents are listed, but not read. Counts for runs started from now on.")
        self._size_row.say(_("Largest document"), note)
        self.max_document_mb.setSuffix(_(" MB"))
        self._exclusions_row.say(
            _("Left out of new projects, a pattern in each line"),
            _("Empty: the usual patterns. Those of a project are under Documents → Folders and exclusions."),
        )
        self._check_exclusions()

    def show_settings(self, settings: AppSettings) -> None:
        self.max_document_mb.blockSignals(True)
        self.max_document_mb.setValue(settings.max_document_mb)
        self.max_document_mb.blockSignals(False)
        # Reading the formats of documents takes a while; their list of patterns is short.
        from genglossary_gui.core.documents.scanning import DEFAULT_EXCLUSIONS

        self.exclusions.setPlaceholderText("\n".join(DEFAULT_EXCLUSIONS))
        self.exclusions.blockSignals(True)
        self.exclusions.setPlainText("\n".join(settings.exclusions))
        self.exclusions.blockSignals(False)

    def close_down(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._on_exclusions()

    @Slot()
    def _on_exclusions(self) -> None:
        if self._check_exclusions():
            self.changed.emit({"exclusions": self._patterns()})

    def _patterns(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.exclusions.toPlainText().splitlines() if line.strip())

    def _check_exclusions(self) -> bool:
        fits = is_usable("exclusions", self._patterns())
        self._exclusions_row.refuse("" if fits else _("These are too many patterns, or one is too long."))
        return fits
