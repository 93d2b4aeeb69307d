import pytest

from genglossary_gui.core.terms.features import Features
from genglossary_gui.core.terms.merge import collect
from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import BlockKind
from tests.core.terms.helpers import Piece, document


def features(key: str, *pieces: Piece) -> dict[str, float]:
    text = document(*pieces)
    collection = collect([observe(text, tokenize(text, "auto"))])
    return Features(collection).of(collection.candidates[key])


def test_what_stands_only_inside_one_longer_phrase_has_no_c_value():
    seen = features("stop", "The stop log is in. A stop log is out. Each stop log is heavy.")
    assert seen["c_value"] == 0
    assert seen["fragment"] == 1
    assert seen["nested_only"] == 1


def test_what_also_stands_alone_keeps_most_of_its_c_value():
    seen = features("log", "The stop log is in. A stop log is out. The log is old. A log is here. One log floats.")
    assert seen["c_value"] > 0
    assert seen["fragment"] < 0.5


def test_words_of_everyday_language_are_less_weird():
    text = "The sluice is open. The water is cold. A sluice leaks. The water rises."
    assert features("sluice", text)["weirdness"] > features("water", text)["weirdness"]
    assert features("water", text)["common_word"] > features("sluice", text)["common_word"] == 0


@pytest.mark.parametrize(("text", "acronym"), [("We ask VTS now. Then VTS answers.", 1), ("We ask them now.", 0)])
def test_acronyms_are_words_in_capitals(text, acronym):
    key = "vts" if acronym else "answer"
    assert features(key, text, "The answer is known.")["acronym"] == acronym


def test_a_heading_in_capitals_makes_no_acronym():
    seen = features("lock", "LOCK", "We open the lock. Then the lock is empty.")
    assert seen["acronym"] == 0


def test_the_heading_of_many_sections_is_structure():
    heading = (BlockKind.HEADING, "Safety")
    assert features("safety", heading, heading, heading, heading)["structural"] == 1
    assert features("safety", heading, "We care for safety.")["structural"] == 0
