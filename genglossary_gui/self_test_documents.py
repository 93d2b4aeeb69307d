"""One small document of every format that can be read, for the self-test."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_TEXTS = {
    "volcano.md": "# Volcanoes\n\nA magma chamber is a pool of liquid rock. It feeds a volcano.\n",
    "kazan.txt": "火山灰とは、噴火によって放出される細かい粒子である。火山灰は風に乗って広がる。\n",
    "ash.html": "<!DOCTYPE html><title>Ash</title><p>An ash cloud is a plume of volcanic ash.</p>",
    "faults.xml": "<article><title>Faults</title><para>A fault line is a crack in the crust.</para></article>\n",
    "lava.rst": "Lava\n====\n\nA lava flow is a stream of molten rock.\n",
    "station.log": "2026-05-04 06:07:08 INFO the seismic station has started\n",
    "station.py": '"""Reads the seismic station."""\n',
    "craters.csv": "crater,depth\nnorth crater,80\n",
    "vents.tsv": "vent\twidth\nside vent\t3\n",
    "film.srt": "1\n00:00:01,000 --> 00:00:02,000\nThe lava dome grows.\n",
    "film.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nThe lava dome cools.\n",
}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def write_documents(folder: Path) -> int:
    """Write them into the new ``folder``; returns how many there are."""
    folder.mkdir()
    contents = {name: text.encode() for name, text in _TEXTS.items()}
    contents |= {
        "report.docx": _docx(),
        "table.xlsx": _xlsx(),
        "talk.pptx": _pptx(),
        "letter.odt": _odt(),
        "book.epub": _epub(),
        "paper.pdf": _pdf(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return len(contents)


def _docx() -> bytes:
    import docx

    document, buffer = docx.Document(), io.BytesIO()
    document.add_heading("Craters", 1)
    document.add_paragraph("A crater lake is a lake in a crater.")
    document.save(buffer)
    return buffer.getvalue()


def _xlsx() -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Term", "Meaning"])
        sheet.write_row(1, 0, ["hot spring", "a spring of warm water"])
    return buffer.getvalue()


def _pptx() -> bytes:
    spaces = f'xmlns:p="{_SLIDES}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}"'
    text = "<a:p><a:r><a:t>A pyroclastic flow is fast.</a:t></a:r></a:p>"
    shape = f"<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:txBody>{text}</p:txBody></p:sp>"
    return _archive(
        {
            "_rels/.rels": _relation("officeDocument", "ppt/presentation.xml"),
            "ppt/_rels/presentation.xml.rels": _relation("slide", "slides/s1.xml"),
            "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>"
            '<p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>',
            "ppt/slides/s1.xml": f"<p:sld {spaces}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>",
        }
    )


def _odt() -> bytes:
    spaces = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "text"))
    body = "<office:text><text:p>A caldera is a large basin.</text:p></office:text>"
    content = f"<office:document-content {spaces}><office:body>{body}</office:body></office:document-content>"
    return _archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _epub() -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        '<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="one"/></spine></package>'
    )
    return _archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
            "book.opf": package,
            "one.xhtml": "<html><body><p>A fumarole is a vent of steam.</p></body></html>",
        }
    )


def _pdf() -> bytes:
    stream = "BT /F1 12 Tf 72 720 Td (A shield volcano is a broad volcano.) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
        " /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    )
    out, table = "%PDF-1.4\n", "0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        table += f"{len(out):010} 00000 n \n"
        out += f"{number} 0 obj\n{content}\nendobj\n"
    size = len(objects) + 1
    end = f"xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + end).encode("ascii")


def _relation(kind: str, target: str) -> str:
    inner = f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def _archive(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return buffer.getvalue()
