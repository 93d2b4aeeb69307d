"""The literal of an expression stands in whatever the expression finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.store.log_literals import literal_of

_PARTS = [
    "ab",
    "b",
    r"\.",
    r"\d",
    r"\b",
    "a+",
    "b*",
    "b?",
    "b??",
    "a+?",
    ".",
    "^",
    "$",
    "[ab]",
    "[^]a]",
    "(ab)",
    "(a|b)?",
    "(b)*",
    " ",
    "|",
]


@pytest.mark.parametrize(
    ("expression", "literal"),
    [
        ("needle", "needle"),
        (r"needle\b", "needle"),
        (r"took \d+ seconds", "seconds"),
        ("colou?r of tides", "r of tides"),
        ("gates?", "gate"),
        (r"a\.md:\d", "a.md:"),
        ("(gate|lock) opened", "opened"),
        ("gate|lock", ""),
        ("(?i)gate", ""),
        ("ga{2}te", ""),
        (r"\x41bcd", ""),
        ("[gate]", ""),
        ("", ""),
    ],
)
def test_it_is_the_longest_certain_text(expression: str, literal: str) -> None:
    assert literal_of(expression) == literal


@given(st.lists(st.sampled_from(_PARTS), max_size=6).map("".join), st.text("ab. 1", max_size=10))
def test_whatever_is_found_holds_it(expression: str, text: str) -> None:
    try:
        match = re.search(expression, text)
    except re.error:  # such as a count of a count
        return
    assert match is None or literal_of(expression) in match[0]
