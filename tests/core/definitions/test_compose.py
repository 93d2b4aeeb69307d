from __future__ import annotations

import re
from dataclasses import replace
from itertools import permutations

import pytest

from genglossary_gui.core.definitions.compose import compose
from genglossary_gui.core.definitions.confidence import calibrated
from genglossary_gui.core.definitions.standin import FIRST
from genglossary_gui.core.glossary import Passage, PassageKind, TermDraft, Variant


def passage(text: str, weight: float, rule: str = "copula", kind: PassageKind = PassageKind.DEFINITION) -> Passage:
    return Passage(1, 0, len(text), 1, text, kind, weight, rule)


def context(text: str, weight: float = 0.5) -> Passage:
    return passage(text, weight, "", PassageKind.CONTEXT)


def term(*passages: Passage, name: str = "pod", variants: tuple[Variant, ...] = ()) -> TermDraft:
    return TermDraft(name.casefold(), name, "en", 1.0, FIRST + 1, 5, 1, True, variants=variants, passages=passages)


STRONG = passage("A pod is a group of containers.", 0.85)
WEAK = passage("A pod holds containers of one team.", 0.4, "function")


def test_the_heaviest_passage_is_the_definition_word_for_word() -> None:
    draft = compose(term(WEAK, STRONG))
    assert draft.text == STRONG.text
    assert draft.evidence == (STRONG, WEAK)


def test_the_order_of_passages_does_not_matter() -> None:
    passages = (STRONG, WEAK, passage("A pod is a set of containers.", 0.85))
    assert len({compose(term(*order)) for order in permutations(passages)}) == 1


def test_nothing_defines_so_nothing_is_said_but_contexts_are_shown() -> None:
    draft = compose(term(context("Restart the pod."), context("What about the pod here?", 0.9)))
    assert (draft.text, draft.confidence) == ("", 0.0)
    assert draft.evidence[0].text == "What about the pod here?"


def test_a_statement_about_the_term_stands_in_with_little_confidence() -> None:
    draft = compose(term(context("Restart the pod."), context("A pod runs on exactly one node of the cluster.", 0.1)))
    assert draft.text == "A pod runs on exactly one node of the cluster."
    assert 0 < draft.confidence <= 0.15
    assert draft.evidence[0].text == draft.text


def test_a_statement_about_a_longer_term_does_not_stand_in() -> None:
    assert compose(term(context("A pod scheduler runs on exactly one node."))).text == ""
    assert compose(term(context("Pod names are written in lower case."))).text == ""


def test_variants_count_as_the_term() -> None:
    draft = compose(term(context("Kubernetes pods run on a node of it."), variants=(Variant("Kubernetes pod", 2),)))
    assert draft.text == ""
    draft = compose(term(context("A kube pod runs on exactly one node."), variants=(Variant("kube pod", 2),)))
    assert draft.text


def test_an_expansion_is_followed_by_what_says_more() -> None:
    expansion = passage("SLO stands for service level objective.", 0.4, "expansion")
    more = passage("An SLO is a goal for a service.", 0.35)
    draft = compose(term(expansion, more, name="SLO"))
    assert draft.text == f"{expansion.text} {more.text}"
    assert draft.evidence == (expansion, more)


def test_japanese_sentences_are_joined_without_a_blank() -> None:
    expansion = passage("GIFは画像形式の名の略です。", 0.4, "expansion")
    more = passage("GIFは画像の形式です。", 0.35)
    assert compose(term(expansion, more, name="GIF")).text == expansion.text + more.text


def test_a_name_with_many_descriptions_is_not_defined_by_one_of_them() -> None:
    options = [passage(f"The {side} line of a frame.", 0.9, "definition_list") for side in ("top", "left", "end")]
    sentence = passage("Offset is a distance from a border.", 0.6)
    assert compose(term(*options, sentence, name="offset")).text == sentence.text
    assert compose(term(options[0], sentence, name="offset")).text == options[0].text


