from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.exchange.comparison import Aspect, Comparison, Kind, compare
from genglossary_gui.core.exchange.text_diff import SegmentKind
from genglossary_gui.core.glossary import Category, DefinitionDraft, Entry, Passage
from tests.core.exchange.conftest import term


def entry(
    name: str,
    rank: int = 1,
    definition: str = "",
    *,
    suggested: bool = True,
    confidence: float = 0.5,
    evidence: str = "",
) -> Entry:
    passages = tuple(Passage(1, 0, 1, 1, text) for text in evidence)
    return Entry(term(name, rank, suggested=suggested), DefinitionDraft(definition, confidence, passages, "offline"))


def keys(comparison: Comparison) -> dict[str, list[str]]:
    groups = {"added": comparison.added, "removed": comparison.removed, "changed": comparison.changed}
    return {name: [each.entry.term.key for each in group] for name, group in groups.items() if group}


_ENTRIES = st.lists(
    st.builds(
        entry,
        name=st.sampled_from("abcdef"),
        rank=st.integers(1, 4),
        definition=st.sampled_from(["", "A thing.", "A big thing."]),
        suggested=st.booleans(),
        confidence=st.sampled_from([0.3, 0.35, 0.36]),
        evidence=st.sampled_from(["", "x", "xy", "yx"]),
    ),
    unique_by=lambda each: each.term.key,
)


@given(_ENTRIES, st.booleans())
def test_nothing_differs_from_itself(entries: list[Entry], everything: bool) -> None:
    comparison = compare(entries, entries[::-1], everything=everything)
    assert comparison.differences == ()
    assert comparison.unchanged == sum(everything or each.term.suggested for each in entries)
    assert comparison.moved == 0


@given(_ENTRIES, _ENTRIES, st.booleans())
def test_the_way_back_is_the_mirror(first: list[Entry], second: list[Entry], everything: bool) -> None:
    there = compare(first, second, everything=everything)
    assert compare(second, first, everything=everything) == there.mirrored()
    assert there.mirrored().mirrored() == there


@given(_ENTRIES, _ENTRIES)
def test_every_term_is_counted_once(first: list[Entry], second: list[Entry]) -> None:
    comparison = compare(first, second, everything=True)
    terms = {each.term.key for each in first + second}
    assert len(comparison.differences) + comparison.unchanged == len(terms)
    assert len({each.entry.term.key for each in comparison.differences}) == len(comparison.differences)


@given(_ENTRIES, _ENTRIES)
def test_the_differences_lead_from_one_to_the_other(first: list[Entry], second: list[Entry]) -> None:
    comparison = compare(first, second, everything=True)
    keys = {each.term.key for each in first}
    keys -= {each.entry.term.key for each in comparison.removed}
    keys |= {each.entry.term.key for each in comparison.added}
    assert keys == {each.term.key for each in second}


def test_terms_come_and_go() -> None:
    assert keys(compare([entry("a"), entry("b")], [entry("b"), entry("c")])) == {"added": ["c"], "removed": ["a"]}


def test_a_term_that_is_suggested_now_was_added_and_had_been_a_candidate() -> None:
    [added] = compare([entry("a", suggested=False)], [entry("a")]).differences
    assert (added.kind, added.aspects) == (Kind.ADDED, ())
    assert added.before is not None


def test_a_term_that_is_only_a_candidate_now_was_removed() -> None:
    [removed] = compare([entry("a")], [entry("a", suggested=False)]).differences
    assert removed.kind is Kind.REMOVED
    assert removed.after is not None


def test_among_all_candidates_a_suggestion_is_a_change() -> None:
    [changed] = compare([entry("a")], [entry("a", suggested=False)], everything=True).differences
    assert (changed.kind, changed.aspects) == (Kind.CHANGED, (Aspect.SUGGESTED,))


def test_candidates_do_not_count_by_default() -> None:
    comparison = compare([entry("a", suggested=False)], [entry("b", suggested=False)])
    assert comparison == Comparison((), 0, 0)


_OLD = entry("a", 1, "A thing.", confidence=0.80, evidence="xy")


@pytest.mark.parametrize(
    ("new", "aspects"),
    [
        (entry("a", 1, "A big thing.", confidence=0.80, evidence="xy"), [Aspect.DEFINITION]),
        (entry("a", 1, "A thing.", confidence=0.86, evidence="xy"), [Aspect.CONFIDENCE]),
        (entry("a", 1, "A thing.", confidence=0.85, evidence="xy"), []),
        (entry("a", 1, "A thing.", confidence=0.75, evidence="xy"), []),
        (entry("a", 1, "A thing.", confidence=0.80, evidence="yx"), []),
        (entry("a", 1, "A thing.", confidence=0.80, evidence="x"), [Aspect.EVIDENCE]),
        (entry("a", 9, "A thing.", confidence=0.80, evidence="xy"), []),
        (entry("a", 1, "", confidence=0.0), [Aspect.DEFINITION, Aspect.EVIDENCE]),
        (replace(_OLD, term=replace(_OLD.term, term="A")), [Aspect.SPELLING]),
        (replace(_OLD, term=replace(_OLD.term, category=Category.PLACE)), [Aspect.CATEGORY]),
    ],
)
def test_what_of_an_entry_changed(new: Entry, aspects: list[Aspect]) -> None:
    assert [aspect for each in compare([_OLD], [new]).changed for aspect in each.aspects] == aspects


def test_another_rank_is_counted_but_is_no_change() -> None:
    comparison = compare([entry("a", 1), entry("b", 2)], [entry("a", 1), entry("b", 3)])
    assert comparison == Comparison((), 2, 1)


def test_the_best_ranked_difference_comes_first() -> None:
    first = [entry("a", 5, "x"), entry("b", 2)]
    second = [entry("a", 5, "y"), entry("c", 1), entry("d", 3)]
    assert [each.entry.term.key for each in compare(first, second).differences] == ["c", "b", "d", "a"]


def test_evidence_that_went_stayed_and_came() -> None:
    [changed] = compare([entry("a", evidence="xy")], [entry("a", evidence="yz")]).changed
    kinds = [(segment.kind, segment.text) for segment in changed.evidence()]
    assert kinds == [(SegmentKind.REMOVED, "x"), (SegmentKind.SAME, "y"), (SegmentKind.ADDED, "z")]
