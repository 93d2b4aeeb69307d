"""Which reader reads which file: one mapping from name endings; a new format is a new line in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import NamedTuple, Protocol

from genglossary_gui.core.documents.encodings import clean, decode
from genglossary_gui.core.documents.html import declared_encoding, read_html
from genglossary_gui.core.documents.markdown import read_markdown
from genglossary_gui.core.documents.plain_text import read_code, read_plain, read_records
from genglossary_gui.core.documents.reasons import Reason, Rejected
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


_PLAIN = Format("txt", _text_reader(read_plain))
_MARKDOWN = Format("md", _text_reader(read_markdown))
_HTML = Format("html", _text_reader(read_html, declared_encoding))
_LOG = Format("log", _text_reader(read_records))
_CODE = Format("code", _text_reader(read_code))

_PROGRAMS = (
    "c cc cfg conf cpp cs css go h hpp ini java js json jsx kt lua php pl py rb rs scss sh sql swift toml "
    "ts tsx xml yaml yml"
)
_NOT_YET = "doc docx epub odp ods odt pdf ppt pptx rtf xls xlsx"

FORMATS: Mapping[str, Format] = {
    **dict.fromkeys((".txt", ".text", ".rst"), _PLAIN),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".mdx"), _MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht"), _HTML),
    **dict.fromkeys((".log", ".csv", ".srt", ".vtt"), _LOG),
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
    if format.reader is None or data.startswith(_SIGNATURES):
        raise Rejected(Reason.UNSUPPORTED)
    if not data:
        raise Rejected(Reason.EMPTY)
    document, used = format.reader(data, encoding)
    if not document.text:
        raise Rejected(Reason.EMPTY)
    return document, used
