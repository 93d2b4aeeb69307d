import pytest

from genglossary_gui.core.terms.features import Features, is_general
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
    assert seen["nested"] == 1


def test_what_also_stands_alone_keeps_most_of_its_c_value():
    seen = features("log", "The stop log is in. A stop log is out. The log is old. A log is here. One log floats.")
    assert seen["c_value"] > 0
    assert seen["fragment"] < 0.5


def test_words_of_everyday_language_are_less_weird():
    text = "The sluice is open. The water is cold. A sluice leaks. The water rises."
    assert features("sluice", text)["weirdness"] > features("water", text)["weirdness"]


def test_words_of_all_manuals_are_usual():
    text = "The sluice is open. The option is new. A sluice leaks. The option works."
    assert features("option", text)["usual"] > features("sluice", text)["usual"] == 0
    assert features("sluice", text)["contrast"] > features("option", text)["contrast"]


def test_what_recurs_in_a_paragraph_is_told_from_what_is_spread():
    once = [f"The gate number {number} leaks." for number in range(4)]
    assert features("gate", *once)["recurring"] == 0
    assert features("gate", " ".join(once))["recurring"] == 2


def test_compounds_with_a_word_speak_for_it():
    seen = features("lock", "The sea lock and the stop lock are old. The lock is new.")
    assert seen["ends_compounds"] > seen["begins_compounds"] == 0


@pytest.mark.parametrize(("text", "acronym"), [("We ask VTS now. Then VTS answers.", 1), ("We ask them now.", 0)])
def test_acronyms_are_words_in_capitals(text, acronym):
    key = "vts" if acronym else "answer"
    assert features(key, text, "The answer is known.")["acronym"] == acronym


def test_a_heading_in_capitals_makes_no_acronym():
    seen = features("lock", "LOCK", "We open the lock. Then the lock is empty.")
    assert seen["acronym"] == 0


def test_the_heading_of_many_sections_is_part_of_the_outline():
    heading = (BlockKind.HEADING, "Safety")
    assert features("safety", *[heading] * 6)["repeated_heading"] > 0
    assert features("safety", heading, "We care for safety.")["repeated_heading"] == 0


@pytest.mark.parametrize(
    ("key", "text", "general"),
    [
        ("option", "The option is new. An option works.", True),
        ("sluice", "The sluice is open. A sluice leaks.", False),
        ("sluice option", "The sluice option is new. A sluice option works.", False),
        ("ファイル", "ファイルを開く。ファイルを閉じる。", True),
        ("layer", "このlayerを開く。次のlayerを閉じる。", True),
    ],
)
def test_words_of_all_manuals_are_general(key, text, general):
    filler = [f"Gate{number} leaks beside the pump{number}." for number in range(40)]
    parsed = document(text, *filler)
    collection = collect([observe(parsed, tokenize(parsed, "auto"))])
    candidate = collection.candidates[key]
    assert is_general(candidate, Features(collection).of(candidate)) is general
