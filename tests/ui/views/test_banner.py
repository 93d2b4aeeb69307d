"""One message at a time, with buttons that may need several lines."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.views.banner import Banner


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    banner = Banner()
    qtbot.addWidget(banner)
    return banner


def words(banner: Banner) -> list[str]:
    return [button.text() for button in banner.findChildren(QPushButton) if not button.isHidden()]


def test_a_pressed_offer_is_carried_out_and_the_message_goes(banner: Banner) -> None:
    done: list[str] = []
    banner.say("Interrupted.", offers=[("Resume", lambda: done.append("resume")), ("Discard", lambda: None)])

    banner._buttons[0].click()

    assert done == ["resume"]
    assert not banner.isVisible()


def test_the_next_message_has_its_own_offers(banner: Banner) -> None:
    banner.say("One", offers=[("A", lambda: None), ("B", lambda: None)])
    banner.say("Two", offers=[("C", lambda: None)])
    assert words(banner) == ["C"]
    banner.say("Three")
    assert words(banner) == []


def test_an_offer_may_say_something_itself(banner: Banner) -> None:
    banner.say("One", offers=[("A", lambda: banner.say("Two"))])
    banner._buttons[0].click()
    assert (banner.text, banner.isVisible()) == ("Two", True)


def test_only_the_message_that_is_shown_is_taken_back(banner: Banner) -> None:
    banner.say("Waiting")
    banner.say("Failed", "error")
    banner.take_back("Waiting")
    assert banner.isVisible()
    banner.take_back("Failed")
    assert not banner.isVisible()


def test_offers_without_room_go_to_the_next_line(qtbot: QtBot, banner: Banner) -> None:
    banner.say("Interrupted.", offers=[(word * 6, lambda: None) for word in ("再開する", "公開する", "破棄する")])
    banner.resize(1200, banner.heightForWidth(1200))
    qtbot.waitUntil(lambda: len({button.y() for button in banner._buttons}) == 1)

    banner.resize(330, banner.heightForWidth(330))

    qtbot.waitUntil(lambda: len({button.y() for button in banner._buttons}) == 3)
    assert all(banner.rect().contains(button.geometry()) for button in banner._buttons)
