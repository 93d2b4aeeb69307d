"""The table of English words says what HanTa says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.terms.forms import MOST_KINDS, Kinds, computed_kinds, kinds_of, pack, shipped_forms, unpack
from genglossary_gui.core.text import Pos

_SOME = """
a the of tide tides tidal keeper kept keeping built gate gates run running walked walks open opened opening light well
metadata commit branch checkout tokenizer kernel filesystem hyperlink account ledger reconcile reconciled valve sluice
unhinge quickened telegraphs mishmash outlier parse parsed parser whence hereby seventeen plus amidst
"""
_KINDS = st.builds(Kinds, st.sampled_from(Pos), st.booleans(), st.booleans(), st.booleans())
_WORDS = st.text("abcd", min_size=1, max_size=6)


@pytest.mark.parametrize("word", _SOME.split())
def test_of_a_word_the_table_knows_what_hanta_says(word: str) -> None:
    assert shipped_forms().kinds(word) in (computed_kinds(word), None)


def test_the_words_of_running_text_are_in_it() -> None:
    assert [word for word in _SOME.split() if shipped_forms().kinds(word) is None] == []


def test_hundreds_of_words_from_all_over_it_are_as_hanta_says() -> None:
    words = list(shipped_forms())[::400]
    assert len(words) > 300
    assert [word for word in words if shipped_forms().kinds(word) != computed_kinds(word)] == []


def test_it_holds_the_commonest_words_and_those_only() -> None:
    assert 150_000 < sum(1 for _word in shipped_forms()) < 200_000
    assert shipped_forms().kinds("xqzvwk") is None


def test_hanta_is_asked_for_other_words() -> None:
    assert shipped_forms().kinds("glimmerstone") is None
    assert kinds_of("glimmerstone") == computed_kinds("glimmerstone")
    assert kinds_of("glimmerstone").noun


@given(st.dictionaries(_WORDS, _KINDS), st.lists(_WORDS))
def test_what_is_packed_is_found_and_nothing_else(forms: dict[str, Kinds], others: list[str]) -> None:
    table = unpack(pack(forms))
    assert list(table) == sorted(forms)
    assert {word: table.kinds(word) for word in [*forms, *others]} == {
        word: forms.get(word) for word in [*forms, *others]
    }


def test_more_kinds_than_a_byte_holds_are_refused() -> None:
    flags = (
        (noun, verb, adjective, gerund)
        for noun in (0, 1)
        for verb in (0, 1)
        for adjective in (0, 1)
        for gerund in (0, 1)
    )
    kinds = [Kinds(pos, *map(bool, each)) for each in flags for pos in Pos]
    assert len(kinds) > MOST_KINDS
    with pytest.raises(ValueError, match="kinds of words"):
        pack({"a" * number: each for number, each in enumerate(kinds, 1)})
