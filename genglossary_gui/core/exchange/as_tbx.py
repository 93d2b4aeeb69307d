"""TBX (ISO 30042:2019) in the dialect TBX-Basic, style DCA, for terminology tools.

Each entry is a concept with one language.  TBX-Basic has no place for some of what we know, so: the category is
the *subject field*; an approved term has the administrative status *preferred* and its aliases *admitted*; the
documents of the evidence are the *sources* of the definition, its passages *contexts* of the term.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange.cells import clean_name, clean_text
from genglossary_gui.core.exchange.columns import ALL, sources
from genglossary_gui.core.exchange.exported import ExportedEntry, ExportedGlossary
from genglossary_gui.core.i18n import _

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
WHITE_SPACE = "whiteSpace"
"""Type of the paragraph in the header that says whether line feeds count: tools like to indent what they write."""
PREFERRED, ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"


def render(glossary: ExportedGlossary, columns: Sequence[str] = ALL) -> bytes:
    """The glossary as a TBX file in UTF-8; it always has every field that TBX-Basic knows.

    Raises ``ExportError`` for an empty glossary: the standard asks for at least one entry.
    """
    if not glossary.entries:
        raise ExportError(
            _("There is no entry to write, and a TBX file must hold at least one."),
            hint=_("Choose another format, or more terms."),
        )
    language = glossary.languages[0] if glossary.languages else glossary.entries[0].language
    lines = [*_head(glossary.name, language), "<text>", "<body>"]
    for number, entry in enumerate(glossary.entries, 1):
        lines.extend(_concept(entry, number))
    return ("\n".join((*lines, "</body>", "</text>", "</tbx>")) + "\n").encode()


def _head(name: str, language: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<tbx type="TBX-Basic" style="dca" xml:lang="{language}" xmlns="{NAMESPACE}">'
    yield "<tbxHeader>"
    yield f"<fileDesc><titleStmt><title>{_text(name)}</title></titleStmt>"
    yield "<sourceDesc><p>GenGlossary</p></sourceDesc></fileDesc>"
    yield f'<encodingDesc><p type="{WHITE_SPACE}">preserve</p></encodingDesc>'
    yield "</tbxHeader>"


def _concept(entry: ExportedEntry, number: int) -> Iterator[str]:
    yield f'<conceptEntry id="c{number}">'
    yield f'<descrip type="subjectField">{entry.category}</descrip>'
    if notes := _text(entry.notes):
        yield f"<note>{notes}</note>"
    yield f'<langSec xml:lang="{entry.language}">'
    if definition := _text(entry.definition):
        found = "".join(_source(place) for place in sources(entry))
        yield f'<descripGrp><descrip type="definition">{definition}</descrip>{found}</descripGrp>'
    yield f"<termSec><term>{_name(entry.term)}</term>"
    if entry.approved:
        yield _status(PREFERRED)
    for evidence in entry.evidence:
        if text := _text(evidence.text):
            place = _source(f"{evidence.document}:{evidence.line}")
            yield f'<descripGrp><descrip type="context">{text}</descrip>{place}</descripGrp>'
    yield "</termSec>"
    for alias in filter(None, map(_name, entry.aliases)):
        yield f"<termSec><term>{alias}</term>{_status(ADMITTED) if entry.approved else ''}</termSec>"
    yield "</langSec>"
    yield "</conceptEntry>"


def _status(value: str) -> str:
    return f'<termNote type="administrativeStatus">{value}</termNote>'


def _source(place: str) -> str:
    return f'<admin type="source">{_text(place)}</admin>'


def _text(text: str) -> str:
    return escape(clean_text(text))


def _name(text: str) -> str:
    return escape(clean_name(text))
