"""Markdown to readable text: CommonMark with what its usual dialects add (tables, notes, attributes, definition lists).

The tokens become the tags they stand for and go through the walker of HTML, as does HTML inside of Markdown.
A definition list is a line for each name of the term, then paragraphs that begin with a colon and a blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from genglossary_gui.core.documents import html
from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.documents.html import TagWalker
from genglossary_gui.core.text import DocumentText

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?\n)??\1[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title\s*[:=]\s*(.*?)\s*$", re.MULTILINE)
_CONTAINER = re.compile(r"^[ \t]*:{3,}[ \t]*[\w-]*", re.MULTILINE)
# Marks of the dialects of GitHub, Hugo, Docusaurus, Jekyll and kramdown around the text.
_RESIDUE = re.compile(
    r"^\[!\w+\][+-]?\s*|\s*\{#[\w-]+\}\s*$|\{\{[<%][^{}]*[%>]\}\}|\{%[^{}]*%\}|\s*\{:[^{}]*\}|==(?=\S)|(?<=\S)=="
)
_IMPORTS = re.compile(r"\A(?:[ \t]*\n|(?:import|export)[ \t].+\n)+")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]+\|)?([^\[\]|]+)\]\]")
_ABBREVIATION = re.compile(r"\*\[([^\[\]]+)\]:[ \t]+(\S.*)")
_STARS = re.compile(r"(\*{2,})")
_MOST_NAMES = 4
_DESCRIPTION = re.compile(r":[ \t]+\S")
_TAG = re.compile(r"</?([A-Za-z][\w.-]*)")
_PLACEHOLDER = re.compile(r"<([A-Za-z][\w.-]*)>")


def _definition(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Block rule: a paragraph that describes the term before it."""
    if silent and state.sCount[first] < state.blkIndent:
        # The next term directly below a description is no lazy continuation of it.
        lines = takewhile(lambda line: not state.isEmpty(line), range(first, min(first + _MOST_NAMES, last)))
        return any(_is_description(state, line) for line in lines)
    if not _is_description(state, first):
        return False
    if silent:
        return True
    if not state.tokens or state.tokens[-1].type not in ("paragraph_close", "dd_close"):
        return False
    mark = state.bMarks[first] + state.tShift[first]
    width = state.skipSpaces(mark + 1) - mark
    shift, count, indent = state.tShift[first], state.sCount[first], state.blkIndent
    token = state.push("dd_open", "dd", 1)
    token.map = [first, first]
    state.tShift[first] += width
    state.blkIndent = count + min(width, 4)
    state.sCount[first] = state.blkIndent
    state.md.block.tokenize(state, first, last)
    state.tShift[first], state.sCount[first], state.blkIndent = shift, count, indent
    state.push("dd_close", "dd", -1)
    token.map[1] = state.line
    return True


def _is_description(state: StateBlock, line: int) -> bool:
    mark = state.bMarks[line] + state.tShift[line]
    return not state.is_code_block(line) and _DESCRIPTION.match(state.src, mark, state.eMarks[line]) is not None


def _abbreviation(state: StateBlock, first: int, _last: int, silent: bool) -> bool:
    """Block rule: ``*[CPU]: Central processing unit``."""
    match = _ABBREVIATION.match(state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]])
    if match is None or state.is_code_block(first):
        return False
    if not silent:
        for tag, content in (("dt", match[1]), ("dd", match[2])):
            state.push(f"{tag}_open", tag, 1)
            words = state.push("inline", "", 0)
            words.content, words.map, words.children = content, [first, first + 1], []
            state.push(f"{tag}_close", tag, -1)
        state.line = first + 1
    return True


def _html_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """``<file>`` alone on a line is a placeholder of the author, not HTML."""
    match = _PLACEHOLDER.match(state.src, state.bMarks[first] + state.tShift[first])
    if match and match[1].lower() not in html.ELEMENTS:
        return False
    return html_block(state, first, last, silent)


_parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_parser.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
_parser.block.ruler.before("paragraph", "definition", _definition, {"alt": ["paragraph"]})
_parser.block.ruler.before("paragraph", "abbreviation", _abbreviation, {"alt": ["paragraph"]})
for plugin in (admon_plugin, attrs_plugin, attrs_block_plugin, footnote_plugin, tasklists_plugin):
    _parser.use(plugin)


