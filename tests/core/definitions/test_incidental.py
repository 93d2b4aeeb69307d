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
        ("デフォルトでは、水門は正午の直前に開きます。", "function"),
        ("水門は夜のあいだに取り除かれます。", "statement"),
        ("水門はお好みで調節できます。", "statement"),
        ("水門はつぎのとおりです。", "statement"),
        ("水門については、船の章で詳しく説明します。", ""),
    ],
)
def test_what_is_said_in_passing(text: str, rule: str) -> None:
    assert is_incidental(passage(text, rule, 0.2), ["lock", "水門"])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("We use the word lock to mean a chamber of water between two gates.", "refers"),
        ("A chamber of water between two gates is called a lock.", "called"),
        ("The colours of a flag are looked up in a table called a lock.", "called"),
        ("The lock, a chamber between two gates, raises ships.", "apposition"),
        ("A lock raises the ships of a canal from one level to another.", "function"),
        ("The canal lock displays the level of its water.", "function"),
        ("Locks hold the water of a canal back.", "statement"),
        ("Kubernetes provides the locks of a canal.", "statement"),
        ("The lock of a canal holds the water back.", "function"),
        ("the chamber of water that stands between two gates", "label"),
        ("水門は、川の水位を制御します。", "function"),
        ("水門は、水をせき止めるために使用されます。", "function"),
        ("水門は、動く壁として考えられます。", "statement"),
    ],
)
def test_what_is_said_in_general(text: str, rule: str) -> None:
    assert not is_incidental(passage(text, rule, 0.2), ["lock", "水門"])


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
