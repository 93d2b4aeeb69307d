"""The floors of the house: an upper one may import lower ones, never the reverse (docs/architecture.md)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_archon import archrule

PACKAGE = "genglossary_gui"
ROOT = Path(__file__).resolve().parent.parent

# From the top down; what stands on one line shares a floor and does not import its neighbours.
CORE_FLOORS = (
    ("runs",),
    ("pipeline", "engines"),
    ("documents", "terms", "definitions", "review", "exchange", "llm", "compute"),
    ("store",),
)
# These two work together: the executor's steps ask an engine.
NEIGHBOURS_ALLOWED = ("pipeline", "engines")
COMPOSITION_ROOTS = [f"{PACKAGE}.{place.stem}" for place in (ROOT / PACKAGE).glob("*.py") if place.stem != "__init__"]
QT = ("PySide6*", "shiboken6*", "qasync*")


def _existing(folder: str) -> list[str]:
    return sorted(place.parent.name for place in (ROOT / PACKAGE / folder).glob("*/__init__.py"))


def _whole(*packages: str) -> list[str]:
    return [pattern for package in packages for pattern in (package, f"{package}.*")]


def _not_for(name: str) -> list[str]:
    """What the package `name` of core may not import: the floors above, and its neighbours."""
    floor = next(number for number, names in enumerate(CORE_FLOORS) if name in names)
    forbidden = [other for names in CORE_FLOORS[:floor] for other in names]
    if name not in NEIGHBOURS_ALLOWED:
        forbidden += [other for other in CORE_FLOORS[floor] if other != name]
    return _whole(*(f"{PACKAGE}.core.{other}" for other in forbidden))


def test_every_package_of_core_has_a_floor() -> None:
    assert set(_existing("core")) <= {name for names in CORE_FLOORS for name in names}


@pytest.mark.parametrize("name", [name for name in _existing("core") if name != "runs"])
def test_package_of_core_imports_only_lower_floors(name: str) -> None:
    rule = archrule(f"core.{name} imports only lower floors").match(*_whole(f"{PACKAGE}.core.{name}"))
    rule.should_not_import(*_not_for(name)).check(PACKAGE, only_direct_imports=True)


def test_ground_floor_imports_no_package_of_core() -> None:
    packages = [f"{PACKAGE}.core.{name}" for names in CORE_FLOORS for name in names]
    rule = archrule("the modules of core itself lie below its packages").match(*_whole(f"{PACKAGE}.core"))
    rule.exclude(*_whole(*packages)).should_not_import(*_whole(*packages)).check(PACKAGE)


def test_core_is_free_of_qt_and_of_what_lies_above() -> None:
    above = [*_whole(f"{PACKAGE}.ui"), *COMPOSITION_ROOTS]
    archrule("core is usable without a display").match(*_whole(f"{PACKAGE}.core")).should_not_import(*QT, *above).check(
        PACKAGE
    )


def test_qt_is_imported_by_the_window_only() -> None:
    qt_roots = [f"{PACKAGE}.{name}" for name in ("app", "starting", "opening")]
    rule = archrule("only ui and what puts the window together know Qt").match(*_whole(PACKAGE))
    rule.exclude(*_whole(f"{PACKAGE}.ui"), *qt_roots).should_not_import(*QT).check(PACKAGE, only_direct_imports=True)


def test_window_does_not_import_the_composition_roots() -> None:
    archrule("ui is put together from outside").match(*_whole(f"{PACKAGE}.ui")).should_not_import(
        *COMPOSITION_ROOTS
    ).check(PACKAGE, only_direct_imports=True)


def test_models_and_bridges_do_not_import_widgets() -> None:
    lower = [*_whole(f"{PACKAGE}.ui.models"), f"{PACKAGE}.ui.controller", f"{PACKAGE}.ui.worker"]
    upper = [*_whole(f"{PACKAGE}.ui.views", f"{PACKAGE}.ui.dialogs"), f"{PACKAGE}.ui.main_window"]
    archrule("models lie below views").match(*lower).should_not_import(*upper).check(PACKAGE, only_direct_imports=True)


def test_widgets_hold_no_sql_and_no_threads() -> None:
    widgets = _whole(f"{PACKAGE}.ui.views", f"{PACKAGE}.ui.dialogs")
    forbidden = ("sqlite3*", "threading*", "concurrent.*", "multiprocessing*")
    archrule("widgets only show").match(*widgets).should_not_import(*forbidden, f"{PACKAGE}.ui.main_window").check(
        PACKAGE, only_direct_imports=True
    )


def test_widgets_start_no_threads_of_qt() -> None:
    ui = ROOT / PACKAGE / "ui"
    widgets = [*(ui / "views").rglob("*.py"), *(ui / "dialogs").rglob("*.py")]
    threads = re.compile(r"\b(QThread|QThreadPool|QRunnable)\b")
    assert [place.name for place in widgets if threads.search(place.read_text(encoding="utf-8"))] == []


@pytest.mark.skipif(not (ROOT / PACKAGE / "cli.py").exists(), reason="there is no command line yet")
def test_command_line_loads_no_qt() -> None:
    code = f"import {PACKAGE}.cli, sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"PySide6", "shiboken6", "qasync"}
