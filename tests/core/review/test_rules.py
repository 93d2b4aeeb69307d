from __future__ import annotations

from dataclasses import replace

import pytest

from genglossary_gui.core.glossary import Category, Entry, IssueDraft, IssueType, Passage, Variant
from genglossary_gui.core.review.rules import review
from tests.core.review.support import entry, passage


def issues(*entries: Entry) -> dict[IssueType, list[IssueDraft]]:
    found: dict[IssueType, list[IssueDraft]] = {}
    for issue in review(entries):
        found.setdefault(issue.type, []).append(issue)
    return found


GOOD = entry("pod", "A pod is a small group of containers with one network.")


def test_a_sound_entry_has_no_issue() -> None:
    assert issues(GOOD) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A group.",
        "It is a small group of containers.",
        "However, a pod is a small group of containers.",
        "これはコンテナの集まりです。",
        "また、ポッドはコンテナの集まりです。",
        "集まり。",
    ],
)
def test_unclear_definitions(text: str) -> None:
    (issue,) = issues(entry("pod", text))[IssueType.UNCLEAR]
    assert "pod" in issue.explanation
    assert issue.action


def test_a_sentence_that_no_evidence_holds_is_unsupported() -> None:
    text = "A pod is a group of containers. Pods were invented on the moon."
    (issue,) = issues(entry("pod", text, evidence=(passage("A pod is a group of containers."),)))[IssueType.UNSUPPORTED]
    assert "invented on the moon" in issue.explanation


def test_what_a_person_wrote_needs_no_evidence() -> None:
    assert issues(entry("pod", "Pods were invented on the moon.", evidence=(), origin="person")) == {}


def test_nearly_the_same_definitions_are_duplicates() -> None:
    found = issues(
        entry("cache", "A cache is a fast store that keeps copies of data that is used often."),
        entry("buffer store", "A buffer store is a fast store that keeps copies of data that are used often."),
        GOOD,
    )
    (issue,) = found[IssueType.DUPLICATE]
    assert (issue.key, issue.related) == ("cache", ("buffer store",))


def test_entries_that_share_a_spelling_are_duplicates() -> None:
    found = issues(
        entry("index", "An index is a list of places where words stand.", variants=(Variant("cache", 3),)),
        entry("cache", "A cache is a fast store that keeps copies of data."),
    )
    assert len(found[IssueType.DUPLICATE]) == 1


def test_two_terms_explained_by_each_other_only_are_circular() -> None:
    found = issues(
        entry("leader", "A leader is what followers listen to.", variants=(Variant("leaders", 2),)),
        entry("follower", "A follower is what listens to leaders.", variants=(Variant("followers", 2),)),
    )
    (issue,) = found[IssueType.CIRCULAR]
    assert {issue.key, *issue.related} == {"leader", "follower"}


def test_a_definition_that_repeats_its_term_is_circular() -> None:
    assert IssueType.CIRCULAR in issues(entry("task queue", "The task queue is the queue of tasks."))


def test_an_abbreviation_without_long_form_is_reported() -> None:
    (issue,) = issues(entry("SLO", "An SLO is a goal that a team sets for a service."))[
        IssueType.UNDEFINED_ABBREVIATION
    ]
    assert "SLO" in issue.explanation


@pytest.mark.parametrize(
    "known",
    [
        entry("SLO", "A service level objective (SLO) is a goal for a service."),
        entry("SLO", "An SLO is a goal.", variants=(Variant("service level objective", 3, "long_form"),)),
        entry("SLO", "SLO stands for service level objective."),
        entry("SLO", "サービスレベル目標（SLO）とは、守るべき水準です。"),
    ],
)
def test_an_abbreviation_with_its_long_form_is_not(known: Entry) -> None:
    assert IssueType.UNDEFINED_ABBREVIATION not in issues(known)


def test_an_unexplained_abbreviation_in_a_definition_is_told_once() -> None:
    found = issues(
        entry("probe", "A probe is a check that the XQZ carries out."),
        entry("gate", "A gate is a switch that the XQZ opens for URL requests."),
    )
    (issue,) = found[IssueType.UNDEFINED_ABBREVIATION]
    assert (issue.key, "XQZ" in issue.explanation) == ("probe", True)


