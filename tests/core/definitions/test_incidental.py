from __future__ import annotations

from dataclasses import replace

import pytest

from genglossary_gui.core.definitions.compose import compose
from genglossary_gui.core.definitions.incidental import is_circular, is_incidental
from genglossary_gui.core.definitions.standin import FIRST
from genglossary_gui.core.glossary import Passage, PassageKind, TermDraft


def passage(text: str, rule: str, weight: float = 0.4) -> Passage:
    kind = PassageKind.DEFINITION if rule else PassageKind.CONTEXT
    return Passage(1, 0, len(text), 1, text, kind, weight, rule)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("For the rest of this chapter we use the word lock to mean a chamber of water.", "refers"),
        ("Be careful, as there is another gate called lock whose height is one metre.", "called"),
        ("In the harbour you find a program called Lock, which counts ships.", "called"),
        ("However, the gates are no row; two of them meet, and the place where they do is called a lock.", "called"),
        ("Locks have many advantages, so we try to build as many of them as we can.", "statement"),
        ("You should dig a new chamber (perhaps called lock), and use that instead.", "called"),
        ("A new chamber called lock was added, and it replaced the weir.", "called"),
        ("A steel plated lock", "label"),
        ("The outer lock to open.", "label"),
        ("You can use the gate on the lock, or the weir, to let the water out.", "apposition"),
        ("Ships are counted in three columns, Draft, Length and Lock (the last two are hidden).", "apposition"),
        ("Unlike a weir, which spills, it shows the level of the lock between its gates.", "marked"),
        ("By default, a lock uses both of its gates at once.", "function"),
        ("In the harbour, a lock is opened at noon for the smaller ships.", "statement"),
        ("The lock also contains a list of the ships of each day.", "function"),
        ("The water gate becomes a wall.", "statement"),
        ("A lock requires version 8.0 of the rules of the canal.", "function"),
        ("Locks restricts the effect to the lower ships.", "statement"),
        ("the harbour office reports the level, the draft and the lock to its server.", "label"),
        ("Ships report their draft to the lock at .", "copula"),
        ("Lock means very deep.", "refers"),
        ("If your gate stands in a basin called lock and a pump called weir, it stays dry.", "called"),
        ("Lock: the limit below which ships turn back.", "apposition"),
        ("Lock: allows the harbour to count its ships.", "function"),
        ("“Lock” describes the direction of the water.", "function"),
        ("The “lock” format shows the ships of a day.", "function"),
        ("The lock “A” is the chamber of the upper basin.", "copula"),
        ("Locks is the number of gates that the harbour has.", "copula"),
        ("lock is the command which closes the gates of a canal.", "copula"),
        ("The lock has three red gates on a white wall.", "statement"),
        ("The lock is used to hold ships that were built for the sea.", "function"),
        ("Locks can contain ships of the kind SHIP_SMALL as well.", "statement"),
        ("In the lock, each entry can be a ship or a boat.", "statement"),
        ("A lock has a different behaviour, than the weir tool.", "statement"),
        ("A lock lets small boats pass like WEIR does.", "function"),
        ("Keepers have done a good work at the lock of a town.", "statement"),
        ("The keeper, through his office, has opened the lock of a town.", "marked"),
        ("A lock can later be moved to the upper basin.", "statement"),
        ("A lock allows that as well.", "function"),
        ("A lock supports a second level called the “summer level”, which ships like.", "function"),
        ("A lock spares the harbour the loss of such water.", "function"),
        ("The rules of the canal have a chapter on how to find a lock.", "marked"),
        ("A lock is a chamber that closes by itself unless -f is given.", "copula"),
        ("The lock is a point on the map, and the two weirs are small squares beside it.", "copula"),
        ("“Lock” is a number that is used to correct this difference.", "copula"),
        ("The locks are used by both the pilots and the smiths of a harbour.", "function"),
        ("Locks have gates that you can open.", "statement"),
        ("Locks are stored in a separate list of the office.", "statement"),
        ("Locks have priority over weirs in the rules of the canal.", "statement"),
        ("The lock colours the water as shown in the picture.", "function"),
        ("the lock in which the ship will be raised.", "label"),
        ("A lock raises a ship without needing to pump.", "function"),
        ("A lock is used for a boat in the same harbour.", "function"),
        ("The gates of this basin are called locks by its keeper.", "called"),
        ("These chambers of a canal are called locks.", "called"),
        ("Such a chamber of a canal is called a lock.", "called"),
        ("Harbour locks requires a keeper for each gate.", "function"),
        ("Preventing the loss of water with the lock of a canal", "label"),
        ("Locks also contain other kinds of gates.", "function"),
        ("The button and the wheel allow you to open the lock.", "label"),
        ("The ships wait in the harbour once you called the lock.", "called"),
        ("A lock writes the level of its water to /var/log/levels.", "function"),
        ("The first gates, now called locks, were made of wood.", "called"),
        ("Specifies the ships that the lock lets in.", "table"),
        ("A lock is only of use if the harbour has water.", "definition_list"),
        ("The lock keeper supports the ships of a canal.", "opener"),
        ("Locks typically don't require a keeper because ships wait.", "opener"),
        ("A lock happens at two points: noon, where you open it, and midnight.", "opener"),
    ],
)
def test_what_is_said_in_passing(text: str, rule: str) -> None:
    assert is_incidental(passage(text, rule, 0.2), ["lock"])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("We use the word lock to mean a chamber of water between two gates.", "refers"),
        ("A chamber of water between two gates is called a lock.", "called"),
        ("The gates of a basin are called locks by its keeper.", "called"),
        ("A lock spares ships such as barges the way around.", "function"),
        ("The colours of a flag are looked up in a table called a lock.", "called"),
        ("The lock, a chamber between two gates, raises ships.", "apposition"),
        ("A lock raises the ships of a canal from one level to another.", "function"),
        ("The canal lock displays the level of its water.", "function"),
        ("When ships climb a hill, the chamber that lifts them is called a lock.", "called"),
        ("Lock: is a chamber of water between two gates.", "copula"),
        ("“Locks” hold the water of a canal back.", "function"),
        ("A lock can be used to lift the ships of a canal.", "statement"),
        ("Locks control how the ships of a canal are displayed.", "statement"),
        ("The canal locks are responsible for raising ships.", "function"),
        ("A water gate of a canal, only the ships of which may pass it.", "definition_list"),
        ("Locks are the chambers of a canal that hold its water.", "copula"),
        ("Locks hold the water of a canal back.", "statement"),
        ("Kubernetes provides the locks of a canal.", "statement"),
        ("The lock of a canal holds the water back.", "function"),
        ("the chamber of water that stands between two gates", "label"),
    ],
)
def test_what_is_said_in_general(text: str, rule: str) -> None:
    assert not is_incidental(passage(text, rule, 0.2), ["lock"])


