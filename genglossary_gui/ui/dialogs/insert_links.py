"""The dialog that writes copies of the documents with links to the glossary."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.exchange.linking import LinkedDocument, NewLink, preview_links, write_linked_copies
from genglossary_gui.core.i18n import _, ngettext, pgettext
from genglossary_gui.ui.background import Background
from genglossary_gui.ui.dialogs.files import choose_folder, typed_path
from genglossary_gui.ui.dialogs.form import FormDialog
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import button, label, number, spaced

_MOST_SHOWN = 200
"""Links of one document that are listed; the others are counted."""
_LONGEST = 200


class InsertLinksDialog(FormDialog):
    """Shows which links the copies will have, and writes them beside the GUI thread.

    ``written(folder, copies, links)``: they are there; the dialog has closed.  ``previewed()``: the list is there.
    """

    help_at = "exchange#links"
    written = Signal(Path, int, int)
    previewed = Signal()

    def __init__(self, project: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insertLinksDialog")
        self._project = project
        self._documents: tuple[LinkedDocument, ...] | None = None
        self._build()
        self._change.clicked.connect(self._choose_folder)
        self.target.textChanged.connect(self._validate)
        self.write_button.clicked.connect(self.write)
        self.retranslate()
        self.resize(860, 620)
        Background(self, partial(preview_links, project), self._on_preview, self._on_no_preview)

    def retranslate(self) -> None:
        self.setWindowTitle(_("Insert links"))
        self.title.setText(_("Insert links to the glossary"))
        self._explanation.setText(
            _(
                "Copies of the Markdown and HTML documents are written. In each section, the first mention of a term "
                "becomes a link to its definition. The documents themselves stay as they are."
            )
        )
        self._list_caption.setText(_("What the copies will have"))
        self.tree.setHeaderLabels([_("Document"), _("Links")])
        self.tree.setAccessibleName(self._list_caption.text())
        self._target_caption.setText(_("Folder for the copies"))
        self.target.setAccessibleName(self._target_caption.text())
        self._change.setText(_("Change…"))
        self.replace.setText(_("Replace files that are in that folder"))
        self.write_button.setText(_("Write copies"))
        self._cancel.setText(pgettext("dialog", "Cancel"))
        self._show_summary()
        self._validate()

    @Slot()
    def write(self) -> None:
        """Write the copies; the dialog waits, the window does not."""
        target = typed_path(self.target.text(), self._project.parent)
        self.setEnabled(False)
        self._refusal.hide()
        Background(
            self,
            partial(write_linked_copies, self._project, target, replace_files=self.replace.isChecked()),
            partial(self._on_written, target),
            self._on_failed,
        )

    def _build(self) -> None:
        self._explanation = self.add_note()
        self.tree = QTreeWidget()
        self.tree.setObjectName("linkTree")
        self.tree.setColumnCount(2)
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.tree.header().setStretchLastSection(False)
        self._list_caption = self.add_field(self.tree, stretch=1)
        self._summary = self.add_note()
        self.target, self._change = QLineEdit(str(_proposed(self._project))), button()
        target_row = QWidget()
        row = QHBoxLayout(target_row)
        spaced(row)
        row.addWidget(self.target, 1)
        row.addWidget(self._change)
        self._target_caption = self.add_field(target_row)
        self._target_caption.setBuddy(self.target)
        self.replace = QCheckBox()
        self.column.addWidget(self.replace)
        self._refusal = label(role="error", wrap=True)
        self.column.addWidget(self._refusal)
        self._refusal.hide()
        self.write_button, self._cancel = self.add_buttons()

    def _on_preview(self, documents: tuple[LinkedDocument, ...]) -> None:
        self._documents = documents
        self.tree.clear()
        items = [_item(document) for document in documents]
        self.tree.addTopLevelItems(items)
        header = self.tree.header()
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.setSectionResizeMode(1, header.ResizeMode.ResizeToContents)
        first = next((item for item in items if item.childCount()), None)
        if first is not None:
            first.setExpanded(True)
            self.tree.setCurrentItem(first)
        self._show_summary()
        self._validate()
        self.previewed.emit()

    def _on_no_preview(self, error: UserFacingError) -> None:
        self._documents = ()
        self._tell(error.full_text)
        self._validate()
        self.previewed.emit()

    def _on_written(self, target: Path, documents: tuple[LinkedDocument, ...]) -> None:
        copies = [document for document in documents if not document.problem]
        self.accept()
        self.written.emit(target, len(copies), sum(len(document.links) for document in copies))

    def _on_failed(self, error: UserFacingError) -> None:
        self.setEnabled(True)
        self._tell(error.full_text)

    def _tell(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.show()

    def _show_summary(self) -> None:
        if self._documents is None:
            self._summary.setText(_("The documents are being read…"))
        elif not self._documents:
            self._summary.setText(_("The project has no Markdown or HTML documents."))
        else:
            links = sum(len(document.links) for document in self._documents)
            words = ngettext("{links} link in {documents}", "{links} links in {documents}", links)
            count = len(self._documents)
            documents = ngettext("{count} document", "{count} documents", count).format(count=number(count))
            self._summary.setText(words.format(links=number(links), documents=documents))

    @Slot()
    def _validate(self) -> None:
        self.write_button.setEnabled(
            bool(self._documents) and bool(typed_path(self.target.text(), self._project.parent).name)
        )

    @Slot()
    def _choose_folder(self) -> None:
        choose_folder(self, _("Folder for the copies"), lambda path: self.target.setText(str(path)))


def _item(document: LinkedDocument) -> QTreeWidgetItem:
    item = QTreeWidgetItem([harmless(document.path, _LONGEST), number(len(document.links))])
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if document.problem:
        item.addChild(QTreeWidgetItem([document.problem]))
    for link in document.links[:_MOST_SHOWN]:
        item.addChild(QTreeWidgetItem([_words(link)]))
    hidden = len(document.links) - _MOST_SHOWN
    if hidden > 0:
        words = ngettext("and {count} more", "and {count} more", hidden).format(count=number(hidden))
        item.addChild(QTreeWidgetItem([words]))
    return item


def _words(link: NewLink) -> str:
    text = harmless(f"{link.before}[{link.words}]{link.after}".strip(), _LONGEST)
    return _("Line {line}: {text}").format(line=number(link.line), text=text)


def _proposed(project: Path) -> Path:
    """A folder beside the project that is not there yet."""
    names = (_("{name} with links").format(name=project.stem), *(f"{project.stem}-{n}" for n in range(2, 1000)))
    return next(project.parent / name for name in names if not (project.parent / name).exists())
