"""PDF to readable text.  The source lines of a PDF are its pages.

A PDF knows neither paragraphs nor headings: ``pdf_layout`` finds them by where the lines stand.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING

from genglossary_gui.core.documents.pdf_layout import Line, write_pages
from genglossary_gui.core.documents.reasons import Reason, Rejected
from genglossary_gui.core.text import DocumentText

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_MOST_CHARACTERS = 64 << 20
_HYPHEN = 2  # PDFium's mark for a hyphen that only divides a word at the end of a line
_LINE_FEED, _RETURN = 10, 13


def read_pdf(data: bytes, encoding: str) -> tuple[DocumentText, str]:
    """The text of a PDF; it has no encoding to choose.  Raises ``Rejected``.

    A page that is damaged is left out, unless nothing else is there.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        protected = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Rejected(Reason.ENCRYPTED if protected else Reason.BROKEN) from None
    try:
        pages = list(_pages(document))
    finally:
        document.close()
    text = write_pages([page or [] for page in pages])
    if not text.text and None in pages:
        raise Rejected(Reason.BROKEN)
    return text, ""


def _pages(document: PdfDocument) -> Iterator[list[Line] | None]:
    """The lines of each page; ``None`` for a page that cannot be read."""
    import pypdfium2

    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            yield None
            continue
        try:
            lines = _lines(page)
        except pypdfium2.PdfiumError:
            lines = None
        finally:
            page.close()
        characters += sum(len(line.text) for line in lines or ())
        if characters > _MOST_CHARACTERS:
            raise Rejected(Reason.UNSAFE)
        yield lines


def _lines(page: PdfPage) -> list[Line]:
    import pypdfium2.raw as pdfium

    content = page.get_textpage()
    try:
        lines: list[Line] = []
        codes: list[tuple[int, int]] = []  # index, character
        for index in range(content.count_chars()):
            code = pdfium.FPDFText_GetUnicode(content.raw, index)
            if code not in (_LINE_FEED, _RETURN, _HYPHEN):
                codes.append((index, code))
            elif codes:
                lines.extend(_line(content, codes, is_divided=code == _HYPHEN))
                codes = []
        lines.extend(_line(content, codes, is_divided=False))
    finally:
        content.close()
    return lines


def _line(content: PdfTextPage, codes: list[tuple[int, int]], *, is_divided: bool) -> Iterator[Line]:
    """The line made of these characters, if there is anything to see in it."""
    # A character may come in two halves, as in UTF-16.
    units = b"".join(ctypes.c_uint32(code).value.to_bytes(4, "little") for _index, code in codes)
    text = (
        units.decode("utf-32-le", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )
    visible = [index for index, code in codes if not chr(code).isspace()]
    if not visible or not text.strip():
        return
    boxes = [content.get_charbox(visible[place], loose=True) for place in (0, len(visible) // 2, -1)]
    height = median(top - bottom for _left, bottom, _right, top in boxes)
    yield Line(" ".join(text.split()), boxes[0][0], boxes[2][2], boxes[1][1], height, is_divided)
