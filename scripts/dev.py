"""Sets up, runs, tests and checks the project. Needs nothing but Python itself.

    python3 scripts/dev.py setup | run | test | check | bench | lock | translations | clean   [arguments]
    python3 scripts/dev.py bundle | deb | check-deb | installer | appimage   [arguments]

Every command but `clean` first makes sure that the set-up is complete; when it is, that takes a
moment. Arguments after the command are passed on to what it starts. The exit code is that of the
started program.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
# Only for the bundle.
BUILD_LOCK = ROOT / "requirements-build.lock"
STAMP = VENV / ".setup"
BUNDLE = ROOT / "dist" / "genglossary"
UNFINISHED = "unfinished"
GENERATED = ("build", "dist", ".pytest_cache", ".ruff_cache", ".hypothesis")

# Run inside the environment. Whatever Qt cannot load shows here and not in the middle of the work.
PROBE = """
from PySide6 import QtSvg, QtWidgets
from PySide6.QtGui import QFontDatabase
app = QtWidgets.QApplication([])
print("ready", bool(QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)))
"""


class Stop(Exception):
    """Work cannot go on; the message is one line for the person at the terminal."""


def say(line: str) -> None:
    print(line, flush=True)


def start(*command: str | Path, offscreen: bool = False) -> int:
    """Run `command` in the project folder to its end and return its exit code.

    Ctrl-C reaches the child as well: wait for it to leave in its own way.
    """
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=_environment(offscreen))
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue
        return code if code >= 0 else 128 - code


def _environment(offscreen: bool) -> dict[str, str]:
    environment = dict(os.environ)
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment


def _quietly(*command: str | Path, offscreen: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=_environment(offscreen),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def has_display() -> bool:
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def setup(*, offscreen: bool) -> bool:
    """Make the environment complete; returns whether windows must be drawn offscreen.

    Raises: Stop when something is missing that may not be installed from here.
    """
    _check_python()
    changed = _install_packages()
    return _check_qt(offscreen=offscreen, advise=changed)


def _check_python() -> None:
    # The rest of the project may use what these versions have; this file runs on older ones, to say so.
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        found = ".".join(map(str, sys.version_info[:3]))
        raise Stop(f"Python 3.11 to 3.14 is needed, this is {found}. Try: make PYTHON=python3.12 run")


def _install_packages() -> bool:
    """Bring `.venv` to what the lock says; returns whether there was anything to do."""
    state = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
    wanted = _fingerprint()
    if state == wanted and _version_in_venv() == sys.version:
        return False
    if VENV.exists() and (state == UNFINISHED or _version_in_venv() != sys.version):
        # An interrupted installation leaves packages that look installed and are not.
        shutil.rmtree(VENV)
    if not VENV.exists():
        _create_venv()
    STAMP.write_text(UNFINISHED, encoding="utf-8")
    say("Installing the pinned packages (about 900 MB on disk, a few minutes the first time) ...")
    _pip("--require-hashes", "--only-binary=:all:", "-r", LOCK)
    _pip("--no-deps", "--no-build-isolation", "-e", ".")
    STAMP.write_text(wanted, encoding="utf-8")
    return True


def _fingerprint() -> str:
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), bytes(ROOT)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _version_in_venv() -> str | None:
    """The `sys.version` of the environment's interpreter, None if it does not start."""
    if not PYTHON.exists():
        return None
    answer = _quietly(PYTHON, "-c", "import pip, sys; print(sys.version, end='')")
    return answer.stdout if answer.returncode == 0 else None


def _create_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        _install_system_packages(system_packages.for_venv(), "to make a virtual environment")
    say("Creating the virtual environment in .venv ...")
    made = _quietly(sys.executable, "-m", "venv", VENV)
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stop(f"Python could not make a virtual environment: {_last_line(made.stdout)}")


