"""Makes the pictures of the documentation from the real window: ``python docs/screenshots.py``.

Each picture is the window after a run of a sample project, drawn on a virtual screen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_DEMO = _HERE.parent / "scripts" / "demo.py"
_PICTURES = {"window-light": ("en", "light"), "window-dark": ("en", "dark"), "window-japanese": ("ja", "light")}


def main() -> int:
    """Write the pictures to ``docs/images``; returns 0 when all were made."""
    images = _HERE / "images"
    images.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GENGLOSSARY_HOME": folder}
        for name, (language, theme) in _PICTURES.items():
            options = ("--language", language, "--theme", theme, "--screenshot", f"{name}.png")
            subprocess.run([sys.executable, _DEMO, folder, *options], env=environment, check=True)
            Path(folder, f"{name}.png").replace(images / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
