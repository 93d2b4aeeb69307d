"""Text from anywhere in a narrow panel: harmless, in lines, and copied as it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from genglossary_gui.ui.views.prose import Prose, in_lines

ADDRESS = "https://example.org/a/very/long/address/without/any/blank"


def test_a_long_word_asks_for_no_width_and_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    short, long = Prose("word"), Prose("w" * 600)
    for prose in (short, long):
        qtbot.addWidget(prose)
        assert prose.minimumSizeHint().width() <= 60

    assert long.heightForWidth(200) > 10 * short.heightForWidth(200)


@pytest.mark.parametrize(
    "text", ["ordinary words only", "水門は川を堰き止める設備であり、上流と下流の水位を調節する。"]
)
def test_words_that_fit_stay_as_they_are(text: str) -> None:
    assert in_lines(text) == text


def test_signs_that_would_mislead_are_shown_and_lines_stay_lines() -> None:
    assert in_lines("a\u202eb\x07\nc") == "a<U+202E>b^G\nc"


def test_a_word_is_copied_without_the_signs_at_which_it_may_break(qtbot: QtBot) -> None:
    prose = Prose(f"See {ADDRESS}.")
    qtbot.addWidget(prose)
    prose.show()
    prose.setSelection(4, len(prose.text()) - 5)
    assert prose.selectedText() != ADDRESS

    qtbot.keyClick(prose, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == ADDRESS
