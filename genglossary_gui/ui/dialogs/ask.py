"""A question with two answers, and one for a name, without waiting for the answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.ui.icons import icon

_ROOM = 40
"""Letters of a name that are in sight at once."""


def name_box(parent: QWidget, name: str, title: str, caption: str, text: str) -> QInputDialog:
    """A dialog that asks for another name than ``text``; it is not open yet.  ``name`` is that of the object."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName(name)
    dialog.setWindowTitle(title)
    dialog.setLabelText(caption)
    dialog.setTextValue(text)
    dialog.setOkButtonText(_("Rename"))
    dialog.setCancelButtonText(pgettext("dialog", "Cancel"))
    dialog.resize(_ROOM * dialog.fontMetrics().horizontalAdvance("n"), dialog.sizeHint().height())
    return dialog


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
