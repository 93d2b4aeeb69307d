"""What people expect of any program of a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, QSize
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QKeySequence
from PySide6.QtWidgets import QApplication, QSplitter, QTableView, QWidget
from pytestqt.qtbot import QtBot

from genglossary_gui.core import i18n, paths
from genglossary_gui.ui.icons import app_icon
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.models.words import date_time
from genglossary_gui.ui.plain import number
from genglossary_gui.ui.theme import apply_theme
from tests.ui.glossary_support import FakeShell
from tests.ui.windows import MakeWindow, action

_Key = QKeySequence.StandardKey


@pytest.fixture
def home(qtbot: QtBot) -> MainWindow:
    window = MainWindow(FakeShell(), None)
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("actionSettings", QAction.MenuRole.PreferencesRole),
        ("actionQuit", QAction.MenuRole.QuitRole),
        ("actionAbout", QAction.MenuRole.AboutRole),
    ],
)
def test_macos_finds_its_own_places_for_these(home: MainWindow, name: str, role: QAction.MenuRole) -> None:
    assert action(home, name).menuRole() is role


def test_macos_moves_no_other_action_by_its_words(home: MainWindow) -> None:
    texts = {each.objectName(): each.menuRole() for each in home.actions_.all()}
    heuristics = [name for name, role in texts.items() if role is QAction.MenuRole.TextHeuristicRole]
    # The scopes have no words that Qt would take for those of another menu.
    assert [name for name in heuristics if not name.startswith("actionRun")] == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("actionNewProject", _Key.New),
        ("actionOpenProject", _Key.Open),
        ("actionClose", _Key.Close),
        ("actionUndo", _Key.Undo),
        ("actionRedo", _Key.Redo),
        ("actionFind", _Key.Find),
        ("actionHelp", _Key.HelpContents),
    ],
)
def test_keys_are_those_of_the_system(home: MainWindow, name: str, key: QKeySequence.StandardKey) -> None:
    assert set(action(home, name).shortcuts()) & set(QKeySequence.keyBindings(key))


def test_a_window_that_lay_on_a_screen_that_is_gone_comes_back_on_one_that_is_there(
    qtbot: QtBot, home: MainWindow
) -> None:
    lost = QWidget()
    qtbot.addWidget(lost)
    lost.setGeometry(QRect(QPoint(9000, 7000), QSize(500, 400)))
    settings = QSettings(str(paths.config_folder() / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("home/geometry", lost.saveGeometry())
    settings.sync()
    window = MainWindow(FakeShell(), None)
    qtbot.addWidget(window)
    window.show()

    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    assert any(screen.contains(window.geometry().center()) for screen in screens)
    window.close()


def test_splitters_and_columns_are_as_they_were(qtbot: QtBot, make_window: MakeWindow, glossary: Path) -> None:
    first = make_window(glossary)
    first.resize(760, 640)
    table = first.findChild(QTableView, "glossaryTable")
    assert table is not None
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    table.setColumnWidth(0, 233)
    moved = next(iter(splitters(first).values()))
    moved.setSizes([moved.sizes()[0] + 20, max(moved.sizes()[1] - 20, 1)])
    before = {name: each.sizes() for name, each in splitters(first).items()}
    size = first.size()
    first.close()
    again = make_window(glossary)
    qtbot.waitExposed(again)

    assert again.size() == size
    found = again.findChild(QTableView, "glossaryTable")
    assert found is not None
    assert found.columnWidth(0) == 233
    after = {name: each.sizes() for name, each in splitters(again).items()}
    # Where a message has come or gone, there is another height to be shared.
    assert [name for name, sizes in before.items() if sum(sizes) == sum(after[name]) and sizes != after[name]] == []
    assert sum(before[name] == after[name] for name in before) >= 2


def splitters(window: MainWindow) -> dict[str, QSplitter]:
    assert window.project is not None
    return window.project._splitters()


@pytest.fixture
def _english_again() -> Iterator[None]:
    yield
    i18n.set_language("en")


@pytest.mark.usefixtures("_english_again")
def test_dates_and_numbers_are_written_as_the_language_does() -> None:
    written = {}
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        written[language] = (date_time("2026-11-02T12:30:00+00:00")[:10], number(1234567))

    assert written == {"en": ("2026-11-02", "1,234,567"), "ja": ("2026/11/02", "1,234,567")}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [16, 22, 24, 32, 48, 256])
def test_the_icon_keeps_its_colours_and_its_parts_at_every_size(qapp: QApplication, size: int, theme: str) -> None:
    apply_theme(qapp, theme)
    image = app_icon().pixmap(QSize(size, size), 1.0, QIcon.Mode.Normal).toImage()
    apply_theme(qapp, "light")
    qapp.setStyleSheet("")

    tones = {image.pixelColor(x, y).name() for x in range(size) for y in range(size)}
    hues = {image.pixelColor(x, y).hue() // 20 for x in range(size) for y in range(size)}
    assert "#ffffff" in tones  # the left page
    assert {1, 2} & hues  # the term, in amber and orange
    assert {9} & hues  # the cover
    assert image.pixelColor(0, 0).alpha() < 255  # round corners
