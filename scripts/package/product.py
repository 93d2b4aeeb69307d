"""What every kind of package says of the program, read from where it is written already."""

from __future__ import annotations

import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from genglossary_gui import __version__

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "resources" / "packaging"
BUNDLE = ROOT / "dist" / "genglossary"
BUILD = ROOT / "build"
DIST = ROOT / "dist"

VERSION = __version__
NAME = "genglossary"
FILE_TYPE = "application-x-genglossary"
# Nobody's address: whoever publishes packages says who they are by DEBFULLNAME and DEBEMAIL.
MAINTAINER = ("GenGlossary developers", "genglossary@packages.invalid")


@dataclass(frozen=True, kw_only=True)
class Release:
    """One section of CHANGELOG.md."""

    version: str
    date: str
    """As YYYY-MM-DD; empty for one that is not released yet."""
    points: tuple[str, ...]
    """One paragraph each, without line breaks."""


def releases(text: str | None = None) -> list[Release]:
    """Those of CHANGELOG.md, newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8") if text is None else text
    found = []
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        version, _, note = title.partition(" ")
        date = re.search(r"\d{4}-\d\d-\d\d", note)
        points = re.findall(r"^- (.*(?:\n  .*)*)", body, re.MULTILINE)
        texts = tuple(_plain(" ".join(point.split())) for point in points)
        found.append(Release(version=version, date=date[0] if date else "", points=texts))
    return found


def _plain(text: str) -> str:
    """Markdown's links and code without their marks."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("`", "")


def built_at() -> int:
    """Seconds since 1970: SOURCE_DATE_EPOCH, else of the last commit, else now."""
    if stated := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(stated)
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    return int(asked) if asked.isdigit() else int(time.time())