def _pip(*arguments: str | Path) -> None:
    pip = (PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input")
    if start(*pip, *arguments) != 0:
        raise Stop("The packages could not be installed (see above). Run the command again to go on.")


def _check_qt(*, offscreen: bool, advise: bool) -> bool:
    """Make sure that Qt can open a window; returns whether it must do so offscreen."""
    probe = _quietly(PYTHON, "-c", PROBE, offscreen=offscreen)
    if probe.returncode != 0 and sys.platform == "linux":
        missing = system_packages.missing_libraries(xcb=not offscreen)
        if missing:
            _install_system_packages(missing, "for Qt, which draws the windows")
            probe = _quietly(PYTHON, "-c", PROBE, offscreen=offscreen)
    if probe.returncode != 0 and not offscreen:
        say("The display does not answer: going on with a virtual screen.")
        return _check_qt(offscreen=True, advise=advise)
    if probe.returncode != 0:
        raise Stop(f"Qt does not start: {_last_line(probe.stdout)}")
    if "ready False" in probe.stdout and advise and sys.platform == "linux":
        _offer_japanese_font()
    return offscreen


def _offer_japanese_font() -> None:
    font = system_packages.for_japanese()
    try:
        _install_system_packages(font, "to show Japanese text")
    except Stop as stop:
        say(f"Japanese text will show as empty boxes. {stop}")


def _install_system_packages(names: list[str], purpose: str) -> None:
    """Raises: Stop saying what to install, if that is not permitted or fails."""
    advice = f"Needed {purpose}: {system_packages.advice(names)}"
    if not system_packages.may_install():
        raise Stop(advice)
    say(f"Installing {' '.join(names)} {purpose} ...")
    done = [_quietly(*command) for command in system_packages.commands(names)]
    # Package lists that could only partly be refreshed are often good enough: the last command decides.
    if done[-1].returncode != 0:
        raise Stop(f"{advice} (tried, but: {_last_line(done[-1].stdout)})")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"


def run(arguments: list[str]) -> int:
    """Open the window on the sample project, or show the same work on a virtual screen."""
    if setup(offscreen=not has_display()):
        say("No display here: doing the sample run on a virtual screen.")
        return start(PYTHON, "scripts/demo.py", "build/demo", *arguments, offscreen=True)
    say("Opening the sample project ...")
    return start(PYTHON, "-m", "genglossary_gui", "--sample", *arguments)


def test(arguments: list[str]) -> int:
    setup(offscreen=True)
    return start(PYTHON, "-m", "pytest", *arguments, offscreen=True)


def bench(arguments: list[str]) -> int:
    """Measure time and memory, one table; arguments name the benchmarks (all)."""
    setup(offscreen=True)
    return start(PYTHON, "-m", "tests.bench", *arguments, offscreen=True)


def check(arguments: list[str]) -> int:
    """Run the static checks, all of them, also when an early one finds something."""
    setup(offscreen=True)
    tools = (
        ("-m", "ruff", "check", "."),
        ("-m", "pyright", *arguments),
        ("-m", "pytest", "-q", "tests/test_architecture.py"),
    )
    return max([start(PYTHON, *tool, offscreen=True) for tool in tools])


def lock(arguments: list[str]) -> int:
    """Pin what pyproject.toml asks for; `--upgrade` takes newer versions than the pinned ones."""
    setup(offscreen=True)
    options = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet")
    command = (PYTHON, "-m", "uv", "pip", "compile", *options, "--python-version", "3.11", *arguments)
    code = start(*command, "--extra", "dev", "pyproject.toml", "-o", LOCK.name)
    return code or start(*command, "--group", "build", "-o", BUILD_LOCK.name)


def translations(arguments: list[str]) -> int:
    setup(offscreen=True)
    return start(PYTHON, "scripts/translations.py", *arguments)


def bundle(arguments: list[str]) -> int:
    """Build dist/genglossary (build.spec) and try it: both self-tests, then the sample with worker processes."""
    setup(offscreen=True)
    if sys.platform == "linux" and (missing := system_packages.missing_libraries(xcb=True)):
        # What this machine lacks would be missing from the bundle, and its window would open on few others.
        _install_system_packages(missing, "for the windows of the bundle")
    if _quietly(PYTHON, "-c", "import PyInstaller").returncode != 0:
        say("Installing PyInstaller ...")
        _pip("--require-hashes", "--only-binary=:all:", "-r", BUILD_LOCK)
    code = start(PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *arguments, "build.spec")
    return code or try_bundle()


def try_bundle() -> int:
    """The first exit code that is not 0; the bundle sees neither the sources nor the settings of whoever builds."""
    ending = ".exe" if os.name == "nt" else ""
    console, window = (BUNDLE / f"{name}{ending}" for name in ("genglossary", "genglossary-gui"))
    samples = next(BUNDLE.glob("**/resources/samples/en"), BUNDLE)
    with tempfile.TemporaryDirectory(prefix="genglossary-", ignore_cleanup_errors=True) as folder:
        os.environ["GENGLOSSARY_HOME"] = folder
        glossary = Path(folder) / "out.json"
        trials = (
            (console, "self-test"),
            (window, "--self-test"),
            (console, "build", samples, "-o", glossary, "--workers", "2", "--quiet"),
        )
        for trial in trials:
            if code := start(*trial, offscreen=True):
                return code
        entries = len(json.loads(glossary.read_text(encoding="utf-8"))["entries"])
    megabytes = sum(place.lstat().st_size for place in BUNDLE.rglob("*") if not place.is_symlink()) / 1e6
    say(f"{BUNDLE}: {megabytes:.0f} MB, works ({entries} entries from the sample)")
    return 0


def deb(arguments: list[str]) -> int:
    """Make the Debian package of dist/genglossary, which is built when it is not there."""
    setup(offscreen=True)
    _need_tools("dpkg-deb", "dpkg-shlibdeps", "objdump", "zstd", purpose="to make a Debian package")
    if not any(BUNDLE.glob("genglossary*")) and (code := bundle([])):
        return code
    return start(PYTHON, "-m", "scripts.package.debian", *arguments, offscreen=True)


def check_deb(arguments: list[str]) -> int:
    """Install the Debian package into a clean root, use it there and remove it."""
    setup(offscreen=True)
    tools = ("debootstrap", "lintian", "desktop-file-validate", "appstreamcli", "Xvfb", "xdotool", "xprop", "import")
    _need_tools(*tools, "unshare", purpose="to try the Debian package")
    if not any(BUNDLE.parent.glob("genglossary_*.deb")) and (code := deb([])):
        return code
    return start(PYTHON, "-m", "scripts.package.check_debian", *arguments, offscreen=True)


def installer(arguments: list[str]) -> int:
    """Make the installer for Windows from a bundle built there; `--check` compiles it with a stand-in."""
    setup(offscreen=True)
    _need_tools("makensis", purpose="to compile the installer for Windows")
    return start(PYTHON, "-m", "scripts.package.windows", *arguments, offscreen=True)


def appimage(arguments: list[str]) -> int:
    """Make the folder of an AppImage from dist/genglossary, and the AppImage itself where appimagetool is."""
    setup(offscreen=True)
    return start(PYTHON, "-m", "scripts.package.appimage", *arguments, offscreen=True)


def _need_tools(*tools: str, purpose: str) -> None:
    """Raises: Stop saying what is missing, when it may not be installed from here."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing and not system_packages.has_apt():
        raise Stop(f"Needed {purpose}: {', '.join(missing)}")
    if missing:
        _install_system_packages(system_packages.for_tools(missing), purpose)


def clean(_arguments: list[str]) -> int:
    """Remove what is made from the sources; the environment stays."""
    for folder in (*map(ROOT.joinpath, GENERATED), *ROOT.glob("[!.]*/**/__pycache__")):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def only_setup(_arguments: list[str]) -> int:
    setup(offscreen=not has_display())
    say("Everything is in place. Next: make run")
    return 0


COMMANDS = {
    "setup": only_setup,
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "lock": lock,
    "translations": translations,
    "bundle": bundle,
    "deb": deb,
    "check-deb": check_deb,
    "installer": installer,
    "appimage": appimage,
    "clean": clean,
}


def main(arguments: list[str]) -> int:
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        say((__doc__ or "").strip())
        return 2
    try:
        return command(arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
