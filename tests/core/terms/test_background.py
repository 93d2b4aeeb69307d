import pytest

from genglossary_gui.core.terms.background import NOWHERE, Common, background, pack, unpack


def test_what_was_packed_is_found_again():
    table = unpack(pack({"option": Common(0.9, 400.0), "sea lock": Common(0.1, 2.0)}))
    found = table.of("option")
    assert found.spread == pytest.approx(0.9, abs=0.01)
    assert found.rate == pytest.approx(400, rel=0.05)
    assert (found.place, table.of("sea lock").place) == (1, 2)


def test_unknown_phrases_are_nowhere():
    assert unpack(pack({"option": Common(0.9, 400.0)})).of("sluice") == NOWHERE


def test_equal_tables_are_equal_bytes():
    one, other = Common(0.5, 1.0), Common(0.25, 2.0)
    assert pack({"a": one, "b": other}) == pack({"b": other, "a": one})


@pytest.mark.parametrize(("language", "usual", "special"), [("en", "option", "culvert"), ("ja", "ファイル", "水門")])
def test_the_shipped_tables_tell_words_of_all_manuals_from_those_of_a_subject(language, usual, special):
    table = background(language)
    assert table.of(usual).place < 100
    assert table.of(special).place > 5000


def test_a_language_without_a_table_has_an_empty_one():
    assert background("xx").of("option") == NOWHERE
