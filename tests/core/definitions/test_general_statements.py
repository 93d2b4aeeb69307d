"""Sentences that say something general, what stands at their edges, and names told together with their kind."""

from __future__ import annotations

import pytest

from genglossary_gui.core.text import BlockKind as K
from tests.core.definitions.support import findings, heads, rules


def test_a_pronoun_for_what_the_sentence_names_itself_leaves_it_clear() -> None:
    text = "Locks are responsible for moving ships, within which people wait, and for lifting these ships."
    assert rules(text) == {"Locks": "function"}
    assert rules(text.replace("these ships", "these things")) == {}


def test_see_also_is_no_part_of_a_description() -> None:
    text, description = "Weir", "The wall that holds back the water of a river. See also Lock."
    (found,) = findings((K.TERM, text), (K.DESCRIPTION, description))
    assert found.end == len(text) + 1 + len("The wall that holds back the water of a river.")


@pytest.mark.parametrize(
    "text",
    [
        "Weirs control how the water of a river is shared.",
        "A harbour has one main gate (if it is not a small one) and some weirs.",
        "Weirs share the water with the CS-120 gates of a river.",
    ],
)
def test_general_statements(text: str) -> None:
    assert "statement" in rules(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "Weirs control how the water of 120 rivers is shared.",
        "A harbour has one main gate if it is not a small one.",
        "Light means a lot of the colour of a river.",
        "Servers can send, and clients understand, the news of a river.",
    ],
)
def test_no_general_statements(text: str) -> None:
    assert "statement" not in rules(text).values()


@pytest.mark.parametrize("text", ["水門は少ない水で多くの船を通します。", "水門はそれぞれの船の意図を読み取ります。"])
def test_general_statements_in_japanese(text: str) -> None:
    assert rules(text) == {"水門": "statement"}


@pytest.mark.parametrize("text", ["水門は水のない所で船を止めます。", "水門は図の船を通します。"])
def test_no_general_statements_in_japanese(text: str) -> None:
    assert rules(text) == {}


def test_a_kind_told_with_a_name_weighs_more() -> None:
    (kind,) = findings((K.PARAGRAPH, "The ships of this harbour use a radio protocol known as XTP for all calls."))
    (bare,) = findings((K.PARAGRAPH, "The ships of this harbour use the signals known as XTP for all their calls."))
    assert kind.weight > bare.weight


@pytest.mark.parametrize(
    "text",
    [
        "The hand is placed in the **level** field of the form as soon as the window opens.",
        "Examples are kept in the **scripts** directory of the harbour and in several packages.",
        "The **sluice** should be the name of the gate that is opened at noon by the keeper.",
        "Having it owned by **root** lets the keeper read the list without any change of it.",
        "Water flows in terms of **levels**, which are set via level:cpu_quota and the like.",
    ],
)
def test_a_marked_word_that_is_not_explained(text: str) -> None:
    assert "marked" not in rules(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "The hand is placed on the **level** of the water as soon as the window opens.",
        "The fear of deep water makes people avoid **sluices** even where nothing has ever happened to anyone.",
        "The **sluice effect** surprises people who wait for others that leave a basin before them.",
    ],
)
def test_a_marked_word_that_is_explained(text: str) -> None:
    assert "marked" in rules(text).values()


def test_a_marked_name_that_goes_on_is_no_name() -> None:
    text = "The way in which all of the ships send their news to one node is called **service node** replication."
    assert heads(text) == []
    assert heads(text.replace(" replication", "")) == ["service node"]


def test_a_name_with_a_number_goes_on() -> None:
    text = "People who keep ships in the upper basin have gates that are called layer 2.5 gates."
    assert heads(text) == []
    assert heads(text.replace(" 2.5 gates", "")) == ["layer"]


def test_a_family_is_no_adverb() -> None:
    assert heads("A gate is a part of a larger structure called a lock family.") == ["gate", "lock family"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("XTP is used only to check the names of the ships.", []),
        ("XTP is paper used only to check the names of the ships.", ["XTP"]),
        ("The XTP database is the place that keeps the names of all ships.", ["XTP database"]),
        ("The XTP protocol is the way in which ships send their names.", ["XTP protocol", "XTP"]),
        ("The Harbour XTP protocol is the way in which ships send.", ["Harbour XTP protocol", "XTP"]),
    ],
)
def test_what_a_bare_predicate_and_a_kind_tell(text: str, told: list[str]) -> None:
    assert sorted(heads(text)) == sorted(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The depth of a lock determines the ships that it takes.", ["depth", "depth of a lock"]),
        ("The depth of the lock determines the ships that it takes.", ["depth of the lock"]),
    ],
)
def test_a_property_of_any_thing(text: str, told: list[str]) -> None:
    assert sorted(heads(text)) == told
