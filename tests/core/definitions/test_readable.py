from __future__ import annotations

import pytest

from genglossary_gui.core.definitions.readable import doubt, is_readable, is_sentence
from genglossary_gui.core.glossary import Passage, PassageKind


def passage(text: str, weight: float, rule: str) -> Passage:
    return Passage(1, 0, len(text), 1, text, PassageKind.DEFINITION, weight, rule)


@pytest.mark.parametrize(
    ("text", "weight", "rule"),
    [
        ("A lock is a device that keeps the water of two levels apart.", 0.8, "copula"),
        ("Thus, a lock is a device that keeps the water of two levels apart.", 0.7, "copula"),
        ("In a canal, the chamber between two gates is called a lock.", 0.6, "called"),
        ("Lock, a chamber between two gates", 0.4, "apposition"),
        ("lock\nA chamber between two gates.", 0.8, "definition_list"),
        ("lock\nThe chamber of a lock between its gates.", 0.6, "definition_list"),
        ("lock\nOccurs when a gate does not open.", 0.8, "definition_list"),
        ("Lock – a chamber through which a ship is led.", 0.5, "label"),
        ("A ship needs a way up; this way is the lock.", 0.7, "called"),
        ("Locks\nA lock raises ships from one level to another.", 0.4, "opener"),
        ("Locks\nA lock, which is opened at noon, can be used to raise ships.", 0.4, "opener"),
        ("A lock is a device that keeps <upper-water> and <lower-water> apart.", 0.8, "copula"),
        ("lockは、水位の違う水面の間で船を上げ下げする装置です。", 0.8, "copula"),
        ("lock\n水位の違う水面の間で船を上げ下げする装置。", 0.8, "definition_list"),
    ],
)
def test_whole_statements_are_readable(text: str, weight: float, rule: str) -> None:
    assert is_readable(passage(text, weight, rule), ["lock"])


@pytest.mark.parametrize(
    ("text", "weight", "rule"),
    [
        ("> つまり、lockは船を上げ下げします。", 0.4, "function"),
        ("However, the lock holds water.", 0.38, "function"),
        ("This has an effect on ships. It is called a lock.", 0.4, "called"),
        ("Add the given gate to the chamber that is called a lock.", 0.6, "called"),
        ("lock (optional) - is the name of a device between two levels.", 0.7, "copula"),
        ("lockとは、次のようなものです。", 0.8, "refers"),
        ("lock\nShows the water of the canal.", 0.3, "definition_list"),
        ("lock: selects which water flows into the canal.", 0.46, "label"),
        ("lock\nThe pointer becomes a cross.", 0.8, "definition_list"),
        ("lock: <level> changed…", 0.3, "label"),
        ("lock\n水位を上げる", 0.4, "definition_list"),
        ("lock\nこの項目で水位を選びます。", 0.4, "definition_list"),
        ("Locks\nRuns the pumps and opens a gate.", 0.14, "opener"),
        ("Locks\nA lock is opened at noon by its keeper.", 0.4, "opener"),
        ("A lock is a device that keeps <b>upper water</b> apart.", 0.8, "copula"),
        ("The lock provides a way to raise ships.", 0.26, "function"),
        ("The Lock provides a way to raise ships.", 0.26, "function"),
        ("lock\nThe number of ships. Optional. Only for canals.", 0.6, "label"),
    ],
)
def test_fragments_and_commands_are_not_readable(text: str, weight: float, rule: str) -> None:
    assert not is_readable(passage(text, weight, rule), ["lock"])


def test_what_is_always_written_with_a_capital_is_no_single_one() -> None:
    assert is_readable(passage("The Collector provides a way to raise ships.", 0.26, "function"), ["Collector"])
    assert is_readable(passage("The Harbour XT94 format is used for lists of ships.", 0.26, "function"), ["XT94"])
    assert not is_readable(passage("The Harbour pump format is used for lists of ships.", 0.26, "function"), ["pump"])


def test_what_a_program_does_tells_what_its_name_means() -> None:
    text = "Applies a series of patches to the branch."
    assert is_readable(passage(f"git-quilt\n{text}", 0.4, "definition_list"), ["git-quilt"])
    assert not is_readable(passage(f"quilt\n{text}", 0.4, "definition_list"), ["quilt"])


@pytest.mark.parametrize(
    ("incidental", "general", "rule"),
    [
        ("The lock consists of two gates.", "A lock consists of two gates.", "function"),
        ("In the example, the lock is a gate of wood.", "A lock is a gate of wood with a pump.", "copula"),
        ("lock\nThe lock of the canal.", "lock\nThe chamber of a canal.", "definition_list"),
        ("Locks of a river can be given names.", "Locks raise ships from one level to another.", "opener"),
        ("lockは Ctrl+Z、unlockは Ctrl+Yです。", "lockは水位を変えるための装置です。", "copula"),
    ],
)
def test_incidental_statements_are_doubted(incidental: str, general: str, rule: str) -> None:
    assert doubt(passage(incidental, 0.4, rule), ["lock"]) < doubt(passage(general, 0.4, rule), ["lock"]) == 1.0


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Locks are found on most canals.", True),
        ("A list of locks to use with a canal.", False),
        ("Show the locks of the canal.", False),
        ("locks are found on most canals.", False),
        ("There the locks are closed.", False),
        ("水門は運河に置かれます。", True),
        ("水門を開けてください。", False),
        ("水門の一覧", False),
    ],
)
def test_a_sentence_needs_no_other(text: str, whole: bool) -> None:
    assert is_sentence(text) is whole


@pytest.mark.timeout(120)
@pytest.mark.parametrize("part", ["the a ", "is the ", "s the ", "lock, ", "the lock of ", "水門は", "- is ", "A-"])
def test_no_text_takes_long(part: str) -> None:
    for rule in ("copula", "definition_list", "opener"):
        found = passage(("Lock " + part * 50_000)[:100_000], 0.4, rule)
        is_readable(found, ["lock", "locks"])
        doubt(found, ["lock", "locks"])
