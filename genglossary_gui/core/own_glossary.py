"""Tells whether a file is a glossary that this program wrote.

Such a file must not be read as a document, or the next glossary would quote it as evidence.  It is also the only file
among the documents that an export may replace.
"""

from __future__ import annotations

import io
import re
import zipfile

MARK = "GenGlossary"
"""What the exported files say of who wrote them: the name of the generator or a comment, where nobody reads it."""

MARKDOWN_MARK = f"<!-- {MARK} -->"
"""The last line of an exported Markdown file."""

_HEAD = 4096
_SIGNS = re.compile(
    rb'\A\s*\{\s*"format"\s*:\s*"genglossary"'
    rb'|<meta name="generator" content="' + MARK.encode() + rb'">'
    rb"|<sourceDesc><p>" + MARK.encode() + rb"</p></sourceDesc>"
)
_COLUMNS = frozenset(
    b"term aliases category definition confidence stage approved rank score frequency document_frequency sources notes"
    b" origin".split()
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PROPERTIES = "docProps/core.xml"
_COMMENT = f"<dc:description>{MARK}</dc:description>".encode()


def is_own_glossary(data: bytes) -> bool:
    """Whether ``data`` is the content of a file that an export of this program made.  Raises nothing."""
    if data.startswith(b"PK"):
        return _PROPERTIES.encode() in data and _is_own_office(data)
    return (
        bool(_SIGNS.search(data[:_HEAD]))
        or data[-64:].rstrip().endswith(MARKDOWN_MARK.encode())
        or (data.startswith(_BYTE_ORDER_MARK) and _is_own_table(data[3:_HEAD]))
    )


def _is_own_table(head: bytes) -> bool:
    names, line_end, _rest = head.partition(b"\r\n")
    columns = names.split(b",")
    return bool(line_end) and columns[0] == b"term" and len(columns) > 1 and _COLUMNS.issuperset(columns)


def _is_own_office(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_PROPERTIES) as properties:
            return _COMMENT in properties.read(_HEAD)
    except Exception:  # content is hostile; its reader says what is wrong with it
        return False
