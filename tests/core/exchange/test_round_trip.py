"""What was exported is imported as it was, in every format that can be imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from genglossary_gui.core.exchange.cells import clean_name, clean_text, join_list, split_list
from genglossary_gui.core.exchange.columns import ALL
from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedGlossary
from genglossary_gui.core.exchange.formats import FORMATS
from genglossary_gui.core.exchange.from_csv import read_csv
from genglossary_gui.core.exchange.from_json import read_json
from genglossary_gui.core.exchange.from_tbx import read_tbx
from genglossary_gui.core.exchange.from_xlsx import read_xlsx
from genglossary_gui.core.exchange.imported import ImportedEntry, ImportedFile
from genglossary_gui.core.glossary import Category
from genglossary_gui.core.keys import term_key

from .test_as_markdown import entry

_READERS: dict[str, Callable[[bytes], ImportedFile]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "tbx": read_tbx,
    "json": read_json,
}
_NASTY = st.text(
    alphabet=st.sampled_from(
        list("=+-@＝＋'\"\t\r\n,;；、|\\ 　<>&]_x0041_#あ堰ガa🌊\u202e\u200f\u05d0\u0627\x00\x0b\x1f\x85\u2028\ufffe")
    )
)
_TEXTS = st.one_of(
    st.text(),
    _NASTY,
    st.sampled_from(
        (
            "=HYPERLINK(\"http://x\")",
            "'=1",
            "''+1",
            "_x000D_ _x005F_",
            "<ruby>堰<rt>せき</rt></ruby>",
            "]]> <!-- & -->",
            "line one\r\nline two\n\n\tthree",
            "مرحبا بالعالم",
            "👩‍👩‍👧‍👦",
        )
    ),
)  # fmt: skip


@st.composite
def _entries(draw: st.DrawFn) -> ExportedEntry:
    term = draw(_TEXTS)
    assume(term_key(clean_name(term)))
    aliases = draw(st.lists(_TEXTS, max_size=3))
    return replace(
        entry(term, draw(_TEXTS), document="guide/a.md"),
        aliases=tuple(aliases),
        notes=draw(_TEXTS),
        category=draw(st.sampled_from(list(Category))),
        approved=draw(st.booleans()),
        language=draw(st.sampled_from(("ja", "en"))),
    )


def _expected(entry: ExportedEntry) -> ImportedEntry:
    term = clean_name(entry.term)
    names = dict.fromkeys(map(clean_name, entry.aliases))
    return ImportedEntry(
        line=0,
        term=term,
        aliases=tuple(name for name in names if name and name != term),
        category=entry.category,
        definition=clean_text(entry.definition),
        notes=clean_text(entry.notes),
        approved=entry.approved,
    )


@pytest.mark.parametrize("name", _READERS)
@settings(max_examples=150, deadline=None)
@given(entries=st.lists(_entries(), min_size=1, max_size=3))
@example(entries=[entry("a  b\u3000c", "one\n two\n\n three")])
def test_what_was_exported_is_imported_as_it_was(name: str, entries: list[ExportedEntry]) -> None:
    data = FORMATS[name].render(ExportedGlossary("n", ("en",), tuple(entries)), ALL)
    found = _READERS[name](data)
    assert found.bad == ()
    assert [replace(got, line=0, language="") for got in found.entries] == [_expected(one) for one in entries]


@given(_TEXTS)
def test_cleaning_is_done_once_for_all(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_name(clean_name(text)) == clean_name(text)


@given(st.lists(_TEXTS.map(clean_name).filter(bool), unique=True))
def test_a_list_in_a_cell_is_the_same_list_again(items: list[str]) -> None:
    assert split_list(join_list(items)) == tuple(items)


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("a; b ;c", ("a", "b", "c")),
        ("堰、水門；ゲート", ("堰", "水門", "ゲート")),
        ("a|b\nc", ("a", "b", "c")),
        ("Smith, John", ("Smith, John",)),
        ("; ;", ()),
        ('"a;b"; c', ("a;b", "c")),
        ('5" pipe; x', ('5" pipe', "x")),
    ],
)
def test_lists_of_people_are_understood(cell: str, items: tuple[str, ...]) -> None:
    assert split_list(cell) == items


def test_tbx_keeps_the_language() -> None:
    data = FORMATS["tbx"].render(ExportedGlossary("n", ("ja",), (replace(entry("堰"), language="ja"),)))
    assert read_tbx(data).entries[0].language == "ja"
