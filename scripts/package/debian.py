"""Makes the Debian package from the bundle in dist/genglossary.

    .venv/bin/python -m scripts.package.debian [--compression xz|zstd|gzip]

Who publishes it says so by DEBFULLNAME and DEBEMAIL.  Needs dpkg-deb and dpkg-shlibdeps (package dpkg-dev).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import textwrap
import time
from email.utils import formatdate
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from scripts.package import linux
from scripts.package.licences import FOLDER, components, packages_of_libraries
from scripts.package.product import BUILD, BUNDLE, DIST, MAINTAINER, NAME, PACKAGING, ROOT, VERSION, built_at, releases

REVISION = "1"
# gzip is quick and large, for trials.
LEVELS = {"xz": 6, "zstd": 19, "gzip": 1}
HOME = Path("usr/lib") / NAME
PROGRAMS = ("genglossary", "genglossary-gui")
# Japanese text needs a font that no other package of a bare system brings.
RECOMMENDS = ("fonts-noto-cjk", "hicolor-icon-theme", "shared-mime-info")
# For the keys of language models: any service that keeps secrets.
SUGGESTS = ("gnome-keyring | kwalletmanager | keepassxc",)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make deb")
    parser.add_argument("--compression", choices=tuple(LEVELS), default="xz")
    options = parser.parse_args(arguments)
    if not (BUNDLE / "genglossary").is_file():
        print("There is no bundle in dist/genglossary yet: make bundle", file=sys.stderr)
        return 1
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["SOURCE_DATE_EPOCH"] = str(built_at())
    _application = QGuiApplication.instance() or QGuiApplication([])
    begun = time.monotonic()
    package = build(BUILD / "deb", DIST, options.compression)
    size = package.stat().st_size / 1e6
    print(f"{package.relative_to(ROOT)}: {size:.0f} MB, {options.compression}, {time.monotonic() - begun:.0f} s")
    return 0


def build(staging: Path, target: Path, compression: str) -> Path:
    """The finished package in ``target``."""
    shutil.rmtree(staging, ignore_errors=True)
    root = staging / "root"
    shutil.copytree(BUNDLE, root / HOME, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    for program in PROGRAMS:
        (root / "usr/bin" / program).symlink_to(Path("../lib", NAME, program))
    linux.write_share(root / "usr/share")
    documents = root / "usr/share/doc" / NAME
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(copyright_text(), encoding="utf-8")
    (documents / "changelog.Debian.gz").write_bytes(linux.compressed(changelog()))
    overrides = root / "usr/share/lintian/overrides" / NAME
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(PACKAGING / "linux" / "lintian-overrides", overrides)
    _set_modes(root)
    sums = "".join(f"{_md5(place)}  {place.relative_to(root)}\n" for place in _files(root))
    size = sum(-(-place.lstat().st_size // 1024) for place in root.rglob("*") if not place.is_dir())
    depends = dependencies(root / HOME, staging)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control(depends, size), encoding="utf-8")
    (root / "DEBIAN" / "md5sums").write_text(sums, encoding="utf-8")
    for place in (root / "DEBIAN").iterdir():
        place.chmod(0o644)
    target.mkdir(exist_ok=True)
    package = target / f"{NAME}_{VERSION}-{REVISION}_{_architecture()}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", f"-Z{compression}", f"-z{LEVELS[compression]}", "--build", root, package],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return package


def _set_modes(root: Path) -> None:
    for place in root.rglob("*"):
        if not place.is_symlink():
            is_program = place.parent == root / HOME and place.name in PROGRAMS
            place.chmod(0o755 if place.is_dir() or is_program else 0o644)


def _files(root: Path) -> list[Path]:
    return sorted(place for place in root.rglob("*") if place.is_file() and not place.is_symlink())


def _md5(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest()


def dependencies(home: Path, staging: Path) -> list[str]:
    """Packages of the libraries that the bundle needs and does not hold, with the versions it needs them in.

    Debian's own tool reads them from the programs and libraries; what lies in the bundle counts for nothing.
    """
    work = staging / "shlibdeps"
    (work / "debian").mkdir(parents=True)
    (work / "debian/control").write_text(f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n", encoding="utf-8")
    binaries = [place for place in _files(home) if _is_elf(place)]
    # Only where libraries lie: it looks into each for each.
    folders = {place.parent for place in binaries if place.name.startswith("lib")}
    brought = packages_of_libraries(place.name for place in binaries)
    options = [*(f"-l{folder}" for folder in sorted(folders)), *(f"-x{name}" for name in sorted(brought))]
    asked = subprocess.run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *options, *binaries],
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode != 0:
        raise RuntimeError(asked.stderr.strip().splitlines()[-1])
    found = re.search(r"shlibs:Depends=(.*)", asked.stdout)
    return found[1].split(", ") if found else []


def _is_elf(place: Path) -> bool:
    with place.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def control(depends: list[str], installed_kilobytes: int) -> str:
    """The control file of the package."""
    fields = {
        "Package": NAME,
        "Version": f"{VERSION}-{REVISION}",
        "Section": "text",
        "Priority": "optional",
        "Architecture": _architecture(),
        "Maintainer": maintainer(),
        "Installed-Size": str(installed_kilobytes),
        "Depends": ", ".join(depends),
        "Recommends": ", ".join(RECOMMENDS),
        "Suggests": ", ".join(SUGGESTS),
        "Description": "make a glossary with evidence from documents",
    }
    text = (
        "GenGlossary reads a folder of documents, Japanese and English, finds the terms that matter in them, says what"
        " each one means in these documents, and shows the sentence that says so. It works on this computer, without a"
        " network and without an account; a language model is used only if one is set up.\n"
        "This package holds a window (genglossary-gui) and a command line (genglossary) with everything they need,"
        " also Python, Qt and a Japanese dictionary."
    )
    paragraphs = [textwrap.fill(part, 78, initial_indent=" ", subsequent_indent=" ") for part in text.split("\n")]
    return "".join(f"{name}: {value}\n" for name, value in fields.items()) + "\n .\n".join(paragraphs) + "\n"


def maintainer() -> str:
    name, address = os.environ.get("DEBFULLNAME", MAINTAINER[0]), os.environ.get("DEBEMAIL", MAINTAINER[1])
    return f"{name} <{address}>"


def _architecture() -> str:
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def changelog() -> str:
    """CHANGELOG.md in Debian's form."""
    entries = []
    for release in releases():
        points = [
            textwrap.fill(point, 78, initial_indent="  * ", subsequent_indent="    ", break_on_hyphens=False)
            for point in release.points
        ]
        at = time.mktime(time.strptime(release.date, "%Y-%m-%d")) if release.date else built_at()
        head = f"{NAME} ({release.version}-{REVISION}) unstable; urgency=medium"
        entries.append("\n".join([head, "", *points, "", f" -- {maintainer()}  {formatdate(at)}"]) + "\n")
    return "\n".join(entries)


