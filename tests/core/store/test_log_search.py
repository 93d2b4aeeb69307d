"""A search finds the records whose line holds something, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.glossary import Level
from genglossary_gui.core.store import log_search
from genglossary_gui.core.store.log_search import LogQuery
from tests.ui.models.run_support import RunBook


@pytest.fixture
def book(tmp_path: Path) -> Iterator[RunBook]:
    book = RunBook(tmp_path)
    yield book
    book.close()


def found(book: RunBook, run_id: int, query: LogQuery, last: int) -> list[int]:
    return list(log_search.find(book.connection, run_id, query, 1, last))


def test_words_are_found_whatever_their_case(book: RunBook) -> None:
    run_id = book.running()
    last = book.log(run_id, ["Édition read", "nothing", "麹菌 ÉDITION"])

    assert found(book, run_id, LogQuery("édition"), last) == [1, 3]


def test_signs_of_expressions_are_words_unless_asked_for(book: RunBook) -> None:
    run_id = book.running()
    last = book.log(run_id, ["a.c", "abc"])

    assert found(book, run_id, LogQuery("a.c"), last) == [1]
    assert found(book, run_id, LogQuery("a.c", is_regex=True), last) == [1, 2]


def test_a_line_break_in_a_message_does_not_shift_the_numbers(book: RunBook) -> None:
    run_id = book.running()
    last = book.log(run_id, ["one\ntwo", "three", "two"])

    assert found(book, run_id, LogQuery("two"), last) == [1, 3]
    assert found(book, run_id, LogQuery("^two$", is_regex=True), last) == [3]


def test_an_expression_does_not_reach_into_the_next_record(book: RunBook) -> None:
    run_id = book.running()
    last = book.log(run_id, ["a", "b", "a b"])

    assert found(book, run_id, LogQuery(r"a\s+b", is_regex=True), last) == [3]


def test_only_wanted_levels_are_found(book: RunBook) -> None:
    run_id = book.running()
    book.log(run_id, ["x 1"], Level.WARNING)
    book.log(run_id, ["x 2", "y"])
    last = book.log(run_id, ["x 4"], Level.ERROR)

    assert found(book, run_id, LogQuery("x", levels=frozenset({Level.WARNING, Level.ERROR})), last) == [1, 4]
    assert found(book, run_id, LogQuery(levels=frozenset({Level.INFO})), last) == [2, 3]
    assert found(book, run_id, LogQuery(levels=frozenset()), last) == []


def test_what_is_no_expression_is_told(book: RunBook) -> None:
    run_id = book.running()
    last = book.log(run_id, ["x"])

    with pytest.raises(UsageError, match="not a regular expression"):
        found(book, run_id, LogQuery("(", is_regex=True), last)


def test_an_expression_that_never_ends_is_given_up(book: RunBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_search, "_SECONDS", 0.05)
    run_id = book.running()
    last = book.log(run_id, ["a" * 5_000 + "!"])

    with pytest.raises(UsageError, match="too long"):
        found(book, run_id, LogQuery(r"^(?:(a+)+\1)+(?:a|aa)+$", is_regex=True), last)


@given(
    st.lists(st.text("ab\n ", max_size=4), min_size=1, max_size=8),
    st.sampled_from(["a", "b$", "^a", "a*", "[^b]+", "a.b", r"\s", "(?=a)", "a|b", ""]),
)
def test_an_expression_finds_what_it_finds_line_by_line(lines: list[str], expression: str) -> None:
    text = "\n".join(line.replace("\n", "⏎") for line in lines)

    numbers = list(log_search._expressed(expression, text))

    assert numbers == [n for n, line in enumerate(text.split("\n")) if re.search(expression, line)]


_EXPRESSIONS = [
    "needle",
    r"needle\b",
    "nee+dle",
    "need(le)?",
    "x?needle [0-9]",
    "a · b",
    "needle|zzz",
    "need.e",
    "Needle",
]


@pytest.mark.parametrize("expression", _EXPRESSIONS)
def test_an_expression_finds_the_same_with_and_without_the_help_of_the_database(
    book: RunBook, monkeypatch: pytest.MonkeyPatch, expression: str
) -> None:
    run_id = book.running()
    straw = [f"straw {number}" for number in range(60)]
    last = book.log(run_id, [*straw, "a needle 1", "NEEDLE\nneedle", "xneedle 22", "needles", "a · b", "zzz", *straw])
    query = LogQuery(expression, is_regex=True)
    helped = found(book, run_id, query, last)

    monkeypatch.setattr(log_search, "literal_of", lambda _expression: "")

    assert helped == found(book, run_id, query, last) != []


def test_levels_are_counted_from_a_record_on(book: RunBook) -> None:
    run_id = book.running()
    book.log(run_id, ["x"] * 3)
    book.log(run_id, ["y"] * 2, Level.ERROR)

    assert log_search.level_counts(book.connection, run_id, 0, 5) == {Level.INFO: 3, Level.ERROR: 2}
    assert log_search.level_counts(book.connection, run_id, 2, 4) == {Level.INFO: 1, Level.ERROR: 1}


def test_the_nearest_error_is_found_in_both_directions(book: RunBook) -> None:
    run_id = book.running()
    book.log(run_id, ["x"])
    book.log(run_id, ["bad"], Level.ERROR)
    book.log(run_id, ["x"])
    book.log(run_id, ["bad"], Level.ERROR)

    def nearest(seq: int, *, forward: bool = True) -> int | None:
        return log_search.next_at_level(book.connection, run_id, Level.ERROR, seq, forward=forward)

    assert [nearest(0), nearest(2), nearest(4)] == [2, 4, None]
    assert [nearest(5, forward=False), nearest(2, forward=False)] == [4, None]


def test_sections_are_the_stretches_of_one_step(book: RunBook) -> None:
    run_id = book.running()
    book.log(run_id, ["x"] * 2, step="scan")
    book.log(run_id, ["bad"], Level.ERROR, step="extract")
    book.log(run_id, ["odd"], Level.WARNING, step="extract")
    last = book.log(run_id, ["x"], step="scan")

    parts = log_search.sections(book.connection, run_id, last)

    assert [(p.step, p.first, p.last, p.warnings, p.errors) for p in parts] == [
        ("scan", 1, 2, 0, 0),
        ("extract", 3, 4, 1, 1),
        ("scan", 5, 5, 0, 0),
    ]


def test_too_many_sections_are_not_told_apart(book: RunBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_search, "MOST_SECTIONS", 2)
    run_id = book.running()
    for step in "abcd":
        book.log(run_id, ["x"], step=step)

    assert [(p.step, p.first, p.last) for p in log_search.sections(book.connection, run_id, 4)] == [
        ("a", 1, 1),
        ("b", 2, 2),
        ("", 3, 4),
    ]


def test_sections_of_a_log_that_grows_are_those_of_the_whole(book: RunBook) -> None:
    run_id, known = book.running(), []
    for step in "aabbacc":
        last = book.log(run_id, ["x", "y"], step=step)
        known = log_search.sections(book.connection, run_id, last, known)
        whole = log_search.sections(book.connection, run_id, last)
        assert [(p.step, p.first, p.last) for p in known] == [(p.step, p.first, p.last) for p in whole]
