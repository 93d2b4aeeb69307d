"""Our walk over the parts of a word gives what HanTa's own gives, to the last digit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core import paths
from genglossary_gui.core.terms.hanta import tagger

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def theirs(word: str) -> Any:
    """What HanTa itself finds, without the answers that it keeps."""
    bare: Any = super(type(tagger()), tagger())
    return bare.analyze_forward(word)


@pytest.mark.parametrize("word", ["", "a", "ing", "tidal", "unlockable", "sluices", "glimmered", "x" * 40])
def test_a_word_is_weighed_as_hanta_weighs_it(word: str) -> None:
    assert tagger().analyze_forward(word) == theirs(word)


def test_every_word_of_the_english_sample_is_weighed_as_hanta_weighs_it() -> None:
    sample = paths.resources() / "samples" / "en"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(sample.rglob("*.md")))
    found = {word for word in text.lower().split() if word.isalpha() and word.isascii()}
    assert len(found) > 200
    assert [word for word in sorted(found) if tagger().analyze_forward(word) != theirs(word)] == []


@given(st.text(_LETTERS + "-'é", max_size=14))
def test_whatever_stands_there_is_weighed_as_hanta_weighs_it(word: str) -> None:
    assert tagger().analyze_forward(word) == theirs(word)