def copyright_text() -> str:
    """Debian's machine-readable copyright file: our licence whole, and for each foreign part where its text lies."""
    inner = next(place for place in BUNDLE.iterdir() if place.is_dir())
    ours = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    holder = next(line for line in ours.splitlines() if line.startswith("Copyright"))
    lines = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
        "Upstream-Name: GenGlossary Desktop",
        "Comment: The package holds work of others, unchanged, in libraries of their own.",
        f" The full texts of their licences lie in /{HOME}/{inner.name}, at the places named below;",
        " each part lies beside its text, under the name of what a program imports or loads.",
        "",
        "Files: *",
        f"Copyright: {holder.removeprefix('Copyright').removeprefix(' (c)').strip()}",
        "License: MIT",
        "",
        "License: MIT",
        *_indented(ours),
    ]
    for component in components(inner):
        short = re.sub(r"[^A-Za-z0-9.+-]+", "-", component.name)
        texts = component.texts or ("(its text is not part of the package)",)
        folder, _, file = texts[0].partition("/")
        place = f"{folder}/{file}" if folder == FOLDER else f"{folder}/*"
        lines += ["", f"Files: {HOME}/{inner.name}/{place}", f"Copyright: the authors of {component.name}"]
        lines += [f"License: {short}-licence", *_indented(f"{component.name} {component.version}: {component.licence}")]
        lines += _indented("\n".join(texts))
    return "\n".join(lines) + "\n"


def _indented(text: str) -> list[str]:
    return [f" {line}" if line.strip() else " ." for line in text.splitlines()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
