"""Makes what the tests against a real inference server need: ``python -m tests.integration.prepare FOLDER``.

Installs node-llama-cpp (85 MB, without its optional parts and without running its scripts) and the package gguf into
``FOLDER``, and writes a model of a megabyte with random weights.  Then::

    GENGLOSSARY_LLM_FOLDER=FOLDER python -m pytest -m integration tests/integration

Needs Node.js with npm; nothing is installed outside ``FOLDER``.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "GENGLOSSARY_LLM_FOLDER"
_VERSION = "3.22.1"
_BINARIES = {
    ("Linux", "x86_64"): "linux-x64",
    ("Linux", "aarch64"): "linux-arm64",
    ("Darwin", "arm64"): "mac-arm64-metal",
    ("Windows", "AMD64"): "win-x64",
}
_HERE = Path(__file__).resolve().parent


def why_not() -> str:
    """Why the tests cannot run here; empty when they can."""
    if shutil.which("node") is None:
        return "Node.js is not installed"
    if not os.environ.get(VARIABLE):
        return f"{VARIABLE} names no folder made by python -m tests.integration.prepare"
    folder = Path(os.environ[VARIABLE])
    if not (folder / "node_modules" / "node-llama-cpp").is_dir():
        return "node-llama-cpp is not installed in the folder"
    return "" if model_in(folder).is_file() else "there is no model in the folder (the package gguf makes it)"


def model_in(folder: Path) -> Path:
    return folder / "tiny.gguf"


def prepare(folder: Path) -> None:
    """Raises ``CalledProcessError`` when something cannot be installed, ``SystemExit`` without npm."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not installed")
    binary = _BINARIES.get((platform.system(), platform.machine()))
    if binary is None:
        raise SystemExit("there is no prebuilt inference engine for this kind of computer")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    packages = (f"node-llama-cpp@{_VERSION}", f"@node-llama-cpp/{binary}@{_VERSION}")
    quiet = ("--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund")
    subprocess.run([npm, "install", *quiet, *packages], cwd=folder, check=True)
    uv = (sys.executable, "-m", "uv")
    python = folder / "python"
    subprocess.run([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, python], check=True)
    interpreter = python / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", interpreter, "gguf"], check=True)
    subprocess.run([interpreter, _HERE / "tiny_model.py", model_in(folder)], check=True)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]).resolve())
