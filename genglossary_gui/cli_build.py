"""The commands that carry out a run: ``build`` and ``run``."""

from __future__ import annotations

import argparse
import shlex
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from genglossary_gui.cli_engine import engine_settings, has_engine_options
from genglossary_gui.cli_output import complain, print_json, run_object, say, say_written
from genglossary_gui.cli_progress import Interrupts, Progress
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.compute.choosing import cluster_workers
from genglossary_gui.core.documents.formats import format_of
from genglossary_gui.core.documents.scanning import DEFAULT_EXCLUSIONS, Found, Source, scan
from genglossary_gui.core.errors import ExportError, UsageError
from genglossary_gui.core.exchange.export import document_in_the_way, export_project, is_replaceable, refuse_project
from genglossary_gui.core.exchange.formats import choose_format
from genglossary_gui.core.exchange.writing import check_target
from genglossary_gui.core.glossary import Level, RunMode, RunStatus, Scope
from genglossary_gui.core.i18n import N_, _, listed, quoted
from genglossary_gui.core.runs.headless import run_to_end
from genglossary_gui.core.settings import AppSettings, is_dask_address
from genglossary_gui.core.store import logs, projects
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.runs import RunRow

_COUNTS = {
    "documents": N_("documents"),
    "unreadable": N_("unreadable"),
    "other_language": N_("in another language"),
    "terms": N_("terms"),
    "definitions": N_("definitions"),
    "issues": N_("issues"),
    "refined": N_("refined"),
    "required_missing": N_("required, in no document"),
    "required_undefined": N_("required, without definition"),
    "llm_defined": N_("defined by the model"),
    "fallback": N_("without the model"),
    "unsupported": N_("unsupported sentences"),
    "requests": N_("requests"),
    "tokens": N_("tokens"),
    "reused": N_("answers reused"),
}
_SHOWN_WARNINGS = 20


def build(arguments: argparse.Namespace, settings: AppSettings) -> int:
    """Documents → glossary in a file.  What cannot work is refused before any work is done."""
    target: Path = arguments.output
    chosen = choose_format(target, arguments.format)
    check_target(target)
    if arguments.project is not None:
        refuse_project(target, arguments.project)
    _check_sources(arguments.sources, target, settings)
    with _project(arguments, settings.exclusions) as (project, temporary):
        run = _carry_out(project, Scope.FULL, arguments, settings, temporary=temporary)
        status, result = _exit_status(run), {"run": run_object(run)}
        if run.status is RunStatus.COMPLETED:
            try:
                entries = export_project(project, target, format=chosen.name)
            except ExportError as error:
                complain(error.full_text)
                status, result = 1, {**result, "error": error.full_text}
            else:
                result["export"] = {"path": str(target), "format": chosen.name, "entries": entries}
                if not arguments.quiet:
                    say_written(entries, target)
    if arguments.json:
        print_json(result)
    return status


def run(arguments: argparse.Namespace, settings: AppSettings) -> int:
    """One run of an existing project."""
    goes_on = _goes_on(arguments)
    ended = _carry_out(arguments.project, Scope(arguments.scope or Scope.FULL), arguments, settings, goes_on=goes_on)
    if arguments.json:
        print_json({"run": run_object(ended)})
    return _exit_status(ended)


def _goes_on(arguments: argparse.Namespace) -> tuple[int, RunMode] | None:
    if arguments.resume is None and arguments.keep is None:
        return None
    if arguments.scope is not None:
        raise UsageError(_("A run that goes on with another has the scope of that one: leave out --scope."))
    if has_engine_options(arguments):
        raise UsageError(_("A run that goes on with another has the engine of that one: leave out --engine."))
    return (arguments.keep, RunMode.KEEP) if arguments.resume is None else (arguments.resume, RunMode.RESUME)


def _check_sources(sources: Sequence[Path], target: Path, settings: AppSettings) -> None:
    """Raises ``UsageError`` when there is nothing to read, or the target is one of the sources."""
    exclusions = settings.exclusions or DEFAULT_EXCLUSIONS
    found = scan(
        [Source.of(source) for source in sources], max_bytes=settings.max_document_mb << 20, exclusions=exclusions
    )
    in_the_way = None if is_replaceable(target) else target.resolve()
    is_readable = False
    for item in found:
        is_readable = is_readable or (isinstance(item, Found) and format_of(item.name).reader is not None)
        if isinstance(item, Found) and item.path == in_the_way:
            raise document_in_the_way(target)
        if is_readable and in_the_way is None:
            break
    if not is_readable:
        names = listed(quoted(str(source)) for source in sources)
        raise UsageError(_("There is no document that can be read in {names}.").format(names=names))


