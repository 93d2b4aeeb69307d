"""Opens a project file, and the one way to write to it.

A connection belongs to the thread that opened it.  A project file may come from anywhere, so its
schema is checked before anything is believed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from genglossary_gui.core import times
from genglossary_gui.core.errors import ProjectBusy, ProjectError, ProjectOutdated
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store import schema

BUSY_TIMEOUT_MS = 5_000
_PATIENT_TIMEOUT_MS = 50
_CANNOT_WRITE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)


@dataclass(frozen=True)
class Patience:
    """How a connection waits for another writer: ``seconds`` at most, while ``checkpoint`` raises nothing."""

    seconds: float
    checkpoint: Callable[[], None] = lambda: None


class ProjectConnection(sqlite3.Connection):
    """A connection that may have a patience of its own instead of SQLite's deaf waiting."""

    patience: Patience | None = None
    reads: Path | None = None
    """The project that this connection can only read."""

    def close(self) -> None:
        super().close()
        path, self.reads = self.reads, None
        if path is not None:
            _tidy(path)


def create(path: Path) -> ProjectConnection:
    """Make a new project file and open it.  Raises ``ProjectError`` when something is there or nothing can be made."""
    with _readable_errors(path), ExitStack() as undo:
        if path.exists():
            raise ProjectError(
                _("“{name}” exists already.").format(name=path.name),
                hint=_("Choose another name, or open the existing project."),
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("xb").close()  # fails if somebody was quicker
        undo.callback(path.unlink, missing_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, factory=ProjectConnection)
        undo.callback(connection.close)
        schema.initialise(connection)
        _configure(connection, BUSY_TIMEOUT_MS)
        undo.pop_all()
        return connection


def connect(
    path: Path,
    *,
    busy_timeout_ms: int = BUSY_TIMEOUT_MS,
    patience: Patience | None = None,
    read_only: bool = False,
) -> ProjectConnection:
    """Open an existing project file for the calling thread; close it with ``close()``.

    A file of an older version is brought up to date, after a copy of it was left beside it; with ``read_only`` it
    raises ``ProjectOutdated`` instead, and nothing is written whatever happens.
    With ``patience`` a transaction waits so for its turn, instead of ``busy_timeout_ms``.

    Raises ``ProjectError`` with a readable sentence when the file is missing, not a project, damaged or
    newer than this program, and ``ProjectBusy`` when it stays locked.  Never creates or overwrites a file.
    """
    with _readable_errors(path), ExitStack() as undo:
        if not path.is_file():
            raise ProjectError(
                _("The project file “{name}” is not there.").format(name=path.name),
                hint=_("Was it moved or deleted?"),
            )
        open_it = _open_to_read if read_only else _open
        connection = open_it(path, busy_timeout_ms)
        undo.callback(connection.close)
        schema.check(connection, path.name)
        if schema.is_older(connection):
            _bring_up_to_date(connection, path, read_only=read_only)
        _configure(connection, _PATIENT_TIMEOUT_MS if patience else busy_timeout_ms, read_only=read_only)
        connection.patience = patience
        undo.pop_all()
        return connection


def connect_to_read(path: Path, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> ProjectConnection:
    """Like ``connect`` with ``read_only``, but a file of an older version is brought up to date first."""
    try:
        return connect(path, busy_timeout_ms=busy_timeout_ms, read_only=True)
    except ProjectOutdated:
        connect(path, busy_timeout_ms=busy_timeout_ms).close()
        return connect(path, busy_timeout_ms=busy_timeout_ms, read_only=True)


def is_protected(path: Path) -> bool:
    """Whether the file is there but cannot be written: by its permissions, those of its folder, or the medium."""
    if not path.is_file():
        return False
    try:
        with closing(_open(path, _PATIENT_TIMEOUT_MS)) as connection:
            # Not os.access: only the database knows what it needs.  This takes the lock of a writer and writes nothing;
            # BEGIN IMMEDIATE would be content to read.
            connection.execute("UPDATE project SET value = value WHERE 0")
    except sqlite3.DatabaseError as error:
        return _primary_code(error) in _CANNOT_WRITE
    return False


def _open(path: Path, busy_timeout_ms: int, how: str = "mode=rw") -> ProjectConnection:
    address = f"file:{quote(str(path.absolute()))}?{how}"
    seconds = busy_timeout_ms / 1_000
    return sqlite3.connect(address, timeout=seconds, uri=True, isolation_level=None, factory=ProjectConnection)


def _open_to_read(path: Path, busy_timeout_ms: int) -> ProjectConnection:
    connection = _open(path, busy_timeout_ms, "mode=ro")
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError as error:
        connection.close()
        wal = _wal(path)
        # Where no file can be made beside the project, all of it must be in the one file.
        if _primary_code(error) not in _CANNOT_WRITE or (wal.exists() and wal.stat().st_size):
            raise
        return _open(path, busy_timeout_ms, "mode=ro&immutable=1")
    except BaseException:
        connection.close()
        raise
    connection.reads = path
    return connection


def _tidy(path: Path) -> None:
    """Remove SQLite's helper files beside a project, which stay if the last connection was read-only.

    Nothing happens while they contain changes, or while somebody else has the project open.
    """
    wal = _wal(path)
    with suppress(OSError, sqlite3.Error):
        if path.is_file() and wal.exists() and not wal.stat().st_size:
            with closing(_open(path, 0)) as connection:
                connection.execute("PRAGMA schema_version")


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


@contextmanager
def transaction(connection: sqlite3.Connection, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
    """All or nothing: ``BEGIN IMMEDIATE`` … ``COMMIT``, or rollback on any exception.

    ``durable`` waits until the data is on the disk (publishing, statuses); otherwise a power failure may
    take the last moments, never the consistency.  Inside another transaction it joins that one.
    """
    if connection.in_transaction:
        yield connection
        return
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    _begin(connection)
    try:
        yield connection
        connection.commit()
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def _begin(connection: sqlite3.Connection) -> None:
    patience: Patience | None = getattr(connection, "patience", None)
    since = times.monotonic()
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if patience is None or not is_busy(error) or times.monotonic() - since > patience.seconds:
                raise
        patience.checkpoint()


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    if read_only:
        raise ProjectOutdated(
            _("“{name}” was made by an older version of GenGlossary.").format(name=path.name),
            hint=_("Open it once where it can be written, then it is brought up to date."),
        )
    copy = _free_name(path)
    try:
        with closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
        schema.migrate(connection)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def _free_name(path: Path) -> Path:
    """Where the copy of an older file goes: “world (backup).genglossary”, or the next number."""
    names = (path.with_stem(f"{path.stem} (backup{number})") for number in ("", *(f" {n}" for n in range(2, 10_000))))
    return next(name for name in names if not name.exists())


def is_busy(error: BaseException) -> bool:
    """Whether the error only says that somebody else holds the lock."""
    return isinstance(error, sqlite3.OperationalError) and _primary_code(error) in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    )


def _primary_code(error: BaseException) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _configure(connection: sqlite3.Connection, busy_timeout_ms: int, *, read_only: bool = False) -> None:
    connection.execute(f"PRAGMA busy_timeout = {int(busy_timeout_ms)}")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        # The -wal file shrinks again after a large run.
        connection.execute("PRAGMA journal_size_limit = 16777216")


@contextmanager
def _readable_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if is_busy(error):
            raise ProjectBusy(
                _("The project “{name}” is busy.").format(name=path.name),
                hint=_("Another program is writing to it. Try again in a moment."),
            ) from error
        if isinstance(error, sqlite3.OperationalError):
            raise ProjectError(
                _("The project file “{name}” cannot be opened for writing.").format(name=path.name),
                hint=_("Check the permissions of the file and of its folder, and the free space on the disk."),
            ) from error
        raise ProjectError(
            _("“{name}” is not a GenGlossary project, or it is damaged.").format(name=path.name),
            hint=_("The file was left untouched. Choose a file that ends in .genglossary."),
        ) from error
    except OSError as error:
        raise ProjectError(
            _("The project file “{name}” cannot be used: {reason}.").format(
                name=path.name, reason=error.strerror or type(error).__name__
            ),
            hint=_("Check the permissions of the file and of its folder."),
        ) from error
