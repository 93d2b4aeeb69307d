"""Finds the documents of a project: walks its sources in a fixed order and says what it leaves out, and why.

No symbolic link is followed below a source, so no walk leaves its folder or turns in circles.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, Self

from genglossary_gui.core.documents.reasons import Reason, reason_of
from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.text import safe_name

DEFAULT_EXCLUSIONS: tuple[str, ...] = (
    ".*", ".git", ".hg", ".svn", ".venv", ".env*",
    "node_modules", "__pycache__", "venv",
    "*.pem", "*.key", "*.p12", "*.pfx", "*.kdbx", "id_rsa*", "id_dsa*", "id_ecdsa*", "id_ed25519*",
    "*~", "#*#", "~$*", "*.swp", "*.bak", "*.tmp", "*.part", "*.pyc",
    "*.lock", "package-lock.json", "Thumbs.db", "desktop.ini",
    "*.genglossary*",
)  # fmt: skip
"""Patterns of names (``*``, ``?``, ``[…]``, in any case) of what is left out: ``.*`` are the hidden files.

A pattern with a slash is compared with the whole path below the source.
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A folder or a file that a person gave: absolute, without symbolic links."""

    path: Path

    @classmethod
    def of(cls, path: Path) -> Self:
        """The source at ``path``.  Raises ``UsageError`` when there is nothing."""
        try:
            return cls(path.resolve(strict=True))
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
            raise _missing(path) from error


@dataclass(frozen=True, slots=True)
class Found:
    """A document: a regular file.  ``name`` is its path below the source, fit to be stored and shown."""

    source: Source
    name: str
    path: Path
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a folder with all that is in it, that is not read.

    ``name`` as in ``Found``; empty: the source itself.
    """

    source: Source
    name: str
    reason: Reason
    size: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to the documents between two scans; names in order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: tuple[str, ...]


def diff(previous: Mapping[str, str], current: Mapping[str, str]) -> Changes:
    """Compare two scans, each a mapping of names to the SHA-256 of the contents."""
    both = sorted(previous.keys() & current.keys())
    return Changes(
        added=tuple(sorted(current.keys() - previous.keys())),
        changed=tuple(name for name in both if previous[name] != current[name]),
        deleted=tuple(sorted(previous.keys() - current.keys())),
        unchanged=tuple(name for name in both if previous[name] == current[name]),
    )


def scan(
    sources: Sequence[Source],
    *,
    max_bytes: int,
    exclusions: Iterable[str] = DEFAULT_EXCLUSIONS,
    look: Callable[[], None] = lambda: None,
) -> Iterator[Found | Skipped]:
    """Yield what is in ``sources``, source by source in the given order, below each one sorted by name.

    A file that several sources contain is yielded once, for the first of them.  A source that is itself a
    file is never excluded.  Raises ``UsageError`` at once when there is no source or one does not exist.
    ``look`` is called for each name, also while those of one large folder are collected; what it raises ends the walk.
    """
    if not sources:
        raise UsageError(_("There is nothing to read."), hint=_("Add a folder or a file to the project."))
    for source in sources:
        if not os.path.exists(source.path):  # noqa: PTH110 (Path.exists raises when access is denied)
            raise _missing(source.path)
    return _scan_all(sources, max_bytes, _matcher(exclusions), look)


def _missing(path: Path) -> UsageError:
    return UsageError(
        _("“{name}” does not exist or cannot be reached.").format(name=safe_name(path.name)),
        hint=_("Is the drive connected? Check the folders of the project."),
    )


def _matcher(exclusions: Iterable[str]) -> re.Pattern[str]:
    """Matches ``name`` and ``/path`` of what is excluded."""
    trimmed = filter(None, (pattern.strip("/") for pattern in exclusions))
    patterns = (f"/{pattern}" if "/" in pattern else pattern for pattern in trimmed)
    return re.compile("|".join(map(fnmatch.translate, patterns)) or r"(?!)", re.IGNORECASE)


def _scan_all(
    sources: Sequence[Source], max_bytes: int, excluded: re.Pattern[str], look: Callable[[], None]
) -> Iterator[Found | Skipped]:
    seen: set[Path] | None = set() if len(sources) > 1 else None
    for source in sources:
        if source.path.is_dir():
            items = _walk(source, max_bytes, excluded, look)
        else:
            items = iter((_judge(source, source.path, safe_name(source.path.name), max_bytes),))
        for item in items:
            if seen is not None and isinstance(item, Found):
                if item.path in seen:
                    continue
                seen.add(item.path)
            yield item


def _walk(
    source: Source, max_bytes: int, excluded: re.Pattern[str], look: Callable[[], None]
) -> Iterator[Found | Skipped]:
    """Depth first, with a list instead of recursion: folders may be nested deeper than Python's stack."""
    waiting = [_Place("", source.path, True)]
    while waiting:
        name, path, is_folder = waiting.pop()
        if name and (excluded.match(name.rpartition("/")[2]) or excluded.match(f"/{name}")):
            yield Skipped(source, name, Reason.EXCLUDED)
        elif _is_link(path):
            yield Skipped(source, name, _link_reason(path, source.path))
        elif not is_folder:
            yield _judge(source, path, name, max_bytes)
        else:
            try:
                children = _children(path, name, look)
            except OSError as error:
                yield Skipped(source, name, reason_of(error))
            else:
                first_of = {child.name: child for child in reversed(children)}
                waiting.extend(child for child in reversed(children) if first_of[child.name] is child)
                for child in children:
                    if first_of[child.name] is not child:
                        yield Skipped(source, child.name, Reason.SAME_NAME)


class _Place(NamedTuple):
    name: str
    path: Path
    is_folder: bool

    @property
    def order(self) -> tuple[str, bytes]:
        return (f"{self.name}/" if self.is_folder else self.name), os.fsencode(self.path.name)


def _children(folder: Path, name: str, look: Callable[[], None]) -> list[_Place]:
    """What is in a folder, in the order of the whole paths: ``a-b`` before ``a/b``.  Raises ``OSError``."""
    prefix = f"{name}/" if name else ""
    places: list[tuple[tuple[str, bytes], _Place]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            look()
            place = _Place(prefix + safe_name(entry.name), folder / entry.name, entry.is_dir(follow_symlinks=False))
            places.append((place.order, place))
    places.sort(key=itemgetter(0))
    return [place for _order, place in places]


def _judge(source: Source, path: Path, name: str, max_bytes: int) -> Found | Skipped:
    try:
        status = path.lstat()
    except OSError as error:
        return Skipped(source, name, reason_of(error))
    if not stat.S_ISREG(status.st_mode):
        return Skipped(source, name, Reason.NOT_A_FILE)
    if status.st_size > max_bytes:
        return Skipped(source, name, Reason.TOO_LARGE, status.st_size)
    return Found(source, name, path, status.st_size)


def _is_link(path: Path) -> bool:
    # os.path answers False where pathlib raises: in a folder that may be listed but not entered.
    is_junction = getattr(os.path, "isjunction", None)  # Windows; Python 3.12
    return os.path.islink(path) or bool(is_junction and is_junction(path))  # noqa: PTH114


def _link_reason(path: Path, root: Path) -> Reason:
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        return Reason.LINK_BROKEN
    except PermissionError:
        return Reason.LINK_OUTSIDE
    except (OSError, RuntimeError):  # RuntimeError: before Python 3.13
        return Reason.LINK_LOOP
    return Reason.LINK_INSIDE if target.is_relative_to(root) else Reason.LINK_OUTSIDE
