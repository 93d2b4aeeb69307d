"""Which reader reads which file: one mapping from name endings; a new format is a new line in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import NamedTuple, Protocol

from genglossary_gui.core.documents.docx import read_docx
from genglossary_gui.core.documents.encodings import clean, decode
from genglossary_gui.core.documents.epub import read_epub
from genglossary_gui.core.documents.html import declared_encoding, read_html, xml_encoding
from genglossary_gui.core.documents.markdown import read_markdown
from genglossary_gui.core.documents.markup import read_text, read_xml
from genglossary_gui.core.documents.odt import read_odt
from genglossary_gui.core.documents.pdf import read_pdf
from genglossary_gui.core.documents.plain_text import read_code, read_records
from genglossary_gui.core.documents.pptx import read_pptx
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.documents.rst import read_rst
from genglossary_gui.core.documents.subtitles import read_subtitles
from genglossary_gui.core.documents.tables import read_csv, read_tsv
from genglossary_gui.core.documents.xlsx import read_xlsx
from genglossary_gui.core.own_glossary import is_own_glossary
from genglossary_gui.core.text import DocumentText


class Reader(Protocol):
    """Reads the bytes of a document; stateless and importable, so that it runs in any process."""

    def __call__(self, data: bytes, encoding: str) -> tuple[DocumentText, str]:
        """The text and the encoding that was used (empty for formats that have none of their own).

        ``encoding``: what a person chose, or empty.  Raises ``Rejected``.
        """
        ...


class Format(NamedTuple):
    name: str
    """Short and stable: stored with the document."""
    reader: Reader | None
    """``None``: known, but not readable yet."""


def _text_reader(parse: Callable[[str], DocumentText], declared: Callable[[bytes], str] = lambda data: "") -> Reader:
    def read(data: bytes, encoding: str) -> tuple[DocumentText, str]:
        text, used = decode(data, chosen=encoding, declared=declared(data))
        return parse(clean(text)), used

    return read


_PLAIN = Format("txt", _text_reader(read_text, xml_encoding))
_MARKDOWN = Format("md", _text_reader(read_markdown))
_HTML = Format("html", _text_reader(read_html, declared_encoding))
_LOG = Format("log", _text_reader(read_records))
_CODE = Format("code", _text_reader(read_code))
_PDF = Format("pdf", read_pdf)

_PROGRAMS = (
    "c cc cfg conf cpp cs css go h hpp ini java js json jsx kt lua php pl py rb rs scss sh sql swift toml "
    "ts tsx yaml yml"
)
_NOT_YET = "doc odp ods ppt rtf xls"

FORMATS: Mapping[str, Format] = {
    **dict.fromkeys((".txt", ".text"), _PLAIN),
    **dict.fromkeys((".rst", ".rest"), Format("rst", _text_reader(read_rst))),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".mdx"), _MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht"), _HTML),
    ".log": _LOG,
    ".csv": Format("csv", _text_reader(read_csv)),
    ".tsv": Format("tsv", _text_reader(read_tsv)),
    ".srt": Format("srt", _text_reader(read_subtitles)),
    ".vtt": Format("vtt", _text_reader(read_subtitles)),
    **dict.fromkeys((".docx", ".docm", ".dotx"), Format("docx", read_docx)),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx"), Format("pptx", read_pptx)),
    **dict.fromkeys((".xlsx", ".xlsm"), Format("xlsx", read_xlsx)),
    **dict.fromkeys((".xml", ".docbook", ".dbk", ".dita"), Format("xml", _text_reader(read_xml, xml_encoding))),
    ".odt": Format("odt", read_odt),
    ".epub": Format("epub", read_epub),
    ".pdf": _PDF,
    **{f".{name}": _CODE for name in _PROGRAMS.split()},
    **{f".{name}": Format(name, None) for name in _NOT_YET.split()},
}
"""Name ending in lower case → format.  Whatever is not here is plain text if its content is text."""

_SIGNATURES = (b"%PDF-", b"{\\rtf")
"""Formats that begin like text and are not."""


def format_of(name: str) -> Format:
    """The format that the name of a file stands for."""
    return FORMATS.get(PurePath(name).suffix.lower(), _PLAIN)


def read(format: Format, data: bytes, encoding: str = "") -> tuple[DocumentText, str]:
    """The text of ``data`` and its encoding.  Raises ``Rejected``; anything else is a defect of a reader."""
    if format.reader is None or (data.startswith(_SIGNATURES) and format is not _PDF):
        raise Rejected(Reason.UNSUPPORTED)
    if not data:
        raise Rejected(Reason.EMPTY)
    if is_own_glossary(data):
        raise Rejected(Reason.OWN_GLOSSARY)
    document, used = format.reader(data, encoding)
    if not document.text:
        raise Rejected(Reason.ONLY_PICTURES if format is _PDF else Reason.EMPTY)
    return document, used
