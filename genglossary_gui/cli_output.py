"""How the command line speaks: messages to stderr, results to stdout, no control characters to a terminal."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genglossary_gui.core.i18n import ngettext

if TYPE_CHECKING:
    from genglossary_gui.core.store.runs import RunRow

_HARMFUL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def prepare_streams() -> None:
    """Make what is printed the same everywhere, and harmless where a stream is closed.

    A closed descriptor would be that of the next file that is opened, such as the project, and take our messages.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number: this one
    # As the whole process has them, they are never closed.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        # A file or a pipe gets the same bytes on every system.
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")


def give_up_stdout() -> None:
    """Throw away what waits to be printed: it cannot be, and Python would complain of that at the exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def printable(text: str) -> str:
    """``text`` in one line, without control characters and without what turns the direction of writing."""
    return _HARMFUL.sub(" ", text)


def say(message: str) -> None:
    """A message for a person, on stderr.  Raises nothing when it cannot be written."""
    with suppress(OSError):  # nobody listens any more, or the disk is full: no reason to stop the work
        print(printable(message), file=sys.stderr, flush=True)


def complain(message: str) -> None:
    """Why a command cannot do what was asked, on stderr."""
    say(f"genglossary: {message}")


def say_written(entries: int, target: Path) -> None:
    """What an export wrote."""
    say(
        ngettext("Wrote {count} entry to {name}.", "Wrote {count} entries to {name}.", entries).format(
            count=entries, name=target
        )
    )


def print_json(value: Mapping[str, Any]) -> None:
    """The result of a command for programs, on stdout."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def run_object(run: RunRow) -> dict[str, Any]:
    """A run as every ``--json`` shows it."""
    return {
        "id": run.id,
        "name": run.name,
        "scope": run.scope,
        "engine": run.engine,
        "triggered_by": run.triggered_by,
        "status": run.status,
        "step": run.step,
        "done": run.done,
        "total": run.total,
        "warnings": run.warnings,
        "error": run.error,
        "counts": dict(run.counts),
        "created_at": run.created_at,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "seconds": None if run.seconds is None else round(run.seconds, 3),
    }
