from __future__ import annotations

from genglossary_gui.core.definitions.compose import defining_passages
from genglossary_gui.core.glossary import DefinitionDraft, Entry, IssueType
from genglossary_gui.core.review.refine import refine
from genglossary_gui.core.review.rules import review, unsupported_sentences
from tests.core.review.support import entry, passage


def refined(*entries: Entry) -> dict[str, DefinitionDraft]:
    return dict(refine(entries, list(review(entries)), defining_passages))


BEST = passage("A pod is a small group of containers.", 0.7)


def test_sound_entries_stay() -> None:
    assert refined(entry("pod", BEST.text), entry("gate", "A gate is a switch in a chip.")) == {}


def test_an_unsupported_sentence_is_removed() -> None:
    bad = entry("pod", f"{BEST.text} Pods were invented on the moon.", evidence=(BEST,))
    assert refined(bad)["pod"].text == BEST.text


def test_nothing_supported_gives_way_to_the_next_best_passage() -> None:
    bad = entry(
        "pod",
        "Pods were invented on the moon.",
        evidence=(passage("Something else entirely."),),
        passages=(BEST,),
    )
    draft = refined(bad)["pod"]
    assert (draft.text, draft.evidence[0], draft.origin) == (BEST.text, BEST, "offline")


def test_a_leading_connective_is_cut_and_the_rest_stays_verbatim() -> None:
    assert refined(entry("pod", "However, a pod is a small group."))["pod"].text == "a pod is a small group."
    assert (
        refined(entry("ポッド", "また、ポッドはコンテナの集まりです。"))["ポッド"].text
        == "ポッドはコンテナの集まりです。"
    )


def test_a_definition_that_points_back_gives_way() -> None:
    first = passage("This is a small group of containers.", 0.8)
    assert refined(entry("pod", first.text, evidence=(first,), passages=(first, BEST)))["pod"].text == BEST.text


def test_what_was_found_unfit_for_a_definition_does_not_come_back() -> None:
    of_a_control = passage("The slider and the input box allow you to choose a salinity.", 0.6, rule="label")
    assert refined(entry("salinity", "", passages=(of_a_control,))) == {}


def test_a_japanese_term_does_not_take_a_sentence_that_nobody_translated() -> None:
    left = passage("The selection is a mechanism that limits what is changed.", 0.6)
    assert refined(entry("選択範囲", "", passages=(left,))) == {}


def test_without_a_better_passage_an_unclear_definition_stays() -> None:
    assert refined(entry("pod", "This is a small group of containers.")) == {}


def test_of_a_circle_only_one_definition_changes() -> None:
    leader = entry(
        "leader",
        "A leader is what a follower listens to.",
        passages=(passage("A leader is a node that accepts writes."),),
    )
    follower = entry(
        "follower",
        "A follower is what listens to a leader.",
        passages=(passage("A follower is a node that copies."),),
    )
    drafts = refined(leader, follower)
    assert len(drafts) == 1
    assert not any(other in draft.text for draft in drafts.values() for other in ("listens",))


def test_an_expansion_is_completed() -> None:
    expansion = passage("SLO stands for service level objective.", 0.4, "expansion")
    more = passage("An SLO is a goal for a service.", 0.25, "function")
    given = entry("SLO", expansion.text, evidence=(expansion,), passages=(expansion, more))
    assert refined(given)["slo"].text == f"{expansion.text} {more.text}"


def test_what_a_person_wrote_is_never_touched() -> None:
    assert refined(entry("pod", "It is mine.", passages=(BEST,), origin="person")) == {}


def test_every_refined_sentence_has_evidence() -> None:
    first = passage("This is a small group of containers.", 0.8)
    given = entry("pod", first.text, evidence=(first,), passages=(first, BEST))
    for draft in refined(given).values():
        assert unsupported_sentences(Entry(given.term, draft)) == []


def test_refining_again_changes_nothing() -> None:
    first = passage("This is a small group of containers.", 0.8)
    given = entry("pod", first.text, evidence=(first,), passages=(first, BEST))
    better = Entry(given.term, refined(given)["pod"])
    assert IssueType.UNCLEAR not in {issue.type for issue in review([better])}
    assert refined(better) == {}
