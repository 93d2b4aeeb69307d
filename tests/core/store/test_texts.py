"""Stored texts come back with their structure, in however many pieces it is read."""

from __future__ import annotations

import json
import tracemalloc
import zlib
from contextlib import closing
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import pytest

from genglossary_gui.core.store import documents
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.text import Block, BlockKind, DocumentText, ItemNumber, Reading, Span, SpanKind
from tests.support import make_project


def _document(blocks: int, spans: int) -> DocumentText:
    kinds, marks = islice(cycle(BlockKind), blocks), islice(cycle(SpanKind), spans)
    return DocumentText(
        "水門 gate\n" * blocks,
        tuple(Block(kind, number * 8, number * 8 + 7, number % 7) for number, kind in enumerate(kinds)),
        tuple(Span(kind, number * 8, number * 8 + 2) for number, kind in enumerate(marks)),
        tuple((number * 8, number + 1) for number in range(blocks)) or ((0, 1),),
        "Gates",
    )


@pytest.mark.parametrize("piece", [1, 40, 1 << 16])
@pytest.mark.parametrize(("blocks", "spans"), [(0, 0), (1, 0), (0, 1), (1, 1), (50, 30), (7, 0)])
def test_a_text_comes_back_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocks: int, spans: int, piece: int
) -> None:
    monkeypatch.setattr(documents, "_PIECE", piece)
    text = _document(blocks, spans)
    with closing(connect(make_project(tmp_path))) as connection:
        content = documents.save_content(connection, "0", "md", "utf-8", documents.pack_text(text))
        assert documents.load_content(connection, content) == text


@pytest.mark.parametrize("blocks", [0, 3])
def test_readings_and_numbers_come_back_whatever_is_in_them(tmp_path: Path, blocks: int) -> None:
    readings = (Reading(0, 1, '[["]], [1'), Reading(1, 2, "もん"))
    numbers = (ItemNumber(0, "1]], ["), ItemNumber(8, ""))
    text = replace(_document(blocks, blocks), readings=readings, numbers=numbers)
    with closing(connect(make_project(tmp_path))) as connection:
        content = documents.save_content(connection, "0", "md", "utf-8", documents.pack_text(text))
        assert documents.load_content(connection, content) == text


@pytest.mark.parametrize("lists", [3, 4])
@pytest.mark.parametrize("blocks", [0, 3])
def test_a_text_that_was_stored_without_readings_or_numbers_is_read(tmp_path: Path, blocks: int, lists: int) -> None:
    text = _document(blocks, blocks)
    packed = documents.pack_text(text)
    layout = json.loads(zlib.decompress(packed.layout))
    before = replace(packed, layout=zlib.compress(json.dumps(layout[:lists]).encode()))
    with closing(connect(make_project(tmp_path))) as connection:
        content = documents.save_content(connection, "0", "md", "utf-8", before)
        assert documents.load_content(connection, content) == text


def test_a_text_of_very_many_short_lines_takes_few_bytes_for_each(tmp_path: Path) -> None:
    count = 100_000
    text = DocumentText("a " * count, lines=[(2 * number, number + 1) for number in range(count)])
    with closing(connect(make_project(tmp_path))) as connection:
        content = documents.save_content(connection, "0", "txt", "utf-8", documents.pack_text(text))
        tracemalloc.start()
        try:
            loaded = documents.load_content(connection, content)
            held, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert loaded == text
    # Two for the text, eight for its line; while it is read, its numbers as they are stored, twice.
    assert held < 20 * count
    assert most < 90 * count
