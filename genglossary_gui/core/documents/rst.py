"""reStructuredText to readable text, with the directives and roles that Sphinx adds.

docutils parses; files are never included and raw markup is left out.  What is an error to it is left out or
shown as it is written.  The nodes become the tags of HTML they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from genglossary_gui.core.documents.builder import TextBuilder
from genglossary_gui.core.documents.html import TagWalker, words
from genglossary_gui.core.documents.plain_text import read_plain
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.text import DocumentText

if TYPE_CHECKING:
    from docutils import nodes
    from docutils.parsers.rst import Directive

_LONGEST_LINE = 1_000_000
"""docutils leaves out what has a longer one."""
_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 6,
    "warning_stream": False,
    "_disable_config": True,
    "doctitle_xform": False,
    "line_length_limit": _LONGEST_LINE,
    "syntax_highlight": "none",
}
_NUMBERS = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_TAGS: Mapping[str, str] = {
    "paragraph": "p",
    "bullet_list": "ul",
    "enumerated_list": "ol",
    "list_item": "li",
    "definition_list": "dl",
    "field_list": "dl",
    "option_list": "dl",
    "term": "dt",
    "field_name": "dt",
    "option_group": "dt",
    "definition": "dd",
    "field_body": "dd",
    "description": "dd",
    "table": "table",
    "row": "tr",
    "entry": "td",
    "literal_block": "pre",
    "doctest_block": "pre",
    "block_quote": "blockquote",
    "line": "p",
    "rubric": "p",
    "attribution": "p",
    "caption": "p",
    "strong": "b",
    "emphasis": "em",
    "title_reference": "em",
    "literal": "code",
    "reference": "a",
    "inline": "span",
}
_SKIPPED = words(
    "comment system_message substitution_definition footnote_reference citation_reference target raw image "
    "pending docinfo decoration meta colspec label classifier"
)
_ROLE = re.compile(r":[\w.+-]+(?::[\w.+-]+)*:`[!~]?([^`]*?)(?:\s*<[^`<>]*>)?`")
_DIRECTIVE = re.compile(r"^[ \t]*\.\.[ \t]+([\w][\w.+:-]*?)[ \t]?::", re.MULTILINE)
_WITHOUT_TEXT = words(
    "toctree index currentmodule module py:module tabularcolumns graphviz digraph graph mermaid uml plot "
    "inheritance-diagram productionlist literalinclude testsetup testcleanup testcode testoutput"
)


def read_rst(text: str) -> DocumentText:
    """The readable text of a document in reStructuredText.  Raises ``Rejected`` if it nests without end."""
    from docutils import core

    if max(map(len, text.splitlines()), default=0) > _LONGEST_LINE:
        return read_plain(text)
    _register({name.lower() for name in _DIRECTIVE.findall(text)})
    try:
        document = core.publish_doctree(text, settings_overrides=_SETTINGS)
        writer = _Writer(TagWalker(TextBuilder(text.count("\n") + 1)))
        writer.write(document)
    except RecursionError:
        raise Rejected(Reason.UNSAFE) from None
    except Exception:  # docutils has bugs on the far side of its grammar; the text itself is still there
        return read_plain(text)
    return writer.walker.builder.finish()


def _register(names: set[str]) -> None:
    """Make docutils know these directives: what they hold is text, or is left out; their options are any."""
    from docutils.parsers.rst import directives
    from docutils.parsers.rst.languages import en

    textual, silent = _directives()
    for name in names.difference(en.directives):
        has_text = name not in _WITHOUT_TEXT and not name.rpartition(":")[2].startswith("auto")
        directives.register_directive(name, textual if has_text else silent)


@cache
def _directives() -> tuple[type[Directive], type[Directive]]:
    from docutils import nodes
    from docutils.parsers.rst import Directive, directives

    class AnyOption(dict[str, Any]):
        def __missing__(self, _name: str) -> Any:
            return directives.unchanged

    class Silent(Directive):
        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True
        option_spec = AnyOption(name=directives.unchanged)

        def run(self) -> list[nodes.Node]:
            return []

    class Textual(Silent):
        def run(self) -> list[nodes.Node]:
            node = nodes.container()
            self.state.nested_parse(self.content, self.content_offset, node)
            return node.children

    return Textual, Silent


class _Writer:
    def __init__(self, walker: TagWalker) -> None:
        self.walker = walker
        self._line = 1

    def write(self, node: nodes.Node, level: int = 0) -> None:
        """Write what is in ``node``, which stands in a section of that level."""
        name = type(node).__name__
        if name in _SKIPPED or "contents" in getattr(node, "attributes", {}).get("classes", ()):
            return
        self._line = max(self._line, _line(node, name))
        if name == "Text":
            self.walker.text(str(node), self._line)
        elif name == "problematic":
            self.walker.text(_ROLE.sub(r"\1", node.astext()), self._line)
        else:
            self._write_element(node, name, level)

    def _write_element(self, node: nodes.Node, name: str, level: int) -> None:
        tag = f"h{min(max(level, 1), 6)}" if name == "title" else _TAGS.get(name, "")
        if tag == "ol":
            said: dict[str, Any] = getattr(node, "attributes", {})
            style = _NUMBERS.get(str(said.get("enumtype")), "1")
            self.walker.start_numbered(int(said.get("start", 1)), style, str(said.get("suffix") or "."))
        elif tag:
            self.walker.start(tag, (("href", ""),))
        for child in node.children:
            self.write(child, level + (name in ("document", "section") and type(child).__name__ == "section"))
        if tag:
            self.walker.end(tag)


def _line(node: nodes.Node, name: str) -> int:
    """The source line on which ``node`` begins; 0 if docutils does not know."""
    line = getattr(node, "line", None) or 0
    if name == "section":  # said by its title
        return 0
    if name == "title":  # here the line of the underline
        return line - 1
    if name == "literal_block" and "code" in getattr(node, "attributes", {}).get("classes", ()):  # the line after it
        return line - node.astext().count("\n") - 1
    return line
