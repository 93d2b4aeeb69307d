"""Writes the published glossary of a project into a file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange.exported import read_glossary
from genglossary_gui.core.exchange.formats import choose_format
from genglossary_gui.core.exchange.writing import write_whole
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.connection import connect


def export_project(
    project: Path,
    target: Path,
    *,
    format: str | None = None,
    approved_only: bool = False,
    with_sources: bool = True,
    everything: bool | None = None,
) -> int:
    """Write the glossary to ``target`` as a whole and return how many entries it holds.

    The format follows the suffix unless given.  ``everything``: also the candidates that are not suggested;
    ``None`` leaves that to the format (JSON holds all, documents for people the suggested list).  Any
    thread may call this.  Raises ``UsageError`` (format), ``ProjectError`` and ``ExportError``.
    """
    chosen = choose_format(target, format)
    if target.exists() and project.exists() and target.samefile(project):
        raise ExportError(
            _("The glossary cannot be written over its own project."),
            hint=_("Choose another name for the export."),
        )
    with closing(connect(project, read_only=True)) as connection:
        glossary = read_glossary(
            connection,
            everything=chosen.everything if everything is None else everything,
            approved_only=approved_only,
            with_sources=with_sources,
        )
    write_whole(target, chosen.render(glossary))
    return len(glossary.entries)
