"""A few letters lead anywhere."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.store.finding import Kind
from genglossary_gui.ui.dialogs.palette import CommandPalette
from genglossary_gui.ui.models.reader import Reader


def lines(palette: CommandPalette) -> list[str]:
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def make(qtbot: QtBot, reader: Reader | None, *names: str) -> tuple[CommandPalette, list[QAction]]:
    actions = [QAction(name) for name in names]
    palette = CommandPalette(actions, reader)
    qtbot.addWidget(palette)
    palette.show()
    return palette, actions


def test_an_action_is_found_by_parts_of_its_words_and_triggered(qtbot: QtBot) -> None:
    palette, actions = make(qtbot, None, "&Export…", "Cancel &all runs", "&Run")

    qtbot.keyClicks(palette.search, "all can")
    assert lines(palette) == ["Cancel all runs"]
    with qtbot.waitSignal(actions[1].triggered):
        qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert not palette.isVisible()


def test_what_cannot_be_done_now_is_last_and_does_nothing(qtbot: QtBot) -> None:
    palette, actions = make(qtbot, None, "Run A", "Run B")
    actions[0].setEnabled(False)

    qtbot.keyClicks(palette.search, "run")
    assert lines(palette) == ["Run B", "Run A"]
    palette._on_activated(palette.list.item(1))

    assert palette.isVisible()


def test_terms_and_documents_are_found_in_the_project(qtbot: QtBot, glossary: Path, glossary_reader: Reader) -> None:
    palette, _actions = make(qtbot, glossary_reader)

    qtbot.keyClicks(palette.search, "weir")
    qtbot.waitUntil(lambda: any(line.startswith("weir") for line in lines(palette)))
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert chosen.args is not None
    assert (chosen.args[0].kind, chosen.args[0].name) == (Kind.TERM, "weir")


def test_arrow_keys_move_while_one_types(qtbot: QtBot) -> None:
    palette, actions = make(qtbot, None, "Run A", "Run B")
    qtbot.keyClicks(palette.search, "run")

    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(actions[1].triggered):
        qtbot.keyClick(palette.search, Qt.Key.Key_Return)


def test_a_term_is_found_by_another_of_its_names(qtbot: QtBot, glossary: Path, glossary_reader: Reader) -> None:
    with closing(connect(glossary)) as connection, transaction(connection):
        connection.execute("INSERT INTO variants VALUES (1, 'low dam', 'synonym', 3)")
    palette, _actions = make(qtbot, glossary_reader)

    qtbot.keyClicks(palette.search, "low d")

    qtbot.waitUntil(lambda: any(line.startswith("weir — low dam") for line in lines(palette)))


@pytest.mark.parametrize("typed", ["1", "#1", "Run 1", "run 1"])
def test_a_run_is_found_by_its_number(qtbot: QtBot, glossary: Path, glossary_reader: Reader, typed: str) -> None:
    palette, _actions = make(qtbot, glossary_reader)

    qtbot.keyClicks(palette.search, typed)

    qtbot.waitUntil(lambda: any(line.startswith("Run 1 · ") for line in lines(palette)))


def test_where_nothing_is_found_it_says_so(qtbot: QtBot, glossary: Path, glossary_reader: Reader) -> None:
    palette, _actions = make(qtbot, glossary_reader)

    qtbot.keyClicks(palette.search, "qqqqq")

    qtbot.waitUntil(lambda: lines(palette) == ["Nothing has these words. Try fewer letters."])
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
