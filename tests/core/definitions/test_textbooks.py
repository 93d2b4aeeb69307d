"""Sentences of textbooks: the name stands at the end, in an aside, or behind what we call so."""

from __future__ import annotations

import pytest

from genglossary_gui.core.definitions.finder import find_definitions
from genglossary_gui.core.text import BlockKind
from tests.core.definitions.support import document, findings, paragraphs, rules


def found(marked: str) -> set[tuple[str, str]]:
    """Heads with rules of one paragraph with ``**bold**``."""
    return {(finding.head, finding.rule) for finding in findings((BlockKind.PARAGRAPH, marked))}


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("The smallest particle of an element is the **atom**.", "atom"),
        (
            "The person who makes an offer is the **offeror**; the person to whom it is made is the **offeree**.",
            "offeree",
        ),
        ("The party who brings a civil case is the **plaintiff** (in some countries, the claimant).", "plaintiff"),
        ("Atoms of one element that differ in their number of neutrons are **isotopes**.", "isotopes"),
        ("The sum of all chemical reactions in an organism is its **metabolism**.", "metabolism"),
        ("A bank must keep a share of its deposits; this share is the **reserve ratio**.", "reserve ratio"),
        ("We call the place where the substrate binds the **active site**.", "active site"),
        (
            "When the price is held below it, buyers want more than is offered; economists call this a **shortage**.",
            "shortage",
        ),
    ],
)
def test_a_marked_name_behind_what_it_means_is_called_so(text: str, head: str) -> None:
    assert (head, "called") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The default value of this setting is **top**.",
        "The first of the steps that you take is the **login**.",
        "At its centre, among many others, is the **core**, which is small.",
        "Both are **gates**.",
        "The most important part of all is the **name**.",
        "Economists call this a **shortage**.",
    ],
)
def test_what_stands_before_a_marked_name_need_not_explain_it(text: str) -> None:
    assert "called" not in {rule for _head, rule in found(text)}


@pytest.mark.parametrize(
    ("text", "head", "rule"),
    [
        ("The law of demand states that people buy less of a good as its price rises.", "law of demand", "refers"),
        ("Price discrimination exists when a seller asks several prices.", "Price discrimination", "refers"),
        ("Matter is anything that has mass and takes up space.", "Matter", "copula"),
        ("Tort law deals with civil wrongs other than breach of contract.", "Tort law", "function"),
        ("Biologists define fitness as the number of offspring that an individual leaves.", "fitness", "refers"),
        ("The gross domestic product (GDP) of a country is the value of all goods made in it.", "GDP", "copula"),
        ("The **flood** is the rise of the tide; the **ebb** is the fall and the outward flow.", "ebb", "copula"),
        ("A **solution** is a homogeneous mixture in which one substance is dissolved.", "solution", "copula"),
        (
            "A member may receive an **exemption (EX)**, which is a paper that spares her a fee.",
            "exemption",
            "apposition",
        ),
        ("A **price ceiling**, i.e., a legal maximum price, often leads to shortages.", "price ceiling", "apposition"),
    ],
)
def test_other_ways_to_say_what_something_is(text: str, head: str, rule: str) -> None:
    assert (head, rule) in found(text)


