"""Tells a person who looks elsewhere that a long run has ended."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from genglossary_gui.ui.icons import app_icon

LONG_SECONDS = 20.0
"""Whoever starts a shorter run waits for it."""
_SHOWN_MS = 10_000


class Notifier(QObject):
    """Draws attention to ``window``: it asks for it in the task bar, and says why if there is a system tray.

    The icon in the tray is there only while it has something to say, and goes with the window.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self._over = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._over.timeout.connect(self.close)

    def tell(self, words: str, seconds: float | None) -> bool:
        """Say that a run of so many seconds has ended; False when it was short, or the window is seen anyway."""
        if (seconds or 0.0) < LONG_SECONDS or self._is_seen():
            return False
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._show_message(words)
        return True

    @Slot()
    def close(self) -> None:
        """Take the icon out of the tray."""
        self._over.stop()
        if self._tray is not None:
            self._tray.hide()
            self._tray.deleteLater()
            self._tray = None

    def _is_seen(self) -> bool:
        return self._window.isActiveWindow() and not self._window.isMinimized()

    def _show_message(self, words: str) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(app_icon(), self)
            self._tray.messageClicked.connect(self._raise_window)
            self._tray.activated.connect(self._raise_window)
        self._tray.show()
        self._tray.showMessage(self._window.windowTitle(), words, QSystemTrayIcon.MessageIcon.Information, _SHOWN_MS)
        self._over.start()

    @Slot()
    def _raise_window(self) -> None:
        self.close()
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()
