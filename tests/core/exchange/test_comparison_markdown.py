from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange.comparison import compare
from genglossary_gui.core.exchange.comparison_markdown import export_comparison, marked, render
from genglossary_gui.core.exchange.run_comparison import RunComparison, Side, facts
from genglossary_gui.core.exchange.text_diff import diff
from genglossary_gui.core.glossary import DefinitionDraft, Entry
from tests.core.exchange.conftest import Publish, run_row, term

_MARKED = st.text(alphabet=st.sampled_from(list("#|<>`*_-+=[]()!&~$\\\n\r\t 1.):/aあ　\x00\u202e\u2028")))
_TEXT = st.one_of(st.text(), _MARKED)
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_INVISIBLE = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def compared(first: Sequence[Entry], second: Sequence[Entry]) -> RunComparison:
    before, after = run_row(3), replace(run_row(7), engine="llm")
    sides = [Side(run, True, True, 1, 1) for run in (before, after)]
    return RunComparison(sides[0], sides[1], facts(before, after), compare(first, second))


def entry(name: str, definition: str) -> Entry:
    return Entry(term(name, 1), DefinitionDraft(definition, 0.5, (), "offline"))


def inlines(text: str) -> list[Token]:
    return [child for token in _PARSER.parse(text) for child in token.children or ()]


def shown(text: str, without: str) -> list[str]:
    """The words a reader sees outside of the tag ``without``."""
    parts: list[str] = []
    inside = False
    for token in inlines(text):
        if token.type == "html_inline":
            inside = token.content == f"<{without}>" or (inside and token.content != f"</{without}>")
        elif not inside:
            parts.append(token.content)
    return "".join(parts).split()


def visible(text: str) -> list[str]:
    return "".join(c for c in text if c.isspace() or not (c < " " or "\x7f" <= c <= "\x9f" or c in _INVISIBLE)).split()


@given(_TEXT, _TEXT)
@example("1. a", "1. b")
@example("*a b*", "*a  c*")
def test_a_reader_sees_both_texts(first: str, second: str) -> None:
    text = marked(diff(first, second))
    assert shown(text, "ins") == visible(first)
    assert shown(text, "del") == visible(second)


@given(_TEXT, _TEXT, _TEXT)
@example("# t", "- one", "1. two")
def test_no_text_becomes_markup(name: str, first: str, second: str) -> None:
    tokens = _PARSER.parse(render(compared([entry(name, first)], [entry(name, second)])).decode())
    blocks = {token.type for token in tokens if token.level == 0 and token.nesting == 1}
    assert blocks <= {"heading_open", "bullet_list_open", "paragraph_open"}
    children = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in children} <= {"text", "text_special", "html_inline"}
    tags = {child.content for child in children if child.type == "html_inline"}
    assert tags <= {"<del>", "</del>", "<ins>", "</ins>"}


def test_a_comparison_reads_well() -> None:
    first = [entry("weir", "A low dam."), entry("lock", "A gate.")]
    second = [entry("weir", "A low wall."), entry("sluice", "")]
    assert (
        render(compared(first, second)).decode()
        == """\
# Run 3 and run 7

- Run 3 (Everything): Completed, Offline, 3.2 s, 1 term, 1 definition
- Run 7 (Everything): Completed, Language model, 3.2 s, 1 term, 1 definition

## Settings

- Engine: Offline → Language model

## Added (1)

### sluice

No definition found.

## Removed (1)

### lock

A gate.

## Changed (1)

### weir

A low <del>dam</del><ins>wall</ins>.
"""
    )


def test_equal_glossaries_are_said_to_be_equal() -> None:
    same = [entry("weir", "A low dam.")]
    assert "The two runs gave the same glossary." in render(compared(same, same)).decode()


def test_the_project_is_not_overwritten(project: Path, publish: Publish) -> None:
    before = project.read_bytes()
    with pytest.raises(ExportError):
        export_comparison(compared([], []), project, project)
    assert project.read_bytes() == before
