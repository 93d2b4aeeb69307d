"""The dialog for links shows what the copies will have, and writes them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui.dialogs.insert_links import InsertLinksDialog


@pytest.fixture
def documents(tmp_path: Path, glossary: Path) -> Path:
    """The document of the project as a file, in a folder apart from the project."""
    folder = tmp_path / "rivers"
    (folder / "guide").mkdir(parents=True)
    (folder / "guide" / "rivers.md").write_text("# Weir\n\nA weir is low.\n", encoding="utf-8")
    with closing(connect(glossary)) as connection:
        connection.execute("UPDATE sources SET path = ?", (str(folder),))
    return folder


@pytest.fixture
def dialog(qtbot: QtBot, glossary: Path, documents: Path) -> InsertLinksDialog:
    dialog = InsertLinksDialog(glossary)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.previewed):
        dialog.show()
    return dialog


def test_the_links_are_listed_by_document(dialog: InsertLinksDialog) -> None:
    item = dialog.tree.topLevelItem(0)
    assert item is not None
    assert (item.text(0), item.text(1)) == ("guide/rivers.md", "1")
    child = item.child(0)
    assert child is not None
    assert child.text(0) == "Line 3: A [weir] is low."


def test_it_writes_the_copies_and_closes(qtbot: QtBot, dialog: InsertLinksDialog, tmp_path: Path) -> None:
    dialog.target.setText(str(tmp_path / "copies"))
    with qtbot.waitSignal(dialog.written) as written:
        dialog.write()
    assert written.args == [tmp_path / "copies", 1, 1]
    copied = (tmp_path / "copies" / "guide" / "rivers.md").read_text(encoding="utf-8")
    assert copied == "# Weir\n\nA [weir](../glossary.html#term-weir) is low.\n"


def test_a_refusal_is_shown_and_the_dialog_stays(qtbot: QtBot, dialog: InsertLinksDialog, documents: Path) -> None:
    dialog.target.setText(str(documents))
    dialog.write()
    qtbot.waitUntil(dialog.isEnabled)
    assert "must not lie with the documents" in dialog._refusal.text()
    assert dialog.isVisible()
