"""What this program is, and whose work it stands on."""

from __future__ import annotations

import platform
import re
from email.message import Message
from typing import cast

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from genglossary_gui import __version__
from genglossary_gui.core.i18n import _
from genglossary_gui.ui.dialogs.form import FormDialog

_DISTRIBUTION = "genglossary-desktop"


class AboutDialog(FormDialog):
    """Version, and the libraries with their versions and licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setMinimumSize(560, 480)
        self._lead = self.add_note("")
        self._versions = self.add_note()
        self.libraries = QTableWidget(0, 3)
        self.libraries.setShowGrid(False)
        self.libraries.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.libraries.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.libraries.setTabKeyNavigation(False)
        self.libraries.setWordWrap(False)
        self.libraries.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.libraries.verticalHeader().hide()
        self.libraries.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.libraries.horizontalHeader().setStretchLastSection(True)
        self._libraries_caption = self.add_field(self.libraries, stretch=1)
        for cells in _libraries():
            row = self.libraries.rowCount()
            self.libraries.insertRow(row)
            for column, text in enumerate(cells):
                self.libraries.setItem(row, column, QTableWidgetItem(text))
        _accept, self._close = self.add_buttons(with_accept=False)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(_("About GenGlossary"))
        self.title.setText(_("GenGlossary {version}").format(version=__version__))
        self._lead.setText(_("Turns a folder of documents into a glossary with evidence. MIT licence."))
        self._versions.setText(_("Python {python} · Qt {qt}").format(python=platform.python_version(), qt=qVersion()))
        self._libraries_caption.setText(_("Libraries"))
        self.libraries.setAccessibleName(_("Libraries"))
        self.libraries.setHorizontalHeaderLabels([_("Library"), _("Version"), _("Licence")])
        self._close.setText(_("Close"))


def _libraries() -> list[tuple[str, str, str]]:
    """Name, version and licence of what this program needs; empty when it is not installed as a package."""
    # Here: it takes longer to import than all dialogs together.
    from importlib import metadata

    try:
        required = metadata.requires(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return []
    names = [match[0] for line in required if ";" not in line and (match := re.match(r"[\w.-]+", line))]
    found = []
    for name in sorted(names, key=str.lower):
        try:
            about = cast(Message, metadata.metadata(name))
        except metadata.PackageNotFoundError:
            continue
        found.append((str(about["Name"]), str(about["Version"]), _licence(about)))
    return found


def _licence(about: Message) -> str:
    """On one line; the classifier where the field holds the whole text."""
    stated = (about.get("License-Expression") or about.get("License") or "").strip()
    if stated and "\n" not in stated and len(stated) <= 80:
        return stated
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    return ", ".join(line.rsplit(" :: ", 1)[-1] for line in classifiers) or stated.split("\n")[0][:80]
