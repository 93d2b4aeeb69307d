"""The folders of a project, and what in them is not read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from genglossary_gui.core.documents.scanning import DEFAULT_EXCLUSIONS
from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.dialogs.source_list import SourceList
from genglossary_gui.ui.plain import button


class SourcesDialog(FormDialog):
    """``saved(paths, patterns)``: paths are None, patterns False, when they are as before; patterns None: the usual."""

    help_at = "documents#folders"
    saved = Signal(object, object)

    def __init__(self, paths: Sequence[Path], patterns: Sequence[str] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourcesDialog")
        self.setMinimumSize(560, 520)
        self._paths, self._patterns = list(paths), patterns
        self.sources = SourceList()
        self.sources.add(paths)
        self._shown = self.sources.paths()
        self.patterns = QPlainTextEdit("\n".join(DEFAULT_EXCLUSIONS if patterns is None else patterns))
        self.patterns.setTabChangesFocus(True)
        self._sources_caption = self.add_field(self.sources, stretch=1)
        self._patterns_caption = self.add_field(self.patterns, stretch=1)
        self._hint = self.add_note()
        self._usual = button("link")
        self._usual.clicked.connect(self._on_usual)
        self.column.addWidget(self._usual)
        self._save, self._cancel = self.add_buttons()
        self._save.clicked.connect(self._on_save)
        self.sources.changed.connect(self._enable)
        self.retranslate()
        self._enable()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Folders and exclusions"))
        self.title.setText(_("Folders and exclusions"))
        self._sources_caption.setText(_("Folders and documents"))
        self._patterns_caption.setText(_("Left out, a pattern in each line"))
        self.patterns.setAccessibleName(self._patterns_caption.text())
        self._hint.setText(
            _("* stands for any characters, ? for one. A pattern with / is compared with the whole path.")
        )
        self._usual.setText(_("The usual patterns"))
        self._save.setText(_("Save"))
        self._cancel.setText(pgettext("dialog", "Cancel"))
        self.sources.retranslate()

    @Slot()
    def _enable(self) -> None:
        self._save.setEnabled(bool(self.sources.paths()))

    @Slot()
    def _on_usual(self) -> None:
        self.patterns.setPlainText("\n".join(DEFAULT_EXCLUSIONS))

    @Slot()
    def _on_save(self) -> None:
        patterns = tuple(line.strip() for line in self.patterns.toPlainText().splitlines() if line.strip())
        wanted = None if patterns == DEFAULT_EXCLUSIONS else patterns
        before = None if self._patterns is None else tuple(self._patterns)
        # A folder that is not there now is not shown, and not forgotten either.
        hidden = [path for path in self._paths if path not in self._shown]
        paths = self.sources.paths()
        self.saved.emit(None if paths == self._shown else [*paths, *hidden], False if wanted == before else wanted)
        self.accept()
