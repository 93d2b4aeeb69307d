"""DocBook, Mallard, DITA and other XML, as their readers see it."""

from __future__ import annotations

import pytest

from genglossary_gui.core.documents.formats import format_of, read
from genglossary_gui.core.text import DocumentText
from tests.core.documents.support import blocks, lines, texts


def document(name: str, source: str) -> DocumentText:
    return read(format_of(name), source.encode())[0]


_MALLARD = """<?xml version="1.0" encoding="utf-8"?>
<page xmlns="http://projectmallard.org/1.0/" type="topic" id="gates">
  <info>
    <link type="guide" xref="index#water"/>
    <credit type="author"><name>A. Person</name></credit>
    <desc>Said in links.</desc>
    <title type="sort">gates 1</title>
  </info>
  <title>The <app>Weir</app> gates</title>
  <p>A <em>stop log</em> is a beam that closes
  an <gui style="menu">opening</gui>.</p>
  <terms>
    <item><title>weir</title><p>A low dam.</p></item>
    <item><title>sluice</title><p>A gate.</p></item>
  </terms>
  <section id="more">
    <title>More</title>
    <steps><item><p>Press <keyseq><key>Ctrl</key><key>F1</key></keyseq>.</p></item></steps>
    <code>weir --close</code>
    <media type="image" src="x.png"><p>A picture.</p></media>
    <p>Type <code>weir</code>.</p>
  </section>
</page>
"""


def test_mallard() -> None:
    page = document("gates.page", _MALLARD)
    assert page.title == "The Weir gates"
    assert blocks(page) == [
        ("heading", 1, "The Weir gates"),
        ("paragraph", 0, "A stop log is a beam that closes an opening."),
        ("term", 1, "weir"),
        ("description", 1, "A low dam."),
        ("term", 1, "sluice"),
        ("description", 1, "A gate."),
        ("heading", 2, "More"),
        ("list_item", 1, "Press Ctrl+F1."),
        ("code", 0, "weir --close"),
        ("paragraph", 0, "Type weir."),
    ]
    assert page.line_at(page.text.index("stop log")) == 10
    assert page.line_at(page.text.index("an opening")) == 11


_DOCBOOK = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "docbookx.dtd" [
  <!ENTITY weir "Great Weir">
]>
<!-- <para>A comment.</para> -->
<article><articleinfo><title>Gates</title><author><surname>P</surname></author></articleinfo>
<sect1><title>Logs</title>
<para>The &weir; has a <firstterm>stop log</firstterm> &amp; more.<footnote><para>Apart.</para></footnote></para>
<variablelist><varlistentry><term>sluice</term><listitem><para>A gate.</para></listitem></varlistentry></variablelist>
<screen><![CDATA[if a < b && c]]></screen>
<glossary><glossentry><glossterm>weir</glossterm><glossdef><para>A low dam.</para></glossdef></glossentry></glossary>
<informaltable><tgroup cols="2"><colspec colnum="1"><tbody><row><entry>a</entry><entry>b</entry></row></tbody></tgroup>
</informaltable>
</sect1></article>
"""


@pytest.mark.parametrize("name", ["a.docbook", "a.xml", "a.dbk", "a.unknown", "a.txt"])
def test_docbook(name: str) -> None:
    article = document(name, _DOCBOOK)
    assert article.title == "Gates"
    assert blocks(article) == [
        ("heading", 1, "Gates"),
        ("heading", 2, "Logs"),
        ("paragraph", 0, "The Great Weir has a stop log & more."),
        ("term", 1, "sluice"),
        ("description", 1, "A gate."),
        ("code", 0, "if a < b && c"),
        ("term", 1, "weir"),
        ("description", 1, "A low dam."),
        ("table_row", 0, "a\tb"),
    ]
    assert lines(article) == [6, 7, 8, 9, 9, 10, 11, 11, 12]


def test_dita() -> None:
    topic = """<!DOCTYPE task PUBLIC "-//OASIS//DTD DITA Task//EN" "task.dtd">
<task id="t"><title>Close</title><shortdesc>How to close it.</shortdesc><prolog><author>P</author></prolog>
<taskbody><steps><step><cmd>Press <uicontrol>Close</uicontrol>.</cmd></step></steps>
<dl><dlentry><dt>weir</dt><dd>A low dam.</dd></dlentry></dl></taskbody></task>"""
    assert texts(document("t.dita", topic)) == ["Close", "How to close it.", "Press Close.", "weir", "A low dam."]


def test_other_xml_has_no_names_of_elements_among_its_words() -> None:
    other = '<?xml version="1.0"?>\n<menu><dish price="3">Soup</dish><dish>Bread</dish></menu>'
    assert texts(document("m.food", other)) == ["Soup", "Bread"]


def test_a_file_of_data_stays_data() -> None:
    assert [kind for kind, _level, _text in blocks(document("pom.xml", "<project><name>A</name></project>"))] == [
        "code"
    ]


@pytest.mark.parametrize("text", ["<b> is a tag of HTML.", "< 5 is less than five.", "An &weir; <p>.", "<", "<!--", ""])
def test_a_text_about_markup_stays_a_text(text: str) -> None:
    if text:
        assert texts(document("a.txt", text)) == [text]


def test_a_declared_encoding_counts() -> None:
    source = '<?xml version="1.0" encoding="EUC-JP"?>\n<article><title>水門</title><para>堰。</para></article>'
    text, encoding = read(format_of("a.docbook"), source.encode("euc_jp"))
    assert encoding == "euc_jp"
    assert texts(text) == ["水門", "堰。"]


def test_nothing_grows_and_nothing_is_read_from_elsewhere() -> None:
    source = """<?xml version="1.0"?><!DOCTYPE article [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">
    <!ENTITY file SYSTEM "file:///etc/passwd">]><article><para>&c; &file; x</para></article>"""
    (found,) = texts(document("a.xml", source))
    assert len(found) < 30
    assert "root" not in found


@pytest.mark.parametrize(
    "body",
    [
        "<section>" * 20_000,
        "<p>" * 20_000 + "</section>" * 20_000,
        "<![CDATA[" * 20_000,
        "&a;" * 20_000,
        "<!--" * 20_000,
    ],
)
def test_hostile_markup_is_read_in_time(body: str) -> None:
    assert "the end" in document("a.page", f'<page xmlns="x"><p>the end</p>{body}').text
