"""Projects that a window cannot have: another process holds them, or their permissions forbid it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65_534


@contextmanager
def locked_by_another(project: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the project as a window does, until it is killed or its standard input ends."""
    command = [sys.executable, "-m", "tests.locked_project", str(project)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=Path(__file__).parents[1]) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "held"
        try:
            yield process
        finally:
            leave(process)


def leave(process: subprocess.Popen[str]) -> None:
    """Have the process let go in good order."""
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()
    process.wait()


@contextmanager
def without_permission(project: Path, of: str) -> Iterator[None]:
    """Nobody may write the ``file`` of the project, or its ``folder`` either, or reach ``everything`` there.

    Root does as if it were somebody else.
    """
    folder, is_root = project.parent, os.geteuid() == 0
    above = {*folder.parents, *Path(os.environ["GENGLOSSARY_HOME"]).parents} - {Path("/")}
    home = Path(os.environ["GENGLOSSARY_HOME"])
    inside = [home, *(each for each in home.glob("**/*") if each.is_dir())] if home.is_dir() else []
    opened = [each for each in (*above, *inside) if is_root and each.stat().st_uid == 0]
    before = {each: each.stat().st_mode for each in (project, folder, *opened)}
    for each in opened:
        each.chmod(before[each] | (0o055 if each in above else 0o077))
    project.chmod(0o444)
    folder.chmod({"file": 0o777, "folder": 0o555, "everything": 0o000}[of])
    if is_root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for each, mode in before.items():
            each.chmod(mode & 0o7777)


if __name__ == "__main__":
    from genglossary_gui.core.runs.window_lock import WindowLock

    lock = WindowLock(Path(sys.argv[1]))
    print("held" if lock.take() else "refused", flush=True)
    sys.stdin.read()
    lock.release()
