"""A long run that ends unseen draws attention; nothing of that stays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.notify import LONG_SECONDS, Notifier


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    called: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", lambda window, *_: called.append(window))
    return called


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def test_a_long_run_of_a_window_in_the_background_asks_for_attention(window: QWidget, alerts: list[QWidget]) -> None:
    assert Notifier(window).tell("Run 1 completed.", LONG_SECONDS)
    assert alerts == [window]


@pytest.mark.parametrize("seconds", [None, 0.0, LONG_SECONDS - 0.1])
def test_a_short_run_is_quiet(window: QWidget, alerts: list[QWidget], seconds: float | None) -> None:
    assert not Notifier(window).tell("Run 1 completed.", seconds)
    assert alerts == []


def test_a_window_that_is_looked_at_is_quiet(qtbot: QtBot, window: QWidget, alerts: list[QWidget]) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    assert not Notifier(window).tell("Run 1 completed.", LONG_SECONDS)


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")
def test_the_tray_icon_goes_again(
    qtbot: QtBot, window: QWidget, alerts: list[QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    notifier = Notifier(window)
    notifier.tell("Run 1 completed.", LONG_SECONDS)
    assert len(notifier.findChildren(QSystemTrayIcon)) == 1

    notifier.close()

    qtbot.waitUntil(lambda: notifier.findChildren(QSystemTrayIcon) == [])
