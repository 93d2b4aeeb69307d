"""One HTML file for people: searchable, light and dark, printable; it loads nothing and sends nothing.

A content security policy names the hashes of its one style and its one script, so that no text of a document
could ever run, even if an escape were forgotten.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from genglossary_gui.core.exchange.as_markdown import alphabetical
from genglossary_gui.core.exchange.cells import clean_text
from genglossary_gui.core.exchange.columns import FOR_READING, Column, absence, chosen, sources
from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedGlossary
from genglossary_gui.core.exchange.html_page import SCRIPT, STYLE
from genglossary_gui.core.i18n import _, language, listed, ngettext
from genglossary_gui.core.own_glossary import MARK

_NO_NAME = re.compile(r"[\W_]+")
_IN_TEXT = ("term", "aliases", "definition", "sources", "notes")


def render(glossary: ExportedGlossary, columns: Sequence[str] = FOR_READING) -> bytes:
    """The glossary as one HTML document in UTF-8."""
    wanted = {column.name: column for column in chosen(columns)}
    facts = [column for name, column in wanted.items() if name not in _IN_TEXT]
    entries = anchors(glossary)
    articles = "\n".join(_article(entry, anchor, wanted, facts) for entry, anchor in entries)
    return "\n".join((*_head(glossary.name), *_opening(glossary.name, len(entries)), articles, _CLOSING)).encode()


def anchors(glossary: ExportedGlossary) -> list[tuple[ExportedEntry, str]]:
    """The entries as they stand in the file, each with the name under which a link leads to it."""
    taken: Counter[str] = Counter()
    found: list[tuple[ExportedEntry, str]] = []
    for entry in alphabetical(glossary):
        name = "-".join(_NO_NAME.sub(" ", clean_text(entry.term).casefold()).split()) or "entry"
        taken[name] += 1
        found.append((entry, f"{name}--{taken[name]}" if taken[name] > 1 else name))
    return found


_CLOSING = f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"


def _head(name: str) -> Iterator[str]:
    policy = (
        f"default-src 'none'; style-src {_hash(STYLE)}; script-src {_hash(SCRIPT)}; base-uri 'none'; form-action 'none'"
    )
    yield f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta name="generator" content="{MARK}">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{_text(name)}</title>\n<style>{STYLE}</style>\n</head>\n<body>"


def _opening(name: str, count: int) -> Iterator[str]:
    shown, search, nothing = _("{shown} of {total}"), _text(_("Search")), _text(_("Nothing matches."))
    found = ngettext("{count} entry", "{count} entries", count).format(count=count)
    yield f'<header>\n<h1 dir="auto">{_text(name)}</h1>'
    yield f'<p><input id="search" type="search" placeholder="{search}" aria-label="{search}">'
    words = f'data-some="{_text(shown)}" data-all="{_text(found)}"'
    yield f'<span id="count" role="status" {words}>{_text(found)}</span></p>'
    yield f'</header>\n<main>\n<p id="nothing" hidden>{nothing}</p>'


def _article(entry: ExportedEntry, anchor: str, wanted: dict[str, Column], facts: Sequence[Column]) -> str:
    return f'<article id="term-{_text(anchor)}">\n{chr(10).join(_parts(entry, wanted, facts))}\n</article>'


def _parts(entry: ExportedEntry, wanted: dict[str, Column], facts: Sequence[Column]) -> Iterator[str]:
    yield f'<h2 dir="auto">{_text(entry.term)}</h2>'
    if "aliases" in wanted and entry.aliases:
        aliases = listed(f"<bdi>{_text(alias)}</bdi>" for alias in entry.aliases)
        also = _text(_("Also: {aliases}")).format(aliases=aliases)
        yield f'<p class="aliases">{also}</p>'
    if "definition" in wanted:
        if words := absence(entry):
            yield f'<p class="none">{_text(words)}</p>'
        if entry.definition:
            yield f'<p class="definition" dir="auto">{_text(entry.definition)}</p>'
    shown = [(column.title, column.shown(entry)) for column in facts]
    if any(value for _title, value in shown):
        pairs = "".join(f"<div><dt>{_text(title)}</dt><dd>{_text(value)}</dd></div>" for title, value in shown if value)
        yield f"<dl>{pairs}</dl>"
    if "notes" in wanted and entry.notes.strip():
        yield f'<p class="notes" dir="auto">{_text(entry.notes)}</p>'
    if "sources" in wanted and entry.evidence:
        yield f"<ul>{''.join(f'<li><bdi>{_text(place)}</bdi></li>' for place in sources(entry))}</ul>"


def _text(text: str) -> str:
    return html.escape(clean_text(text))


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