@pytest.mark.parametrize(
    ("text", "head", "rule"),
    [
        ("The place in the lock where a boat waits is called the lock’s **chamber**.", "chamber", "called"),
        ("The boats that carry ore are the fleet’s **colliers**.", "colliers", "called"),
        ("The way from the sluice to the sea is described as the **outer canal**.", "outer canal", "called"),
        (
            "Each further metre of depth costs more, which engineers call the **law of rising cost**.",
            "law of rising cost",
            "called",
        ),
        ("Some gates, called **mitre gates**, close under the pressure of the water.", "mitre gates", "called"),
        (
            "A harbour encourages pilots with **bounties**: rewards paid for a ship that arrives unharmed.",
            "bounties",
            "apposition",
        ),
        ("**Towing**—literally pulling one boat with another—is slow on a crowded canal.", "Towing", "apposition"),
        (
            "Most harbours have a **breakwater** (Figure 2), a wall that keeps the waves of the sea away.",
            "breakwater",
            "apposition",
        ),
        (
            "He proposed the **theory of basins**, which states that every lock needs a second one.",
            "theory of basins",
            "apposition",
        ),
        ("The **coping**, a course of dressed stones, carries the rails of the crane.", "coping", "apposition"),
        ("Pilots use the term **slack** to indicate the time at which the water stands.", "slack", "refers"),
        ("**Sluices** and **weirs** are small dams that hold the water of a canal.", "weirs", "copula"),
        ("**Bollards** are posts within the harbour wall that are made of iron.", "Bollards", "copula"),
        ("Unlike a weir, a **culvert** (plural = culverts) carries the water under a road.", "culvert", "marked"),
        ("When too many boats wait at one gate, their masters speak of **congestion**.", "congestion", "marked"),
        ("The **keel** is rigid and keeps the boat from drifting to one side.", "keel", "marked"),
        (
            "In the **G2 phase**, the basin is filled again and the second pair of gates is closed.",
            "G2 phase",
            "marked",
        ),
    ],
)
def test_how_textbooks_explain_a_name_that_they_set_in_bold(text: str, head: str, rule: str) -> None:
    assert (head, rule) in found(text)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("It is made of stones laid in the **mortar**, the gravel, and some sand.", "mortar"),
        ("The **gate** was replaced in the spring of last year.", "gate"),
        ("You find it in the second list, which the window calls **Layers**.", "Layers"),
        ("There is a **bell**.", "bell"),
    ],
)
def test_a_name_in_bold_need_not_be_explained(text: str, head: str) -> None:
    assert head not in {name for name, _rule in found(text)}


def passage(marked: str, head: str) -> str:
    text, sentences = document((BlockKind.PARAGRAPH, marked))
    finding = next(f for f in find_definitions(text, sentences) if f.head == head)
    return text.text[finding.start : finding.end]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Some pumps move water while the gate is closed. This kind of pumping is called **topping**.", "topping"),
        (
            "Two boats may reach a gate at once. When this happens, they are passed by **locking in pairs**.",
            "locking in pairs",
        ),
        ("Mud settles where water stands. This also raises the need for **dredging**, the removal of mud.", "dredging"),
        (
            "Many old canals can be closed with the help of a **stop plank**. It is lowered into a groove of the wall.",
            "stop plank",
        ),
        ("One of these kinds is called **warping**. In warping, a boat is pulled along a fixed rope.", "warping"),
        ("The quay has a **bearing load**. This is what a square metre of it carries without harm.", "bearing load"),
        ("The last century gave rise to **ship lifts**. These lifts carry a boat in a basin of water.", "ship lifts"),
        ("Unlike sluices, **by-passes** are gates without a use. Rather, they keep the crews at work.", "by-passes"),
        ("A **caisson** is a box that closes a dock. It is made of steel and is sunk in front of the gate.", "caisson"),
    ],
)
def test_a_passage_takes_the_sentence_with_it_that_it_needs(text: str, head: str) -> None:
    assert passage(text, head) == text.replace("**", "")


@pytest.mark.parametrize(
    ("text", "head", "kept"),
    [
        ("We saw it there. This is called **topping**, the filling of a basin.", "topping", "This is"),
        ("A **dock** is a basin with a gate. It is shown in the third picture.", "dock", "A dock"),
        ("A **quay** carries goods between the ships and the town. Ships are heavy.", "quay", "A quay"),
    ],
)
def test_a_passage_takes_no_sentence_that_speaks_of_something_else(text: str, head: str, kept: str) -> None:
    found = passage(text, head)
    assert found.startswith(kept)
    assert not found.endswith(("Ships are heavy.", "the third picture."))


def test_a_passage_has_three_sentences_at_most() -> None:
    said = passage(
        "A barrage closes an inlet. It rises above the tide. This water is called the **basin**. The basin is deep.",
        "basin",
    )
    assert said.startswith("A barrage")
    assert said.endswith("the basin.")


@pytest.mark.parametrize(
    "text",
    [
        "The pump is filling the basin of the upper lock.",
        "Gates are painted white, without regard to their age.",
        "When we have called the keeper of the lock, he comes.",
        "You will learn more about **tides** in the third chapter of the book.",
        "See the chapter on **tides** for a drawing of such a basin.",
        "The **tides** were high in the spring of that year, and two gates broke.",
        "Pumps should be kept away from **salt water** and from the sun.",
    ],
)
def test_sentences_of_textbooks_that_define_nothing(text: str) -> None:
    assert not {rule for _head, rule in found(text)} - {"statement"}


def test_what_goes_on_is_told_from_what_an_action_is() -> None:
    assert rules("Caching is keeping the results that are asked for often.") == {"Caching": "copula"}


