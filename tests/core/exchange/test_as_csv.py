from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genglossary_gui.core.exchange.as_csv import render
from genglossary_gui.core.exchange.cells import clean_text, guard
from genglossary_gui.core.exchange.columns import COLUMNS
from genglossary_gui.core.exchange.exported import ExportedGlossary

from .test_as_markdown import entry

_CELL = st.one_of(st.text(), st.text(alphabet=st.sampled_from(list("=+-@'\"\t\r\n,; ＝あa\x00"))))


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(term=_CELL, definition=_CELL, notes=_CELL)
@example(term="=1+1", definition="a\r\nb", notes='he said "no", twice')
def test_every_cell_survives_the_round_trip(term: str, definition: str, notes: str) -> None:
    first = replace(entry(term, definition), notes=notes)
    rows = _rows(render(ExportedGlossary("n", (), (first, entry("last")))))
    texts = {"term": term, "definition": definition, "notes": notes}
    expected = {name: guard(clean_text(text)) for name, text in texts.items()}
    assert {name: rows[0][name] for name in expected} == expected
    assert [row["term"] for row in rows[1:]] == ["last"]


@given(_CELL)
def test_a_guarded_cell_is_text_and_the_guard_can_be_undone(text: str) -> None:
    guarded = guard(text)
    assert guarded[:1] not in {*"\t\r\n"}
    assert guarded.lstrip()[:1] not in {*"=+-@＝＋－＠"}
    assert guarded == text or (guarded[1:] == text and guard(guarded) != guarded)


@pytest.mark.parametrize("start", [*"=+-@＝＋－＠\t\r\n", " =", "'="])
def test_what_looks_like_a_formula_gets_an_apostrophe(start: str) -> None:
    assert guard(f"{start}1") == f"'{start}1"


def test_numbers_stay_numbers() -> None:
    row = _rows(render(ExportedGlossary("n", (), (replace(entry("a"), score=-1.5),))))[0]
    assert row["score"] == "-1.5"


def test_excel_recognises_the_encoding_and_lines_end_as_the_standard_says() -> None:
    data = render(ExportedGlossary("n", (), (entry("用語", document="案内.md"),)))
    assert data.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    assert _rows(data)[0]["sources"] == "案内.md:7"
