"""Makes the installer for Windows from a bundle that was built there; NSIS compiles it on any system.

    .venv/bin/python -m scripts.package.windows [BUNDLE]
    .venv/bin/python -m scripts.package.windows --check

`--check` compiles it with a stand-in for the bundle and looks into the result: the installer cannot be run on Linux.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.package.product import BUILD, BUNDLE, DIST, PACKAGING, ROOT, VERSION

SCRIPT = PACKAGING / "windows" / "genglossary.nsi"
PROGRAMS = ("genglossary.exe", "genglossary-gui.exe")


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        return check()
    bundle = Path(arguments[0]) if arguments else BUNDLE
    if missing := [name for name in PROGRAMS if not (bundle / name).is_file()]:
        print(f"{bundle} is no bundle for Windows: {', '.join(missing)} is missing", file=sys.stderr)
        return 1
    output = DIST / f"genglossary-{VERSION}-setup.exe"
    output.parent.mkdir(exist_ok=True)
    compile_installer(bundle, output)
    print(f"{output}: {output.stat().st_size / 1e6:.0f} MB")
    return 0


def compile_installer(bundle: Path, output: Path) -> None:
    """Write the installer; every warning of the compiler counts as an error.  Raises: RuntimeError with its words."""
    icons = BUILD / "icons"
    subprocess.run([sys.executable, "-m", "scripts.package.icons", icons], cwd=ROOT, check=True)
    values = {
        "VERSION": VERSION,
        "BUNDLE": bundle.resolve(),
        "ICONS": icons,
        "LICENCE": ROOT / "LICENSE",
        "OUTPUT": output.resolve(),
    }
    defined = [f"-D{name}={value}" for name, value in values.items()]
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, SCRIPT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError((done.stdout + done.stderr).strip())


def check() -> int:
    with tempfile.TemporaryDirectory(prefix="genglossary-") as folder:
        bundle, output = Path(folder, "bundle"), Path(folder, "genglossary-setup.exe")
        (bundle / "_internal" / "inner").mkdir(parents=True)
        for name in (*PROGRAMS, "_internal/python311.dll", "_internal/inner/日本語.txt"):
            (bundle / name).write_text("stand-in", encoding="utf-8")
        compile_installer(bundle, output)
        content = output.read_bytes()
        is_installer = content.startswith(b"MZ") and b"NullsoftInst" in content
        print(f"The installer compiles without a warning ({len(content) / 1e3:.0f} kB with a stand-in for the bundle).")
        return 0 if is_installer else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
