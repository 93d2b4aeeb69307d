"""Which packages of a Linux distribution Qt needs, which are missing, and how to install them."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

# Shared library -> its package for apt and for pacman. dnf and zypper find a package by the library it holds.
_DRAWING = {
    "libGL.so.1": ("libgl1", "libglvnd"),
    "libEGL.so.1": ("libegl1", "libglvnd"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
}
_X_WINDOWS = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libx11"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
_JAPANESE_FONT = {
    "apt-get": "fonts-noto-cjk",
    "dnf": "google-noto-sans-cjk-fonts",
    "zypper": "google-noto-sans-cjk-fonts",
    "pacman": "noto-fonts-cjk",
}
# Program -> the package of Debian that holds it, where the two differ in name.
_TOOLS = {
    "Xvfb": "xvfb",
    "appstreamcli": "appstream",
    "desktop-file-validate": "desktop-file-utils",
    "dpkg-deb": "dpkg",
    "dpkg-shlibdeps": "dpkg-dev",
    "import": "imagemagick",
    "makensis": "nsis",
    "objdump": "binutils",
    "unshare": "util-linux",
    "xprop": "x11-utils",
}
# Manager -> (what refreshes its lists, what installs).
_MANAGERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "apt-get": (("update",), ("install", "-y", "--no-install-recommends")),
    "dnf": ((), ("install", "-y")),
    "zypper": ((), ("--non-interactive", "install")),
    "pacman": (("-Sy",), ("-S", "--noconfirm", "--needed")),
}


def missing_libraries(*, xcb: bool) -> list[str]:
    """The packages with libraries that cannot be loaded; with `xcb` also those for X11 windows."""
    wanted = _DRAWING | (_X_WINDOWS if xcb else {})
    absent = [library for library in wanted if not _loads(library)]
    manager = _manager()
    if manager in ("dnf", "zypper"):
        return [f"{library}()(64bit)" for library in absent]
    column = 1 if manager == "pacman" else 0
    return sorted({wanted[library][column] for library in absent})


def for_venv() -> list[str]:
    """The package that lets the running Python make a virtual environment (split off by Debian only)."""
    return [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


def for_japanese() -> list[str]:
    return [_JAPANESE_FONT.get(_manager(), "fonts-noto-cjk")]


def for_tools(names: list[str]) -> list[str]:
    """The packages of Debian that hold these programs."""
    return sorted({_TOOLS.get(name, name) for name in names})


def has_apt() -> bool:
    return _manager() == "apt-get"


def may_install() -> bool:
    """Whether there is a known package manager and the right to use it without a password."""
    return bool(_manager()) and _rights() is not None


def commands(names: list[str]) -> list[list[str]]:
    """The commands that install `names`, to be run in this order."""
    manager = _manager()
    refresh, install = _MANAGERS[manager]
    first = [*(_rights() or []), "env", "DEBIAN_FRONTEND=noninteractive", manager]
    return [[*first, *refresh]] * bool(refresh) + [[*first, *install, *names]]


def advice(names: list[str]) -> str:
    """The line a person types to install `names`."""
    manager = _manager() or "apt-get"
    quoted = [f"'{name}'" if "(" in name else name for name in names]
    install = [part for part in _MANAGERS[manager][1] if not part.startswith("--no")]
    return " ".join(["sudo", manager, *install, *quoted])


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _manager() -> str:
    return next((name for name in _MANAGERS if shutil.which(name)), "")


def _rights() -> list[str] | None:
    """What to put before a command that needs root; None if this person may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if allowed.returncode == 0:
            return ["sudo", "-n"]
    return None
