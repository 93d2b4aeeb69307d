"""How the command line speaks: messages to stderr, results to stdout, no control characters to a terminal."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genglossary_gui.core.i18n import ngettext

if TYPE_CHECKING:
    from genglossary_gui.core.store.runs import RunRow

_HARMFUL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """``text`` in one line, without control characters and without what turns the direction of writing."""
    return _HARMFUL.sub(" ", text)


def say(message: str) -> None:
    """A message for a person, on stderr."""
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
