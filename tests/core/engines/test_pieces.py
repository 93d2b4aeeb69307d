from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genglossary_gui.core.engines import pieces as cutting
from genglossary_gui.core.engines.offline import analyse_document
from genglossary_gui.core.engines.pieces import flat, pack_pieces, pieces, unflat, unpack_whole
from genglossary_gui.core.terms.analysis import Analysis
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import BlockKind, DocumentText, SpanKind
from tests.core.documents.support import check
from tests.core.terms.helpers import Piece, document

SECTION: list[Piece] = [
    (BlockKind.HEADING, "Sea lock"),
    "A sea lock joins the harbour and the sea. The stop log is in.",
    (BlockKind.TERM, "stop log"),
    (BlockKind.DESCRIPTION, "A beam that closes a culvert."),
    (BlockKind.TABLE_ROW, "Term\tMeaning"),
    (BlockKind.TABLE_ROW, "sluice\ta gate for water"),
    "もろみとは、酒母に蒸米を加えたものである。Call the vessel traffic service (VTS) now.",
]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(cutting, "PIECE", 200)
    monkeypatch.setattr(cutting, "_LONGEST", 800)


def test_a_short_document_is_one_piece():
    text = document("A sea lock.")
    assert list(pieces(text)) == [(0, text)]
    assert list(pieces(DocumentText(""))) == [(0, DocumentText(""))]


def test_a_long_document_is_cut_before_headings():
    parts = list(pieces(document(*SECTION * 8)))
    assert len(parts) > 3
    assert all(part.blocks[0].kind is BlockKind.HEADING for _offset, part in parts)


def test_what_defines_is_not_cut_from_its_name():
    rows: list[Piece] = [(BlockKind.TERM, "stop log"), (BlockKind.DESCRIPTION, "A beam that closes a culvert.")]
    parts = list(pieces(document(*["A paragraph about the harbour and the sea.", *rows] * 30)))
    assert len(parts) > 2
    assert all(part.blocks[0].kind is BlockKind.PARAGRAPH for _offset, part in parts)


@settings(deadline=None)
@given(st.lists(st.sampled_from(SECTION), min_size=1, max_size=80))
def test_pieces_put_together_are_the_document(content):
    text = document(*content, spans=((SpanKind.BOLD, content[0] if isinstance(content[0], str) else content[0][1]),))
    parts = list(pieces(text))
    assert "\n".join(part.text for _offset, part in parts) == text.text
    found = []
    for offset, part in parts:
        assert unflat(flat(part)) == part
        check(part, "\n" * len(content))
        assert text.text.startswith(part.text, offset)
        found.extend(
            sentence._replace(start=sentence.start + offset, end=sentence.end + offset, block=0, tokens=())
            for sentence in tokenize(part, "auto")
        )
        assert all(part.line_at(at) == text.line_at(at + offset) for at in range(len(part.text)))
    assert found == [sentence._replace(block=0, tokens=()) for sentence in tokenize(text, "auto")]


def counted(analysis: Analysis) -> object:
    candidates = {
        key: (seen.words, seen.language, seen.counts, seen.surfaces, seen.form)
        for key, seen in analysis.candidates.items()
    }
    return candidates, sorted(analysis.abbreviations), analysis.definitions


def test_a_document_in_pieces_has_the_analysis_of_the_whole():
    text = document(*SECTION * 10)
    parts = list(pieces(text))
    payload = pack_pieces([analyse_document(part, "auto", offset) for offset, part in parts])
    assert len(parts) > 3
    whole = unpack_whole(payload)
    assert counted(whole) == counted(unpack_whole(analyse_document(text, "auto")))
    for seen in whole.candidates.values():
        assert 0 < len(seen.passages) <= 5
        for passage in (whole.passages[number] for number in seen.passages):
            assert text.text[passage.start : passage.end] == passage.text
            assert text.line_at(passage.start) == passage.line
