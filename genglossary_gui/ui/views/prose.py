"""Text from anywhere in a label of any width: harmless, and in lines however long its words are."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy

from genglossary_gui.core.i18n import _
from genglossary_gui.ui.models.harmless import LONGEST, harmless
from genglossary_gui.ui.plain import enlarge

_LONG_WORD = re.compile(r"[!-~¡-ԯ]{25,}")
"""A word that may be wider than a panel.  Of scripts whose letters join or that break anywhere it is none."""
_PIECE = 4
_BREAK = "\u200b"
_NARROWEST = 60


class Prose(QLabel):
    """A wrapping label whose text can be selected.  It never asks for more width than there is."""

    def __init__(
        self, text: str, *, role: str = "", factor: float = 1.0, bold: bool = False, longest: int = LONGEST
    ) -> None:
        super().__init__(in_lines(text, longest))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        if role:
            self.setProperty("role", role)
        if factor != 1.0 or bold:
            enlarge(self, factor, bold=bold)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _NARROWEST), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self._copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # Not Qt's own menu: it would copy the signs at which the lines may break.
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(_("Copy"))
        copy.setEnabled(self.hasSelectedText())
        copy.triggered.connect(self._copy)
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.selectedText().replace(_BREAK, ""))


def in_lines(text: str, longest: int = LONGEST) -> str:
    """The text made harmless, with its line breaks, and with signs where its long words may go on in the next line."""
    safe = "\n".join(harmless(line, longest) for line in text[: longest + 1].split("\n"))
    return _LONG_WORD.sub(_breakable, safe)


def _breakable(word: re.Match[str]) -> str:
    return _BREAK.join(word[0][at : at + _PIECE] for at in range(0, len(word[0]), _PIECE))