def read_markdown(text: str) -> DocumentText:
    """The readable text of a Markdown document, without its markup; of the front matter only the title."""
    walker = TagWalker(TextBuilder(text.count("\n") + 1))
    front = _FRONT_MATTER.match(text)
    first_line = 1
    title = ""
    if front:
        first_line += front[0].count("\n")
        title = _front_title(front[2] or "")
        text = text[front.end() :]
    if imports := _IMPORTS.match(text):
        first_line += imports[0].count("\n")
        text = text[imports.end() :]
    tokens = _parser.parse(_CONTAINER.sub("", text))
    for index in range(len(tokens)):
        _walk_block(walker, tokens, index, first_line)
    return walker.builder.finish(title or walker.title)


def _front_title(matter: str) -> str:
    match = _FRONT_TITLE.search(matter)
    return match[1].strip("\"'") if match else ""


def _walk_block(walker: TagWalker, tokens: Sequence[Token], index: int, first_line: int) -> None:
    token = tokens[index]
    line = (token.map[0] if token.map else 0) + first_line
    if token.type == "inline":
        _walk_inline(walker, token.children or (), line)
    elif token.type == "html_block":
        html.feed(walker, token.content, line)
        walker.forget_skipped()
    elif token.type in ("fence", "code_block"):
        walker.start("pre")
        walker.text(token.content, line + (token.type == "fence"))
        walker.end("pre")
    elif token.type == "ordered_list_open":
        walker.start_numbered(int(token.attrs.get("start", 1)), end=token.markup)
    elif token.nesting > 0:
        walker.start("dt" if _is_term(tokens, index) else token.tag)
    elif token.nesting < 0:
        walker.end("dt" if token.type == "paragraph_close" and _is_term(tokens, index - 2) else token.tag)
    elif token.type == "hr":
        walker.start("hr")


def _is_term(tokens: Sequence[Token], index: int) -> bool:
    """Whether the paragraph that begins at ``index`` names what the description after it describes."""
    paragraph = tokens[index]
    if paragraph.type != "paragraph_open" or index + 3 >= len(tokens) or tokens[index + 3].type != "dd_open":
        return False
    (first, last), described = paragraph.map or (0, 0), (tokens[index + 3].map or (0, 0))[0]
    return last == described or last - first == 1


def _walk_inline(walker: TagWalker, tokens: Sequence[Token], line: int) -> None:
    bold = _left_over_bold(walker, tokens)
    for token in tokens:
        match token.type:
            case "text":
                for part in _STARS.split(_without_residue(token.content)):
                    if not part.startswith("**"):
                        walker.text(part, line)
                    elif tag := next(bold, None):
                        tag("strong")
                    elif len(part) == 2:
                        walker.text(part, line)
            case "softbreak":
                line += 1
                walker.soft_break(line)
            case "hardbreak":
                line += 1
                walker.line_break()
            case "code_inline":
                walker.start("code")
                walker.text(token.content, line)
                walker.end("code")
            case "html_inline":
                _walk_tag(walker, token.content, line)
                line += token.content.count("\n")
            case _ if token.nesting > 0:
                walker.start(token.tag, (("href", ""),))
            case _ if token.nesting < 0:
                walker.end(token.tag)


def _without_residue(text: str) -> str:
    return _WIKI_LINK.sub(r"\1", _RESIDUE.sub("", text))


def _left_over_bold(walker: TagWalker, tokens: Sequence[Token]) -> Iterator[Callable[[str], None]]:
    """What to do at asterisks that are left over: CommonMark does not see that ``**「語」**は`` is bold."""
    marks = [mark for token in tokens if token.type == "text" for mark in _STARS.findall(token.content)]
    if all(len(mark) == 2 for mark in marks) and len(marks) % 2 == 0:
        yield from (walker.start, walker.end) * (len(marks) // 2)


def _walk_tag(walker: TagWalker, source: str, line: int) -> None:
    """A tag within a paragraph; unknown ones are placeholders like ``<file>`` and stay."""
    match = _TAG.match(source)
    name = match[1].lower() if match else ""
    if name in html.INLINE:
        walker.end(name) if source.startswith("</") else walker.start(name)
    elif _PLACEHOLDER.fullmatch(source):
        walker.text(source, line)
