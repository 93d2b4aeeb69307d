import pytest

from genglossary_gui.core.terms.forms import computed_kinds
from genglossary_gui.core.terms.misread import is_misread_noun


@pytest.mark.parametrize("word", ["osmolarity", "committer", "delimiter", "taxonomy", "aneuploidy", "protozoa"])
def test_a_noun_that_is_guessed_wrongly_is_a_noun(word):
    assert is_misread_noun(word, computed_kinds(word).likeliest)


@pytest.mark.parametrize(
    "word",
    ["slowly", "clockwise", "upwards", "faster", "today", "holocrine", "empty", "seven", "merge", "branch", "of"],
)
def test_other_words_stay_what_they_are(word):
    assert not is_misread_noun(word, computed_kinds(word).likeliest)
