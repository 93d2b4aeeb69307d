"""Links go where a reader expects them, and nothing else of a Markdown text changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from genglossary_gui.core.exchange.link_markdown import linked_markdown
from genglossary_gui.core.exchange.link_places import Names, Target

_NAMES = Names(
    [
        Target("weir", "g.html#weir", ("weir", "overflow dam")),
        Target("stop log", "g.html#log", ("stop log",)),
        Target("log", "g.html#l", ("log",)),
        Target("水門", "g.html#gate", ("水門", "ゲート")),
        Target("堰", "g.html#seki", ("堰",)),
    ]
)


def _linked(text: str) -> str:
    return linked_markdown(text, _NAMES)[0]


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("A weir.", "A [weir](g.html#weir)."),
        ("Weir and weir.", "[Weir](g.html#weir) and weir."),
        ("The overflow dam.", "The [overflow dam](g.html#weir)."),
        ("Two weirs.", "Two [weir](g.html#weir)s."),
        ("weird, a weir_x", "weird, a weir_x"),
        ("a stop log", "a [stop log](g.html#log)"),
        ("a stop\nlog", "a [stop\nlog](g.html#log)"),
        ("**stop log**", "[**stop log**](g.html#log)"),
        ("**水門**とは", "[**水門**](g.html#gate)とは"),
        ("この**ゲートの**は堰", "この**ゲートの**は[堰](g.html#seki)"),
        ("we**ir**", "we**ir**"),
        ("川の水門は", "川の[水門](g.html#gate)は"),
        ("水門操作とゲートウェイ", "水門操作とゲートウェイ"),
        ("この堰を", "この[堰](g.html#seki)を"),
        ("- a weir\n- the weir", "- a [weir](g.html#weir)\n- the weir"),
        ("> a weir", "> a [weir](g.html#weir)"),
        ("| a | b |\n|---|---|\n| weir | x |", "| a | b |\n|---|---|\n| [weir](g.html#weir) | x |"),
    ],
)
def test_the_first_mention_becomes_a_link(text: str, linked: str) -> None:
    assert _linked(text) == linked


@pytest.mark.parametrize(
    "text",
    [
        "# A weir",
        "A weir\n======",
        "`weir`",
        "``a ` weir``",
        "```\nweir\n```",
        "    weir",
        "[weir](x)",
        "[a weir here][ref]\n\n[ref]: http://x/weir",
        "![weir](weir.png)",
        "[^1]: http://weir.org/weir",
        "<http://weir.org>",
        "http://weir.org/weir",
        "ask@weir.org",
        '<a href="x">a weir</a>',
        '<b title="weir">x</b>',
        "<div>\nweir\n</div>",
        "<!-- weir -->",
        "$weir$",
        "---\ntitle: weir\n---\n",
        "\\weir",
    ],
)
def test_no_link_in_headings_code_links_or_markup(text: str) -> None:
    assert _linked(text) == text


def test_each_section_has_its_first_mention() -> None:
    text = "weir weir\n\n# One\n\nweir weir\n\n## Two\n\nweir\n"
    assert _linked(text).count("](g.html#weir)") == 3


_PIECES = st.sampled_from(
    ["weir", "stop log", "log", "水門", "堰", "a", " ", " ", "\n", "\n\n", "# ", "- ", "> ", "1. ", "`", "```\n", "*",
     "**", "_", "[", "](u)", "]", "(", ")", "<b>", "</b>", "<a>", "</a>", "<", ">", "|", "|---|\n", "\\", "$", "&amp;",
     "http://x.y/", "\t", "    ", "~~", "!", "---\n", "=\n", "[r]: u\n", "<!--", "-->", "s", "。"]
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_apart_from_links_a_reader_sees_the_same(text: str) -> None:
    linked, places = linked_markdown(text, _NAMES)
    before, after = (_seen(source) for source in (text, linked))
    assert after[0] == before[0]
    assert after[1] == before[1] + len(places)


def _seen(text: str) -> tuple[list[tuple[str, str]], int]:
    """What is read, without links, and the number of links."""
    seen: list[tuple[str, str]] = []
    links = 0
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        for part in token.children or [token]:
            links += part.type == "link_open"
            if part.type in ("link_open", "link_close", "inline"):
                continue
            if seen and part.type == seen[-1][0] == "text":
                seen[-1] = ("text", seen[-1][1] + part.content)
            else:
                seen.append((part.type, part.content))
    return seen, links
