"""A question with two answers, without waiting for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from genglossary_gui.ui.icons import icon


def ask(
    parent: QWidget, question: str, detail: str, *, accept: str, reject: str, accepted: Callable[[], None]
) -> QMessageBox:
    """Open a question over ``parent``; ``accepted()`` is called when ``accept`` is pressed.

    ``reject`` is the default and what Escape means.
    """
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setObjectName("question")
    box.setIconPixmap(icon("warning").pixmap(QSize(32, 32), parent.devicePixelRatioF()))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(parent.window().windowTitle())
    box.setText(question)
    box.setInformativeText(detail)
    yes = box.addButton(accept, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(reject, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    yes.clicked.connect(accepted)
    box.open()
    return box
