from __future__ import annotations

import pytest

from genglossary_gui.core.documents.html import declared_encoding, read_html
from genglossary_gui.core.text import Reading, SpanKind
from tests.core.documents.support import blocks, check, lines, numbers, spans, texts


def test_blocks_have_kinds_and_levels():
    document = read_html(
        "<h2>Terms</h2><p>Text.<ul><li>one<ul><li>inner</ul><li>two</ul>"
        "<dl><dt>Index<dd>A list.</dl><blockquote>Said.</blockquote><pre>a = 1\n\n  b</pre>after"
    )
    assert blocks(document) == [
        ("heading", 2, "Terms"),
        ("paragraph", 0, "Text."),
        ("list_item", 1, "one"),
        ("list_item", 2, "inner"),
        ("list_item", 1, "two"),
        ("term", 1, "Index"),
        ("description", 1, "A list."),
        ("quote", 1, "Said."),
        ("code", 0, "a = 1"),
        ("code", 0, "  b"),
        ("paragraph", 0, "after"),
    ]


def test_inline_tags_do_not_cut_words():
    assert texts(read_html("<p><span>H</span>elp and <b>re</b>po<wbr>sitory &amp; more&shy;over")) == [
        "Help and repository & moreover"
    ]


def test_a_paragraph_needs_no_end_tag():
    assert texts(read_html("<p>one<p>two<div>three</div>four")) == ["one", "two", "three", "four"]


def test_scripts_styles_and_navigation_are_left_out():
    source = (
        "<head><title>A &lt;b&gt;</title><style>p{}</style><script>if (a<b) '</p>'</script></head><body>"
        "<nav><ul><li>Home</ul></nav><div role='navigation'><div>x</div>y</div>"
        "<div class='navheader big'>Prev</div>"
        "<template>t</template><noscript>n</noscript><svg><title>s</title></svg>"
        "<p>Text<sup class=footnote>[1]</sup>.<a class=headerlink href=#>¶</a></p>"
    )
    document = read_html(source)
    assert texts(document) == ["Text."]
    assert document.title == "A <b>"


def test_links_of_a_generator_are_text_and_its_marks_are_not():
    source = (
        "<p>Methods used for <a class='reference internal' href='#c'><span class='std-ref'>classification</span></a>"
        "<a class='footnote-reference brackets' href='#f'>1</a> with <a class='reference external' href='#'>"
        "<code>fit</code></a>.<sup class='reference'><a href='#cite'>[2]</a></sup>"
        "<a class='reference internal' href='#s'><span class='viewcode-link'>[source]</span></a></p>"
    )
    assert texts(read_html(source)) == ["Methods used for classification with fit."]


def test_the_type_of_a_parameter_is_not_part_of_its_name():
    source = (
        "<dl><dt><strong>deep</strong><span class='classifier'>bool, default=True</span></dt><dd>All of it.</dd></dl>"
    )
    assert texts(read_html(source)) == ["deep", "All of it."]


def test_the_title_of_a_picture_is_not_that_of_the_page():
    assert read_html("<svg><title>Icon</title></svg><p>Text").title == ""


def test_the_first_heading_is_the_title_of_a_page_without_one():
    assert read_html("<p>x<h1>Index</h1><h1>More</h1>").title == "Index"


def test_ruby_text_does_not_cut_the_word():
    source = "<p>用<ruby>語<rp>（</rp><rt>ご</rt><rp>）</rp></ruby>集と<ruby>漢<rt>かん</ruby>字"
    document = read_html(source)
    assert texts(document) == ["用語集と漢字"]
    assert document.readings == (Reading(1, 2, "ご"), Reading(4, 5, "かん"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>", [(0, 1, "かん"), (1, 2, "じ")]),
        ("<ruby>漢<rb>字<rt>かん<rt>じ</ruby>", [(0, 2, "かん")]),
        ("<p>a <ruby> 語 <rt> ご \n</rt></ruby></p>", [(2, 3, "ご")]),
        ("<ruby><rt>かん</rt></ruby>字", []),
        ("<ruby>漢<p>字<rt>かん</rt></ruby>", [(2, 3, "かん")]),
        (f"<ruby>漢<rt>{'か' * 31}</rt></ruby>", []),
        ("<ruby>漢<rt></rt></ruby>", []),
        ("漢<rt>かん</rt>", []),
    ],
)
def test_v1_readings_are_kept_beside_their_words(source: str, found: list[tuple[int, int, str]]) -> None:
    assert list(read_html(source).readings) == found


def test_lines_join_without_a_blank_between_japanese_characters():
    assert texts(read_html("<p>用語\n  集とは、\nAPI の\nlist of\nterms\n.</p>")) == [
        "用語集とは、API の list of terms."
    ]