def test_a_clear_passage_that_says_something_else_follows_the_best_one() -> None:
    more = passage("Pods are characterized by shared addresses and volumes.", 0.5, "function")
    again = passage("A pod is a group of several containers.", 0.8)
    assert compose(term(STRONG, more)).text == f"{STRONG.text} {more.text}"
    assert compose(term(STRONG, again)).text == STRONG.text


def test_of_equal_passages_the_more_typical_one_is_taken() -> None:
    odd = passage("A pod is a seed case.", 0.8)
    typical = passage("A pod is a group of containers that share a network.", 0.8)
    contexts = (context("Containers share the network here."), context("A network for containers and pods is there."))
    assert compose(term(odd, typical, *contexts)).text.startswith(typical.text)


def test_only_of_a_name_in_frequent_use_a_sentence_that_mentions_it_stands_in() -> None:
    mention = context("The scheduler keeps the pod on a node with enough memory.")
    seldom = replace(term(mention), frequency=2)
    assert compose(seldom).text == ""
    often = compose(replace(seldom, frequency=50))
    assert (often.text, often.confidence < 0.1) == (mention.text, True)


@pytest.mark.parametrize(
    "text",
    ["Restart the pod to change its address on the network.", "The pod was moved to the other node on Monday."],
)
def test_a_command_or_a_story_never_stands_in(text: str) -> None:
    assert compose(replace(term(context(text)), frequency=50)).text == ""


@pytest.mark.parametrize(
    "fragment",
    [
        "and then the pod is a group of containers.",
        "> A pod is a group of containers.",
        "It is a pod of several containers.",
        "However, the pod has a network.",
        "これはpodをまとめた集合です。",
        "pod | a group of containers",
    ],
)
def test_a_fragment_is_silent(fragment: str) -> None:
    assert compose(term(passage(fragment, 0.35, "function"))).text == ""


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        ("A group of containers on one node.", True),
        ("Shows the containers of one node.", False),
        ("cannot read the file", False),
        ("The containers share a network with its node.", False),
        ("A pod shares one network with its node.", True),
    ],
)
def test_a_list_of_controls_defines_only_what_it_names(description: str, shown: bool) -> None:
    texts = {True: 0.8, False: 0.3}
    draft = compose(term(passage(f"pod\n{description}", texts[description.startswith("A group")], "definition_list")))
    assert (draft.text == description) is shown


def test_what_an_instance_does_is_worth_less_than_what_all_do() -> None:
    instance = passage("The pod consists of two containers and a volume.", 0.4, "function")
    general = passage("A pod consists of containers and their volumes.", 0.38, "function")
    assert compose(term(instance, general)).text.startswith(general.text)
    assert compose(term(instance)).confidence < compose(term(general)).confidence


def test_a_sentence_that_goes_on_elsewhere_is_no_second_one() -> None:
    more = passage("A pod is a thing with an address, but nobody needs it.", 0.6)
    assert compose(term(STRONG, more)).text == STRONG.text


def test_confidence_rises_with_strength_and_stays_between_0_and_1() -> None:
    values = [calibrated(step / 50) for step in range(61)]
    assert values == sorted(values)
    assert 0 < values[0] < 0.1 < 0.8 < values[-1] < 1


@pytest.mark.parametrize("rank", [1, FIRST + 1])
def test_an_entry_has_three_sentences_at_most(rank: int) -> None:
    three = passage("A pod is a group of containers. It has an address. It runs on a node.", 0.85)
    more = passage("Pods are characterized by volumes and secrets of one team.", 0.5, "function")
    listed = passage("pod\nA group of containers. It has an address. It runs on a node.", 0.9, "definition_list")
    for passages in ((three, more), (listed, more), (three, STRONG, more), (STRONG, more, WEAK)):
        draft = compose(replace(term(*passages), rank=rank))
        assert 1 <= len(re.findall(r"[.](?= |$)", draft.text)) <= 3


def test_what_a_reader_is_asked_to_do_is_no_second_sentence() -> None:
    asking = passage("If you know that a team called a pod exists there, ask its owner.", 0.6, "called")
    assert compose(term(STRONG, asking)).text == STRONG.text
