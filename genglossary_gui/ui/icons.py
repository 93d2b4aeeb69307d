"""Icons drawn from one-colour SVG files in the colours of the current theme, sharp at every scale."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from genglossary_gui.core import paths
from genglossary_gui.ui import theme

_COLOURS = {
    "status-completed": "success",
    "status-failed": "error",
    "status-running": "accent",
    "status-interrupted": "warning",
    "warning": "warning",
    "error": "error",
    "info": "accent",
    "run": "accent",
}
"""Icon → colour of the theme; the others have the colour of text."""


def icon(name: str, colour: str = "") -> QIcon:
    """``resources/icons/NAME.svg``; an empty icon when there is no such file.

    It follows a change of the theme by itself.  ``colour`` names a colour of the theme for all states.
    """
    return QIcon(_ThemedEngine(name, colour)) if _svg(name) else QIcon()


def app_icon() -> QIcon:
    """The icon of the program in its own colours, drawn when and how large it is asked for."""
    return QIcon(_OwnEngine("genglossary", ""))


@lru_cache(maxsize=128)
def _svg(name: str) -> bytes:
    try:
        return (_folder() / f"{name}.svg").read_bytes()
    except FileNotFoundError:
        return b""


@cache
def _folder() -> Path:
    """Looked for once, not for each of the many icons of a start."""
    return paths.resources() / "icons"


class Picture(QWidget):
    """An icon on its own, which follows the theme like every icon.  ``size`` in device-independent pixels."""

    def __init__(self, name: str = "", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setFixedSize(size, size)

    def show_icon(self, name: str) -> None:
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        icon(self._name).paint(QPainter(self), self.rect())


class BadgePicture(QWidget):
    """The icon of the program on its own, in its colours.  ``size`` in device-independent pixels."""

    def __init__(self, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), _drawn("genglossary", self.width(), self.height(), self.devicePixelRatioF()))


class _ThemedEngine(QIconEngine):
    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._name, self._colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return pixmap

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, _painted(self._name, self._colour_for(mode), rect.width(), rect.height(), ratio))

    def _colour_for(self, mode: QIcon.Mode) -> str:
        colours = theme.current()
        if self._colour:
            return getattr(colours, self._colour)
        if mode is QIcon.Mode.Disabled:
            return colours.border if not colours.is_dark else "#56646e"
        return getattr(colours, _COLOURS.get(self._name, "text"))


class _OwnEngine(_ThemedEngine):
    """The same in every theme, and in every mode."""

    def clone(self) -> QIconEngine:
        return _OwnEngine(self._name, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, _drawn(self._name, rect.width(), rect.height(), ratio))


@lru_cache(maxsize=512)
def _painted(name: str, colour: str, width: int, height: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(_drawn(name, width, height, ratio))
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(QRectF(0, 0, width, height), QColor(colour))
    painter.end()
    return pixmap


def _drawn(name: str, width: int, height: int, ratio: float) -> QPixmap:
    """The drawing in its own colours."""
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(_svg(name)))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return pixmap
