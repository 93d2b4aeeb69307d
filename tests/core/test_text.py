"""The way from a place in a text back to its line."""

from __future__ import annotations

import pickle

import pytest

from genglossary_gui.core.text import DocumentText, Lines

PAIRS = ((0, 3), (10, 4), (25, 9))


def test_lines_are_the_pairs_that_they_were_made_of() -> None:
    lines = Lines(PAIRS)
    assert lines == PAIRS
    assert (len(lines), lines[-1], lines[1:]) == (3, (25, 9), PAIRS[1:])
    assert hash(lines) == hash(Lines(PAIRS))


@pytest.mark.parametrize(("offset", "line"), [(0, 3), (9, 3), (10, 4), (24, 4), (25, 9), (1000, 9)])
@pytest.mark.parametrize("lines", [PAIRS, Lines(PAIRS)])
def test_a_character_stands_on_the_last_line_that_begins_before_it(lines: Lines, offset: int, line: int) -> None:
    assert DocumentText("x" * 30, lines=lines).line_at(offset) == line


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 30, PAIRS), (10, 25, [(0, 4)]), (12, 30, [(0, 4), (13, 9)]), (26, 30, [(0, 9)])],
)
def test_a_part_of_a_text_has_its_own_lines(start: int, end: int, expected: list[tuple[int, int]]) -> None:
    assert Lines(PAIRS).between(start, end) == expected


def test_lines_travel_to_another_process_in_few_bytes() -> None:
    lines = Lines((number, number) for number in range(100_000))
    sent = pickle.dumps(lines)
    assert pickle.loads(sent) == lines
    assert len(sent) < 10 * len(lines)
