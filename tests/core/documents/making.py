"""Makes small but real documents of the formats that are not text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def archive(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return buffer.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    """``(kind, target)`` of each; their ids are r1, r2, …"""
    items = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{items}</Relationships>'


def docx(body: str, styles: str = "", footnotes: str = "", numbering: str = "") -> bytes:
    parts = [("styles", "styles.xml"), ("footnotes", "footnotes.xml")][: 1 + bool(footnotes)]
    return archive(
        {
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relations(*parts, ("numbering", "numbering.xml")),
            "word/numbering.xml": f'<w:numbering xmlns:w="{_WORD}">{numbering}</w:numbering>',
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{_WORD}">{footnotes}</w:footnotes>',
            "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>',
            "word/document.xml": f'<w:document xmlns:w="{_WORD}" xmlns:mc="m"><w:body>{body}</w:body></w:document>',
        }
    )


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of Word; a run that does not begin with a tag is text."""
    inner = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def odt(body: str, styles: str = "", **more: str) -> bytes:
    names = {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "fo": "xsl-fo-compatible",
    }
    spaces = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in names.items())
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **more})


def epub(chapters: Mapping[str, str], spine: Sequence[str] = (), **more: str) -> bytes:
    items = "".join(
        f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in spine or chapters)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>The book</dc:title></metadata><manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>',
            "OPS/p.opf": package,
            **{f"OPS/text/{name}.xhtml": source for name, source in chapters.items()},
            **more,
        }
    )


def pptx(*slides: str) -> bytes:
    names = [f"slides/s{number}.xml" for number in range(1, len(slides) + 1)]
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="r{number}"/>' for number in range(1, len(slides) + 1))
    spaces = f'xmlns:p="{_SLIDE}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}"'
    return archive(
        {
            "_rels/.rels": relations(("officeDocument", "/ppt/presentation.xml")),
            "ppt/_rels/presentation.xml.rels": relations(*(("slide", name) for name in names)),
            "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
            **{
                f"ppt/{name}": f"<p:sld {spaces}><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>"
                for name, slide in zip(names, slides, strict=True)
            },
        }
    )


def shape(paragraphs: str, placeholder: str | None = None) -> str:
    kind = f'<p:ph type="{placeholder}"/>' if placeholder else "<p:ph/>" if placeholder == "" else ""
    return f"<p:sp><p:nvSpPr><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:txBody>{paragraphs}</p:txBody></p:sp>"


def xlsx(sheets: Mapping[str, str], strings: str = "", styles: str = "", *, hidden: Sequence[str] = ()) -> bytes:
    names = [f"worksheets/s{number}.xml" for number in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"'
        f' state="{"hidden" if name in hidden else "visible"}"/>'
        for number, name in enumerate(sheets, 1)
    )
    others = [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    return archive(
        {
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": relations(*(("worksheet", name) for name in names), *others),
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}">{styles}</styleSheet>',
            **{
                f"xl/{name}": f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>'
                for name, rows in zip(names, sheets.values(), strict=True)
            },
        }
    )


Text = tuple[int, int, int, str]
"""Size, distance from the left and from the bottom in points, and the text."""


def pdf(*pages: Sequence[Text], trailer: str = "", more: Sequence[str] = ()) -> bytes:
    """A PDF in Helvetica, or in a Japanese font that is not embedded when a text is not Latin."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{6 + 2 * i} 0 R' for i in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /UniJIS-UTF16-H /DescendantFonts [5 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 6 >>"
        " /FontDescriptor << /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 /Ascent 880 /Descent -120 >> >>",
    ]
    for number, page in enumerate(pages):
        stream = f"BT {' '.join(_shown(*text) for text in page)} ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = "%PDF-1.6\n", list[int]()
    for number, content in enumerate([*objects, *more], 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    end = out.index("xref\n0 ")
    return f"{out}trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{end}\n%%EOF\n".encode(
        "latin-1"
    )


def _shown(size: int, x: int, y: int, text: str) -> str:
    written = f"({text})" if text.isascii() else f"<{text.encode('utf-16-be').hex()}>"
    return f"/F{1 if text.isascii() else 2} {size} Tf 1 0 0 1 {x} {y} Tm {written} Tj"
