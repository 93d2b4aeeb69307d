"""The entry panel says what a term means, what that rests on, and what is wrong with it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.glossary import PlacedPassage
from genglossary_gui.ui import phrases
from genglossary_gui.ui.models.reader import Reader
from genglossary_gui.ui.views.entry import EntryPanel
from genglossary_gui.ui.views.marked_text import MarkedText
from genglossary_gui.ui.views.passage import PassageCard

WEIR, LOCK = 1, 2


@pytest.fixture
def panel(qtbot: QtBot, glossary_reader: Reader) -> EntryPanel:
    panel = EntryPanel(glossary_reader)
    qtbot.addWidget(panel)
    panel.resize(400, 600)
    panel.show()
    return panel


def words(panel: EntryPanel) -> list[str]:
    texts = [text.toPlainText() for text in panel.findChildren(MarkedText)]
    return [label.text() for label in panel.findChildren(QLabel)] + texts


def show(qtbot: QtBot, panel: EntryPanel, term_id: int, word: str) -> None:
    panel.show_entry(term_id)
    qtbot.waitUntil(lambda: word in words(panel))


def test_it_shows_the_definition_and_how_sure_it_is(qtbot: QtBot, panel: EntryPanel) -> None:
    show(qtbot, panel, WEIR, "weir")

    assert "A low dam across a river." in words(panel)
    assert "Also: overflow weir" in words(panel)
    assert any("82 of 100" in text for text in words(panel))


def test_enter_on_evidence_asks_for_its_place(qtbot: QtBot, panel: EntryPanel) -> None:
    show(qtbot, panel, WEIR, "weir")
    panel.activateWindow()
    panel.focus_first_passage()
    card = panel.findChild(PassageCard)
    assert card is not None

    with qtbot.waitSignal(panel.evidence_activated) as asked:
        qtbot.keyClick(card, Qt.Key.Key_Return)

    assert asked.args is not None
    placed: PlacedPassage = asked.args[0]
    assert (placed.document, placed.passage.line) == ("guide/rivers.md", 5)


def test_a_card_reads_aloud_quote_and_place(qtbot: QtBot, panel: EntryPanel) -> None:
    show(qtbot, panel, WEIR, "weir")
    card = panel.findChild(PassageCard)

    assert card is not None
    assert card.accessibleName() == "A weir is a low dam across a river 🌊. — guide/rivers.md · Line 5"


def test_it_is_honest_when_there_is_no_definition(qtbot: QtBot, panel: EntryPanel) -> None:
    show(qtbot, panel, LOCK, "lock")

    assert "No definition found; 1 context" in words(panel)
    assert "Mentions" in words(panel)


def test_a_mention_is_not_given_out_as_a_definition(qtbot: QtBot, panel: EntryPanel, glossary: Path) -> None:
    with closing(connect(glossary)) as connection, connection:
        connection.execute("UPDATE definitions SET confidence = 0.03")
    show(qtbot, panel, WEIR, "weir")

    assert "No definition found. Mentioned so:" in words(panel)


def test_issues_are_named(qtbot: QtBot, panel: EntryPanel) -> None:
    show(qtbot, panel, LOCK, "lock")

    assert {"Nobody knows what a lock is.", "Ask."} <= set(words(panel))


def test_the_reasons_unfold(qtbot: QtBot, panel: EntryPanel) -> None:
    show(qtbot, panel, WEIR, "weir")
    assert "domain share" not in words(panel)

    why = next(button for button in panel.findChildren(QPushButton) if button.text() == "Why is this a term?")
    qtbot.mouseClick(why, Qt.MouseButton.LeftButton)

    assert {"Is a heading by itself", "+0.50"} <= set(words(panel))


def test_without_a_term_it_says_what_to_do(qtbot: QtBot, panel: EntryPanel) -> None:
    show(qtbot, panel, WEIR, "weir")

    show(qtbot, panel, 0, "Choose a term to read its definition and the passages it rests on.")


def test_every_label_is_plain(qtbot: QtBot, panel: EntryPanel) -> None:
    show(qtbot, panel, WEIR, "weir")

    formats = {label.textFormat() for label in panel.findChildren(QLabel)}

    assert formats == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize(
    ("document", "place"), [("a.pdf", "Page 3"), ("a.PPTX", "Slide 3"), ("a.md", "Line 3"), ("a", "Line 3")]
)
def test_a_place_is_named_by_what_the_source_has(document: str, place: str) -> None:
    assert phrases.place(document, 3) == place
