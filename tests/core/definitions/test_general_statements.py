"""Sentences that say something general, what stands at their edges, and names told together with their kind."""

from __future__ import annotations

import pytest

from genglossary_gui.core.text import BlockKind as K
from tests.core.definitions.support import findings, rules


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


def test_a_kind_told_with_a_name_weighs_more() -> None:
    (kind,) = findings((K.PARAGRAPH, "The ships of this harbour use a radio protocol known as XTP for all calls."))
    (bare,) = findings((K.PARAGRAPH, "The ships of this harbour use the signals known as XTP for all their calls."))
    assert kind.weight > bare.weight


def test_a_marked_control_is_not_explained() -> None:
    text = "The hand is placed in the **level** field of the form as soon as the window opens."
    assert findings((K.PARAGRAPH, text)) == []
    assert findings((K.PARAGRAPH, text.replace(" field", "")))