def test_a_line_break_is_a_blank_and_a_second_name_in_a_term():
    assert texts(read_html("<p>東京<br>大阪</p><dl><dt>add<br>stage<dd>x</dl>")) == [
        "東京 大阪",
        "add",
        "stage",
        "x",
    ]


def test_a_table_has_a_block_for_each_row():
    source = "<table><caption>C</caption><tr><th>Key<th>Value<tr><td><p>a</p><td><td>c<tr><td>alone</table>end"
    assert blocks(read_html(source)) == [
        ("paragraph", 0, "C"),
        ("table_row", 0, "Key\tValue"),
        ("table_row", 0, "a\t\tc"),
        ("paragraph", 0, "alone"),
        ("paragraph", 0, "end"),
    ]


def test_a_table_made_for_the_layout_keeps_its_paragraphs_apart():
    long = "word " * 60
    assert len(texts(read_html(f"<table><tr><td><p>{long}<p>{long}<h2>Title</h2><p>x<td>side</table>"))) >= 4


def test_markup_within_a_block_is_kept_as_spans():
    document = read_html("<p>A <b>term</b>, <dfn>its</dfn> <code>x()</code> <a href=y>link</a> <a name=z>no</a>")
    assert spans(document, SpanKind.BOLD) == ["term"]
    assert spans(document, SpanKind.EMPHASIS) == ["its"]
    assert spans(document, SpanKind.CODE) == ["x()"]
    assert spans(document, SpanKind.LINK) == ["link"]


def test_a_span_over_two_blocks_becomes_two():
    document = read_html("<b>one<p>two</b> three")
    assert spans(document, SpanKind.BOLD) == ["one", "two"]


def test_offsets_lead_back_to_the_lines_of_the_source():
    document = read_html("<p>one\ntwo</p>\n\n<!-- a\ncomment --><p>\nthree</p>")
    assert lines(document) == [1, 6]
    assert document.line_at(document.text.index("two")) == 2


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b><p>x", "<ul><li>x", "<table><tr><td>x", "</li>", "<blockquote>", "<pre>x\n", "<nav>"],
)
def test_a_hundred_thousand_nested_tags_are_no_danger(piece):
    source = piece * 100_000 + "end"
    check(read_html(source), source)


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<a href='", "<a x=", "</a", "<![CDATA[", "<?", "&", "<"])
def test_what_never_ends_costs_no_quadratic_time(piece):
    """Would take minutes if the parser began anew for each of them; the limit of the test ends it."""
    read_html("<p>text</p>" + piece * 50_000)


def test_the_declared_encoding_is_found():
    assert declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">') == "Shift_JIS"
    assert declared_encoding(b"<meta charset=euc-jp>") == "euc-jp"
    assert declared_encoding(b'<?xml version="1.0" encoding="utf-8"?>') == "utf-8"
    assert declared_encoding(b"<p>charset=utf-8") == ""


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<ol><li>a<li>b</ol><ol><li>c</ol>", [("1.", "a"), ("2.", "b"), ("1.", "c")]),
        ("<ol start=0 type=i><li>a</li><li value=4>b</li><li>c</li></ol>", [("0.", "a"), ("iv.", "b"), ("v.", "c")]),
        ("<ol type=a start=26><li>z<li>aa</ol>", [("z.", "z"), ("aa.", "aa")]),
        ("<ol type=1><li>a<p>more</ol>", [("1.", "a"), ("", "more")]),
        ("<ol><li>a<ul><li>b</ul>rest<li>c</ol>", [("1.", "a"), ("", "rest"), ("2.", "c")]),
        ("<ol><li></li><li>b</ol>", [("2.", "b")]),
        ("<ol><li><ol><li>both</ol></ol>", [("1. 1.", "both")]),
        ("<ol><li><h3>Head</h3>text</ol>", [("1.", "Head"), ("", "text")]),
        ("<ol><li><pre>code\nmore</pre></ol>", [("1.", "code")]),
        ("<ol reversed><li>a</ol><ul><li>b</ul><li>c", []),
        ("<ol reversed start=3><li>a<li>b</ol>", [("3.", "a"), ("2.", "b")]),
        ("<ol start=999999999999 type=q><li>a</ol>", [("1.", "a")]),
        ("<ol start=x><li value=''>a<li value=-3>b</ol>", [("1.", "a"), ("-3.", "b")]),
        ("<nav><ol><li>x</ol></nav><ol><li>a</ol></ol></li><p>b", [("1.", "a")]),
    ],
)
def test_the_items_of_a_numbered_list_have_numbers(source: str, found: list[tuple[str, str]]) -> None:
    document = read_html(source)
    check(document, source)
    assert numbers(document) == found
