"""The dialog that writes the glossary into a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.exchange import FORMATS, export_project
from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.files import choose_target, is_there, typed_path
from genglossary_gui.ui.dialogs.form import FormDialog, fill_choices
from genglossary_gui.ui.plain import button, spaced

_LONGEST_NAME = 60
"""Characters of a proposed file name: file systems take 255 bytes."""


class ExportDialog(FormDialog):
    """Asks for format, content and file, and writes it beside the GUI thread.

    ``exported(path, entries)``: the file is there; the dialog has closed.  A failure is shown in the dialog.
    """

    exported = Signal(Path, int)

    def __init__(self, project: Path, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setMinimumWidth(520)
        self._project = project
        self.format, self.content = QComboBox(), QComboBox()
        self.with_sources = QCheckBox()
        self.with_sources.setChecked(True)
        self.target = QLineEdit(str(project.with_name(f"{_file_name(name)}.md")))
        self._change = button()
        self._change.clicked.connect(self._choose_target)
        target_row = QWidget()
        row = QHBoxLayout(target_row)
        spaced(row)
        row.addWidget(self.target, 1)
        row.addWidget(self._change)
        self._format_caption = self.add_field(self.format)
        self._content_caption = self.add_field(self.content)
        self.column.addSpacing(8)
        self.column.addWidget(self.with_sources)
        self._target_caption = self.add_field(target_row)
        self._target_caption.setBuddy(self.target)
        self._note = self.add_note()
        self._refusal = self.add_note("error")
        self._refusal.hide()
        self.column.addStretch(1)
        self.export_button, self._cancel = self.add_buttons()
        self.export_button.clicked.connect(self.export)
        self.format.currentIndexChanged.connect(self._on_format)
        self.target.textChanged.connect(self._validate)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Export the glossary"))
        self.title.setText(_("Export the glossary"))
        self._format_caption.setText(_("Format"))
        self._content_caption.setText(_("Terms"))
        self.with_sources.setText(_("With the passages that the definitions rest on"))
        self._target_caption.setText(_("File"))
        self._change.setText(_("Change…"))
        self.export_button.setText(_("Export"))
        self._cancel.setText(pgettext("dialog", "Cancel"))
        fill_choices(
            self.format,
            {
                "md": _("Markdown, for reading"),
                "csv": _("CSV, for spreadsheets"),
                "json": _("JSON, for programs"),
            },
        )
        fill_choices(self.content, {"suggested": _("Suggested terms"), "all": _("All candidates")})
        for field, caption in (
            (self.format, self._format_caption),
            (self.content, self._content_caption),
            (self.target, self._target_caption),
        ):
            field.setAccessibleName(caption.text())
        self._validate()

    @Slot()
    def export(self) -> None:
        """Write the file; the dialog waits, the window does not."""
        target = typed_path(self.target.text())
        name, with_sources = str(self.format.currentData()), self.with_sources.isChecked()
        everything = self.content.currentData() == "all"
        self.setEnabled(False)
        self._refusal.hide()
        Background(
            self,
            lambda: export_project(
                self._project, target, format=name, with_sources=with_sources, everything=everything
            ),
            lambda entries: self._on_exported(target, entries),
            self._on_failed,
        )

    def _on_exported(self, target: Path, entries: int) -> None:
        self.accept()
        self.exported.emit(target, entries)

    def _on_failed(self, error: UserFacingError) -> None:
        self.setEnabled(True)
        self._refusal.setText(error.full_text)
        self._refusal.show()

    @Slot()
    def _on_format(self) -> None:
        suffix = FORMATS[str(self.format.currentData())].suffixes[0]
        path = Path(self.target.text().strip())
        if path.name:
            self.target.setText(str(path.with_suffix(suffix)))

    @Slot()
    def _validate(self) -> None:
        target = typed_path(self.target.text())
        missing = note = ""
        if not target.name:
            missing = _("Choose the file to write.")
        elif not is_there(target.parent):
            missing = _("The folder of the file is not there.")
        elif is_there(target):
            note = _("The file exists; it will be replaced.")
        self._note.setText(missing or note)
        self._refusal.hide()
        self.export_button.setEnabled(not missing)

    def _choose_target(self) -> None:
        choose_target(
            self,
            _("Export the glossary"),
            Path(self.target.text()),
            lambda path: self.target.setText(str(path)),
        )


def _file_name(name: str) -> str:
    """``name`` without what file systems refuse or nobody sees, and short enough for them."""
    return "".join(
        character if character.isprintable() and character not in '<>:"/\\|?*' else "-" for character in name
    )[:_LONGEST_NAME].strip()
