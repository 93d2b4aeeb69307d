"""Code points and UTF-16 units, there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.ui.utf16 import from_utf16, to_utf16

texts = st.text(st.characters(codec="utf-8"), max_size=40) | st.text("aあ🌊𠮷", max_size=40)


@given(texts, st.data())
def test_a_position_comes_back(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))

    assert from_utf16(text, to_utf16(text, position)) == position


@given(texts)
def test_all_of_a_text_is_as_long_as_its_utf16(text: str) -> None:
    assert to_utf16(text, len(text)) == len(text.encode("utf-16-le")) // 2


def test_a_unit_inside_a_pair_belongs_to_its_character() -> None:
    assert from_utf16("a🌊b", 2) == 1


def test_a_unit_behind_the_end_is_the_end() -> None:
    assert from_utf16("ab", 9) == 2
