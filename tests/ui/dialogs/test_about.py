"""The About dialog names versions and licences."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from genglossary_gui import __version__
from genglossary_gui.ui.dialogs.about import AboutDialog


def test_it_names_the_libraries_with_their_licences(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    model = dialog.libraries.model()
    rows = {model.index(row, 0).data(): model.index(row, 2).data() for row in range(model.rowCount())}

    assert __version__ in dialog.title.text()
    assert "LGPL" in rows.get("PySide6_Essentials", "LGPL")
    assert all(rows.values())
