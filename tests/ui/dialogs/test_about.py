"""The About dialog names versions and licences, and shows their texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from genglossary_gui import __version__
from genglossary_gui.ui.dialogs.about import AboutDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> AboutDialog:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.libraries.rowCount() > 0, timeout=20_000)
    return dialog


@pytest.fixture
def shown(dialog: AboutDialog) -> Callable[[], list[str]]:
    """The names in the rows that are not hidden."""
    table = dialog.libraries
    return lambda: [table.model().index(row, 0).data() for row in range(table.rowCount()) if not table.isRowHidden(row)]


def test_it_names_the_libraries_with_their_licences(dialog: AboutDialog) -> None:
    model = dialog.libraries.model()
    rows = {model.index(row, 0).data(): model.index(row, 2).data() for row in range(model.rowCount())}

    assert __version__ in dialog.title.text()
    assert "LGPL" in rows["PySide6_Essentials"]
    assert {"sudachidict-core", "wordfreq", "HanTa"} <= rows.keys()


def test_the_text_of_the_chosen_part_is_shown(dialog: AboutDialog) -> None:
    dialog.search.setText("PySide6_Essentials")

    assert "LGPL" in dialog.text.toPlainText()


def test_searching_looks_into_the_texts(dialog: AboutDialog, shown: Callable[[], list[str]]) -> None:
    dialog.search.setText("unidic")

    assert shown() == ["sudachidict-core"]
    dialog.search.clear()
    assert len(shown()) == dialog.libraries.rowCount()


def test_a_search_without_a_result_shows_no_text(dialog: AboutDialog, shown: Callable[[], list[str]]) -> None:
    dialog.search.setText("no such licence")

    assert shown() == []
    assert dialog.text.toPlainText() == ""
