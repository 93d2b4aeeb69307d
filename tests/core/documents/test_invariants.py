"""Whatever the bytes, the result is a well-formed text or a reason."""

from __future__ import annotations

import hashlib
import pickle
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from genglossary_gui.core.documents.encodings import ENCODINGS, clean, decode
from genglossary_gui.core.documents.formats import FORMATS
from genglossary_gui.core.documents.html import read_html
from genglossary_gui.core.documents.loading import Loaded, Unreadable, load
from genglossary_gui.core.documents.markdown import read_markdown
from genglossary_gui.core.documents.plain_text import read_code, read_plain, read_records
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.documents.rst import read_rst
from genglossary_gui.core.documents.subtitles import read_subtitles
from genglossary_gui.core.documents.tables import read_csv, read_tsv
from tests.core.documents.support import check

PARSERS = [read_plain, read_markdown, read_html, read_records, read_code, read_rst, read_csv, read_tsv, read_subtitles]

HTML = [
    "<p>", "</p>", "<ul>", "<li>", "</ul>", "<dl><dt>", "<dd>", "<table><tr>", "<td>", "</tr>", "<pre>",
    "</pre>", "<h2>", "</h2>", "<b>", "</b>", "<code>", "<br>", "<nav>", "</nav>",
    "<ruby>字<rt>じ</ruby>", "<ruby>", "<rt>", "</ruby>",
    "&#10;", "&#0;", "&amp;", "<!--", "-->", "<script>", "</script>", "<title>",
    "<a href=x>", "</a>", "<![CDATA[", "<?xml",
]  # fmt: skip
MARKDOWN = [
    "# ", "- ", "1. ", "> ", "    ", "```\n", "|a|b|\n|-|-|\n", ": ", "**", "`", "[x](y)", "---\n",
    "<div>\n", "\n\n", "title: x\n", "===\n", "\\\n", "<file>", "{#x}", "{{< x >}}", ":::tip\n",
]  # fmt: skip
PLAIN = [
    "=====\n",
    "・",
    "* ",
    "1. ",
    "1.1 ",
    "　",
    "\t",
    "> ",
    "NAME\n",
    "Term:\n    ",
    "。\n",
    "word " * 14 + "\n",
]
OTHERS = [
    ".. note::\n   ", ".. glossary::\n\n  a\n    b\n", "*", "``", ":x:`", "|", "::\n\n  ", ".. _a:\n", "`_ ", "+-+\n|",
    '"', ",", ";", "1\n00:00:01,000 --> 00:00:02,000\n", "WEBVTT\n\n", "<v Bob>", "{\\an8}",
]  # fmt: skip
WORDS = [
    "用語",
    "text",
    " ",
    "\n",
    "\r",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\u2028",
    "\x85",
    "\u3000",
    "\u00ad",
    "𠮷",
]
documents = st.lists(
    st.sampled_from([*HTML, *MARKDOWN, *PLAIN, *OTHERS, *WORDS]) | st.text(max_size=8), max_size=40
).map("".join)


@pytest.mark.parametrize("parse", PARSERS)
@given(source=documents)
@settings(deadline=None)  # the first call of a reader loads its library
@example("<p>a&#10;b")
@example("<p>a&#10;b&#10;c<p>d\n<p>e")
def test_every_reader_keeps_the_promises_of_a_text(parse, source):
    check(parse(source), source)


@given(data=st.binary(max_size=400) | documents.map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_any_bytes_are_decoded_or_rejected(data):
    with suppress(Rejected):
        text, encoding = decode(data)
        assert "\r" not in text
        assert clean(clean(text)) == clean(text)
        assert encoding in ENCODINGS


@pytest.mark.parametrize("suffix", [suffix for suffix, format in FORMATS.items() if format.reader] + [""])
def test_any_file_gives_a_text_or_a_reason(suffix, tmp_path: Path):
    path = tmp_path / f"x{suffix}"

    @given(data=st.binary(max_size=300) | documents.map(lambda text: text.encode("utf-8", "surrogatepass")))
    def run(data):
        path.write_bytes(data)
        result = load(path, max_bytes=10_000)
        assert pickle.loads(pickle.dumps(result)) == result
        if isinstance(result, Loaded):
            assert result.sha256 == hashlib.sha256(data).hexdigest()
            assert result.document.text
        else:
            assert isinstance(result, Unreadable)
            reasons = (Reason.EMPTY, Reason.ONLY_PICTURES, Reason.BINARY, Reason.UNSUPPORTED, Reason.BROKEN)
            assert result.reason in reasons
            assert result.detail == ""

    run()
