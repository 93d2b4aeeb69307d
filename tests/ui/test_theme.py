"""The two themes can be read, and the app takes them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from genglossary_gui.ui import theme
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.theme import DARK, LIGHT, Theme, apply_theme

PAIRS = [
    (text, ground) for text in ("text", "muted") for ground in ("window", "base", "alternate", "raised", "hover")
] + [
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_selection", "selection"),
    ("text", "occurrence"),
    ("text", "passage"),
    ("accent", "base"),
    ("accent", "window"),
    ("accent", "alternate"),
    ("error", "window"),
    ("text", "banner_success"),
    ("text", "banner_warning"),
    ("text", "banner_error"),
    ("text", "banner_info"),
    ("accent", "banner_success"),
]

EDGES = [(edge, ground) for edge in ("control", "accent") for ground in ("window", "base", "alternate", "raised")] + [
    ("scroll", "base"),
    *((sign, ground) for sign in ("success", "warning", "error", "accent") for ground in ("window", "base", "hover")),
    *(("text", banner) for banner in ("banner_info", "banner_success", "banner_warning", "banner_error")),
    *((kind, f"banner_{kind}") for kind in ("success", "warning", "error")),
    ("accent", "banner_info"),
    ("on_accent", "accent"),
]
"""What shows where a control is, which state it has or where the keyboard is, and what that lies on."""


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.1."""
    tone = QColor(colour)
    shares = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (tone.redF(), tone.greenF(), tone.blueF())
    ]
    return 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), PAIRS)
def test_text_has_enough_contrast(colours: Theme, front: str, ground: str) -> None:
    darker, lighter = sorted(luminance(getattr(colours, name)) for name in (front, ground))

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), EDGES)
def test_edges_and_signs_have_enough_contrast(colours: Theme, front: str, ground: str) -> None:
    darker, lighter = sorted(luminance(getattr(colours, name)) for name in (front, ground))

    assert (lighter + 0.05) / (darker + 0.05) >= 3


def test_the_app_turns_dark(qapp: QApplication) -> None:
    apply_theme(qapp, "dark")

    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    apply_theme(qapp, "light")
    assert theme.current() is LIGHT


def test_an_icon_has_the_colour_of_the_theme(qapp: QApplication) -> None:
    drawn: QIcon = icon("status-pending")
    apply_theme(qapp, "dark")
    dark = drawn.pixmap(QSize(24, 24)).toImage()
    apply_theme(qapp, "light")
    light = drawn.pixmap(QSize(24, 24)).toImage()

    assert dark != light


def test_a_missing_icon_is_empty(qapp: QApplication) -> None:
    assert icon("no-such-icon").isNull()
