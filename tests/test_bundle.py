"""What build.spec promises, as far as it shows without building."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest

from genglossary_gui.core.documents.formats import FORMATS
from genglossary_gui.either import keep_libraries_to_ourselves, main
from genglossary_gui.self_test_documents import write_documents

ROOT = Path(__file__).resolve().parent.parent
SPEC = ast.parse((ROOT / "build.spec").read_text(encoding="utf-8"))


def _stated() -> dict[str, Any]:
    """The constants at the top of the spec that are plain data."""
    found = {}
    for node in SPEC.body:
        if isinstance(node, ast.Assign) and isinstance(name := node.targets[0], ast.Name) and name.id.isupper():
            try:
                found[name.id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


STATED = _stated()


def _folder_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None, f"{package} is not installed"
    assert spec.origin is not None
    return Path(spec.origin).parent


@pytest.mark.parametrize("script", [*STATED["PROGRAMS"].values(), STATED["PROGRAM_FOR_ALL"]])
def test_programs_prepare_their_worker_processes(script: str) -> None:
    assert "multiprocessing.freeze_support()" in (ROOT / script).read_text(encoding="utf-8")


def test_every_folder_of_resources_is_in_the_bundle() -> None:
    folders = [place for place in (ROOT / "resources").iterdir() if place.is_dir()]
    # What makes packages of the bundle is not needed inside.
    assert {f"resources/{place.name}" for place in folders} - {"resources/packaging"} == set(STATED["RESOURCES"])


@pytest.mark.parametrize(("name", "started"), [("genglossary", "usage: genglossary "), ("genglossary-gui", "-gui ")])
def test_program_for_all_is_what_it_is_called(
    name: str, started: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", [f"/somewhere/{name}", "--help"])
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle/_internal")
    monkeypatch.setenv("PYINSTALLER_RESET_ENVIRONMENT", "1")
    with contextlib.suppress(SystemExit):
        main()
    assert started in capsys.readouterr().out.splitlines()[0]


@pytest.mark.parametrize(("package", "patterns"), STATED["PACKAGE_DATA"].items())
def test_data_of_packages_exists(package: str, patterns: list[str]) -> None:
    folder = _folder_of(package)
    assert [pattern for pattern in patterns if not any(folder.glob(pattern))] == []


@pytest.mark.parametrize("name", [*STATED["LAZY_PACKAGES"], *STATED["LAZY_MODULES"]])
def test_modules_imported_by_name_exist(name: str) -> None:
    assert importlib.util.find_spec(name) is not None


def test_modules_of_qt_in_use_are_in_the_bundle() -> None:
    used = set()
    for place in (ROOT / "genglossary_gui").rglob("*.py"):
        for node in ast.walk(ast.parse(place.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6.Qt"):
                used.add((node.module or "").removeprefix("PySide6.Qt"))
    assert used - {"Test"} <= set(STATED["QT_MODULES"])


def test_self_test_reads_every_format(tmp_path: Path) -> None:
    write_documents(tmp_path / "documents")
    written = {FORMATS[place.suffix].name for place in (tmp_path / "documents").iterdir()}
    assert written == {format.name for format in FORMATS.values() if format.reader is not None}


def test_what_the_bundle_starts_finds_its_own_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle/_internal:/own")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/own")
    monkeypatch.setenv("PYINSTALLER_RESET_ENVIRONMENT", "0")
    keep_libraries_to_ourselves()
    assert (os.environ["LD_LIBRARY_PATH"], "LD_LIBRARY_PATH_ORIG" in os.environ) == ("/own", False)
    assert os.environ["PYINSTALLER_RESET_ENVIRONMENT"] == "1"


def test_without_own_libraries_the_bundle_leaves_no_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    monkeypatch.setenv("PYINSTALLER_RESET_ENVIRONMENT", "0")
    keep_libraries_to_ourselves()
    assert "LD_LIBRARY_PATH" not in os.environ
