from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.definitions import english
from tests.core.definitions.support import heads, rules


@pytest.mark.parametrize(
    ("sentence", "head", "rule"),
    [
        ("A load balancer is a device that spreads requests over servers.", "load balancer", "copula"),
        ("Containers are isolated processes that share one kernel.", "Containers", "copula"),
        ("Sharding is the process of splitting a table by rows.", "Sharding", "copula"),
        (
            "In computing, an interpreter is a program that runs source text directly.",
            "interpreter",
            "copula",
        ),
        ("Latency refers to the delay between a request and its answer.", "Latency", "refers"),
        ("Throughput is defined as the number of requests served in a second.", "Throughput", "refers"),
        ("The term backpressure denotes the resistance of a slow consumer.", "backpressure", "refers"),
        ("A commit without any parents is called a root commit.", "root commit", "called"),
        ("Files that Git does not follow are known as untracked files.", "untracked files", "called"),
        (
            "The gap between two neurons is crossed by the **synapse**, a junction for signals.",
            "synapse",
            "apposition",
        ),
        ("RSS stands for Really Simple Syndication and delivers news.", "RSS", "expansion"),
        ("A scheduler determines which process may run next.", "scheduler", "function"),
        ("SVG, standing for Scalable Vector Graphics, is a format for drawings.", "SVG", "copula"),
        ("Basins, which lie behind the wall, are ponds that fill at high tide.", "Basins", "copula"),
        ("The YCbCr color model is a way of keeping brightness apart from color.", "YCbCr", "copula"),
        ("A person’s gait is the manner of walking that one has.", "gait", "copula"),
        ("Kindness is people’s wish to help others without reward.", "Kindness", "copula"),
        ("Malice is harmful action toward a person who did no harm.", "Malice", "copula"),
        ("The guests suffered from scurvy (i.e., a lack of fresh food).", "scurvy", "apposition"),
        (
            "The child develops a sense of self, which is an idea of who one is to others.",
            "sense of self",
            "apposition",
        ),
    ],
)
def test_defining_sentences_name_their_head(sentence: str, head: str, rule: str) -> None:
    assert rules(sentence).get(head) == rule


@pytest.mark.parametrize(
    "sentence",
    [
        "What is a load balancer in such a system?",
        "A load balancer is not a device that stores requests.",
        "A warning means nothing to the compiler of the program.",
        "This is a device that spreads requests over servers.",
        "The next step is to restart the server and check the log.",
        "Compression is enabled by default on all of the servers.",
        "The client is available in the package archive of your system.",
        "The goal of the release is a smaller memory footprint.",
        "There is a file that holds the settings of the server.",
        "Using a proxy is a good way to hide the address.",
        "Encryption is a great idea for every server.",
        "The town’s harbour support allows a basin to contain, as a sluice, a copy of the outer gate of its neighbour.",
        "If the server is a virtual machine, skip the rest of it.",
        "Click the button that is a green arrow to continue.",
        "The function is called with the name of the file.",
        "A connection is one of the following:",
        "We'll refer to the code as LANG in the rest of the text.",
        "A commit refers to its parent commits and to a commit tree.",
        "Copyright is a right that protects works. All rights reserved.",
        "foo = bar; a is a b {x: y} == 1; // 2 <a> </a> ((())) ==",
        "When the reader receives the answer, a client can send another request of that kind.",
        "fetch is the command used to get a file from a server.",
        "The gateway is a critical component of most deployments.",
        "Depth is a lot of water in one place.",
    ],
)
def test_other_sentences_define_nothing(sentence: str) -> None:
    strong = [match for match in english.find(sentence, ()) if match.weight > 0.5]
    assert strong == []


def test_all_names_of_the_subject_are_heads() -> None:
    found = heads("Site Reliability Engineering, also known as SRE (reliability work), is a discipline of operations.")
    assert set(found) >= {"Site Reliability Engineering", "SRE", "reliability work"}


def test_general_statements_weigh_more_than_incidental_ones() -> None:
    def weight(sentence: str) -> float:
        return next(iter(english.find(sentence, ()))).weight

    general = weight("A worker is a process that carries out jobs.")
    assert general > weight("The worker is a process that carries out jobs.")
    assert general > weight("However, a worker is a process that carries out jobs.")
    assert general > weight("A worker is a process that carries out our jobs.")


def test_long_sentences_are_left_alone() -> None:
    assert not list(english.find("A load balancer is a device that " + "spreads many requests " * 30 + "out.", ()))


@given(st.text(alphabet='aA (,.)"“—is the or called', max_size=400))
def test_any_text_gives_heads_that_stand_in_it(text: str) -> None:
    for match in english.find(text, ()):
        assert 0 <= match.start < match.end <= len(text)
        assert 0 < match.weight <= 1


@pytest.mark.timeout(120)
@pytest.mark.parametrize("part", ["a, ", "(a ", "is called ", "— a ", "the of ", "or ", "x is a ", ", also known as b"])
def test_no_sentence_takes_long(part: str) -> None:
    for length in (400, 100_000):
        list(english.find(("Thing " + part * length)[:length], ()))


def test_an_abbreviation_that_does_not_fit_the_name_before_it_is_no_other_name() -> None:
    assert "HSV" not in heads("Red to blue (HSV) is a gradient of the colors around the circle.")
    assert "LTM" in heads("Long-term memory (LTM) is the store of what was learned.")


def test_what_others_call_a_thing_names_it() -> None:
    found = rules("The commit, equivalent to what other systems call a “changeset”, is a step of a history.")
    assert found["changeset"] == "called"
    assert rules("The guards of the harbour call a “friend” before they call a ship.") == {}


def test_when_a_thing_occurs_tells_what_it_is() -> None:
    assert rules("A conflict occurs if two files change the same segment of lines.") == {"conflict": "refers"}
