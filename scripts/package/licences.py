"""Whose work is in the bundle and under which licences, read from what lies in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_string
from pathlib import Path

from genglossary_gui.core.licences import licence_of

FOLDER = "licences"
"""The folder in the bundle for the texts that no package brings along."""
COMMON = Path("/usr/share/common-licenses")


@dataclass(frozen=True, kw_only=True)
class Component:
    """One foreign part of the bundle."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    """Files with the licence, relative to the bundle's inner folder."""


def texts_of_system(libraries: list[str]) -> list[tuple[str, str]]:
    """For build.spec: (file, folder in the bundle) for Python and for each package of the system in the bundle.

    ``libraries`` are paths of shared libraries on this machine; without dpkg only Python's licence is found.
    """
    python = next((place for place in _places_of_python() if place.is_file()), None)
    found = {"python": python} if python else {}
    # The packages of Qt bring no texts along.
    found |= {f"qt-{name}": place for name in ("LGPL-3", "GPL-3") if (place := COMMON / name).is_file()}
    for package in sorted(packages_of(libraries)):
        text = Path("/usr/share/doc", package, "copyright")
        if text.is_file():
            found[package] = text
    prepared = Path("build", FOLDER)
    shutil.rmtree(prepared, ignore_errors=True)
    prepared.mkdir(parents=True)
    for name, place in found.items():
        shutil.copyfile(place, prepared / f"{name}.txt")
    return [(str(prepared / f"{name}.txt"), FOLDER) for name in found]


def _places_of_python() -> list[Path]:
    return [Path(sysconfig.get_path("stdlib"), "LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt")]


def packages_of(libraries: Iterable[str]) -> set[str]:
    """The Debian packages that installed these files; those that none did, and other systems, add nothing."""
    # dpkg knows a file under the name by which it was installed: on a merged /usr that may be /lib.
    resolved = {os.path.realpath(library) for library in libraries}
    places = sorted(resolved | {place.removeprefix("/usr") for place in resolved})
    if not places or not shutil.which("dpkg"):
        return set()
    asked = subprocess.run(["dpkg", "-S", *places], capture_output=True, text=True, check=False)
    return set(re.findall(r"^([^:,\s]+)[^/]*: /", asked.stdout, re.MULTILINE))


def packages_of_libraries(names: Iterable[str]) -> set[str]:
    """The Debian packages on this machine that hold libraries of these names."""
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False).stdout
    known = dict(re.findall(r"^\s+(\S+) .* => (\S+)$", listed, re.MULTILINE))
    return packages_of(known[name] for name in names if name in known)


def components(inner: Path) -> list[Component]:
    """The foreign parts of the bundle, by name; ``inner`` is its folder with the libraries."""
    found = [_of_distribution(inner, folder) for folder in inner.glob("*.dist-info")]
    for text in (inner / FOLDER).glob("*.txt"):
        if text.stem.startswith("qt-"):
            continue  # it belongs to PySide6, which is a distribution
        licence = "Python-2.0" if text.stem == "python" else "see the text"
        found.append(Component(name=text.stem, version="", licence=licence, texts=(f"{FOLDER}/{text.name}",)))
    return sorted(found, key=lambda component: component.name.lower())


def _of_distribution(inner: Path, folder: Path) -> Component:
    about = message_from_string((folder / "METADATA").read_text(encoding="utf-8"))
    names = ("licen", "copying", "notice", "authors")
    texts = [
        str(place.relative_to(inner))
        for place in sorted(folder.rglob("*"))
        if place.is_file() and ("licenses/" in place.as_posix() or place.name.lower().startswith(names))
    ]
    if folder.name.startswith(("pyside6", "shiboken6")):
        texts += [f"{FOLDER}/{place.name}" for place in sorted((inner / FOLDER).glob("qt-*.txt"))]
    return Component(
        name=about["Name"], version=about["Version"], licence=licence_of(about) or "see the text", texts=tuple(texts)
    )
