"""Links go into running text of HTML, and taking them out again gives the document that was there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genglossary_gui.core.exchange.link_html import linked_html
from genglossary_gui.core.exchange.link_places import Names, Target

_NAMES = Names([Target("weir", 'g.html#"weir"', ("weir",)), Target("stop log", "g.html#log", ("stop log",))])


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("<p>A weir.</p>", '<p>A <a href="g.html#&quot;weir&quot;">weir</a>.</p>'),
        ("<p>a <b>stop log</b>", '<p>a <b><a href="g.html#log">stop log</a></b>'),
        ("<p>a stop\nlog", '<p>a <a href="g.html#log">stop\nlog</a>'),
        ("<td>stop log<td>stop log", '<td><a href="g.html#log">stop log</a><td>stop log'),
        ("stop log<h2>x</h2>stop log", '<a href="g.html#log">stop log</a><h2>x</h2><a href="g.html#log">stop log</a>'),
        ("<p>a<br>weir", '<p>a<br><a href="g.html#&quot;weir&quot;">weir</a>'),
    ],
)
def test_the_first_mention_becomes_a_link(text: str, linked: str) -> None:
    assert linked_html(text, _NAMES)[0] == linked


@pytest.mark.parametrize(
    "text",
    [
        "<h1>weir</h1>",
        "<title>weir</title>",
        "<a href=x>a weir</a>",
        "<pre>weir</pre><code>weir</code>",
        "<script>var weir = 'weir'</script>",
        "<style>.weir {}</style>",
        "<!-- weir -->",
        '<img alt="weir" title="a weir">',
        "<textarea>weir</textarea>",
        "<ruby>weir<rt>x</rt></ruby>",
        "<b>we</b>ir",
        "we<i>ir</i>",
        "weirdo",
        "<a>never closed <p>weir",
    ],
)
def test_no_link_where_none_belongs(text: str) -> None:
    assert linked_html(text, _NAMES)[0] == text


_PIECES = st.sampled_from(
    ["weir", "stop log", " ", "\n", "<p>", "</p>", "<b>", "</b>", "<a href='x'>", "</a>", "<h2>", "</h2>", "<", ">",
     "&amp;", "&", "<!--", "-->", "<script>", "</script>", "<![CDATA[", "]]>", "<br/>", "'", '"', "<pre>", "</pre>"]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(_PIECES, max_size=20).map("".join))
def test_without_the_links_it_is_the_document_that_was_there(text: str) -> None:
    linked, places = linked_html(text, _NAMES)
    plain, removed = re.subn(r'<a href="g\.html#[^"]*">(weir|stop log)</a>', r"\1", linked)
    assert (plain, removed) == (text, len(places))
