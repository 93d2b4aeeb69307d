"""Pictures of every screen, made by the program itself on a virtual screen.

``python scripts/screenshots.py`` renews the pictures of the documentation.
``python scripts/screenshots.py --all FOLDER`` writes each screen, empty, typical and with 100,000 rows, light and dark,
in every language, at 100, 200 and (the window) 300 % into FOLDER, to be looked at.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_ROOT))

from genglossary_gui.core.i18n import LANGUAGES  # noqa: E402 (the source tree comes first)

_THEMES = ("light", "dark")
_SIZES = {100: (1360, 880), 200: (1180, 760), 300: (1000, 660)}
"""Scale in percent → size of the window, as large as a usual screen leaves it."""
_SCREEN = (3840, 2160)
_READABLE = (1080, 780)
"""The window in the pictures of the guide, where it is shown smaller."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every screen in every look, into this folder")
    parser.add_argument("--only", default="", metavar="TEXT", help="with --all: looks with this in their name, 200-ja")
    options = parser.parse_args()
    if options.all is not None:
        return _make_all(options.all.resolve(), options.only)
    return _make_documentation()


def _make_all(target: Path, only: str) -> int:
    """Each process has one scale, which Qt reads at its start, one language and one theme."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for scale, language, theme in product(_SIZES, LANGUAGES, _THEMES):
            screens = ("window",) if scale == 300 else ("window", "dialogs")
            states = ("typical",) if scale == 300 else ("empty", "typical", "huge")
            folder = target / f"{scale}-{language}-{theme}"
            if only not in folder.name:
                continue
            _shoot(home, folder, screens, states, scale=scale, language=language, theme=theme, size=_SIZES[scale])
            print(f"{folder.name}: {len(list(folder.glob('*.png')))} pictures", flush=True)
    return 0


def _make_documentation() -> int:
    with tempfile.TemporaryDirectory() as home:
        pictures = Path(home) / "pictures"
        images, guide = _ROOT / "docs" / "images", _ROOT / "docs" / "user" / "images"
        guide.mkdir(exist_ok=True)
        for name, language, theme in (
            ("window-light", "en", "light"),
            ("window-dark", "en", "dark"),
            ("window-japanese", "ja", "light"),
        ):
            _shoot(home, pictures, ("front",), ("typical",), language=language, theme=theme, size=_SIZES[100])
            (pictures / "typical-document.png").replace(images / f"{name}.png")
        for language in LANGUAGES:
            _shoot(home, pictures, ("guide",), ("typical",), language=language, theme="light", size=_READABLE)
            for name in ("glossary", "terms", "runs", "settings"):
                (pictures / f"guide-{name}.png").replace(guide / f"{language}-{name}.png")
    return 0


def _shoot(
    home: str,
    folder: Path,
    screens: tuple[str, ...],
    states: tuple[str, ...],
    *,
    language: str,
    theme: str,
    size: tuple[int, int],
    scale: int = 100,
) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={_screen(home)}",
        "QT_SCALE_FACTOR": str(scale / 100),
        "GENGLOSSARY_HOME": str(Path(home, f"{language}-{theme}-{scale}")),
        "GENGLOSSARY_PICTURES": home,
    }
    arguments = (str(folder), ",".join(screens), ",".join(states), language, theme, str(size[0]), str(size[1]))
    subprocess.run([sys.executable, "-m", "scripts.screens", *arguments], cwd=_ROOT, env=environment, check=True)


def _screen(home: str) -> Path:
    """The virtual screen: usually it is so small that no dialog fits at 200 %."""
    screen = {"name": "screen", "x": 0, "y": 0, "width": _SCREEN[0], "height": _SCREEN[1]}
    description = {**screen, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file = Path(home) / "screen.json"
    file.write_text(json.dumps({"screens": [description]}), encoding="utf-8")
    return file


if __name__ == "__main__":
    sys.exit(main())
