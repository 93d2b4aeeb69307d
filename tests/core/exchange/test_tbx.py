"""TBX: what is written is valid by the standard and means the same to another reader; what others write is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # it has no stubs

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange.as_tbx import render
from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedEvidence, ExportedGlossary
from genglossary_gui.core.exchange.from_tbx import read_tbx

from .test_as_markdown import entry
from .test_round_trip import _entries

_SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parents[2] / "data" / "tbx-basic.rng"))
_NS = {"t": "urn:iso:std:iso:30042:ed-2"}

_WEIR = replace(
    entry("weir", "A low dam\nacross a river.", document="guide/a.md"),
    aliases=("overflow dam", "堰"),
    notes="n < m",
    approved=True,
    evidence=(ExportedEvidence("guide/a.md", 7, "A weir is a low dam."), ExportedEvidence("b.md", 2, "Weirs & locks")),
)


def _valid(data: bytes) -> Any:
    root = etree.fromstring(data)
    assert _SCHEMA.validate(root), _SCHEMA.error_log
    return root


@settings(max_examples=200, deadline=None)
@given(st.lists(_entries(), min_size=1, max_size=3))
def test_whatever_is_written_is_valid(entries: list[ExportedEntry]) -> None:
    _valid(render(ExportedGlossary("a & <b>\x00", ("ja", "en"), tuple(entries))))


def test_the_schema_refuses_what_the_standard_does() -> None:
    data = render(ExportedGlossary("n", ("en",), (_WEIR,))).decode()
    for old, new in (
        ('type="definition"', 'type="meaning"'),
        ("preferredTerm-admn-sts", "approved"),
        ('xml:lang="en"', 'xml:lang="no language"'),
        ('style="dca"', 'style="dct"'),
        ("<term>weir</term>", "<term> </term>"),
        ("urn:iso:std:iso:30042:ed-2", "urn:other"),
    ):
        assert old in data
        assert not _SCHEMA.validate(etree.fromstring(data.replace(old, new).encode())), new


def test_another_reader_finds_each_thing_where_the_standard_puts_it() -> None:
    root = _valid(render(ExportedGlossary("Rivers", ("en",), (_WEIR,))))
    [concept] = root.findall(".//t:conceptEntry", _NS)
    assert root.findtext(".//t:title", namespaces=_NS) == "Rivers"
    assert concept.findtext("t:descrip[@type='subjectField']", namespaces=_NS) == "technical_term"
    assert concept.findtext("t:note", namespaces=_NS) == "n < m"
    [language] = concept.findall("t:langSec", _NS)
    assert language.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    definition = language.find("t:descripGrp", _NS)
    assert definition is not None
    assert definition.findtext("t:descrip[@type='definition']", namespaces=_NS) == "A low dam\nacross a river."
    sources = [admin.text for admin in definition.findall("t:admin[@type='source']", _NS)]
    assert sources == ["guide/a.md:7", "b.md:2"]
    terms = {
        section.findtext("t:term", namespaces=_NS): section.findtext("t:termNote", namespaces=_NS)
        for section in language.findall("t:termSec", _NS)
    }
    admitted = "admittedTerm-admn-sts"
    assert terms == {"weir": "preferredTerm-admn-sts", "overflow dam": admitted, "堰": admitted}
    contexts = [found.text for found in language.findall(".//t:descrip[@type='context']", _NS)]
    assert contexts == ["A weir is a low dam.", "Weirs & locks"]


def test_an_empty_glossary_is_refused_because_the_standard_asks_for_an_entry() -> None:
    with pytest.raises(ExportError, match="at least one"):
        render(ExportedGlossary("n", (), ()))


_VERSION_2 = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en-US"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body>
 <termEntry id="c1">
  <descrip type="subjectField">hydraulics</descrip>
  <descripGrp><descrip type="definition">A low dam
      across a river.</descrip></descripGrp>
  <langSet xml:lang="en-US">
   <ntig><termGrp><term>weir</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig>
   <tig><term>overflow <hi>dam</hi></term>
    <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="ja"><descrip type="definition">堰の定義</descrip>
   <tig><term>堰</term><note>注</note></tig></langSet>
 </termEntry>
 <termEntry id="c2"><langSet xml:lang="en"><tig><term>  </term></tig></langSet></termEntry>
</body></text></martif>
"""


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "Shift_JIS", "EUC-JP"])
def test_version_2_of_other_tools_is_read_in_each_of_its_languages(encoding: str) -> None:
    found = read_tbx(_VERSION_2.format(encoding=encoding).encode(encoding))
    english, japanese = found.entries
    assert (english.term, english.aliases, english.language) == ("overflow dam", ("weir",), "en")
    assert (english.definition, english.approved) == ("A low dam across a river.", True)
    assert (japanese.term, japanese.definition, japanese.notes) == ("堰", "堰の定義", "注")
    assert [(row.line, row.reason) for row in found.bad] == [(17, "There is no term.")]


def test_the_style_that_names_categories_by_element_is_read() -> None:
    data = """<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
      xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader/>
      <text><body><conceptEntry><min:subjectField>person</min:subjectField><langSec xml:lang="en">
      <basic:definition>A low dam.</basic:definition><termSec><term>weir</term>
      <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
      </langSec></conceptEntry></body></text></tbx>"""
    [found] = read_tbx(data.encode()).entries
    assert (found.term, found.definition, found.category, found.approved) == ("weir", "A low dam.", "person", True)
