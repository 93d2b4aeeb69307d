"""Nothing that a text holds can change what the rest of the window shows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genglossary_gui.ui.models.harmless import harmless

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
def test_the_result_is_one_line_without_anything_invisible(text: str) -> None:
    bad = {c for c in harmless(text) if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}

    assert bad <= {"\u200c", "\u200d"}


@given(ANY_TEXT)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    once = harmless(text)

    assert harmless(once) == once


@given(ANY_TEXT, st.integers(1, 20))
@example("\r\n!", 2)
def test_a_cut_text_is_not_longer_and_ends_in_an_ellipsis(text: str, longest: int) -> None:
    shown = harmless(text, longest)

    assert len(shown) <= longest
    assert len(text) <= longest or shown.endswith("…")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\r\ntwo\nthree", "one⏎two⏎three"),
        ("\x1b[31mred\x1b[0m", "^[[31mred^[[0m"),
        ("a\tb", "a b"),
        ("abc\u202ecod.exe", "abc<U+202E>cod.exe"),
        ("\udc80", "\ufffd"),
        ("麹菌 𠮷　👩‍🔬", "麹菌 𠮷　👩‍🔬"),
    ],
)
def test_signs(text: str, shown: str) -> None:
    assert harmless(text) == shown
