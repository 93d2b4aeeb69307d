"""Light and dark: named colours, the palette made of them, and a small style sheet.

All functions run in the GUI thread.  Text keeps a contrast of at least 4.5 : 1 against what it stands
on; icons, the edges of controls and the ring around what has the keyboard keep 3 : 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from genglossary_gui.core import paths
from genglossary_gui.ui.style_sheet import STYLE_SHEET

_SYSTEM_FALLBACKS = ("Inter", "Cantarell", "Ubuntu", "Noto Sans", "Noto Sans CJK JP")
_JAPANESE = ("Noto Sans CJK JP", "Yu Gothic UI", "Hiragino Sans", "Meiryo", "IPAexGothic")
_MONOSPACE = ("Cascadia Mono", "SF Mono", "Noto Sans Mono CJK JP", "Noto Sans Mono", "DejaVu Sans Mono")
_SMALLEST_POINT_SIZE = 10
_FOLLOWED = "followsColourScheme"


@dataclass(frozen=True)
class Theme:
    """Colours by purpose, as ``#rrggbb``."""

    is_dark: bool
    window: str
    base: str
    alternate: str
    raised: str
    hover: str
    border: str
    """Between areas; what shows where a control ends is ``control``."""
    control: str
    scroll: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hover: str
    selection: str
    on_selection: str
    success: str
    warning: str
    error: str
    banner_success: str
    banner_warning: str
    banner_error: str
    banner_info: str
    occurrence: str
    passage: str


LIGHT = Theme(
    is_dark=False,
    window="#f3f6f8",
    base="#ffffff",
    alternate="#f8fafb",
    raised="#ffffff",
    hover="#e6edf1",
    border="#d3dce2",
    control="#768893",
    scroll="#81929d",
    text="#1a262e",
    muted="#536570",
    accent="#0b6b80",
    on_accent="#ffffff",
    accent_hover="#095a6c",
    selection="#d5ebf0",
    on_selection="#0c2f38",
    success="#1b6e3c",
    warning="#855300",
    error="#b3261e",
    banner_success="#e2f3e8",
    banner_warning="#fcf0d6",
    banner_error="#fce8e6",
    banner_info="#e1f0f4",
    occurrence="#ffe9a8",
    passage="#e0f2f6",
)

DARK = Theme(
    is_dark=True,
    window="#1a2026",
    base="#12171b",
    alternate="#161c21",
    raised="#20272e",
    hover="#2a333b",
    border="#35414a",
    control="#74848f",
    scroll="#5c6c77",
    text="#e3eaef",
    muted="#a0b0bb",
    accent="#63c5d9",
    on_accent="#05242c",
    accent_hover="#86d6e6",
    selection="#1d4753",
    on_selection="#eaf7fa",
    success="#7fd49e",
    warning="#f0bd62",
    error="#ff9389",
    banner_success="#1b3326",
    banner_warning="#3a2f17",
    banner_error="#42231f",
    banner_info="#18343c",
    occurrence="#5c4a0f",
    passage="#1a363f",
)

_current = LIGHT
_wish = "system"


def current() -> Theme:
    """The colours in use."""
    return _current


def apply_theme(app: QApplication, theme: str) -> None:
    """Show the whole app in ``"light"``, ``"dark"`` or as the system does (``"system"``, followed live)."""
    global _wish
    _wish = theme
    hints = app.styleHints()
    if not app.property(_FOLLOWED):
        app.setProperty(_FOLLOWED, True)
        hints.colorSchemeChanged.connect(_on_scheme_changed)
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints.setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))
    app.setStyle("Fusion")
    app.setFont(_interface_font())
    _dress(app, _wanted(app))


@contextmanager
def undressed(app: QApplication) -> Iterator[None]:
    """Build a window inside, while the style sheet is away.

    Qt would apply it again for each widget that is put into another, which takes longer than all the rest.  If windows
    are on the screen it stays: applying it to them twice would cost more.
    """
    sheet = "" if any(window.isVisible() for window in app.topLevelWidgets()) else app.styleSheet()
    if sheet:
        app.setStyleSheet("")
    try:
        yield
    finally:
        if sheet:
            app.setStyleSheet(sheet)


def monospace_font(point_size: float) -> QFont:
    """For code and line numbers."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if not QFontInfo(font).fixedPitch():
        font = QFont()
    font.setFamilies([font.family(), *_MONOSPACE])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(point_size)
    return font


def palette_of(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.Text: theme.text,
        role.AlternateBase: theme.alternate,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.error,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.on_selection,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Accent: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.hover,
        role.Mid: theme.border,
        role.Dark: theme.border,
        role.Shadow: theme.border,
    }
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.muted))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.hover))
    return palette


def _on_scheme_changed() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and _wanted(app) is not _current:
        _dress(app, _wanted(app))


def _wanted(app: QApplication) -> Theme:
    if _wish == "system":
        return DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if _wish == "dark" else LIGHT


def _dress(app: QApplication, theme: Theme) -> None:
    global _current
    _current = theme
    app.setPalette(palette_of(theme))
    icons = (paths.resources() / "icons").as_posix()
    name = "dark" if theme.is_dark else "white"
    app.setStyleSheet(STYLE_SHEET.substitute(vars(theme), icons=icons, on_accent_name=name))


def _interface_font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    # Without a desktop, Qt names only the generic family: choose a face made for screens then.
    named = () if font.family().lower() not in ("sans serif", "sans", "") else _SYSTEM_FALLBACKS
    installed = set(QFontDatabase.families())
    first = next((family for family in named if family in installed), font.family())
    font.setFamilies([first, *_JAPANESE])
    font.setPointSizeF(max(font.pointSizeF(), _SMALLEST_POINT_SIZE))
    return font
