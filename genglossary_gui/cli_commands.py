"""The commands that look at a project or ask something of it; each returns the exit status."""

from __future__ import annotations

import argparse
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from genglossary_gui.cli_output import print_json, printable, run_object, say, say_written
from genglossary_gui.core import times
from genglossary_gui.core.errors import ProjectError, UsageError
from genglossary_gui.core.glossary import Level
from genglossary_gui.core.i18n import _
from genglossary_gui.core.runs import recover
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store import logs
from genglossary_gui.core.store import runs as stored
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.core.words import word

_PAGE = 1000
_POLL_SECONDS = 0.2
_RECOVER_EVERY = 10


def runs(arguments: argparse.Namespace, _settings: AppSettings) -> int:
    """The runs of a project, the newest first."""
    with _opened(arguments.project) as connection:
        ids = stored.run_ids(connection, Selection())
        rows = stored.run_rows(connection, ids)
    found = [rows[run_id] for run_id in ids]
    if arguments.json:
        print_json({"runs": [run_object(run) for run in found]})
        return 0
    for run in found:
        print(_run_line(run))
    if not found:
        say(_("The project has no runs yet."))
    return 0


def log(arguments: argparse.Namespace, _settings: AppSettings) -> int:
    """The log of a run; with ``--follow`` until the run has ended."""
    pattern = _pattern(arguments.grep)
    kept: list[logs.LogRecord] = []
    show = kept.append if arguments.json else lambda record: print(_log_line(record), flush=True)
    with _opened(arguments.project) as connection:
        run, last, rounds = _existing(connection, arguments.run), 0, 0
        while True:
            # The status first: what an ended run has written is all there when we read on.
            run = _existing(connection, run.id)
            for record in _records(connection, run.id, last, Level(arguments.level)):
                last = record.seq
                if pattern is None or pattern.search(f"{record.message} {record.term} {record.document}"):
                    show(record)
            if not (arguments.follow and run.status.is_active):
                break
            rounds += 1
            if rounds % _RECOVER_EVERY == 0:
                recover(arguments.project)
            time.sleep(_POLL_SECONDS)
    if arguments.json:
        print_json({"run": run_object(run), "records": [record._asdict() for record in kept]})
    return 0


def cancel(arguments: argparse.Namespace, _settings: AppSettings) -> int:
    """Ask a run to stop; the process that carries it out sees that within 2 s."""
    with _opened(arguments.project, read_only=False) as connection:
        run = _existing(connection, arguments.run)
        if stored.ask_to_cancel(connection, run.id):
            say(_("Run {number} was asked to stop.").format(number=run.id))
            return 0
        run = _existing(connection, run.id)
    if run.status.is_active:
        say(_("Run {number} has been asked to stop before.").format(number=run.id))
        return 0
    say(_("Run {number} has ended already: {status}.").format(number=run.id, status=word(run.status)))
    return 1


def export(arguments: argparse.Namespace, _settings: AppSettings) -> int:
    """Write the published glossary into a file."""
    from genglossary_gui.core.exchange.export import export_project  # all formats: for this command only

    entries = export_project(
        arguments.project,
        arguments.output,
        format=arguments.format,
        approved_only=arguments.approved_only,
        with_sources=not arguments.no_sources,
        columns=arguments.columns,
    )
    if arguments.json:
        print_json({"file": str(arguments.output), "entries": entries})
    say_written(entries, arguments.output)
    return 0


@contextmanager
def _opened(project: Path, *, read_only: bool = True) -> Iterator[sqlite3.Connection]:
    """The project with the runs of dead processes set to their true end."""
    with suppress(ProjectError):  # if it cannot be opened for writing, reading may work, or says why not
        recover(project)
    with closing(connect(project, read_only=read_only)) as connection:
        yield connection


def _existing(connection: sqlite3.Connection, run_id: int) -> stored.RunRow:
    run = stored.get_run(connection, run_id)
    if run is None:
        raise UsageError(_("The project has no run {number}.").format(number=run_id))
    return run


def _records(connection: sqlite3.Connection, run_id: int, last: int, level: Level) -> Iterator[logs.LogRecord]:
    while seqs := logs.matching_seqs(connection, run_id, "", level, after=last, limit=_PAGE):
        yield from logs.read_records_at(connection, run_id, seqs)
        last = seqs[-1]


def _pattern(text: str | None) -> re.Pattern[str] | None:
    if text is None:
        return None
    try:
        return re.compile(text)
    except re.error as error:
        raise UsageError(
            _("“{text}” is not a regular expression: {reason}.").format(text=text, reason=error)
        ) from error


def _run_line(run: stored.RunRow) -> str:
    started = times.parse(run.created_at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    if run.status.is_active:
        detail = f"{run.step} {run.done}/{run.total}" if run.step else ""
    else:
        figures = [f"{name} {value}" for name, value in run.counts.items()]
        duration = [] if run.seconds is None else [f"{run.seconds:.1f} s"]
        detail = run.error or ", ".join(duration + figures)
    return printable(f"{run.id:>4}  {started}  {run.scope:<8}  {run.status:<11}  {detail}").rstrip()


def _log_line(record: logs.LogRecord) -> str:
    at = times.parse(record.at).astimezone().strftime("%H:%M:%S")
    place = " · ".join(filter(None, (record.document, record.term)))
    message = f"{record.message} ({place})" if place else record.message
    return printable(f"{at}  {record.level:<7}  {record.step:<8}  {message}")
