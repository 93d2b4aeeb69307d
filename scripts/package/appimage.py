"""Makes the folder of an AppImage from dist/genglossary, and the AppImage where appimagetool is installed.

make appimage
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from scripts.package import icons, linux
from scripts.package.product import BUILD, BUNDLE, DIST, NAME, PACKAGING, ROOT, VERSION, built_at

FOLDER = BUILD / "GenGlossary.AppDir"


def main(_arguments: list[str]) -> int:
    if not (BUNDLE / NAME).is_file():
        print("There is no bundle in dist/genglossary yet: make bundle", file=sys.stderr)
        return 1
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["SOURCE_DATE_EPOCH"] = str(built_at())
    _application = QGuiApplication.instance() or QGuiApplication([])
    make_folder(FOLDER)
    subprocess.run([FOLDER / "AppRun", "--cli", "self-test"], check=True)
    print(f"{FOLDER.relative_to(ROOT)}: its self-test passes")
    tool = shutil.which("appimagetool")
    if tool is None:
        print("appimagetool is not installed: the folder is as far as it goes here.")
        return 0
    output = DIST / f"GenGlossary-{VERSION}-{platform.machine()}.AppImage"
    return subprocess.run([tool, "--no-appstream", FOLDER, output], check=False).returncode


def make_folder(folder: Path) -> None:
    """Everything that goes into the AppImage, as its tool expects it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(BUNDLE, folder / "usr/lib" / NAME, symlinks=True)
    linux.write_share(folder / "usr/share")
    shutil.copyfile(PACKAGING / "linux" / "AppRun", folder / "AppRun")
    (folder / "AppRun").chmod(0o755)
    (folder / linux.DESKTOP).symlink_to(Path("usr/share/applications", linux.DESKTOP))
    (folder / f"{NAME}.svg").write_bytes(icons.program())
    (folder / ".DirIcon").write_bytes(icons.png(icons.program(), 256))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
