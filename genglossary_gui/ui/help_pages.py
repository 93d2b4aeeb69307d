"""The pages of the user guide: read from its Markdown files, and made into HTML for the help window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

from genglossary_gui.core import paths
from genglossary_gui.ui.theme import Theme

PAGES = (
    "first-glossary",
    "projects",
    "documents",
    "terms",
    "glossary",
    "issues",
    "runs",
    "exchange",
    "language-model",
    "settings",
    "command-line",
    "keyboard",
    "troubleshooting",
    "privacy",
)
"""The names of the pages, in the order of the contents; each is a file in the folder of every language."""

_ANCHOR = re.compile(r'^<a id="([\w-]+)"></a>\n+(## .+)$', re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A heading of a page.  ``anchor`` is the same in all languages."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Page:
    """``text`` is what the file holds."""

    name: str
    title: str
    sections: tuple[Section, ...]
    text: str

    def __contains__(self, words: object) -> bool:
        """Whether the page has these words, in whatever case."""
        return isinstance(words, str) and words.casefold() in self.text.casefold()


def read_page(language: str, name: str) -> Page:
    """A page of the guide.  Raises ``OSError`` when it is not there."""
    text = _file(language, name).read_text(encoding="utf-8")
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    sections = tuple(Section(anchor, heading[3:].strip()) for anchor, heading in _ANCHOR.findall(text))
    return Page(name, title[1].strip() if title else name, sections, text)


def read_guide(language: str) -> Iterator[Page]:
    """All pages in the order of the contents; one that is missing or unreadable is left out."""
    for name in PAGES:
        try:
            yield read_page(language, name)
        except (OSError, UnicodeDecodeError):
            continue


def find_section(target: str) -> tuple[str, str]:
    """Page and anchor of ``page#anchor``, ``page.md#anchor`` or ``page``; of what is no page, the first page."""
    page, _mark, anchor = target.partition("#")
    page = page.removesuffix(".md")
    return (page, anchor) if page in PAGES else (PAGES[0], "")


def inside_guide(language: str, reference: str) -> Path | None:
    """The file that a page of the guide refers to; None for whatever is no file of the guide."""
    if re.match(r"[\w+.-]*:|[/\\]", reference):
        return None
    root = paths.guide().resolve()
    try:
        file = (root / language / reference).resolve()
        return file if file.is_relative_to(root) and file.is_file() else None
    except (OSError, ValueError):
        return None


def to_html(page: Page, theme: Theme) -> str:
    """The page for a ``QTextBrowser``; raw HTML in it is shown as text."""
    # Here: nothing else that a window shows first needs it.
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    anchors = iter(section.anchor for section in page.sections)
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(_ANCHOR.sub(r"\2", page.text))
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2" and words.children:
            mark = Token("html_inline", "", 0, content=f'<a name="{escape(next(anchors, ""))}"></a>')
            words.children.insert(0, mark)
    html = reader.renderer.render(tokens, reader.options, {})
    # A picture is a line of text to Qt, however high.
    html = html.replace("<p><img ", '<p style="line-height: 100%"><img ')
    html = html.replace("<table>", '<table width="100%" cellspacing="0" cellpadding="6">')
    return f"<html><head><style>{_style(theme)}</style></head><body>{html}</body></html>"


def _style(theme: Theme) -> str:
    return f"""
    body {{ color: {theme.text}; }}
    h1 {{ font-size: x-large; font-weight: 600; margin-top: 4px; margin-bottom: 12px; }}
    h2 {{ font-size: large; font-weight: 600; margin-top: 26px; margin-bottom: 8px; }}
    p, li {{ line-height: 125%; }}
    p {{ margin-top: 8px; margin-bottom: 8px; }}
    li {{ margin-bottom: 4px; }}
    a {{ color: {theme.accent}; }}
    strong {{ font-weight: 600; }}
    code {{ background-color: {theme.hover}; }}
    pre {{ background-color: {theme.hover}; margin-top: 8px; margin-bottom: 8px; }}
    th {{ text-align: left; background-color: {theme.hover}; }}
    td {{ border-bottom: 1px solid {theme.border}; }}
    table {{ border-collapse: collapse; margin-top: 8px; margin-bottom: 8px; }}
    """


def _file(language: str, name: str) -> Path:
    return paths.guide() / language / f"{name}.md"
