"""What every test must leave behind as it was: folders of the person, threads, files, the log.

The mechanics behind the fixtures in conftest.py. Native threads and open files are read from `/proc`; on
systems without it those two checks find nothing, and the others still hold.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import process
from contextlib import contextmanager
from pathlib import Path

import platformdirs
import pytest

from genglossary_gui.core import i18n, paths

SETTLE_SECONDS = 30.0
WATCHED_LOGGERS = ("genglossary_gui", "asyncio", "qasync")

# Threads that libraries keep for the life of the process, by the name of the Python thread ...
_LASTING = ("QueueFeederThread", "pytest_timeout", "tqdm")
# ... and by the name of the system's thread: Qt's pool and D-Bus, GLib's loop, the writer of Qt's log.
_LASTING_NATIVE = ("Thread (pooled)", "QDBusConnection", "gmain", "gdbus", "pool-", "QXcbEventQueue")

_OUR_FOLDERS = (
    platformdirs.user_config_path(paths.APP_NAME, appauthor=False),
    platformdirs.user_data_path(paths.APP_NAME, appauthor=False),
    platformdirs.user_cache_path(paths.APP_NAME, appauthor=False),
    platformdirs.user_log_path(paths.APP_NAME, appauthor=False),
    platformdirs.user_documents_path() / paths.APP_NAME,
)
"""The folders of the person who runs the tests, found out before anything is redirected."""


@contextmanager
def home_at(folder: Path) -> Iterator[None]:
    """Move every personal folder into `folder`, for this process and its children."""
    places = {
        "GENGLOSSARY_HOME": folder / "genglossary",
        "HOME": folder,
        "USERPROFILE": folder,
        "APPDATA": folder / "AppData" / "Roaming",
        "LOCALAPPDATA": folder / "AppData" / "Local",
        "XDG_CONFIG_HOME": folder / ".config",
        "XDG_DATA_HOME": folder / ".local" / "share",
        "XDG_STATE_HOME": folder / ".local" / "state",
        "XDG_CACHE_HOME": folder / ".cache",
        "XDG_DOCUMENTS_DIR": folder / "Documents",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, place in places.items():
            patch.setenv(name, str(place))
        outside = [place for place in _app_folders() if folder not in place.parents]
        assert not outside, f"the app would use {outside}"
        yield


def _app_folders() -> list[Path]:
    folders = (paths.config_folder, paths.data_folder, paths.log_folder)
    return [folder() for folder in folders] + [paths.projects_folder()]


@contextmanager
def real_folders_untouched() -> Iterator[None]:
    """Fail if one of the person's own folders of this app came into being.

    A person who uses the app has them already, and may be using it now: then this says nothing.
    """
    absent = [folder for folder in _OUR_FOLDERS if not folder.exists()]
    yield
    made = [folder for folder in absent if folder.exists()]
    assert not made, f"the test wrote to the real folders of the person: {made}"


@contextmanager
def threads_ended() -> Iterator[None]:
    """Fail if a thread that was started inside still runs a few seconds after the end."""
    before = set(threading.enumerate())
    native_before = set(_native_threads())
    yield
    deadline = time.monotonic() + SETTLE_SECONDS
    started = [thread for thread in threading.enumerate() if thread not in before]
    # A dummy stands for a thread that Python did not start, such as a QThread, and never ends.
    own = [thread for thread in started if not isinstance(thread, threading._DummyThread)]
    lasting = [thread for thread in own if _lasts(thread)]
    left = [thread for thread in own if thread not in lasting]
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    alive = [thread.name for thread in left if thread.is_alive()]
    assert not alive, f"threads still running: {alive}"
    known = native_before | {thread.native_id for thread in lasting}
    while (native := _unknown(known)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not native, f"native threads still running: {native}"


def _lasts(thread: threading.Thread) -> bool:
    name = f"{type(thread).__name__} {thread.name} {type(thread).__module__}"
    return isinstance(thread, process._ExecutorManagerThread) or any(word in name for word in _LASTING)


def _unknown(known: set[int | None]) -> list[str]:
    return [
        name
        for number, name in _native_threads().items()
        if number not in known and not name.startswith(_LASTING_NATIVE)
    ]


def _native_threads() -> dict[int, str]:
    """System thread number -> name, of this process; the name of a QThread is that of its class or object."""
    threads: dict[int, str] = {}
    for task in Path("/proc/self/task").glob("*"):
        try:
            threads[int(task.name)] = (task / "comm").read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            continue  # it ended meanwhile
    return threads


@contextmanager
def projects_closed() -> Iterator[None]:
    """Fail if a project file (or its journal) that was opened inside is still open."""
    before = _open_projects()
    yield
    left = {place for descriptor, place in _open_projects().items() if descriptor not in before}
    assert not left, f"still open: {sorted(left)}"


def _open_projects() -> dict[str, str]:
    projects: dict[str, str] = {}
    for descriptor in Path("/proc/self/fd").glob("*"):
        try:
            target = descriptor.readlink().name
        except OSError:
            continue  # the descriptor of the listing itself
        if ".genglossary" in target:
            projects[descriptor.name] = target
    return projects


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def no_unexpected_logs(expected: tuple[str, ...]) -> Iterator[None]:
    """Fail on warnings and errors logged inside whose message holds none of the `expected` texts."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in WATCHED_LOGGERS]
    for logger in loggers:
        logger.addHandler(collector)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(collector)
    lines = [f"{record.name}: {record.getMessage()}" for record in collector.records]
    unexpected = [line for line in lines if not any(text in line for text in expected)]
    assert not unexpected, f"unexpected in the log: {unexpected}"


@contextmanager
def english() -> Iterator[None]:
    """Whatever language the test switches to, the next one starts in English."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")