def test_an_opener_about_a_longer_name() -> None:
    assert is_incidental(passage("The lock keeper supports the ships of a canal.", "opener"), ["lock"])
    assert not is_incidental(passage("The lock command shows the ships of a canal.", "opener"), ["lock"])


@pytest.mark.parametrize(
    ("text", "circular"),
    [
        ("The full hex form of the lock.", True),
        ("Lock is the lock field of a ship.", True),
        ("The gains of each day are realized locks.", False),
        ("A lock is a chamber of a canal.", False),
        ("A door between two locks that keeps the water back.", False),
    ],
)
def test_a_name_is_not_explained_by_itself(text: str, circular: bool) -> None:
    assert is_circular(text, ["lock"]) is circular


def term(*passages: Passage, rank: int) -> TermDraft:
    return TermDraft("lock", "lock", "en", 1.0, rank, 50, 1, True, passages=passages)


MENTION = passage("The office of a harbour keeps the keys of every lock in a box.", "")
ASIDE = passage("By default, a lock uses both of its gates at once.", "function")


OF_ANY = passage("The depth of a lock determines the ships that it can take.", "")
ONE_CASE = passage("The keys of every lock are now kept by the office of a harbour.", "")
DEPTH = passage("The depth of a lock determines its ships.", "function")
DEPTH_CONTROL = passage("Depth\nThe depth of a lock determines its ships. Off.", "definition_list", 0.3)
CONTROL = passage("Depth\nLocks shift the ships of a canal. Off by default.", "definition_list", 0.3)
SAME = passage("Locks shift the ships of a canal.", "function")


def test_what_determines_one_of_any_kind_speaks_of_it() -> None:
    assert compose(replace(term(OF_ANY, rank=1), term="depth")).text == OF_ANY.text
    of_one = passage("The depth of the lock determines the ships that it can take.", "")
    assert compose(replace(term(of_one, rank=1), term="depth")).text == ""


def test_a_sentence_about_one_case_stands_in_for_a_later_term_that_is_used_often() -> None:
    later = term(ONE_CASE, rank=FIRST + 1)
    assert compose(later).text == ONE_CASE.text
    assert compose(replace(later, frequency=5)).text == ""
    assert compose(replace(later, rank=1)).text == ""


def test_what_a_list_of_controls_says_too_tells_of_a_control() -> None:
    assert compose(term(SAME, rank=1)).text == SAME.text
    assert compose(term(SAME, CONTROL, rank=1)).text == ""
    assert compose(replace(term(DEPTH, DEPTH_CONTROL, rank=1), term="depth")).text == DEPTH.text


@pytest.mark.parametrize("found", [MENTION, ASIDE])
def test_the_first_terms_are_rather_silent(found: Passage) -> None:
    first = term(found, rank=1)
    assert compose(first).text == ""
    assert compose(first).evidence == ((found,) if not found.rule else ())
    assert compose(replace(first, rank=FIRST + 1)).text == found.text


def test_a_first_term_takes_a_sentence_that_speaks_of_it() -> None:
    speaking = passage("A lock has two gates and a chamber of water.", "")
    assert compose(term(MENTION, speaking, rank=1)).text == speaking.text


@pytest.mark.parametrize(
    "text",
    [
        "Lock Tables can help the office.",
        "Deposits are transfers of money into a lock.",
        "The Harbour Locks tab keeps the ships of a day.",
        "A box of keys for the lock is a thing of the office.",
    ],
)
def test_a_first_term_takes_no_sentence_about_another(text: str) -> None:
    assert compose(term(passage(text, ""), rank=1)).text == ""
