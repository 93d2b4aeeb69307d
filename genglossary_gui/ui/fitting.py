"""Fits windows to screens that are too small for them, as with large text on a small screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QMainWindow, QScrollArea, QVBoxLayout, QWidget

_FRAME = QSize(2, 38)
"""What the system puts around a window."""
_COMFORTABLE = QSize(1000, 660)
"""What the pages of a project need to show all of their parts."""


def fit(window: QWidget, room: QSize | None = None) -> None:
    """Let the content of a window scroll if it needs more than ``room`` (the screen's own), and keep it inside of that.

    For windows with a layout, and main windows with a central widget; call it when the window has its content.
    Nothing changes where it fits.
    """
    room = room or window.screen().availableSize() - _FRAME
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    if least.width() > room.width() or least.height() > room.height():
        _let_scroll(window)
        window.setMinimumSize(window.minimumSize().boundedTo(room))
    size = window.size().boundedTo(room)
    if size != window.size():
        window.resize(size)


def _let_scroll(window: QWidget) -> None:
    if window.findChild(QScrollArea, "fitting", Qt.FindChildOption.FindDirectChildrenOnly) is not None:
        return
    area = QScrollArea()
    area.setObjectName("fitting")
    area.setProperty("role", "plain")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if isinstance(window, QMainWindow):
        content = window.takeCentralWidget() or QWidget()
        # Not squeezed as far as it would go: it can scroll now.
        content.setMinimumSize(content.minimumSizeHint().expandedTo(_COMFORTABLE))
        area.setWidget(content)
        window.setCentralWidget(area)
        return
    focused, layout = window.focusWidget(), window.layout()
    if layout is None:
        return
    content = QWidget()
    content.setProperty("role", "plain")
    # A widget takes the layout of another one with all that is in it.
    content.setLayout(layout)
    area.setWidget(content)
    around = QVBoxLayout(window)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(area)
    if focused is not None:
        focused.setFocus()
