from __future__ import annotations

import pytest

from genglossary_gui.core.documents.markdown import read_markdown
from genglossary_gui.core.text import SpanKind
from tests.core.documents.support import blocks, check, lines, numbers, spans, texts


def test_blocks_have_kinds_and_levels():
    document = read_markdown(
        "# Index\n\nSetext\n------\n\nText of a\nparagraph.\n\n- one\n  - inner\n\n    more\n- two\n\n"
        "> said\n\n```py\na = 1\n\n  b\n```\n\n| K | V |\n|---|---|\n| a | `b` |\n"
    )
    assert blocks(document) == [
        ("heading", 1, "Index"),
        ("heading", 2, "Setext"),
        ("paragraph", 0, "Text of a paragraph."),
        ("list_item", 1, "one"),
        ("list_item", 2, "inner"),
        ("list_item", 2, "more"),
        ("list_item", 1, "two"),
        ("quote", 1, "said"),
        ("code", 0, "a = 1"),
        ("code", 0, "  b"),
        ("table_row", 0, "K\tV"),
        ("table_row", 0, "a\tb"),
    ]
    assert lines(document) == [1, 3, 6, 9, 10, 12, 13, 15, 18, 20, 23, 25]


def test_markup_becomes_spans():
    document = read_markdown("A **bold *and* it**, `code`, ~~gone~~, [a *link*](x) ![picture](y.png) <http://z>.")
    assert document.text == "A bold and it, code, gone, a link http://z."
    assert spans(document, SpanKind.BOLD) == ["bold and it"]
    assert spans(document, SpanKind.EMPHASIS) == ["and", "link"]
    assert spans(document, SpanKind.CODE) == ["code"]
    assert spans(document, SpanKind.LINK) == ["a link", "http://z"]


def test_bold_that_touches_japanese_text_is_bold():
    document = read_markdown("これは**「用語」**です。")
    assert document.text == "これは「用語」です。"
    assert spans(document, SpanKind.BOLD) == ["「用語」"]


def test_a_power_is_no_markup():
    assert texts(read_markdown("2**3 is 8")) == ["2**3 is 8"]


def test_soft_line_breaks_join_by_script():
    document = read_markdown("用語\n集と\nits terms\nhere")
    assert document.text == "用語集と its terms here"
    assert [document.line_at(document.text.index(word)) for word in ("用語", "集と", "its", "here")] == [
        1,
        2,
        3,
        4,
    ]


def test_a_definition_list_has_terms_and_descriptions():
    document = read_markdown(
        "Index\nstaging area\n: Where commits\n  are prepared.\n\n:   Second.\n\n    - item\n\n"
        "Blob\n: Content.\nTree\n: Names.\n"
    )
    assert blocks(document) == [
        ("term", 1, "Index"),
        ("term", 1, "staging area"),
        ("description", 1, "Where commits are prepared."),
        ("description", 1, "Second."),
        ("list_item", 2, "item"),
        ("term", 1, "Blob"),
        ("description", 1, "Content."),
        ("term", 1, "Tree"),
        ("description", 1, "Names."),
    ]


def test_a_blank_line_may_stand_between_one_name_and_its_description():
    document = read_markdown("Text\nof two lines.\n\n: x\n\nIndex\n\n: y")
    assert [block.kind for block in document.blocks] == ["paragraph", "description", "term", "description"]


def test_a_paragraph_that_begins_with_a_colon_describes_nothing():
    assert blocks(read_markdown(": alone\n\n- item\n\n:smile: x"))[0] == ("paragraph", 0, ": alone")


def test_of_the_front_matter_only_the_title_is_kept():
    document = read_markdown('---\ntitle: "The index"\ntags: [a]\n---\n# Heading\n')
    assert (document.title, texts(document), lines(document)) == ("The index", ["Heading"], [5])


def test_a_rule_is_no_front_matter():
    assert texts(read_markdown("---\nno matter, no end\n")) == ["no matter, no end"]


def test_html_is_reduced_to_its_text():
    document = read_markdown(
        "<div class=x>\n<b>bold</b> <script>x()</script>\n</div>\n\n漢<ruby>字<rt>じ</rt></ruby><br>x <!-- c -->"
    )
    assert texts(document) == ["bold", "漢字 x"]


def test_html_that_is_not_closed_hides_nothing_after_it():
    assert texts(read_markdown("<nav>\nhidden\n\nText about the <script> tag.\n\nMore.")) == [
        "Text about the tag.".replace("the ", "the <script> "),
        "More.",
    ]


def test_placeholders_stay():
    document = read_markdown("Use <file> here.\n\n<commit-ish>\n:   A commit.\n")
    assert blocks(document) == [
        ("paragraph", 0, "Use <file> here."),
        ("term", 1, "<commit-ish>"),
        ("description", 1, "A commit."),
    ]


def test_marks_of_other_dialects_are_removed():
    source = "## Head {#anchor}\n\n> [!NOTE]\n> Text.\n\n:::tip\nHint {{< x >}}\n:::\n"
    assert texts(read_markdown(source)) == ["Head", "Text.", "Hint"]


def test_notes_of_mkdocs_are_text_without_their_marks():
    source = '!!! note "Careful"\n    A **sluice** is a gate.\n\n    More.\n\n??? tip\n    Hidden.\n'
    assert texts(read_markdown(source)) == ["Careful", "A sluice is a gate.", "More.", "Tip", "Hidden."]


def test_a_footnote_stands_behind_the_text_and_its_mark_is_gone():
    source = "A weir[^1] is low.\n\n[^1]: It dams a river.\n\nThe end.\n"
    assert texts(read_markdown(source)) == ["A weir is low.", "The end.", "It dams a river."]


def test_an_abbreviation_is_defined():
    document = read_markdown("Text.\n\n*[CPU]: Central processing unit\n*[RAM]: Memory\n")
    assert [(block.kind.value, text) for block, text in zip(document.blocks, texts(document), strict=True)] == [
        ("paragraph", "Text."),
        ("term", "CPU"),
        ("description", "Central processing unit"),
        ("term", "RAM"),
        ("description", "Memory"),
    ]


def test_imports_of_mdx_are_left_out_and_lines_still_count():
    document = read_markdown("---\ntitle: x\n---\n\nimport Tabs from '@theme/Tabs';\nexport const a = 1;\n\n# Gate\n")
    assert texts(document) == ["Gate"]
    assert document.line_at(0) == 8


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("`code`{.cls} and {braces}", "code and {braces}"),
        ("A gate {: .lead }", "A gate"),
        ("{.lead}\nA gate", "A gate"),
        ("A ==marked== word, a == b", "A marked word, a == b"),
        ("[[Page|shown]] and [[Other]]", "shown and Other"),
        ("{% include x.html %}Text", "Text"),
        ("- [ ] open\n- [x] done", "open done"),
    ],
)
def test_marks_of_further_dialects_are_removed(source, text):
    assert " ".join(texts(read_markdown(source))) == text


def test_the_items_of_a_numbered_list_have_the_numbers_that_are_seen() -> None:
    source = "3. three\n3. four\n\n   more\n   - inner\n\n-----\n\n1) one\n\n* bullet\n\n<ol>\n<li>html</li>\n</ol>\n"
    document = read_markdown(source)
    check(document, source)
    assert numbers(document) == [("3.", "three"), ("4.", "four"), ("", "more"), ("1)", "one"), ("1.", "html")]