@contextmanager
def _project(arguments: argparse.Namespace, exclusions: Sequence[str]) -> Iterator[tuple[Path, Path | None]]:
    """The project to use, and the folder to remove if we must leave at once."""
    sources: Sequence[Path] = arguments.sources
    language = arguments.lang or "auto"
    if arguments.project is None:
        # An anti-virus program may still hold a file for a moment.
        with tempfile.TemporaryDirectory(prefix="genglossary-", ignore_cleanup_errors=True) as folder:
            project, name = Path(folder) / f"build{projects.SUFFIX}", sources[0].resolve().stem
            projects.create_project(project, sources, name=name, language=language, exclusions=exclusions)
            yield project, Path(folder)
    else:
        project = arguments.project
        if project.exists():
            with closing(connect(project)) as connection:
                projects.add_sources(connection, sources)
        else:
            projects.create_project(project, sources, language=language, exclusions=exclusions)
        yield project, None


def _carry_out(
    project: Path,
    scope: Scope,
    arguments: argparse.Namespace,
    settings: AppSettings,
    *,
    temporary: Path | None = None,
    goes_on: tuple[int, RunMode] | None = None,
) -> RunRow:
    interrupts = Interrupts(temporary)
    with interrupts.handled():
        language = getattr(arguments, "lang", None) or _language(project)
        chosen = engine_settings(arguments, settings, documents_language=language)
        workers, text_workers = _workers(arguments, settings)
        progress = Progress(project, quiet=arguments.quiet)
        try:
            ended = run_to_end(
                project,
                scope,
                settings=chosen,
                workers=workers,
                text_workers=text_workers,
                triggered_by="cli",
                goes_on=goes_on,
                on_start=interrupts.on_start,
                on_change=progress.on_change,
            )
        finally:
            progress.close()
            text_workers.close()
            workers.close()
    _tell_end(project, ended, quiet=arguments.quiet, is_kept=temporary is None)
    return ended


def _workers(arguments: argparse.Namespace, settings: AppSettings) -> tuple[Workers, Workers]:
    """Who reads the documents, which only this computer can, and who does the text work."""
    if arguments.dask is not None and not is_dask_address(arguments.dask):
        raise UsageError(
            _("“{address}” is not the address of a Dask scheduler.").format(address=arguments.dask),
            hint=_("It looks like {example}.").format(example="tcp://localhost:8786"),
        )
    address = arguments.dask or ("" if arguments.workers else settings.dask_address)
    local = Workers(arguments.workers or settings.worker_count)
    return local, cluster_workers(address) if address else local


def _language(project: Path) -> str:
    with closing(connect(project)) as connection:
        return projects.project_info(connection).language


def _tell_end(project: Path, run: RunRow, *, quiet: bool, is_kept: bool) -> None:
    if run.status is RunStatus.FAILED:
        complain(run.error)
    if quiet:
        return
    _tell_warnings(project, run)
    if run.status is RunStatus.CANCELLED:
        say(_("Cancelled. The glossary is as it was before."))
        if is_kept:
            command = f"genglossary run {shlex.quote(str(project))} --resume {run.id}"
            say(_("What is done is kept; go on with it by: {command}").format(command=command))
    elif run.status is RunStatus.COMPLETED:
        figures = (f"{_(label)} {run.counts[name]}" for name, label in _COUNTS.items() if name in run.counts)
        summary = _("Completed in {seconds:.1f} s: {figures}.")
        say(summary.format(seconds=run.seconds or 0, figures=listed(figures)))


def _tell_warnings(project: Path, run: RunRow) -> None:
    with closing(connect(project)) as connection:
        seqs = logs.matching_seqs(connection, run.id, "", Level.WARNING, limit=_SHOWN_WARNINGS + 1)
        records = logs.read_records_at(connection, run.id, seqs[:_SHOWN_WARNINGS])
    for record in records:
        if record.level is Level.WARNING:
            message = " · ".join(filter(None, (record.document, record.message)))
            say(_("Warning: {message}").format(message=message))
    if len(seqs) > _SHOWN_WARNINGS:
        say(_("The other warnings are in the run's log."))


def _exit_status(run: RunRow) -> int:
    if run.status is RunStatus.COMPLETED:
        return 0
    if run.status is RunStatus.CANCELLED:
        return 130
    # Refused before the first step, or nothing to read: the input was bad, the work did not fail.
    was_refused = run.status is RunStatus.FAILED and (not run.step or run.counts.get("documents") == 0)
    return 2 if was_refused else 1