def test_two_frequent_spellings_are_inconsistent() -> None:
    text = "A data base is a place where data are kept in order."
    found = issues(entry("data base", text, variants=(Variant("data base", 6), Variant("data-base", 4))))
    assert len(found[IssueType.INCONSISTENT_SPELLING]) == 1


@pytest.mark.parametrize(
    "other", [Variant("data-base", 1), Variant("Data Base", 6), Variant("data bases", 6, "inflection")]
)
def test_rare_spellings_case_and_inflection_are_consistent(other: Variant) -> None:
    text = "A data base is a place where data are kept in order."
    found = issues(entry("data base", text, variants=(Variant("data base", 6), other)))
    assert IssueType.INCONSISTENT_SPELLING not in found


def test_a_definition_that_uses_another_term_is_told_the_longest_one() -> None:
    found = issues(
        entry("cluster", "A cluster runs container images on many machines.", rank=1),
        entry("container", "A container is an isolated process with its own files.", rank=2),
        entry(
            "container image",
            "An image is a file with everything that a process needs.",
            variants=(Variant("container images", 2, "inflection"),),
            rank=3,
        ),
    )
    (issue,) = found[IssueType.MISSING_RELATION]
    assert (issue.key, issue.related) == ("cluster", ("container image",))


def test_a_term_inside_a_word_is_no_mention() -> None:
    found = issues(
        entry("art", "Art is the work of people who make pictures."),
        entry("start", "A start is a beginning of parts."),
    )
    assert IssueType.MISSING_RELATION not in found


def test_passages_that_differ_in_a_number_contradict_each_other() -> None:
    first = passage("The token is a string of 40 characters that names a user.")
    second = passage("The token is a string of 64 characters that names a user.")
    (issue,) = issues(entry("token", first.text, evidence=(first,), passages=(first, second)))[IssueType.CONTRADICTION]
    assert "40" in issue.explanation
    assert "64" in issue.explanation


def test_different_numbers_of_different_things_agree() -> None:
    first = passage("The token is a string of 40 characters that names a user.")
    second = passage("A token is valid for 64 days and then has to be renewed.")
    assert IssueType.CONTRADICTION not in issues(
        entry("token", first.text, evidence=(first,), passages=(first, second))
    )


def test_an_empty_glossary_has_no_issues() -> None:
    assert list(review([])) == []


def test_dates_that_differ_contradict_each_other_in_contexts_too() -> None:
    texts = [f"The dredging window runs from {day} to the end of February." for day in ("1 October", "1 November")]
    contexts = tuple(Passage(number, 0, len(text), 1, text) for number, text in enumerate(texts))
    assert IssueType.CONTRADICTION in issues(entry("dredging window", passages=contexts))


def test_names_with_numbers_do_not_contradict_each_other() -> None:
    contexts = tuple(passage(f"Buy the Lifecycle Index {year} Fund.") for year in (2015, 2020))
    assert IssueType.CONTRADICTION not in issues(entry("Lifecycle Index", passages=contexts))


def test_what_an_abbreviation_stands_for_is_neither_circular_nor_too_short() -> None:
    variants = (Variant("nephelometric turbidity unit", 1, "long_form"),)
    found = issues(entry("NTU", "nephelometric turbidity unit (NTU)", variants=variants))
    assert IssueType.CIRCULAR not in found
    assert IssueType.UNCLEAR not in found


def test_another_writing_of_a_japanese_word_is_told_when_rare() -> None:
    found = issues(entry("蒸米", "蒸米とは、蒸した米のことである。", variants=(Variant("蒸し米", 2),), frequency=40))
    assert "蒸し米" in found[IssueType.INCONSISTENT_SPELLING][0].explanation


def test_names_in_program_code_are_no_inconsistent_spelling() -> None:
    text = "A span context is what identifies a span."
    found = issues(entry("span context", text, variants=(Variant("SpanContext", 9),)))
    assert IssueType.INCONSISTENT_SPELLING not in found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A sluice is open while the tide goes out.", "A sluice is not open while the tide goes out."),
        ("水門は引き潮の間は池に溜まった水を海へ流します。", "水門は引き潮の間は池に溜まった水を海へ流しません。"),
    ],
)
def test_a_statement_and_its_denial_contradict_each_other(first: str, second: str) -> None:
    said = (passage(first), passage(second))
    name = "sluice" if first.isascii() else "水門"
    assert IssueType.CONTRADICTION in issues(entry(name, first, evidence=said[:1], passages=said))


