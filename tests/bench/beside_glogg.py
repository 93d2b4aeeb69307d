"""The same million lines in our log view and in glogg, a log viewer of Debian: opened, filtered, photographed.

``python -m tests.bench.beside_glogg FOLDER`` on a display (``xvfb-run``), with glogg, xdotool and ImageMagick
installed; by hand only.  glogg has no interface for programs: its times are read off the processor time that it
uses, to a tenth of a second, and off its pictures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from time import perf_counter

from genglossary_gui.app import build_main_window
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store import logs
from genglossary_gui.core.store.connection import connect, transaction
from tests.bench import projects
from tests.bench.loop import Loop, application, close
from tests.bench.measuring import resident_mb, temporary_home

_RECORDS = 1_000_000
_SEARCHES = ("needle", r"was \w+ with a needle\b")
_TICKS = os.sysconf("SC_CLK_TCK")
_FIELD = ("600", "665")
"""Where glogg 1.1 has its search box in a window of that size."""
_QUIET = 0.5
"""Who has used no processor for so long has finished."""


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with temporary_home() as place:
        project = projects.make_project(place, "log", runs=1)
        text = place / "million.log"
        with closing(connect(project)) as connection, transaction(connection):
            projects.add_records(connection, 1, _RECORDS)
        _write(project, text)
        print(f"{text.stat().st_size / 1e6:.0f} MB of text")
        _ours(project, folder)
        _theirs(text, folder)
    return 0


def _write(project: Path, text: Path) -> None:
    with closing(connect(project, read_only=True)) as connection, text.open("w", encoding="utf-8") as file:
        for first in range(1, _RECORDS, 10_000):
            for record in logs.read_records(connection, 1, first, first + 9_999):
                file.write(f"{record.at} {record.level} {record.step} {record.message} {record.document}\n")


def _ours(project: Path, folder: Path) -> None:
    application()
    loop, workers = Loop(), Workers(1)
    window = build_main_window(project, settings=AppSettings(language="en"), workers=workers)
    try:
        window.show()
        loop.settle(1)
        assert window.project is not None
        panel = window.project.runs.log
        window.banner.hide()
        window.project.below.setSizes([200, 640])
        panel.show_run(None, follow=False)
        loop.settle()
        start = perf_counter()
        panel.show_run(1, follow=False)
        panel.view.viewport().repaint()
        print(f"ours: open {perf_counter() - start:.2f} s")
        for words in _SEARCHES:
            panel.bar.search.clear()
            panel.bar.is_regex.setChecked(words != _SEARCHES[0])
            loop.until(lambda: not panel.model.is_searching and panel.model.rowCount() == _RECORDS)
            start, used = perf_counter(), time.process_time()
            panel.bar.search.setText(words)
            loop.until(lambda: not panel.model.is_searching and panel.model.rowCount() == _RECORDS // 1000)
            print(f"ours: {words}: {perf_counter() - start:.2f} s, {time.process_time() - used:.2f} s of processor")
            loop.settle()
        print(f"ours: {resident_mb():.0f} MB")
        window.grab().save(str(folder / "ours.png"))
    finally:
        close(window, loop)
        workers.close()


def _theirs(text: Path, folder: Path) -> None:
    environment = os.environ | {"HOME": str(text.parent), "QT_QPA_PLATFORM": "xcb"}
    with subprocess.Popen(["glogg", str(text)], env=environment) as glogg:
        try:
            _report("start and open", glogg.pid, perf_counter())
            window = _output("xdotool", "search", "--sync", "--onlyvisible", "--pid", str(glogg.pid)).split()[-1]
            _output("xdotool", "windowsize", "--sync", window, "1360", "850", "windowmove", window, "0", "0")
            time.sleep(1)
            for words in _SEARCHES:
                _output("xdotool", "mousemove", *_FIELD, "click", "1")
                _output("xdotool", "key", "ctrl+a")
                _output("xdotool", "type", words)
                start = perf_counter()
                _output("xdotool", "key", "Return")
                _report(words, glogg.pid, start)
                name = "glogg.png" if words == _SEARCHES[0] else "glogg-regex.png"
                _output("import", "-window", "root", str(folder / name))
            print(f"glogg: {resident_mb(glogg.pid):.0f} MB")
        finally:
            glogg.kill()


def _report(what: str, process: int, start: float) -> None:
    """How long the process was at work."""
    used, last = -1, perf_counter()
    first = _used(process)
    while perf_counter() - last < _QUIET:
        if _used(process) != used:
            used, last = _used(process), perf_counter()
        time.sleep(0.01)
    print(f"glogg: {what}: {last - start:.2f} s, {(used - first) / _TICKS:.2f} s of processor")


def _used(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _output(*command: str) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
