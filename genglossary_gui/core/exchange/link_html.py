"""Links in HTML: into running text, never into headings, code, links, controls or anything that is no text."""

from __future__ import annotations

import html
from html.parser import HTMLParser

from genglossary_gui.core.exchange.link_places import HIDDEN, INLINE, Names, Place, Visible, insert

_HEADINGS = {f"h{level}" for level in range(1, 7)}
_CLOSED = _HEADINGS | {
    "a", "audio", "button", "canvas", "code", "datalist", "dt", "head", "iframe", "kbd", "label", "legend", "math",
    "noscript", "object", "optgroup", "option", "pre", "ruby", "samp", "script", "select", "style", "summary", "svg",
    "template", "textarea", "title", "tt", "var", "video",
}  # fmt: skip
"""Elements in which no link is put."""
_IN_WORDS = {"abbr", "b", "bdi", "bdo", "big", "cite", "del", "dfn", "em", "font", "i", "ins", "mark", "s", "small",
             "span", "strike", "strong", "sub", "sup", "u", "wbr"}  # fmt: skip
_MOST_OPEN = 1_000


def linked_html(text: str, names: Names) -> tuple[str, list[Place]]:
    """``text`` with links, and where they were put in."""
    places = names.places(visible_html(text))
    written = {place: (f'<a href="{html.escape(place.target.address)}">', "</a>") for place in places}
    return insert(text, places, written), places


def visible_html(text: str) -> Visible:
    """Where links may stand in the text."""
    reader = _Reader(text)
    reader.feed(text)
    reader.close()
    return Visible("".join(reader.shown), tuple(reader.sections))


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.shown = [HIDDEN] * len(text)
        self.sections: list[int] = []
        self._source = text
        self._starts = [0]
        while (end := text.find("\n", self._starts[-1])) >= 0:
            self._starts.append(end + 1)
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self.sections.append(self._at())
        # One that nobody closes keeps links away from the rest: better none than a wrong one.
        if tag in _CLOSED and len(self._open) < _MOST_OPEN:
            self._open.append(tag)
        self._hide(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hide(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in _IN_WORDS:
            start = self._at()
            end = self._source.find(">", start) + 1
            self.shown[start:end] = INLINE * (end - start)

    def handle_data(self, data: str) -> None:
        start = self._at()
        # What the parser makes of broken markup may be no piece of the source.
        if not self._open and self._source.startswith(data, start):
            self.shown[start : start + len(data)] = data

    def _hide(self, tag: str) -> None:
        if tag in _IN_WORDS:
            start, length = self._at(), len(self.get_starttag_text() or "")
            self.shown[start : start + length] = INLINE * length

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column