@pytest.mark.parametrize(
    "second",
    ["A sluice is not always open while the tide goes out.", "A sluice is not a weir that stays open at high tide."],
)
def test_another_denial_contradicts_nothing(second: str) -> None:
    said = (passage("A sluice is open while the tide goes out."), passage(second))
    assert IssueType.CONTRADICTION not in issues(entry("sluice", said[0].text, evidence=said[:1], passages=said))


def test_a_sentence_that_only_speaks_of_the_term_is_no_definition() -> None:
    spoken = entry("sluice", "The guard opens the sluice at night.")
    unsure = replace(spoken, definition=replace(spoken.definition, confidence=0.03))
    assert "defines" in issues(unsure)[IssueType.UNCLEAR][0].explanation
    assert IssueType.UNCLEAR not in issues(spoken)
    common = replace(unsure, term=replace(unsure.term, category=Category.COMMON_NOUN))
    assert set(issues(common)) == {IssueType.UNNECESSARY}


def test_one_sentence_that_names_two_terms_makes_no_duplicates() -> None:
    text = "The keeper opens the sluice and the weir at night with a long iron bar."
    pair = [entry(name, text) for name in ("sluice", "weir")]
    assert IssueType.DUPLICATE in issues(*pair)
    unsure = [replace(e, definition=replace(e.definition, confidence=0.03)) for e in pair]
    assert IssueType.DUPLICATE not in issues(*unsure)


def test_a_word_in_capitals_that_is_written_small_elsewhere_is_no_abbreviation() -> None:
    other = entry("request", "A request is what a client sends to a server.")
    assert IssueType.UNDEFINED_ABBREVIATION not in issues(entry("CLIENT", "A CLIENT is a kind of span."), other)
    assert IssueType.UNDEFINED_ABBREVIATION in issues(entry("CLNT", "A CLNT is a kind of span."), other)


def test_the_rules_read_japanese_too() -> None:
    said = passage("浮標とは、航路を示す標識である。")
    found = issues(
        entry("水門", "水門とは、閘門が止める水である。", rank=1),
        entry("閘門", "閘門とは、水門が止める船である。", rank=2),
        entry("貯水槽", "貯水槽とは、雨水をためて火災のときに使うための大きな容器である。", rank=3),
        entry("防火水槽", "防火水槽とは、雨水をためて火災のときに使うための大きな容器である。", rank=4),
        entry("堰", "堰は、XQZの規則で高さが決められた低い壁である。", rank=5),
        entry("浮標", f"{said.text}月で発明された。", evidence=(said,)),
    )
    assert {issue.key for issue in found[IssueType.CIRCULAR]} <= {"水門", "閘門"}
    assert len(found[IssueType.CIRCULAR]) == 1
    assert {found[IssueType.DUPLICATE][0].key, *found[IssueType.DUPLICATE][0].related} == {"貯水槽", "防火水槽"}
    assert "XQZ" in found[IssueType.UNDEFINED_ABBREVIATION][0].explanation
    assert "月で発明された。" in found[IssueType.UNSUPPORTED][0].explanation
    assert {"水門", "閘門"} <= {issue.key for issue in found[IssueType.MISSING_RELATION]}


def test_japanese_passages_that_differ_in_a_number_contradict_each_other() -> None:
    said = tuple(passage(f"合い言葉は、利用者を表す{count}文字からなる、長い文字の並びである。") for count in (40, 64))
    given = entry("合い言葉", said[0].text, evidence=said[:1], passages=said)
    (issue,) = issues(given)[IssueType.CONTRADICTION]
    assert "40" in issue.explanation
    assert "64" in issue.explanation


def test_every_issue_says_what_is_wrong_and_what_to_do() -> None:
    said = tuple(passage(f"合い言葉は、利用者を表す{count}文字からなる、長い文字の並びである。") for count in (40, 64))
    given = [
        entry("合い言葉", said[0].text, evidence=said[:1], passages=said),
        entry("pod", "However, a pod is a group of containers. Pods were invented on the moon."),
        entry("SLO", "An SLO is a goal that a pod has to reach for the XQZ.", evidence=()),
        entry("queue", ""),
    ]
    found = list(review(given))
    assert {issue.key for issue in found} == {item.term.key for item in given}
    assert all(issue.explanation and issue.action for issue in found)
