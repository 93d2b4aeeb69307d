"""The files under /usr/share that every package for Linux has."""

from __future__ import annotations

import gzip
import time
from pathlib import Path
from xml.sax.saxutils import escape

from scripts.package import icons, manpages
from scripts.package.product import FILE_TYPE, NAME, PACKAGING, Release, built_at, releases

SOURCES = PACKAGING / "linux"
DESKTOP = f"{NAME}.desktop"
METAINFO = "alt.genglossary.GenGlossary.metainfo.xml"


def write_share(share: Path) -> None:
    """Desktop entry, type of project files, metadata, icons and manual pages; needs a ``QGuiApplication``."""
    _write(share / "applications" / DESKTOP, (SOURCES / DESKTOP).read_bytes())
    _write(share / "mime" / "packages" / f"{NAME}.xml", (SOURCES / "genglossary-mime.xml").read_bytes())
    _write(share / "metainfo" / METAINFO, metainfo(releases()).encode())
    icons.write_theme(share / "icons" / "hicolor", NAME, FILE_TYPE)
    for language in manpages.LANGUAGES:
        folder = share / "man" / ("" if language == "en" else language) / "man1"
        for page in manpages.PAGES:
            _write(folder / f"{page}.1.gz", compressed(manpages.page(page, language)))


def metainfo(known: list[Release]) -> str:
    """AppStream's metadata with the releases of the list of changes."""
    today = time.strftime("%Y-%m-%d", time.gmtime(built_at()))
    lines = ["  <releases>"]
    for release in known:
        kind = "stable" if release.date else "development"
        points = "".join(f"<li>{escape(point)}</li>" for point in release.points)
        lines.append(
            f'    <release version="{release.version}" date="{release.date or today}" type="{kind}">'
            f"<description><ul>{points}</ul></description></release>"
        )
    text = (SOURCES / "genglossary.metainfo.xml").read_text(encoding="utf-8")
    return text.replace("</component>", "\n".join([*lines, "  </releases>", "</component>"]))


def compressed(text: str) -> bytes:
    """As Debian wants it: as small as possible, and the same bytes each time."""
    return gzip.compress(text.encode("utf-8"), 9, mtime=0)


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    place.chmod(0o644)
