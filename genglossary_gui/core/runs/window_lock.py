"""One window at a time may change a project: an OS lock beside its file that dies with the process.

Only windows take it: commands and runs write in transactions of their own and do not need it.  Where locks do
not work (some network folders) every window may write, as if it were alone.
"""

from __future__ import annotations

import getpass
import json
import logging
import os
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from genglossary_gui.core import times
from genglossary_gui.core.runs import ownership
from genglossary_gui.core.store.connection import is_protected

logger = logging.getLogger(__name__)

_NAME = "window"
"""The owners of runs have fresh names; this one is the same for all, so that there can be only one."""
_TRIES, _PAUSE = 4, 0.02
"""Who sweeps the locks of dead owners holds each of them for a moment."""
_MOST_BYTES = 2_000
_LONGEST = 60


@dataclass(frozen=True)
class Holder:
    """Who has a project open; what is not known is empty or 0.  ``since`` is ISO 8601 in UTC."""

    host: str = ""
    user: str = ""
    process: int = 0
    since: str = ""


@dataclass(frozen=True)
class Obstacle:
    """Why a project can only be read: another window has it, or (``is_protected``) its file cannot be written."""

    is_protected: bool = False
    holder: Holder = Holder()


class WindowLock:
    """What a window holds as long as it may change ``project``.  Use it from one thread."""

    def __init__(self, project: Path) -> None:
        self._path = ownership.lock_file(project, _NAME)
        self._lock = FileLock(self._path, thread_local=False)

    def take(self) -> bool:
        """Whether the project is ours to change from now on, until ``release`` or the end of the process."""
        if not _acquire(self._lock):
            return False
        with suppress(OSError):
            _write(self._path, _myself())
        return True

    def release(self) -> None:
        """Let another window have it; leaves no file behind."""
        if self._lock.is_locked:
            ownership.remove(self._lock)


def obstacle(project: Path, lock: WindowLock) -> Obstacle | None:
    """Why a window may not change the project; None: ``lock`` has been taken for it."""
    if is_protected(project):
        return Obstacle(is_protected=True)
    return None if lock.take() else Obstacle(holder=holder(project))


def is_still_there(project: Path, found: Obstacle) -> bool:
    """Whether the obstacle that was ``found`` still stands.  May take a moment: not for the GUI thread."""
    try:
        return is_protected(project) if found.is_protected else not ownership.is_dead(project, _NAME)
    except OSError:
        # Its folder is out of reach at the moment.
        return True


def holder(project: Path) -> Holder:
    """What the window that has the project says of itself."""
    try:
        with ownership.lock_file(project, _NAME).open("rb") as file:
            file.seek(1)
            values = json.loads(file.read(_MOST_BYTES))
        return Holder(_text(values["host"]), _text(values["user"]), int(values["process"]), _text(values["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder()


def _acquire(lock: FileLock) -> bool:
    for _ in range(_TRIES):
        try:
            lock.acquire(timeout=_PAUSE, poll_interval=_PAUSE / 4)
        except Timeout:
            continue
        except (OSError, NotImplementedError) as error:
            # No locks in this folder: it is as if every window were the only one.
            logger.info("the project cannot be locked for this window: %s", type(error).__name__)
            return True
        if Path(lock.lock_file).exists():
            return True
        # Whoever swept the folder took the fresh file for that of a dead owner, and removed it.
        lock.release()
    return False


def _write(path: Path, found: Holder) -> None:
    # Not its first byte: on Windows that one is locked, and nobody could read it.
    with path.open("r+b") as file:
        file.seek(1)
        file.write(json.dumps(asdict(found)).encode())
        file.truncate()


def _myself() -> Holder:
    user = ""
    with suppress(OSError, KeyError, ImportError):
        user = getpass.getuser()
    return Holder(socket.gethostname()[:_LONGEST], user[:_LONGEST], os.getpid(), times.utc_now())


def _text(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""
