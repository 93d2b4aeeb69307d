"""Issues that a refinement has mended are none any more; all others stay."""

from __future__ import annotations

from genglossary_gui.core.definitions.compose import defining_passages
from genglossary_gui.core.glossary import Entry, IssueDraft, IssueType
from genglossary_gui.core.review.refine import refine
from genglossary_gui.core.review.rules import review
from genglossary_gui.core.review.settled import left_open
from tests.core.review.support import entry, passage

BEST = passage("A pod is a small group of containers.", 0.7)


def left_after_refining(*entries: Entry) -> tuple[list[IssueDraft], list[IssueDraft]]:
    issues = list(review(entries))
    better = dict(refine(entries, issues, defining_passages))
    after = [Entry(e.term, better.get(e.term.key, e.definition)) for e in entries]
    return issues, left_open(after, issues, set(better))


def test_what_was_mended_is_gone() -> None:
    bad = entry("pod", f"{BEST.text} Pods were invented on the moon.", evidence=(BEST,))
    undefined = entry("gate", "")

    before, left = left_after_refining(bad, undefined)

    assert {(issue.key, issue.type) for issue in before} == {
        ("pod", IssueType.UNSUPPORTED),
        ("gate", IssueType.UNCLEAR),
    }
    assert left == [issue for issue in before if issue.key == "gate"]


def test_of_a_circle_that_was_cut_nothing_is_left() -> None:
    leader = entry(
        "leader",
        "A leader is what a follower listens to.",
        passages=(passage("A leader is a node that accepts writes."),),
    )
    follower = entry("follower", "A follower is what listens to a leader.")

    before, left = left_after_refining(leader, follower)

    assert IssueType.CIRCULAR in {issue.type for issue in before}
    assert IssueType.CIRCULAR not in {issue.type for issue in left}


def test_what_refining_could_not_mend_stays() -> None:
    issue = IssueDraft("pod", IssueType.UNCLEAR, "Too short.", "Complete it.")

    left = left_open([entry("pod", "small")], [issue], {"pod"})

    assert [(found.key, found.type) for found in left] == [("pod", IssueType.UNCLEAR)]


def test_issues_of_other_kinds_stay_as_they_are() -> None:
    issue = IssueDraft("pod", IssueType.CONTRADICTION, "The documents disagree.", "Decide.")

    assert left_open([entry("pod", BEST.text)], [issue], {"pod"}) == [issue]