def test_a_relative_clause_is_no_pronoun() -> None:
    assert passage("Stones are heavy. Walls that are built of two stones are called **pairs**.", "pairs") == (
        "Walls that are built of two stones are called pairs."
    )


def test_who_defines_is_not_what_is_defined() -> None:
    assert "Biologists" not in rules("Biologists define fitness as the number of offspring that an individual leaves.")


def test_what_follows_an_opening_phrase_explains_nothing() -> None:
    assert ("oligopoly", "apposition") not in found("In an **oligopoly**, a few large firms share a market.")


def test_a_sentence_that_sets_a_name_in_bold_for_the_first_time_weighs_more() -> None:
    marked = findings((BlockKind.PARAGRAPH, "Elsewhere **turgor** is a pressure of the contents against the wall."))
    plain = find_definitions(*paragraphs("Elsewhere turgor is a pressure of the contents against the wall."))
    again = findings(
        (BlockKind.PARAGRAPH, "**Turgor** is a pressure of the contents against the wall."),
        (BlockKind.PARAGRAPH, "**Turgor** is a force of the contents against the wall."),
    )
    assert max(f.weight for f in marked) > max(f.weight for f in plain)
    assert again[0].weight > again[1].weight


def test_a_pronoun_is_traced_over_a_sentence_that_itself_leans_on_one_before() -> None:
    text, sentences = document(
        (
            BlockKind.PARAGRAPH,
            "A barrage is a dam built across an inlet. Ours is 640 m long. The water enclosed behind it is called the "
            "**basin**.",
        )
    )
    basin = next(f for f in find_definitions(text, sentences) if f.head == "basin")
    assert text.text[basin.start : basin.end] == text.text


def test_a_pronoun_that_stands_behind_what_it_means_needs_no_sentence_before() -> None:
    text, sentences = document(
        (
            BlockKind.PARAGRAPH,
            "Proteins act on many things. Enzymes are sensitive to heat; beyond a certain temperature they lose their "
            "shape, a process called **denaturation**.",
        )
    )
    found = next(f for f in find_definitions(text, sentences) if f.head == "denaturation")
    assert text.text[found.start : found.end].startswith("Enzymes")


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("元素の最小の粒子が**原子**である。", "原子"),
        ("細胞の外側を囲むのが**細胞膜**で、脂質の二重の層からなる。", "細胞膜"),
        ("経済全体を扱う分野が**マクロ経済学**、家計を扱う分野が**ミクロ経済学**である。", "マクロ経済学"),
        ("他方の需要が増える関係にある財を**代替財**、一緒に使われる財を**補完財**という。", "代替財"),
        ("陽子の数を**原子番号**という。", "原子番号"),
        ("細胞膜の内側を満たす液体を**細胞質基質**といい、小器官が浮かんでいる。", "細胞質基質"),
    ],
)
def test_a_japanese_name_may_stand_behind_what_it_means(text: str, head: str) -> None:
    assert (head, "called") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "代表的な例が**犬**である。",
        "ここで重要なのが**同期**である。",
        "デフォルトの設定が**有効**である。",
        "犬はやはり**動物**である。",
    ],
)
def test_what_stands_before_a_marked_japanese_name_need_not_explain_it(text: str) -> None:
    assert "called" not in {rule for _head, rule in found(text)}


@pytest.mark.parametrize("text", ["モルは物質量の単位である。", "エントロピーは乱雑さの程度を表す量とされる。"])
def test_short_and_cautious_japanese_sentences_say_what_something_is(text: str) -> None:
    assert "copula" in {rule for _head, rule in found(text)}


def test_a_word_that_names_nothing_by_itself_is_a_term_only_where_it_is_marked() -> None:
    assert not found("A solution is a homogeneous mixture in which one substance is dissolved.")


@pytest.mark.parametrize(
    ("text", "head", "rule"),
    [
        ("The **server** certificates are made for each of the clients by the controller.", "server", "marked"),
        (
            "One for closing the gate (with an **offdelay**) and one for opening it, the first shorter.",
            "offdelay",
            "marked",
        ),
        ("In particular, the gate shall be opened through a **driver** like others of its kind.", "driver", "marked"),
        ("In an active harbour, an Office of two or more keepers works all night.", "active harbour", "apposition"),
    ],
)
def test_a_mark_or_a_comma_alone_explains_nothing(text: str, head: str, rule: str) -> None:
    assert (head, rule) not in found(text)
