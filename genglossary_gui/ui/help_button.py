"""The way from a dialog to its section of the user guide: a button, and F1."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.plain import PushButton


def add_help_key(dialog: QWidget, target: str) -> None:
    """Have F1 open the guide at ``target`` wherever the keyboard is in ``dialog``."""
    QShortcut(QKeySequence("F1"), dialog).activated.connect(lambda: _show(target))


def _show(target: str) -> None:
    from genglossary_gui.ui.help import show_help

    show_help(target)


class HelpButton(PushButton):
    """Opens the guide at ``target``, which may change; F1 does the same wherever the keyboard is in ``dialog``."""

    def __init__(self, target: str, dialog: QWidget) -> None:
        # The layout gives it its parent, and so its place in the order of Tab.
        super().__init__()
        self.setObjectName("helpButton")
        self.setIcon(icon("help"))
        self.target = target
        self.clicked.connect(self.show_help)
        QShortcut(QKeySequence("F1"), dialog).activated.connect(self.show_help)
        self._retranslate()

    @Slot()
    def show_help(self) -> None:
        """Show the section in the help window, which lies beside the dialog."""
        _show(self.target)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setText(_("Help"))
