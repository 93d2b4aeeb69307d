import getpass

import pytest

from genglossary_gui.core.engines.prompts import block, harmless, plain, prompt, tokens


def test_a_prompt_is_the_same_for_the_same_data_and_never_marked_twice_alike():
    first, second = (prompt("Task.", block("term", "Lock", longest=50)) for _ in range(2))
    assert first.hash({"model": "m"}) == second.hash({"model": "m"})
    assert first.marked() != first.marked()


@pytest.mark.parametrize("change", [{"model": "n"}, {"model": "m", "seed": 1}])
def test_parameters_belong_to_the_hash(change):
    asked = prompt("Task.", block("term", "Lock", longest=50))
    assert asked.hash({"model": "m"}) != asked.hash(change)


def test_system_and_data_bear_the_same_marker():
    system, user = prompt("Task.", block("term", "Lock", longest=50)).marked()
    marker = user.split(" ")[0]
    assert marker in system
    assert user.count(marker) == 2


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b",
        "a\x1b[31mb",
        "a\r\nb",
        "a\u202eb",
        "a\u2066b\u2069",
        "a\u200bb",
        "a\ufeffb",
        "a\U000e0041b",
        "a\ud800b",
        "a\x85b",
        "a\u2028b",
        "a\u00adb",
    ],
)
def test_nothing_invisible_and_no_second_line_reaches_the_model(text):
    shown = harmless(text, 100)
    assert shown.isprintable()
    assert (shown[0], shown[-1]) == ("a", "b")


@pytest.mark.parametrize(
    "place",
    [
        "/home/hanako/work/report.docx",
        "/Users/hanako/Desktop",
        r"C:\Users\hanako\report.docx",
        "c:/Users/hanako/report.docx",
        r"\\server\share\hanako\x.txt",
        "file:///home/hanako/x.txt",
        "/root/hanako/.ssh/id",
        "/mnt/hanako/x",
    ],
)
def test_r94_no_place_of_a_person_reaches_the_model(place):
    shown = harmless(f"See {place}, line 3.", 200)
    assert "hanako" not in shown
    assert shown.startswith("See …")


def test_places_that_are_the_same_everywhere_are_part_of_what_is_explained():
    assert harmless("The list is in /etc/hosts.", 100) == "The list is in /etc/hosts."
    assert harmless("Use https://example.org/home/page here.", 100) == "Use https://example.org/home/page here."


def test_r94_our_own_words_hold_no_user_name():
    system, user = prompt("Task.", "").marked()
    assert getpass.getuser() not in (system + user).split()


def test_what_a_model_writes_is_cut():
    assert plain("word " * 1000, 50).endswith("…")
    assert len(plain("word " * 1000, 50)) <= 50


@pytest.mark.parametrize(("text", "count"), [("", 0), ("word", 1), ("用語集", 3), ("用語 term", 4)])
def test_tokens_are_counted_about(text, count):
    assert tokens(text) == count
