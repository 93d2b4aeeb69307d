"""Rows of records and headings, held against a list that is written out."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.store.log_search import Section
from genglossary_gui.ui.models.log_rows import LogRows


@st.composite
def logs(draw: st.DrawFn) -> tuple[list[int], list[Section], frozenset[int]]:
    seqs = sorted(draw(st.sets(st.integers(1, 30))))
    cuts = [0, *sorted(draw(st.sets(st.integers(1, 29)))), draw(st.integers(20, 30))]
    sections = [Section("s", a + 1, b) for a, b in zip(cuts, sorted(cuts[1:]), strict=False) if a < b]
    folded = frozenset(draw(st.sets(st.sampled_from([section.first for section in sections]))))
    return seqs, sections, folded


def written_out(seqs: Sequence[int], sections: Sequence[Section], folded: frozenset[int]) -> list[Section | int]:
    rows: list[Section | int] = []
    for section in sections:
        inside = [seq for seq in seqs if section.first <= seq <= section.last]
        rows += [section, *([] if section.first in folded else inside)] if inside else []
    return rows + [seq for seq in seqs if not sections or seq > sections[-1].last]


@given(logs())
def test_every_row_is_what_it_would_be_in_a_list(log: tuple[list[int], list[Section], frozenset[int]]) -> None:
    seqs, sections, folded = log
    expected = written_out(seqs, sections, folded)

    rows = LogRows(array("q", seqs), sections, folded)

    assert len(rows) == len(expected)
    assert [rows.heading_at(row) or rows.seq_at(row) for row in range(len(rows))] == expected
    for row, item in enumerate(expected):
        if isinstance(item, int):
            assert rows.row_of(item) == row


@given(logs(), st.integers(0, 40), st.integers(0, 40))
def test_the_records_of_a_range_of_rows_have_no_headings(
    log: tuple[list[int], list[Section], frozenset[int]], first: int, last: int
) -> None:
    expected = written_out(*log)
    seqs, sections, folded = log

    found = LogRows(array("q", seqs), sections, folded).seqs_between(first, last)

    assert list(found) == [item for item in expected[first : last + 1] if isinstance(item, int)]


def test_without_sections_rows_are_records() -> None:
    rows = LogRows(range(1, 4))

    assert [rows.seq_at(row) for row in range(-1, 4)] == [None, 1, 2, 3, None]
    assert rows.row_of(9) == -1
