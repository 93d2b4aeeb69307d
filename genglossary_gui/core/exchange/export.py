"""Writes the published glossary of a project into a file, and shows beforehand what will stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange.columns import chosen
from genglossary_gui.core.exchange.exported import ExportedGlossary, read_glossary
from genglossary_gui.core.exchange.formats import FORMATS, Format, choose_format
from genglossary_gui.core.exchange.writing import unwritable, write_whole
from genglossary_gui.core.i18n import _
from genglossary_gui.core.own_glossary import is_own_glossary
from genglossary_gui.core.store.connection import connect_to_read
from genglossary_gui.core.store.documents import is_document
from genglossary_gui.core.store.projects import source_ids
from genglossary_gui.core.text import safe_name

_PREVIEW_CHARACTERS = 6_000
_AS_LINES = ("html", "xlsx", "docx")
"""What would show its technique, not its words."""


def export_project(
    project: Path,
    target: Path,
    *,
    format: str | None = None,
    approved_only: bool = False,
    with_sources: bool = True,
    everything: bool | None = None,
    columns: Sequence[str] = (),
) -> int:
    """Write the glossary to ``target`` as a whole and return how many entries it holds.

    The format follows the suffix unless given.  ``everything``: also the candidates that are not suggested;
    ``None`` leaves that to the format (JSON holds all, documents for people the suggested list).
    ``columns``: names of ``COLUMNS``; empty means those that are usual for the format.  Any
    thread may call this.  Raises ``UsageError`` (format), ``ProjectError`` and ``ExportError``.
    """
    chosen_format = choose_format(target, format)
    refuse_project(target, project)
    _refuse_document(target, project)
    glossary = _read(project, chosen_format, approved_only, with_sources, everything)
    write_whole(target, chosen_format.render(glossary, columns or chosen_format.columns))
    return len(glossary.entries)


def refuse_project(target: Path, project: Path) -> None:
    """Raises ``ExportError`` when ``target`` is the project file, or can be no file."""
    try:
        both_exist = target.exists() and project.exists()
        is_project = target.samefile(project) if both_exist else target.resolve() == project.resolve()
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise unwritable(target, error) from error
    if is_project:
        raise ExportError(
            _("The glossary cannot be written over its own project."),
            hint=_("Choose another name for the export."),
        )


def is_replaceable(target: Path) -> bool:
    """Whether nothing is lost among the documents when ``target`` is written: it is new, or a glossary of ours."""
    try:
        return not target.exists() or is_own_glossary(target.read_bytes())
    except OSError:
        return False


def document_in_the_way(target: Path) -> ExportError:
    """What to raise when the export would replace a document."""
    return ExportError(
        _("“{name}” is one of the source documents; the glossary would replace it.").format(name=target.name),
        hint=_("Choose another name for the export."),
    )


def _refuse_document(target: Path, project: Path) -> None:
    if is_replaceable(target):
        return
    with closing(connect_to_read(project)) as connection:
        folders = source_ids(connection)
        place = target.resolve()
        for source_id, folder in folders.items():
            if place == folder or (
                place.is_relative_to(folder)
                and is_document(connection, source_id, safe_name(place.relative_to(folder).as_posix()))
            ):
                raise document_in_the_way(target)


def preview(
    project: Path,
    format: str,
    *,
    approved_only: bool = False,
    with_sources: bool = True,
    everything: bool | None = None,
    columns: Sequence[str] = (),
    first: int = 5,
) -> tuple[str, int]:
    """``(text, entries)``: how the first entries will look, and how many there will be.

    Formats that are not read as text are shown as lines, one for each column.  Raises as ``export_project`` does.
    """
    wanted = FORMATS[format]
    some = _read(project, wanted, approved_only, with_sources, everything, first)
    if not some.entries:
        return "", 0
    names = columns or wanted.columns
    shown = _as_lines(some, names) if wanted.name in _AS_LINES else wanted.render(some, names).decode("utf-8-sig")
    return shown[:_PREVIEW_CHARACTERS].replace("\r\n", "\n"), some.total


def _read(
    project: Path,
    format: Format,
    approved_only: bool,
    with_sources: bool,
    everything: bool | None,
    first: int | None = None,
) -> ExportedGlossary:
    with closing(connect_to_read(project)) as connection:
        return read_glossary(
            connection,
            everything=format.everything if everything is None else everything,
            approved_only=approved_only,
            with_sources=with_sources,
            first=first,
        )


def _as_lines(glossary: ExportedGlossary, names: Sequence[str]) -> str:
    columns = chosen(names)
    return "\n\n".join(
        "\n".join(f"{column.title}: {shown}" for column in columns if (shown := column.shown(entry)))
        for entry in glossary.entries
    )
