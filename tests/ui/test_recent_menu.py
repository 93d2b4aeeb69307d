"""The menu of recent projects shows ten, greys what is gone, and forgets when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.recent_menu import RecentMenu
from genglossary_gui.ui.shell import RecentProject
from tests.ui.glossary_support import FakeShell


def project(number: int, *, exists: bool = True, name: str = "") -> RecentProject:
    return RecentProject(Path(f"/somewhere/{name or f'p{number}'}.genglossary"), "2026-11-01T10:00:00Z", exists)


def entries(menu: RecentMenu) -> list[QAction]:
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if not action.isSeparator()]


@pytest.fixture
def chosen() -> list[Path]:
    return []


def make_menu(qtbot: QtBot, shell: FakeShell, chosen: list[Path]) -> RecentMenu:
    menu = RecentMenu(shell, chosen.append)
    qtbot.addWidget(menu)
    return menu


def test_the_ten_newest_are_shown_and_open(qtbot: QtBot, chosen: list[Path]) -> None:
    menu = make_menu(qtbot, FakeShell([project(n) for n in range(14)]), chosen)
    shown = entries(menu)[:-1]

    assert [action.text()[:5] for action in (shown[0], shown[9])] == ["&1  p", "&0  p"]
    assert len(shown) == 10
    shown[3].trigger()
    assert chosen == [project(3).path]


def test_what_is_gone_is_greyed_and_says_so(qtbot: QtBot, chosen: list[Path]) -> None:
    menu = make_menu(qtbot, FakeShell([project(1, exists=False), project(2)]), chosen)
    first, second, _clear = entries(menu)

    assert not first.isEnabled()
    assert "not there" in first.toolTip()
    assert second.isEnabled()


def test_the_list_can_be_cleared(qtbot: QtBot, chosen: list[Path]) -> None:
    shell = FakeShell([project(n) for n in range(12)])
    menu = make_menu(qtbot, shell, chosen)
    entries(menu)[-1].trigger()

    assert shell.recent == []
    assert [action.isEnabled() for action in entries(menu)] == [False]


def test_a_name_with_an_ampersand_stays_whole(qtbot: QtBot, chosen: list[Path]) -> None:
    menu = make_menu(qtbot, FakeShell([project(1, name="R&D")]), chosen)

    assert "R&&D" in entries(menu)[0].text()


def test_it_is_in_the_menu_file(qtbot: QtBot) -> None:
    shell = FakeShell([project(1)])
    window = MainWindow(shell, None)
    qtbot.addWidget(window)
    menu = window.findChild(RecentMenu)
    assert menu is not None
    entries(menu)[0].trigger()

    assert shell.asked == [("open", project(1).path)]
    window.close()
