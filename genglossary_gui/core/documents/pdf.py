"""PDF to readable text.  The source lines of a PDF are its pages.

A PDF knows neither paragraphs nor headings: ``pdf_layout`` finds them by where the lines stand.
"""

from __future__ import annotations

import ctypes
import unicodedata
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
_DROP = 0.5
"""Part of the height of a character by which the next line stands lower, and no index does."""
_RADICALS = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    # What Unicode does not call the same, or gives the traditional form of.
    **str.maketrans("⺟⺠⻁⻄⻑⻗⻘⻝⻤⻨⻩⻫⻭⻯⻲⼾⿊", "母民虎西長雨青食鬼麦黄斉歯竜亀戸黒"),
}
"""Radicals look like characters, and fonts that have one glyph for both give out the radical."""
Character = tuple[int, int]
"""Its index on the page and its code."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


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
        codes: list[Character] = []
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


def _line(content: PdfTextPage, codes: list[Character], *, is_divided: bool) -> Iterator[Line]:
    """The line made of these characters, if there is anything to see in it."""
    # A character may come in two halves, as in UTF-16.
    units = b"".join(ctypes.c_uint32(code).value.to_bytes(4, "little") for _index, code in codes)
    text = (
        units.decode("utf-32-le", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    ).translate(_RADICALS)
    visible = [index for index, code in codes if not chr(code).isspace()]
    if not visible or not text.strip():
        return
    boxes = [content.get_charbox(visible[place], loose=True) for place in (0, len(visible) // 2, -1)]
    if _drops(boxes[0], boxes[-1]) and (parts := _visual_lines(content, codes)):
        *firsts, last = parts
        for part in firsts:
            yield from _line(content, part, is_divided=False)
        yield from _line(content, last, is_divided=is_divided)
        return
    height = median(top - bottom for _left, bottom, _right, top in boxes)
    yield Line(" ".join(text.split()), boxes[0][0], boxes[2][2], boxes[1][1], height, is_divided)


def _drops(box: Box, following: Box) -> bool:
    """Whether the second character stands in a line below that of the first."""
    return box[1] - following[1] > (box[3] - box[1]) * _DROP


def _visual_lines(content: PdfTextPage, codes: list[Character]) -> list[list[Character]]:
    """``codes`` cut where a line ends that PDFium did not notice, as between paragraphs; empty when there is none."""
    parts: list[list[Character]] = [[]]
    last: Box | None = None
    for index, code in codes:
        if not chr(code).isspace():
            box = content.get_charbox(index, loose=True)
            if last is not None and _drops(last, box) and box[0] < last[0]:
                parts.append([])
            last = box
        parts[-1].append((index, code))
    return parts if len(parts) > 1 else []
