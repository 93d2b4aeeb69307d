"""Who owns a run: an OS lock under a fresh name, held until the process dies.

No process number, no heartbeat, no clock: the kernel drops the lock with the process, whatever killed
it, and nobody else can ever hold the same name.  Worker processes are spawned and do not inherit it.
"""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout


class Incarnation:
    """One life of the app with one project.  Use it from one thread."""

    def __init__(self, project: Path) -> None:
        self.owner = uuid.uuid4().hex
        self._lock = FileLock(lock_file(project, self.owner), thread_local=False)

    def hold(self) -> None:
        """Take the lock (once is enough); it stays until ``release`` or the end of the process.  Raises ``OSError``."""
        while not self._lock.is_locked:
            # Somebody may take the fresh file for a dead owner's before we hold the lock, and remove it.
            with suppress(Timeout):
                self._lock.acquire(blocking=False)
            if not Path(self._lock.lock_file).exists():
                self._lock.release()

    def release(self) -> None:
        """Give the lock back and leave no file behind.  Only when no run of ours is active."""
        if self._lock.is_locked:
            remove(self._lock)


def is_dead(project: Path, owner: str) -> bool:
    """Whether the owner's lock could be taken: then that process has died (or left in good order)."""
    path = lock_file(project, owner)
    if not path.exists():
        return True
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except (Timeout, OSError):
        return False
    remove(lock)
    return True


def owners_of(project: Path) -> list[str]:
    """Who has left a lock file beside the project: after ``sweep`` those that live."""
    model = lock_file(project, "")
    prefix, suffix = model.name.split("..")
    return [
        file.name.removeprefix(f"{prefix}.").removesuffix(f".{suffix}")
        for file in model.parent.iterdir()
        if file.name.startswith(f"{prefix}.") and file.name.endswith(f".{suffix}")
    ]


def sweep(project: Path) -> None:
    """Remove the lock files that dead owners have left beside the project."""
    for owner in owners_of(project):
        is_dead(project, owner)


def remove(lock: FileLock) -> None:
    """Remove the file of a lock that we hold, and let go of it; nobody can hold it in between.

    Windows does not remove an open file: there it goes afterwards, unless somebody has opened it meanwhile.
    """
    path = Path(lock.lock_file)
    if os.name != "nt":
        _unlink(path)
    lock.release()
    if os.name == "nt":
        _unlink(path)


def _unlink(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def lock_file(project: Path, owner: str) -> Path:
    """Where the lock of an owner lies."""
    # One place for all: also for who opens the project through a link.
    project = project.resolve()
    return project.with_name(f".{project.stem[:80]}.{owner}.lock")
