"""Every picture of the icon that systems ask for, from the one drawing resources/icons/genglossary.svg.

.venv/bin/python -m scripts.package.icons [FOLDER]
"""

from __future__ import annotations

import os
import re
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[2]
DRAWING = ROOT / "resources" / "icons" / "genglossary.svg"
# In one colour, which desktops replace by their own; they fill, so nothing in it may be a mere line.
SYMBOLIC = ROOT / "resources" / "packaging" / "linux" / "genglossary-symbolic.svg"
# A sheet with a folded corner, and on it the program's icon.
SHEET = """<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">
<path d="M48 8h112l56 56v184H48z" fill="#f7f9fa" stroke="#8fa3ae" stroke-width="8" stroke-linejoin="round"/>
<path d="M160 8v56h56z" fill="#d3dde2" stroke="#8fa3ae" stroke-width="8" stroke-linejoin="round"/>
<g transform="translate(68 92) scale({scale})">{drawing}</g>
</svg>
"""
SHEET_ICON_SIZE = 128
FOLDER = ROOT / "build" / "icons"

HICOLOR_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
# The four letters by which macOS knows a PNG of this many pixels; the second of a pair is for twice the density.
ICNS_SIZES = {
    b"icp4": 16,
    b"ic11": 32,
    b"icp5": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}


def program() -> bytes:
    """The drawing of the program, an SVG."""
    return DRAWING.read_bytes()


def document() -> bytes:
    """The drawing of a project file, an SVG made from that of the program."""
    text = program().decode("utf-8")
    found = re.search(r"<svg[^>]*?viewBox=\"0 0 ([\d.]+) [\d.]+\"[^>]*>(.*)</svg>", text, re.DOTALL)
    if found is None:
        raise ValueError(f"{DRAWING.name} has no viewBox that begins at 0")
    return SHEET.format(scale=SHEET_ICON_SIZE / float(found[1]), drawing=found[2]).encode()


def png(drawing: bytes, size: int) -> bytes:
    """The drawing as a square PNG of so many pixels.  Raises: ValueError if it is no SVG."""
    renderer = QSvgRenderer(QByteArray(drawing))
    if not renderer.isValid():
        raise ValueError("this is no SVG that can be drawn")
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ico(drawing: bytes) -> bytes:
    """An icon file of Windows: a directory, then the pictures as PNG."""
    pictures = [(size, png(drawing, size)) for size in ICO_SIZES]
    place = 6 + 16 * len(pictures)
    directory, data = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, picture in pictures:
        # One byte for the size: 256 is written as 0.
        directory += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place + len(data))
        data += picture
    return directory + data


def icns(drawing: bytes) -> bytes:
    """An icon file of macOS: chunks with a kind of four letters and their length."""
    pictures = {size: png(drawing, size) for size in set(ICNS_SIZES.values())}
    chunks = b""
    for kind, size in ICNS_SIZES.items():
        chunks += kind + struct.pack(">I", len(pictures[size]) + 8) + pictures[size]
    return b"icns" + struct.pack(">I", len(chunks) + 8) + chunks


def write_icons(folder: Path) -> None:
    """`genglossary.ico`, `.icns` and those of project files, for the bundle and the installer."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawing in (("genglossary", program()), ("document", document())):
        (folder / f"{name}.ico").write_bytes(ico(drawing))
        (folder / f"{name}.icns").write_bytes(icns(drawing))


def write_theme(folder: Path, name: str, file_type: str) -> None:
    """Into an icon theme: the program's icon `name` in all sizes, the symbolic one, and `file_type` for its files."""
    for kind, icon, drawing in (("apps", name, program()), ("mimetypes", file_type, document())):
        for size in HICOLOR_SIZES:
            _write(folder / f"{size}x{size}" / kind / f"{icon}.png", png(drawing, size))
        _write(folder / "scalable" / kind / f"{icon}.svg", drawing)
    _write(folder / "symbolic" / "apps" / f"{name}-symbolic.svg", SYMBOLIC.read_bytes())


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def main(arguments: list[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication.instance() or QGuiApplication([])
    write_icons(Path(arguments[0]) if arguments else FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
