"""The dialog that makes a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from genglossary_gui.core import paths
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.store.projects import SUFFIX
from genglossary_gui.ui import phrases
from genglossary_gui.ui.dialogs.files import choose_target, is_there, typed_path
from genglossary_gui.ui.dialogs.form import FormDialog, choose, fill_choices
from genglossary_gui.ui.dialogs.source_list import SourceList
from genglossary_gui.ui.models.words import ENGINES, word_of
from genglossary_gui.ui.plain import button, spaced
from genglossary_gui.ui.shell import Shell

_LANGUAGES = ("auto", "ja", "en")


class NewProjectDialog(FormDialog):
    """Asks for folders, a name, a language, the engine and a place; then has the shell make and open the project.

    Name and place follow the first folder until a person changes them.  A refusal of the shell is shown in
    the dialog, which stays open.
    """

    help_at = "projects#new"

    def __init__(self, shell: Shell, sources: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("newProjectDialog")
        self.setMinimumWidth(560)
        self._shell = shell
        self.sources = SourceList()
        self.name, self.language, self.place = QLineEdit(), QComboBox(), QLineEdit()
        self.engine = QComboBox()
        self.engine.setObjectName("newProjectEngine")
        self._change = button()
        self._change.clicked.connect(self._choose_place)
        place_row = QWidget()
        row = QHBoxLayout(place_row)
        spaced(row)
        row.addWidget(self.place, 1)
        row.addWidget(self._change)
        self._sources_caption = self.add_field(self.sources, stretch=1)
        self._name_caption = self.add_field(self.name)
        self._language_caption = self.add_field(self.language)
        self._engine_caption = self.add_field(self.engine)
        self._place_caption = self.add_field(place_row)
        self._place_caption.setBuddy(self.place)
        self.column.addSpacing(6)
        self._note = self.add_note()
        self._refusal = self.add_note("error")
        self._refusal.hide()
        self.create_button, self._cancel = self.add_buttons()
        self.create_button.clicked.connect(self.create_project)
        self.sources.changed.connect(self._on_sources)
        for field in (self.name, self.place):
            field.textChanged.connect(self._validate)
        self.retranslate()
        choose(self.engine, shell.settings.engine)
        self.sources.add(sources)

    def retranslate(self) -> None:
        self.setWindowTitle(_("New project"))
        self.title.setText(_("New project"))
        self._sources_caption.setText(_("Folders and documents"))
        self.sources.retranslate()
        self._name_caption.setText(_("Name"))
        self._language_caption.setText(_("Language of the documents"))
        self._place_caption.setText(_("Project file"))
        self._change.setText(_("Change…"))
        self.create_button.setText(_("Create project"))
        self._cancel.setText(pgettext("dialog", "Cancel"))
        fill_choices(self.language, {code: phrases.document_language(code) for code in _LANGUAGES})
        self._engine_caption.setText(_("Engine (for new runs, as in the settings)"))
        fill_choices(self.engine, {name: word_of(name, ENGINES) for name in ("offline", "llm")})
        for field, caption in (
            (self.engine, self._engine_caption),
            (self.name, self._name_caption),
            (self.place, self._place_caption),
            (self.language, self._language_caption),
        ):
            field.setAccessibleName(caption.text())
        self._validate()

    @Slot()
    def create_project(self) -> None:
        """Make the project, or say in the dialog why not."""
        if self._missing():
            return
        path = typed_path(self.place.text(), paths.projects_folder())
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        name, language = self.name.text().strip(), str(self.language.currentData())
        engine, settings = str(self.engine.currentData()), self._shell.settings
        try:
            if engine != settings.engine:
                self._shell.apply_settings(replace(settings, engine=engine))
            self._shell.create_project(path, self.sources.paths(), name=name, language=language)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._refusal.setText(_("The settings cannot be saved: {reason}.").format(reason=reason))
            self._refusal.show()
            return
        except UserFacingError as error:
            self._refusal.setText(error.full_text)
            self._refusal.show()
            return
        self.accept()

    @Slot()
    def _on_sources(self) -> None:
        paths = self.sources.paths()
        if paths and not self.name.isModified():
            self.name.setText(paths[0].stem if paths[0].is_file() else paths[0].name)
        if paths and not self.place.isModified():
            self.place.setText(str(self._shell.suggested_project_path(paths)))
        self._validate()

    @Slot()
    def _validate(self) -> None:
        missing = self._missing()
        self._note.setText(missing or _("The documents are only read, never changed."))
        self._refusal.hide()
        self.create_button.setEnabled(not missing)

    def _missing(self) -> str:
        """What still has to be done, in a sentence; empty when the project can be made."""
        if not self.sources.paths():
            return _("Add at least one folder or document, or drop it on the list.")
        if not self.name.text().strip():
            return _("Give the project a name.")
        place = typed_path(self.place.text(), paths.projects_folder())
        if not place.name:
            return _("Choose where the project file goes.")
        if is_there(place):
            return _("There is a file of that name already. Choose another name for the project file.")
        return ""

    def _choose_place(self) -> None:
        choose_target(self, _("Project file"), Path(self.place.text() or f"project{SUFFIX}"), self._on_place)

    def _on_place(self, path: Path) -> None:
        self.place.setText(str(path))
        self.place.setModified(True)
