"""Reads one document.  Made for worker processes: a plain function on picklable values that keeps nothing."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from genglossary_gui.core.documents.formats import format_of, read
from genglossary_gui.core.documents.reasons import Reason, Rejected, reason_of
from genglossary_gui.core.text import DocumentText

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document that was read.  ``encoding`` is empty for formats that have none of their own."""

    sha256: str
    size: int
    """In bytes."""
    format: str
    encoding: str
    document: DocumentText


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The content is the one that is known already; it was not parsed."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The document cannot be read.  ``detail`` is for the application's log: the kind of error, no path."""

    reason: Reason
    format: str
    size: int = 0
    detail: str = ""


def load(path: Path, *, max_bytes: int, encoding: str = "", known: str = "") -> Loaded | Unchanged | Unreadable:
    """Read the file at ``path``, of at most ``max_bytes``.

    ``encoding`` is what a person chose for it; empty: detect it.  ``known`` is the SHA-256 of the content
    whose text is stored already (give none when the encoding was changed).  Raises nothing for bad files or
    bad content.  A symbolic link is not followed, and only regular files are opened.
    """
    format = format_of(path.name)
    if format.reader is None:
        return Unreadable(Reason.UNSUPPORTED, format.name, _size_of(path))
    try:
        data = _bytes_of(path, max_bytes)
    except Rejected as error:
        return Unreadable(error.reason, format.name)
    except OSError as error:
        return Unreadable(reason_of(error), format.name, detail=type(error).__name__)
    digest = hashlib.sha256(data).hexdigest()
    if digest == known:
        return Unchanged(digest, len(data))
    try:
        document, used = read(format, data, encoding)
    except Rejected as error:
        return Unreadable(error.reason, format.name, len(data))
    except MemoryError:
        return Unreadable(Reason.TOO_BIG_TO_READ, format.name, len(data))
    except Exception as error:  # content is hostile: one document must never stop the others
        return Unreadable(Reason.BROKEN, format.name, len(data), type(error).__name__)
    return Loaded(digest, len(data), format.name, used, document)


def _size_of(path: Path) -> int:
    with suppress(OSError):
        return path.lstat().st_size
    return 0


def _bytes_of(path: Path, max_bytes: int) -> bytes:
    """The content.  Raises ``OSError`` or ``Rejected``."""
    # Without O_NONBLOCK opening a named pipe waits for somebody to write into it.
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # not every system has each of them
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Rejected(Reason.NOT_A_FILE)
        if status.st_size > max_bytes:
            raise Rejected(Reason.TOO_LARGE)
        data = bytearray()
        while chunk := os.read(descriptor, min(_CHUNK, max_bytes + 1 - len(data))):
            data += chunk
            if len(data) > max_bytes:  # it grows, or its size is not what it says
                raise Rejected(Reason.TOO_LARGE)
    finally:
        os.close(descriptor)
    return bytes(data)
