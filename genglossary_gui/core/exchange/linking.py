"""Copies of the project's Markdown and HTML documents with links to its glossary; the documents stay as they are."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange import as_html
from genglossary_gui.core.exchange.exported import ExportedGlossary, read_glossary
from genglossary_gui.core.exchange.link_html import linked_html
from genglossary_gui.core.exchange.link_markdown import linked_markdown
from genglossary_gui.core.exchange.link_places import Names, Place, Target
from genglossary_gui.core.exchange.writing import write_whole
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store import documents, projects
from genglossary_gui.core.store.connection import connect_to_read

_WRITERS = {"md": linked_markdown, "html": linked_html}
_MOST_BYTES = 64 << 20
_AROUND = 60


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link as it will stand in a copy: the line (from 1) with what stands before and after the words."""

    line: int
    before: str
    words: str
    after: str
    term: str


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A document and its new links.  ``path``: of the copy below the target folder; ``problem``: why there is none."""

    path: str
    links: tuple[NewLink, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    path: str
    file: Path
    format: str
    encoding: str


@dataclass(frozen=True, slots=True)
class _Linked:
    text: str
    places: list[Place]
    original: str
    line_end: str


def preview_links(project: Path) -> tuple[LinkedDocument, ...]:
    """What the copies would have in them; nothing is written.  Any thread may call this.  Raises ``ProjectError``."""
    glossary, sources, _roots = _read_project(project)
    names = _Linker(glossary, "glossary.html")
    return tuple(_shown(source, names) for source in sources)


def write_linked_copies(project: Path, target: Path, *, replace_files: bool = False) -> tuple[LinkedDocument, ...]:
    """Write the copies and, for the links to lead to, the glossary as ``glossary.html`` into the folder ``target``.

    The folder is made if need be; it must lie apart from the folders of the project.  Without ``replace_files`` files
    that are there already are an error.  Any thread may call this.  Raises ``ProjectError`` and ``ExportError``.
    """
    glossary, sources, roots = _read_project(project)
    target = check_target_folder(target, roots, project)
    page = _free_name({source.path for source in sources})
    linker = _Linker(glossary, page)
    if not linker.glossary.entries:
        raise ExportError(_("No entry has a definition that a link could lead to."))
    wanted = [target / page, *(target / source.path for source in sources)]
    existing = [path for path in wanted if os.path.lexists(path)]
    if existing and not replace_files:
        raise ExportError(
            _("There is a file “{name}” in that folder already.").format(name=existing[0].relative_to(target)),
            hint=_("Choose an empty folder, or allow to replace files."),
        )
    for path in wanted:
        _make_folder(target, path.parent)
    write_whole(target / page, as_html.render(linker.glossary))
    return tuple(_write(source, linker, target) for source in sources)


def check_target_folder(target: Path, roots: Sequence[Path], project: Path) -> Path:
    """The folder without symbolic links.  Raises ``ExportError`` if it holds, or lies in, what must stay as it is."""
    try:
        found = target.expanduser().resolve()
        if found.exists() and not found.is_dir():
            raise ExportError(_("“{name}” is no folder.").format(name=target.name))
    except (OSError, RuntimeError, ValueError) as error:
        raise ExportError(_("“{name}” cannot be used as a folder.").format(name=target.name)) from error
    for root in roots:
        folder = root if root.is_dir() else root.parent
        if found == folder or found.is_relative_to(root) or root.is_relative_to(found):
            raise ExportError(
                _("The copies must not lie with the documents themselves."),
                hint=_("Choose a folder apart from the folders of the project."),
            )
    if project.resolve().parent == found:
        raise ExportError(
            _("The copies must not lie with the project file."), hint=_("Choose a folder of its own for them.")
        )
    return found


class _Linker:
    """The names of all entries that have a definition, and the text of a document with links to them."""

    def __init__(self, glossary: ExportedGlossary, page: str) -> None:
        defined = tuple(entry for entry in glossary.entries if entry.definition)
        self.glossary = replace(glossary, entries=defined)
        self._page = page
        self._anchors = as_html.anchors(self.glossary)
        self._by_depth: dict[int, Names] = {}

    def linked(self, source: _Source) -> _Linked:
        """Raises ``OSError``, and ``ValueError`` for a text that is not in its encoding any more."""
        with source.file.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise ValueError
        original = data.decode(source.encoding or "utf-8")
        line_end = "\r\n" if "\r\n" in original else "\n"
        plain = original.replace("\r\n", "\n")
        text, places = _WRITERS[source.format](plain, self._names(source.path))
        return _Linked(text, places, plain, line_end)

    def _names(self, path: str) -> Names:
        depth = path.count("/")
        if depth not in self._by_depth:
            page = f"{'../' * depth}{quote(self._page)}"
            self._by_depth[depth] = Names(
                [
                    Target(
                        entry.term,
                        f"{page}#term-{quote(anchor)}",
                        tuple(filter(_is_name, (entry.term, *entry.aliases))),
                    )
                    for entry, anchor in self._anchors
                ]
            )
        return self._by_depth[depth]


def _is_name(name: str) -> bool:
    """Single letters stand everywhere; a single kanji is a word."""
    return len(name) > 1 or not name.isascii()


def _read_project(project: Path) -> tuple[ExportedGlossary, list[_Source], list[Path]]:
    with closing(connect_to_read(project)) as connection:
        glossary = read_glossary(connection, everything=False, approved_only=False, with_sources=False)
        roots = projects.source_ids(connection)
        return glossary, list(_sources(connection, roots)), [root.resolve() for root in roots.values()]


def _sources(connection: sqlite3.Connection, roots: dict[int, Path]) -> Iterator[_Source]:
    """The documents that can have links; with several folders their names come first."""
    prefixes = _prefixes(roots)
    for row in documents.all_documents(connection):
        # What a project file says of paths is only believed where it stays below its folder.
        parts = PurePosixPath(row.path).parts
        if row.format not in _WRITERS or row.state != "ready" or not parts or parts[0] == "/" or ".." in parts:
            continue
        root = roots[row.source_id]
        file = root if root.is_file() else root / row.path
        yield _Source(f"{prefixes[row.source_id]}{row.path}", file, row.format, row.encoding)


def _prefixes(roots: dict[int, Path]) -> dict[int, str]:
    if len(roots) == 1:
        return dict.fromkeys(roots, "")
    prefixes: dict[int, str] = {}
    taken: set[str] = set()
    for source_id, root in roots.items():
        name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "-", root.name) or "-"
        while name.casefold() in taken:
            name += "-2"
        taken.add(name.casefold())
        prefixes[source_id] = f"{name}/"
    return prefixes


def _free_name(taken: set[str]) -> str:
    lower = {path.casefold() for path in taken}
    names = ("glossary.html", *(f"glossary-{number}.html" for number in range(2, 10_000)))
    return next(name for name in names if name not in lower)


def _shown(source: _Source, linker: _Linker) -> LinkedDocument:
    try:
        linked = linker.linked(source)
    except (OSError, ValueError, LookupError):
        return LinkedDocument(source.path, problem=_("The document cannot be read any more."))
    return LinkedDocument(source.path, tuple(_new_link(linked.original, place) for place in linked.places))


def _write(source: _Source, linker: _Linker, target: Path) -> LinkedDocument:
    try:
        linked = linker.linked(source)
        data = linked.text.replace("\n", linked.line_end).encode(source.encoding or "utf-8")
    except (OSError, ValueError, LookupError):
        return LinkedDocument(source.path, problem=_("The document cannot be read any more."))
    write_whole(target / source.path, data)
    return LinkedDocument(source.path, tuple(_new_link(linked.original, place) for place in linked.places))


def _new_link(text: str, place: Place) -> NewLink:
    start = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    before = text[start : place.start]
    after = text[place.end : end if end >= 0 else len(text)]
    return NewLink(
        line=text.count("\n", 0, place.start) + 1,
        before=f"…{before[-_AROUND:]}" if len(before) > _AROUND else before,
        words=text[place.start : place.end],
        after=f"{after[:_AROUND]}…" if len(after) > _AROUND else after,
        term=place.target.term,
    )


def _make_folder(target: Path, folder: Path) -> None:
    """Make the folder below the target; no link on the way is followed.  Raises ``ExportError``."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        place = target
        for part in folder.relative_to(target).parts:
            place /= part
            if place.is_symlink() or (place.exists() and not place.is_dir()):
                raise ExportError(_("“{name}” is in the way of a folder.").format(name=place.relative_to(target)))
            place.mkdir(exist_ok=True)
    except OSError as error:
        raise ExportError(
            _("The folder for the copies cannot be made: {reason}.").format(reason=error.strerror or ""),
            hint=_("Choose another place, or check the permissions and the free space there."),
        ) from error
