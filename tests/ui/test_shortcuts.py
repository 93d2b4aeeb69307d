"""The keys of actions, and what becomes of them when a person has chosen others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from genglossary_gui.app import App
from genglossary_gui.core.settings import AppSettings, load_settings, save_settings
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.dialogs.palette import CommandPalette
from genglossary_gui.ui.dialogs.setting_shortcuts import declare_all
from genglossary_gui.ui.shortcuts import Place
from tests.ui.windows import MakeWindow, action

declare_all()
RUN, TERMS, REQUIRE = "window/actionRun", "window/actionTerms", "terms/actionRequireTerm"


def key(name: str) -> str:
    return ", ".join(each.toString() for each in shortcuts.keys_of(name))


def test_no_two_actions_have_one_key_at_one_place(qtbot: QtBot) -> None:
    everywhere = [each for each in shortcuts.declared() if each.place in (Place.WINDOW, Place.LOG, Place.DOCUMENT)]
    for place in Place:
        here = {
            each.name: each
            for each in (*everywhere, *shortcuts.declared())
            if each in everywhere or each.place is place
        }
        keys = Counter(own.toString() for name in here for own in shortcuts.own_keys(name))
        assert [own for own, count in keys.items() if count > 1] == [], place


def test_a_chosen_key_takes_the_place_of_all_of_an_action(qtbot: QtBot) -> None:
    shortcuts.use({"window/actionRedo": "Ctrl+J"})

    assert key("window/actionRedo") == "Ctrl+J"
    assert shortcuts.is_changed("window/actionRedo")


def test_the_number_pad_has_enter_too(qtbot: QtBot) -> None:
    shortcuts.use({RUN: "Alt+Return"})

    assert key(RUN) == "Alt+Return, Alt+Enter"


def test_an_action_may_have_no_key(qtbot: QtBot) -> None:
    shortcuts.use({RUN: ""})

    assert key(RUN) == ""


def test_what_a_person_has_chosen_takes_the_key_from_who_came_with_it(qtbot: QtBot) -> None:
    # As in a settings file that was written by hand.
    shortcuts.use({TERMS: "Ctrl+R"})

    assert (key(TERMS), key(RUN)) == ("Ctrl+R", "")


def test_pages_may_share_a_key_and_the_window_may_not(qtbot: QtBot) -> None:
    assert shortcuts.rivals("issues/actionFixIssue", QKeySequence("A")) == []
    assert [each.name for each in shortcuts.rivals(RUN, QKeySequence("A"))] == ["glossary/actionApprove"]
    names = [each.name for each in shortcuts.rivals(RUN, QKeySequence("N"))]
    assert names == ["terms/actionNoteTerm"]


@pytest.mark.expected_logs("the key chosen for")
@pytest.mark.parametrize("nonsense", ["Ctrl+Nothing", "Ctrl+K, Ctrl+R", "\0", "Ctrl+"])
def test_what_is_no_key_costs_only_itself(qtbot: QtBot, nonsense: str) -> None:
    shortcuts.use({RUN: nonsense, TERMS: "Ctrl+J"})

    assert (key(RUN), key(TERMS)) == ("Ctrl+R", "Ctrl+J")


@pytest.mark.expected_logs("has an unusable value", "the shortcuts are not readable")
def test_a_broken_value_in_the_file_costs_only_itself() -> None:
    save_settings(AppSettings(theme="dark", shortcuts={RUN: 3, TERMS: "Ctrl+J", REQUIRE: "x" * 5_000}))  # type: ignore[dict-item]
    assert load_settings() == AppSettings(theme="dark", shortcuts={TERMS: "Ctrl+J"})
    save_settings(AppSettings(theme="dark", shortcuts=["Ctrl+J"]))  # type: ignore[arg-type]
    assert load_settings() == AppSettings(theme="dark")


def test_chosen_keys_hold_at_once_in_every_window(qtbot: QtBot, glossary: Path, tmp_path: Path) -> None:
    app = App(AppSettings(language="en", theme="light", workers=1))
    app.create_project(tmp_path / "other.genglossary", [], name="Other", language="en")
    app.open_project(glossary)
    app.apply_settings(AppSettings(language="en", theme="light", workers=1, shortcuts={RUN: "Ctrl+J", REQUIRE: "Q"}))

    for window in app.windows:
        assert action(window, "actionRun").shortcut() == QKeySequence("Ctrl+J")
        assert "(Ctrl+J)" in action(window, "actionRun").toolTip()
        assert window.project is not None
        assert "(Q)" in window.project.terms.actions_["actionRequireTerm"].toolTip()
    view = app.windows[1].project
    assert view is not None
    qtbot.waitUntil(lambda: view.terms.page.current_id() >= 0)
    view.show_page(1)
    QTest.keyClick(view.terms.page.table, Qt.Key.Key_Q)
    qtbot.waitUntil(view.edits.stack.canUndo)
    QTest.keyClick(view.terms.page.table, Qt.Key.Key_X)
    assert load_settings().shortcuts == {RUN: "Ctrl+J", REQUIRE: "Q"}
    app.quit()
    qtbot.waitUntil(lambda: not app.windows)
    app.close()


def test_the_palette_shows_the_chosen_key(qtbot: QtBot, make_window: MakeWindow, glossary: Path) -> None:
    shortcuts.use({RUN: "Ctrl+J"})
    window = make_window(glossary)
    window.actions_["actionPalette"].trigger()
    [palette] = window.findChildren(CommandPalette)
    qtbot.keyClicks(palette.search, "run")

    assert "Run    Ctrl+J" in [palette.list.item(row).text() for row in range(palette.list.count())]
    palette.close()
