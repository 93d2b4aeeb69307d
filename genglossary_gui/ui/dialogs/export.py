"""The dialog that writes the glossary into a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core import paths
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.exchange.columns import COLUMNS
from genglossary_gui.core.exchange.export import export_project, preview
from genglossary_gui.core.exchange.formats import FORMATS
from genglossary_gui.core.i18n import _, ngettext, pgettext
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.files import choose_target, is_there, typed_path
from genglossary_gui.ui.dialogs.form import FormDialog, choose, fill_choices
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import button, label, number, spaced

_LONGEST_NAME = 60
"""Characters of a proposed file name: file systems take 255 bytes."""
_CALM_MS = 200
_COLUMNS_ACROSS = 2


class ExportDialog(FormDialog):
    """Asks for format, content and file, shows how the first entries will look, and writes it beside the GUI thread.

    ``exported(path, entries)``: the file is there; the dialog has closed.  A failure is shown in the dialog.
    ``previewed()``: the preview shows what is chosen.
    """

    help_at = "exchange#export"
    exported = Signal(Path, int)
    previewed = Signal()

    def __init__(self, project: Path, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self._project = project
        self._asked = 0
        self.format, self.content = QComboBox(), QComboBox()
        self.with_sources, self.approved_only = QCheckBox(), QCheckBox()
        self.with_sources.setChecked(True)
        self.columns = {column: QCheckBox() for column in COLUMNS}
        self.target = QLineEdit(str(project.with_name(f"{_file_name(name)}.md")))
        self.preview = QPlainTextEdit()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._build()
        self._recall()
        self._connect()
        self.retranslate()
        self.resize(920, 620)

    def retranslate(self) -> None:
        self.setWindowTitle(_("Export the glossary"))
        self.title.setText(_("Export the glossary"))
        self._format_caption.setText(_("Format"))
        self._content_caption.setText(_("Terms"))
        self._columns_caption.setText(_("Columns"))
        self._preview_caption.setText(_("Preview"))
        self.with_sources.setText(_("With the passages that the definitions rest on"))
        self.approved_only.setText(_("Approved entries only"))
        self._target_caption.setText(_("File"))
        self._change.setText(_("Change…"))
        self.export_button.setText(_("Export"))
        self._cancel.setText(pgettext("dialog", "Cancel"))
        for name, box in self.columns.items():
            box.setText(COLUMNS[name].title)
        fill_choices(
            self.format,
            {
                "md": _("Markdown, for reading"),
                "html": _("HTML, one page with a search"),
                "docx": _("Word document (DOCX)"),
                "csv": _("CSV, for spreadsheets"),
                "xlsx": _("Excel workbook (XLSX)"),
                "tbx": _("TBX, for terminology tools"),
                "json": _("JSON, for programs"),
            },
        )
        fill_choices(self.content, {"suggested": _("Suggested terms"), "all": _("All candidates")})
        for field, caption in (
            (self.format, self._format_caption),
            (self.content, self._content_caption),
            (self.target, self._target_caption),
            (self.preview, self._preview_caption),
        ):
            field.setAccessibleName(caption.text())
        self._validate()

    @Slot()
    def export(self) -> None:
        """Write the file; the dialog waits, the window does not."""
        target = typed_path(self.target.text(), self._project.parent)
        write = partial(export_project, self._project, target, format=self._format(), **self._options())
        self.setEnabled(False)
        self._refusal.hide()
        Background(self, write, lambda entries: self._on_exported(target, entries), self._on_failed)

    def _build(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            spaced(column, spacing=6)
        self._format_caption, self._content_caption = label(role="section"), label(role="section")
        self._columns_caption, self._preview_caption = label(role="section"), label(role="section")
        for caption, field in ((self._format_caption, self.format), (self._content_caption, self.content)):
            caption.setBuddy(field)
            left.addWidget(caption)
            left.addWidget(field)
            left.addSpacing(6)
        left.addWidget(self.approved_only)
        left.addWidget(self.with_sources)
        left.addSpacing(6)
        left.addWidget(self._columns_caption)
        left.addWidget(self._build_columns())
        left.addStretch(1)
        self._preview_caption.setBuddy(self.preview)
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setMinimumSize(320, 160)
        right.addWidget(self._preview_caption)
        right.addWidget(self.preview, 1)
        self._count = label(role="muted", wrap=True)
        right.addWidget(self._count)
        halves = QHBoxLayout()
        spaced(halves, spacing=20)
        halves.addLayout(left)
        halves.addLayout(right, 1)
        self.column.addLayout(halves, 1)
        self._build_target()
        self.export_button, self._cancel = self.add_buttons()

    def _build_columns(self) -> QWidget:
        self._boxes = QWidget()
        grid = QGridLayout(self._boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        rows = -(-len(self.columns) // _COLUMNS_ACROSS)
        for index, box in enumerate(self.columns.values()):
            grid.addWidget(box, index % rows, index // rows)
        return self._boxes

    def _build_target(self) -> None:
        self._change = button()
        target_row = QWidget()
        row = QHBoxLayout(target_row)
        spaced(row)
        row.addWidget(self.target, 1)
        row.addWidget(self._change)
        self._target_caption = self.add_field(target_row)
        self._target_caption.setBuddy(self.target)
        self._note = self.add_note()
        self._refusal = self.add_note("error")
        self._refusal.hide()

    def _connect(self) -> None:
        self._change.clicked.connect(self._choose_target)
        self.export_button.clicked.connect(self.export)
        self.format.currentIndexChanged.connect(self._on_format)
        self.target.textChanged.connect(self._validate)
        self.target.editingFinished.connect(self._follow_suffix)
        self.content.currentIndexChanged.connect(self._calm.start)
        for box in (self.with_sources, self.approved_only, *self.columns.values()):
            box.toggled.connect(self._calm.start)
        self._calm.timeout.connect(self._show_preview)
        self._calm.start()

    def _format(self) -> str:
        return str(self.format.currentData() or "md")

    def _options(self) -> dict:
        has_columns = bool(FORMATS[self._format()].columns)
        return {
            "with_sources": self.with_sources.isChecked(),
            "approved_only": self.approved_only.isChecked(),
            "everything": self.content.currentData() == "all",
            "columns": tuple(name for name, box in self.columns.items() if box.isChecked()) if has_columns else (),
        }

    @Slot()
    def _show_preview(self) -> None:
        self._asked += 1
        read = partial(preview, self._project, self._format(), **self._options())
        Background(self, read, partial(self._on_preview, self._asked), partial(self._on_no_preview, self._asked))

    def _on_preview(self, asked: int, found: tuple[str, int]) -> None:
        text, total = found
        if asked == self._asked:
            self.preview.setPlainText("\n".join(harmless(line) for line in text.split("\n")))
            words = ngettext("{count} entry will be written.", "{count} entries will be written.", total)
            self._count.setText(words.format(count=number(total)) if total else _("There is no such entry."))
            self.previewed.emit()

    def _on_no_preview(self, asked: int, error: UserFacingError) -> None:
        if asked == self._asked:
            self.preview.clear()
            self._count.setText(error.full_text)
            self.previewed.emit()

    def _on_exported(self, target: Path, entries: int) -> None:
        self._remember()
        self.accept()
        self.exported.emit(target, entries)

    def _on_failed(self, error: UserFacingError) -> None:
        self.setEnabled(True)
        self._refusal.setText(error.full_text)
        self._refusal.show()

    @Slot()
    def _on_format(self) -> None:
        suffix = FORMATS[self._format()].suffixes[0]
        path = Path(self.target.text().strip())
        if path.name:
            self.target.setText(str(path.with_suffix(suffix)))
        self._choose_columns(FORMATS[self._format()].columns)
        self._calm.start()

    def _choose_columns(self, names: tuple[str, ...]) -> None:
        """Tick these columns; where the format says itself what it holds there is nothing to choose."""
        for name, box in self.columns.items():
            box.setChecked(name in names or not names)
            box.setEnabled(bool(names) and name != "term")

    @Slot()
    def _validate(self) -> None:
        target = typed_path(self.target.text(), self._project.parent)
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

    @Slot()
    def _follow_suffix(self) -> None:
        """A name that ends like another format means that format."""
        suffix = typed_path(self.target.text(), self._project.parent).suffix.lower()
        named = next((name for name, each in FORMATS.items() if suffix in each.suffixes), "")
        if named and suffix not in FORMATS[self._format()].suffixes:
            choose(self.format, named)

    def _on_target(self, path: Path) -> None:
        self.target.setText(str(path))
        self._follow_suffix()

    def _choose_target(self) -> None:
        choose_target(
            self,
            _("Export the glossary"),
            Path(self.target.text()),
            self._on_target,
        )

    def _remember(self) -> None:
        settings = _remembered()
        settings.setValue("format", self._format())
        settings.setValue("content", self.content.currentData())
        settings.setValue("with_sources", int(self.with_sources.isChecked()))
        settings.setValue("approved_only", int(self.approved_only.isChecked()))
        settings.setValue("columns", ",".join(self._options()["columns"]))

    def _recall(self) -> None:
        """What was chosen the last time; whatever cannot be used is left out."""
        settings = _remembered()
        self.retranslate()
        name = str(settings.value("format", "md"))
        choose(self.format, name if name in FORMATS else "md")
        choose(self.content, settings.value("content", "suggested"))
        self.with_sources.setChecked(str(settings.value("with_sources", 1)) != "0")
        self.approved_only.setChecked(str(settings.value("approved_only", 0)) == "1")
        self._on_format()
        columns = tuple(name for name in str(settings.value("columns", "")).split(",") if name in COLUMNS)
        if columns and FORMATS[self._format()].columns:
            self._choose_columns(columns)


def _remembered() -> QSettings:
    settings = QSettings(str(paths.config_folder() / "window.ini"), QSettings.Format.IniFormat)
    settings.beginGroup("export")
    return settings


def _file_name(name: str) -> str:
    """``name`` without what file systems refuse or nobody sees, and short enough for them."""
    return "".join(
        character if character.isprintable() and character not in '<>:"/\\|?*' else "-" for character in name
    )[:_LONGEST_NAME].strip()
