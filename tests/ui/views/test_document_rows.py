"""Rows of a document and the way between its characters and theirs."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.text import Block, BlockKind, DocumentText, ItemNumber, Reading
from genglossary_gui.ui.views.document_rows import ROW_LENGTH, DocumentRows, find_all
from tests.ui.glossary_support import TEXT, river_text

lines = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=12) | st.just("長い🌊" * ROW_LENGTH)


@st.composite
def documents(draw: st.DrawFn) -> DocumentText:
    blocks: list[Block] = []
    start = 0
    texts = draw(st.lists(lines, min_size=1, max_size=5))
    for line in texts:
        blocks.append(Block(draw(st.sampled_from(BlockKind)), start, start + len(line), draw(st.integers(0, 3))))
        start += len(line) + 1
    numbers = tuple(ItemNumber(block.start, draw(st.text(max_size=40))) for block in blocks if draw(st.booleans()))
    return DocumentText("\n".join(texts), tuple(blocks), readings=tuple(draw(readings(blocks))), numbers=numbers)


@st.composite
def readings(draw: st.DrawFn, blocks: list[Block]) -> list[Reading]:
    found: list[Reading] = []
    for block in blocks:
        cuts = sorted(draw(st.sets(st.integers(block.start, block.end), max_size=6)))
        words = st.text("かな🌊", min_size=1, max_size=4)
        found += [Reading(start, end, draw(words)) for start, end in itertools.pairwise(cuts)]
    return found


@given(documents(), st.data())
def test_every_character_has_a_place_and_comes_back(document: DocumentText, data: st.DataObject) -> None:
    rows = DocumentRows(document)
    offset = data.draw(st.integers(0, len(document.text)))

    row = rows.row_of(offset)

    assert rows.offset_of(row, rows.column_of(row, offset)) == offset


@given(documents())
def test_no_row_is_longer_than_the_window_can_take(document: DocumentText) -> None:
    rows = DocumentRows(document)

    assert all(len(rows.text(index)) <= ROW_LENGTH + 80 for index in range(len(rows)))


def test_v1_a_reading_stands_behind_its_word_and_is_no_part_of_it() -> None:
    text = "絞り弁とは弁"
    document = DocumentText(
        text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), readings=(Reading(0, 3, "しぼりべん"), Reading(5, 6, "べん"))
    )
    rows = DocumentRows(document)
    assert rows.text(0) == "絞り弁（しぼりべん）とは弁（べん）"
    assert rows.column_of(0, 2) == 2
    assert rows.column_of(0, 3) == len("絞り弁（しぼりべん）")
    assert [rows.offset_of(0, column) for column in (0, 3, 6, 10, 11)] == [0, 3, 3, 3, 4]
    assert rows.reading_columns(0) == [(3, 7), (13, 4)]


def test_readings_do_not_make_a_row_longer_than_the_window_can_take() -> None:
    text = "字" * ROW_LENGTH
    readings = tuple(Reading(n, n + 1, "じ" * 30) for n in range(ROW_LENGTH))
    document = DocumentText(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), readings=readings)
    assert len(DocumentRows(document).text(0)) < 5 * ROW_LENGTH


@given(documents())
def test_as_many_lines_as_rows(document: DocumentText) -> None:
    rows = DocumentRows(document)
    shown = rows.joined(0, len(rows))

    assert shown.count("\n") == len(rows) - 1
    assert not set(shown) & set("\r\u2028\u2029\ufdd0\ufdd1\0")


def test_the_margin_has_source_lines() -> None:
    rows = DocumentRows(river_text())

    assert [line for index in range(len(rows)) if (line := rows.line_of(index))] == [1, 3, 5, 9]


def test_a_text_without_structure_is_shown_line_by_line() -> None:
    assert DocumentRows(DocumentText("a\nb")).joined(0, 9) == "a\nb"


def test_a_term_is_not_found_inside_a_word() -> None:
    assert [TEXT[start:end] for start, end in find_all(river_text(), ["lock"])] == ["lock", "lock", "lock"]


def test_searching_finds_parts_of_words() -> None:
    assert len(find_all(river_text(), ["LOCK"], whole_words=False)) == 4


def test_japanese_terms_need_no_boundary() -> None:
    assert find_all(DocumentText("米麹菌とは"), ["麹菌"]) == [(1, 3)]


def test_the_longest_spelling_wins() -> None:
    assert find_all(DocumentText("a blue lock"), ["lock", "blue lock"]) == [(2, 11)]


def test_numbers_stand_where_bullets_would_and_an_item_that_goes_on_has_none() -> None:
    shown = [
        (BlockKind.LIST_ITEM, 1, "1."),
        (BlockKind.LIST_ITEM, 1, ""),
        (BlockKind.LIST_ITEM, 2, "a)"),
        (BlockKind.LIST_ITEM, 1, None),
        (BlockKind.HEADING, 2, "1.2"),
        (BlockKind.QUOTE, 1, "3."),
    ]
    document = DocumentText(
        "\n".join("x" for _row in shown),
        tuple(Block(kind, 2 * place, 2 * place + 1, level) for place, (kind, level, _number) in enumerate(shown)),
        numbers=tuple(
            ItemNumber(2 * n, number) for n, (_kind, _level, number) in enumerate(shown) if number is not None
        ),
    )
    rows = DocumentRows(document)
    assert rows.joined(0, len(rows)).split("\n") == [
        "1.  x",
        "    x",
        "    a)  x",
        "•  x",
        "",
        "1.2  x",
        "",
        "3.  │  x",
    ]
