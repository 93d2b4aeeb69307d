"""Documents that are zip archives of XML: read within limits, because both can be made to explode.

Only the members a reader asks for are unpacked, and nothing inside of an archive is ever unpacked again.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Protocol
from urllib.parse import unquote
from xml.parsers import expat

from genglossary_gui.core.documents.reasons import Reason, Rejected

_MOST_MEMBERS = 20_000
_MOST_BYTES = 128 << 20
_SMALL, _MOST_RATIO = 4 << 20, 200
"""A member of more than so many bytes that unpacks to more than so many times its size is no document."""
_MOST_DEPTH = 2_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What the formats permit; the other methods are not unpacked bit by bit."""
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, LookupError,
)  # fmt: skip

Attributes = Mapping[str, str]
"""``"namespace name"`` or ``"name"`` → value."""


class Archive:
    """The members of a zip archive by name; what is unpacked of it in all is bounded.

    Raises ``Rejected``, also from ``read``: broken, encrypted, or made to unpack to far too much.
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE):
            # Office puts an encrypted document into the container of its old formats.
            raise Rejected(Reason.ENCRYPTED if _OLE_ENCRYPTED in data else Reason.UNSUPPORTED)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE:
            raise Rejected(Reason.BROKEN) from None
        if len(self._zip.filelist) > _MOST_MEMBERS:
            raise Rejected(Reason.UNSAFE)
        self._members = {info.filename: info for info in self._zip.filelist}
        self._left = _MOST_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of that member, unpacked."""
        info = self._members.get(name)
        if info is None:
            raise Rejected(Reason.BROKEN)
        if info.flag_bits & _IS_ENCRYPTED:
            raise Rejected(Reason.ENCRYPTED)
        if info.compress_type not in _METHODS:
            raise Rejected(Reason.BROKEN)
        # The sizes in the archive may lie: the limit is kept while unpacking.
        limit = min(self._left, max(_SMALL, info.compress_size * _MOST_RATIO))
        try:
            with self._zip.open(info) as member:
                data = member.read(limit + 1)
        except _UNREADABLE:
            raise Rejected(Reason.BROKEN) from None
        if len(data) > limit:
            raise Rejected(Reason.UNSAFE)
        self._left -= len(data)
        return data

    def read_if_there(self, name: str) -> bytes:
        """As ``read``; nothing when there is no such member."""
        return self.read(name) if name in self else b""


def member(base: str, target: str) -> str:
    """The name of the member that ``target``, written in the member ``base``, stands for."""
    target = unquote(target.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), target)).lstrip("/")


class Handler(Protocol):
    """What ``parse`` tells; names of elements come without their namespace."""

    def start(self, name: str, attributes: Attributes) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


def parse(data: bytes, handler: Handler) -> None:
    """Walk through XML.  Raises ``Rejected``: broken, or it declares entities or nests without end."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise Rejected(Reason.UNSAFE)
        handler.start(name.rpartition(" ")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name.rpartition(" ")[2])

    def refuse(*_declaration: object) -> None:
        raise Rejected(Reason.UNSAFE)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):  # the last two: an encoding nobody knows
        raise Rejected(Reason.BROKEN) from None


def value(attributes: Attributes, name: str) -> str:
    """The attribute of that name in whatever namespace; empty when there is none."""
    return attributes.get(name) or next((v for key, v in attributes.items() if key.endswith(f" {name}")), "")


class _Collector:
    def __init__(self, names: tuple[str, ...], found: Callable[[str, Attributes], None]) -> None:
        self._names = names
        self._found = found

    def start(self, name: str, attributes: Attributes) -> None:
        if name in self._names:
            self._found(name, attributes)

    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


def elements(data: bytes, *names: str) -> list[tuple[str, Attributes]]:
    """``(name, attributes)`` of the elements of those names, in order; none in empty ``data``."""
    found: list[tuple[str, Attributes]] = []
    if data:
        parse(data, _Collector(names, lambda name, attributes: found.append((name, attributes))))
    return found
