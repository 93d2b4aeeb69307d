"""TBX of any tool: version 3 (ISO 30042:2019, both styles) and version 2 (``martif``).

Each language of a concept becomes an entry; its first preferred term, or else its first term, names it and the
others are aliases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.exchange.as_tbx import PREFERRED, WHITE_SPACE
from genglossary_gui.core.exchange.cells import clean_name, clean_text
from genglossary_gui.core.exchange.fields import aliases_of, category_of, language_of, problem_of
from genglossary_gui.core.exchange.imported import (
    MOST_ROWS,
    BadRow,
    ImportedEntry,
    ImportedFile,
    ImportProblem,
    too_many_rows,
)
from genglossary_gui.core.exchange.xml_reading import Node, walk
from genglossary_gui.core.i18n import _

_CONCEPTS = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_BLANKS = re.compile(r"\s+")


def read_tbx(data: bytes) -> ImportedFile:
    """The entries of a TBX file; ``line`` is the line of the file.  Raises ``ImportProblem``."""
    reader = _Reader()
    walk(data, ("tbxHeader", "martifHeader", *_CONCEPTS), reader.take)
    if not reader.is_tbx:
        raise ImportProblem(_("The file is XML, but no TBX."))
    return ImportedFile("tbx", tuple(reader.entries), tuple(reader.bad))


class _Reader:
    def __init__(self) -> None:
        self.entries: list[ImportedEntry] = []
        self.bad: list[BadRow] = []
        self.is_tbx = False
        self._keeps_breaks = False

    def take(self, node: Node) -> None:
        self.is_tbx = True
        if node.name not in _CONCEPTS:
            self._keeps_breaks = any(
                part.name == "p" and part.attributes.get("type") == WHITE_SPACE and part.text == "preserve"
                for part in node.every()
            )
            return
        languages = [part for part in node.children if part.name in _LANGUAGES]
        for language in languages:
            self._take_language(node, language)
        if not languages:
            self.bad.append(BadRow(node.line, _("There is no term.")))
        if len(self.entries) + len(self.bad) > MOST_ROWS:
            raise too_many_rows()

    def _take_language(self, concept: Node, language: Node) -> None:
        names: list[str] = []
        preferred = ""
        for section in (part for part in language.children if part.name in _TERMS):
            name = clean_name(next((self._text(part) for part in section.every() if part.name == "term"), ""))
            names.append(name)
            if PREFERRED in {part.text.strip() for part in _of_kind(section, "administrativeStatus")}:
                preferred = preferred or name
        names = list(dict.fromkeys(filter(None, names)))
        term = preferred or next(iter(names), "")
        definition = self._texts(language, "definition") or self._texts(concept, "definition", but=_LANGUAGES)
        notes = "\n".join(filter(None, (self._texts(concept, "note", but=_LANGUAGES), self._texts(language, "note"))))
        if reason := problem_of(term, definition, notes):
            self.bad.append(BadRow(language.line, reason))
            return
        fields = [category_of(part.text) for part in _of_kind(concept, "subjectField")]
        self.entries.append(
            ImportedEntry(
                line=language.line,
                term=term,
                aliases=aliases_of(term, names),
                category=next(filter(None, fields), None),
                definition=definition,
                notes=notes,
                approved=bool(preferred),
                language=language_of(language.attributes.get("lang", "")),
            )
        )

    def _texts(self, node: Node, kind: str, but: tuple[str, ...] = ()) -> str:
        texts = (self._text(part) for part in _of_kind(node, kind, but))
        return "\n".join(filter(None, texts))

    def _text(self, node: Node) -> str:
        return clean_text(node.text if self._keeps_breaks else _BLANKS.sub(" ", node.text))


def _of_kind(node: Node, kind: str, but: tuple[str, ...] = ()) -> Iterator[Node]:
    """The elements of that data category, be it their ``type`` or, in the style DCT, their name."""
    return (part for part in node.every(but=but) if part.attributes.get("type", part.name) == kind)
