"""The settings of the app: saved and in force as soon as they are changed."""

from __future__ import annotations

import os
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from genglossary_gui.core import i18n
from genglossary_gui.core.i18n import _
from genglossary_gui.core.settings import is_dask_address
from genglossary_gui.ui.dialogs.form import FormDialog, choose, fill_choices
from genglossary_gui.ui.shell import Shell


class SettingsDialog(FormDialog):
    """Shows the shell's settings and hands every change to it at once."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setMinimumWidth(460)
        self._shell = shell
        self.language, self.theme = QComboBox(), QComboBox()
        self.parallel_runs, self.workers, self.max_document_mb = QSpinBox(), QSpinBox(), QSpinBox()
        self.parallel_runs.setRange(1, 16)
        self.workers.setRange(0, 256)
        self.max_document_mb.setRange(1, 4096)
        for box in (self.parallel_runs, self.workers, self.max_document_mb):
            box.lineEdit().setTextMargins(6, 0, 0, 0)
        self._language_caption = self.add_field(self.language)
        self._theme_caption = self.add_field(self.theme)
        self._runs_caption = self.add_field(self.parallel_runs)
        self._runs_note = self.add_note()
        self._workers_caption = self.add_field(self.workers)
        self.dask_address = QLineEdit(placeholderText="tcp://host:8786")
        self._dask_caption = self.add_field(self.dask_address)
        self._dask_note = self.add_note()
        self._size_caption = self.add_field(self.max_document_mb)
        self._size_note = self.add_note()
        self._refusal = self.add_note("error")
        self._refusal.hide()
        self.column.addStretch(1)
        _accept, self._close = self.add_buttons(with_accept=False)
        self.retranslate()
        self._show_settings()
        self.language.currentIndexChanged.connect(self._on_changed)
        self.theme.currentIndexChanged.connect(self._on_changed)
        self.parallel_runs.valueChanged.connect(self._on_changed)
        self.workers.valueChanged.connect(self._on_changed)
        self.dask_address.editingFinished.connect(self._on_changed)
        self.max_document_mb.valueChanged.connect(self._on_changed)

    def retranslate(self) -> None:
        self.setWindowTitle(_("Settings"))
        self.title.setText(_("Settings"))
        self._language_caption.setText(_("Language"))
        self._theme_caption.setText(_("Appearance"))
        self._runs_caption.setText(_("Runs at once"))
        self._runs_note.setText(_("In each project; further runs wait in a queue."))
        self._workers_caption.setText(_("Worker processes"))
        self._dask_caption.setText(_("Dask cluster"))
        self._dask_note.setText(_("The scheduler that does the text work. Empty: this computer does it."))
        self._size_caption.setText(_("Largest document"))
        self._size_note.setText(_("Larger documents are listed, but not read. Counts for runs started from now on."))
        self._close.setText(_("Close"))
        fill_choices(self.language, {"auto": _("As the system"), **i18n.LANGUAGES})
        fill_choices(self.theme, {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")})
        self.workers.setSpecialValueText(_("Automatic ({count})").format(count=os.cpu_count() or 1))
        self.max_document_mb.setSuffix(_(" MB"))
        for field, caption in (
            (self.language, self._language_caption),
            (self.theme, self._theme_caption),
            (self.parallel_runs, self._runs_caption),
            (self.workers, self._workers_caption),
            (self.dask_address, self._dask_caption),
            (self.max_document_mb, self._size_caption),
        ):
            field.setAccessibleName(caption.text())

    def _show_settings(self) -> None:
        settings = self._shell.settings
        choose(self.language, settings.language)
        choose(self.theme, settings.theme)
        self.parallel_runs.setValue(settings.parallel_runs)
        self.workers.setValue(settings.workers)
        self.dask_address.setText(settings.dask_address)
        self.max_document_mb.setValue(settings.max_document_mb)

    @Slot()
    def _on_changed(self) -> None:
        address = self.dask_address.text().strip()
        if address and not is_dask_address(address):
            self._refuse(_("“{address}” is not the address of a Dask scheduler.").format(address=address))
            return
        changed = replace(
            self._shell.settings,
            language=str(self.language.currentData()),
            theme=str(self.theme.currentData()),
            parallel_runs=self.parallel_runs.value(),
            workers=self.workers.value(),
            dask_address=address,
            max_document_mb=self.max_document_mb.value(),
        )
        try:
            self._shell.apply_settings(changed)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._refuse(_("The settings cannot be saved: {reason}.").format(reason=reason))
            return
        self._refusal.hide()
        self.retranslate()

    def _refuse(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.show()
