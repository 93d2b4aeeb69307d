"""From the start of the process to the first paint of the window, and the start of the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable

from tests.bench.measuring import median, temporary_home, timed
from tests.bench.projects import make_project
from tests.bench.table import Row

_TIMES = 7
_TERMS, _RUNS = 10_000, 1_000
_MORE_MB = 60
_IMPORT = "import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
_LIBRARIES = "argparse, logging.handlers, sqlite3, json, multiprocessing, concurrent.futures"


def measure() -> list[Row]:
    with temporary_home() as folder:
        project = str(make_project(folder, "start", terms=_TERMS, runs=_RUNS))
        painted, window_mb, empty, empty_mb = _paints(project)
        version, nothing = _in_turn(
            lambda: timed(lambda: _python("-m", "genglossary_gui.cli", "--version"))[0],
            lambda: timed(lambda: _python("-c", "pass"))[0],
        )
        listed, _nothing = _in_turn(
            lambda: timed(lambda: _python("-m", "genglossary_gui.cli", "runs", project))[0],
            lambda: timed(lambda: _python("-c", "pass"))[0],
        )
        imports, libraries = _in_turn(
            lambda: float(_python("-c", _IMPORT.format(module="genglossary_gui.cli"))),
            lambda: float(_python("-c", _IMPORT.format(module=_LIBRARIES))),
        )
    rows = [
        Row(
            what=f"start to first paint ({_TERMS:,} terms, {_RUNS:,} runs)",
            figure=painted * 1000,
            unit="ms",
            goal=2 * empty * 1000,
            baseline=empty * 1000,
            against="an empty QMainWindow",
        )
    ]
    if window_mb and empty_mb:
        rows.append(
            Row(
                what="memory of the window at first paint",
                figure=window_mb,
                unit="MB",
                goal=empty_mb + _MORE_MB,
                baseline=empty_mb,
                against="an empty QMainWindow",
            )
        )
    return [
        *rows,
        Row(
            what="genglossary --version",
            figure=version * 1000,
            unit="ms",
            baseline=nothing * 1000,
            against="python -c pass",
        ),
        Row(
            what=f"genglossary runs, {_RUNS:,} of them",
            figure=listed * 1000,
            unit="ms",
            baseline=nothing * 1000,
            against="python -c pass",
        ),
        Row(
            what="import of the command line",
            figure=imports * 1000,
            unit="ms",
            baseline=libraries * 1000,
            against="its part of the standard library",
        ),
    ]


def _paints(project: str) -> tuple[float, float | None, float, float | None]:
    """Medians of seconds and megabytes: of the real window, of an empty one."""
    ours, empty = [_paint(project)], [_paint("empty")]  # the first of each fills the file cache
    for _time in range(_TIMES):
        ours.append(_paint(project))
        empty.append(_paint("empty"))
    memory = [[mb for _seconds, mb in paints[1:] if mb is not None] for paints in (ours, empty)]
    seconds = [median(seconds for seconds, _mb in paints[1:]) for paints in (ours, empty)]
    megabytes = [median(values) if values else None for values in memory]
    return seconds[0], megabytes[0], seconds[1], megabytes[1]


def _paint(place: str) -> tuple[float, float | None]:
    began = time.time()
    painted, megabytes = json.loads(_python("-m", "tests.bench.first_paint", place))
    return painted - began, megabytes


def _in_turn(ours: Callable[[], float], bare: Callable[[], float]) -> tuple[float, float]:
    """The medians of both, asked alternately."""
    pairs = [(ours(), bare()) for _time in range(_TIMES + 1)][1:]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _python(*arguments: str) -> str:
    command = (sys.executable, *arguments)
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", env=_environment(), check=True).stdout


def _environment() -> dict[str, str]:
    """That of a program that has been installed: its bytecode is there, not made anew by each start."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return environment | {"PYTHONPYCACHEPREFIX": f"{os.environ['GENGLOSSARY_HOME']}-bytecode"}
