"""The HTML page shows text as text, runs nothing but its own script, and needs nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core import i18n
from genglossary_gui.core.exchange.as_html import anchors, render
from genglossary_gui.core.exchange.cells import clean_text
from genglossary_gui.core.exchange.columns import ALL
from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedGlossary

from .test_as_markdown import entry

_TEXT = st.one_of(st.text(), st.text(alphabet=st.sampled_from(list("<>&\"'/=!-` \nscriptonload:あ\x00\u202e"))))


class _Page(HTMLParser):
    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data)


def _page(*entries: ExportedEntry, name: str = "n") -> _Page:
    return _Page(render(ExportedGlossary(name, ("en",), entries), ALL))


_PLAIN = [tag for tag, _attributes in _page(entry("t", "d", alias="a", document="f")).tags]


@given(name=_TEXT, term=_TEXT, definition=_TEXT, alias=_TEXT, document=_TEXT)
def test_no_text_becomes_markup(name: str, term: str, definition: str, alias: str, document: str) -> None:
    texts = [definition, alias]
    if not all(clean_text(text) for text in texts):
        return
    page = _page(entry(term, definition, alias=alias, document=f"d{document}"), name=name)
    assert [tag for tag, _attributes in page.tags] == _PLAIN
    assert clean_text(definition) in "".join(page.texts)


def test_the_policy_names_exactly_the_style_and_the_script_of_the_page() -> None:
    data = render(ExportedGlossary("n", ("en",), (entry("t", "d"),))).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', data)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        [content] = re.findall(rf"<{tag}>(.*?)</{tag}>", data, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]


def test_the_page_needs_nothing_from_anywhere() -> None:
    page = _page(entry("t", "http://example.org/x.png", document="http://example.org"))
    loading = {"src", "href", "srcset", "action", "data", "background", "poster", "style"}
    assert not [attributes for _tag, attributes in page.tags if loading & attributes.keys()]
    assert not {"link", "iframe", "object", "embed", "img", "base"} & {tag for tag, _attributes in page.tags}


def test_each_entry_has_a_name_of_its_own() -> None:
    glossary = ExportedGlossary("n", (), (entry("C++"), entry("C#"), entry("用語 集"), entry("＊"), entry("<b>")))
    names = [name for _entry, name in anchors(glossary)]
    assert len(set(names)) == len(names)
    assert "用語-集" in names
    assert not [name for name in names if re.search(r"[\s<>\"'&#]", name)]


@pytest.mark.parametrize(("language", "word"), [("en", "Search"), ("ja", "検索")])
def test_the_page_speaks_the_language_of_the_interface(language: str, word: str) -> None:
    i18n.set_language(language)
    try:
        page = _page(replace(entry("t", "d"), notes="n"))
    finally:
        i18n.set_language("en")
    attributes = dict(page.tags)
    assert attributes["html"] == {"lang": language}
    assert attributes["input"]["aria-label"] == word
