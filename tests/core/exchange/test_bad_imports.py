"""Whatever stands in a file, importing it ends in rows or in one sentence, soon and without much memory."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from genglossary_gui.core.exchange.columns import ALL
from genglossary_gui.core.exchange.exported import ExportedGlossary
from genglossary_gui.core.exchange.formats import FORMATS
from genglossary_gui.core.exchange.imported import LONGEST_TEXT, MOST_BYTES, MOST_ROWS, ImportProblem
from genglossary_gui.core.exchange.reading import read_file

from .test_as_markdown import entry

_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE tbx [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><tbx><text><body>&j;</body></text></tbx>"
)
_EXTERNAL = b'<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/hostname">]><tbx>&x;</tbx>'


def _refused(folder: Path, name: str, data: bytes, *, seconds: float = 60.0) -> str:
    path = folder / name
    path.write_bytes(data)
    began = time.monotonic()
    with pytest.raises(ImportProblem) as caught:
        read_file(path)
    assert time.monotonic() - began < seconds
    sentence = caught.value.full_text
    assert "\n" not in sentence
    assert str(folder) not in sentence
    return sentence


def _said_about(path: Path) -> str:
    """Why it cannot be imported; empty when it can."""
    try:
        read_file(path)
    except ImportProblem as problem:
        return problem.full_text
    return ""


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _book(sheet: bytes) -> bytes:
    """A workbook with this sheet."""
    relation = b'<Relationships><Relationship Id="r" Type="x/%s" Target="%s"/></Relationships>'
    return _zip(
        **{
            "_rels/.rels": relation % (b"officeDocument", b"xl/workbook.xml"),
            "xl/workbook.xml": b'<workbook xmlns:r="x/r"><sheets><sheet name="s" r:id="r"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relation % (b"worksheet", b"sheet.xml"),
            "xl/sheet.xml": sheet,
        }
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "nothing in the file"),
        ("a.csv", b" \r\n\r\n", "nothing in the file"),
        ("a.csv", b"\x93\xfa\x96\x7b\x81", "known encoding"),
        ("a.csv", b"a\0b\0c\0d\0e\0", "known encoding"),
        ("a.csv", b"%PDF-1.7 ...", "another kind"),
        ("a.csv", _zip(a=b"x"), "another kind"),
        ("a.xlsx", b"term,definition\n", "another kind"),
        ("a.xlsx", b"PK\x03\x04rubbish", "damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old version of Excel"),
        ("a.xlsx", _zip(a=b"x"), "damaged"),
        ("a.json", b"{", "not whole, or no JSON (line 1)"),
        ("a.json", b"[" * 100_000, "not whole, or no JSON"),
        ("a.json", b'{"a": 1}', "no list of entries"),
        ("a.json", b'{"format": "genglossary", "version": 9, "entries": []}', "newer version"),
        ("a.tbx", b"<tbx>", "not whole, or no XML"),
        ("a.tbx", b"term,definition", "not whole, or no XML"),
        ("a.tbx", b"<html></html>", "no TBX"),
        ("a.tbx", b'<?xml version="1.0" encoding="x-none"?><tbx/>', "encoding"),
        ("a.tbx", _LAUGHS, "grow without end"),
        ("a.tbx", _EXTERNAL, "grow without end"),
        ("a.tbx", b"<conceptEntry>" + b"<a>" * 200_000, "grow without end"),
        ("a.pdf", b"%PDF", "no file that can be imported"),
    ],
)
def test_a_bad_file_is_one_clear_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    assert said in _refused(tmp_path, name, data)


def test_what_is_no_file_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name in ("none.csv", "folder.csv"):
        with pytest.raises(ImportProblem, match=name):
            read_file(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_keep_us_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(ImportProblem, match="ordinary"):
        read_file(tmp_path / "a.csv")


def test_a_million_rows_are_refused(tmp_path: Path) -> None:
    assert f"{MOST_ROWS:,}" in _refused(tmp_path, "a.csv", b"term\n" + b"x,y\n" * 1_000_000, seconds=300)


def test_a_million_rows_of_a_workbook_are_refused(tmp_path: Path) -> None:
    rows = b"".join(b'<row><c t="str"><v>t%d</v></c></row>' % number for number in range(MOST_ROWS + 9))
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    assert f"{MOST_ROWS:,}" in _refused(tmp_path, "a.xlsx", _book(sheet), seconds=300)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(ImportProblem, match="larger than"):
        read_file(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = _book(b"<worksheet>" + b" " * (64 << 20) + b"</worksheet>")
    assert "unpacks to far more" in _refused(tmp_path, "a.xlsx", bomb)


def test_sizes_in_a_zip_that_lie_do_not_help(tmp_path: Path) -> None:
    data = bytearray(_book(b"<worksheet>" + b" " * (32 << 20) + b"</worksheet>"))
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/sheet.xml"))
    data[place + 24 : place + 28] = struct.pack("<I", 20)
    assert _refused(tmp_path, "a.xlsx", bytes(data))


def test_a_far_away_cell_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cells = b'<c r="A1" t="str"><v>term</v></c><c r="XFD1" t="str"><v>x</v></c>'
    path.write_bytes(
        _book(
            b'<worksheet><sheetData><row r="1">'
            + cells
            + b'</row><row r="1048576"><c r="A2" t="str"><v>weir</v></c></row></sheetData></worksheet>'
        )
    )
    [found] = read_file(path).entries
    assert (found.term, found.line) == ("weir", 1_048_576)


def test_a_quotation_mark_without_an_end_costs_only_what_it_swallows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('term,definition\nweir,A dam.\nlock,"never closed\nsluice,x\n', encoding="utf-8")
    found = read_file(path)
    assert [entry.term for entry in found.entries] == ["weir"]
    assert [(row.line, "quotation mark" in row.reason) for row in found.bad] == [(3, True)]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp932", "用語,定義\n堰,低いダム\n"),
        ("utf-16", "用語\t定義\n堰\t低いダム\n"),
        ("utf-8-sig", "用語;定義\n堰;低いダム\n"),
    ],
)
def test_tables_of_other_programs_are_understood(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    [found] = read_file(path).entries
    assert (found.term, found.definition) == ("堰", "低いダム")


@pytest.mark.parametrize(
    "text",
    ["term;definition\nGröße;Maß\n", "term;definition\nété;il fait “chaud”\n", "term;definition\nKälte;fünf €\n"],
)
def test_a_table_in_the_western_encoding_of_windows_is_no_japanese(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("cp1252"))
    [found] = read_file(path).entries
    assert f"term;definition\n{found.term};{found.definition}\n" == text


@pytest.mark.parametrize("text", ["term,definition\nvalve,弁\n", "語,意味\n弁,軸\n", "term,definition\n弁,ｱ系の弁\n"])
def test_a_table_with_few_japanese_letters_stays_japanese(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("cp932"))
    found = read_file(path).entries[-1]
    assert f"{found.term},{found.definition}\n" in text


def test_a_cell_without_an_end_is_said_to_be_too_long(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"term,definition\nweir,{'d' * (LONGEST_TEXT + 3)}\n", encoding="utf-8")
    assert [row.reason for row in read_file(path).bad] == ["A text is too long."]


def test_a_table_without_titles_is_terms_and_definitions(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("weir,A low dam.\nlock,A gate.\n", encoding="utf-8")
    assert [(entry.term, entry.definition) for entry in read_file(path).entries] == [
        ("weir", "A low dam."),
        ("lock", "A gate."),
    ]


@pytest.mark.parametrize("name", ["csv", "xlsx", "tbx", "json"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_file_gives_rows_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    whole = FORMATS[name].render(ExportedGlossary("n", ("en",), (entry("weir", "A dam."), entry("堰"))), ALL)
    cut = data.draw(st.integers(0, len(whole)))
    broken = bytearray(whole[:cut] if data.draw(st.booleans()) else whole)
    for _change in range(data.draw(st.integers(0, 4))):
        if broken:
            broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / f"broken.{name}"
    path.write_bytes(bytes(broken))
    assert "\n" not in _said_about(path)


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet=st.sampled_from(list("\",;\t\r\n a用='\0")), max_size=60))
@example(text='"\r\n')
def test_any_text_as_a_table(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(text.encode())
    assert "\n" not in _said_about(path)


def test_the_reading_of_a_japanese_cell_is_no_part_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cell = '<c t="inlineStr"><is><r><t>堰</t></r><rPh sb="0" eb="1"><t>せき</t></rPh></is></c>'
    title = '<c t="str"><v>用語</v></c>'
    sheet = f"<worksheet><sheetData><row>{title}</row><row>{cell}</row></sheetData></worksheet>"
    path.write_bytes(_book(sheet.encode()))
    assert [entry.term for entry in read_file(path).entries] == ["堰"]
