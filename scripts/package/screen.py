"""A virtual screen of X11 with hands and eyes: windows are found, keys pressed, pictures taken."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
SIZE = (1400, 900)


class Screen:
    """One running X server; every call raises ``RuntimeError`` when what it waits for does not come."""

    def __init__(self, display: str) -> None:
        self.display = display

    def wait_for_window(self, name: str, seconds: float) -> str:
        """The number of the visible window whose title holds the expression ``name``."""
        return until(lambda: self._find(name), seconds, f"a window “{name}”")

    def is_shown(self, name: str) -> bool:
        return bool(self._find(name))

    def press(self, window: str, keys: str) -> None:
        self._tool("windowfocus", "--sync", window)
        self._tool("key", "--clearmodifiers", keys)

    def class_of(self, window: str) -> list[str]:
        """The two names by which a desktop knows whose window this is."""
        stated = self._run("xprop", "-id", window, "WM_CLASS")
        return re.findall(r'"([^"]*)"', stated)

    def title_of(self, window: str) -> str:
        return self._tool("getwindowname", window).strip()

    def picture(self, place: Path) -> None:
        self._run("import", "-window", "root", str(place))

    def _find(self, name: str) -> str:
        asked = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", name],
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        return asked.stdout.split()[0] if asked.stdout.split() else ""

    def _tool(self, *arguments: str) -> str:
        return self._run("xdotool", *arguments)

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        return os.environ | {"DISPLAY": self.display}


@contextmanager
def virtual_screen() -> Iterator[Screen]:
    """An X server (Xvfb) that ends with the block."""
    reading, writing = os.pipe()
    width, height = SIZE
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("the virtual screen (Xvfb) did not start")
        yield Screen(f":{number}")
    finally:
        server.terminate()
        server.wait(10)


def until(ask: Callable[[], T], seconds: float, what: str) -> T:
    """The first answer that is not empty."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise RuntimeError(f"{what} did not come within {seconds:.0f} s")
