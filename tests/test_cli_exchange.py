"""The commands import, link and export, from the outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui import cli
from genglossary_gui.core.exchange.formats import FORMATS
from genglossary_gui.core.store import documents
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.imports import PersonEntry, known_entries, take_over
from genglossary_gui.core.store.projects import create_project

_ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.md").write_text("A weir.\n", encoding="utf-8")
    project = tmp_path / "p.genglossary"
    create_project(project, [folder])
    with closing(connect(project)) as connection:
        take_over(connection, [PersonEntry(term="weir", definition="Mine.")])
        documents.save_document(
            connection,
            documents.ScannedDocument(source_id=1, path="a.md", format="md", size=8, state="ready", encoding="utf-8"),
        )
    (tmp_path / "in.csv").write_text("term,definition\nweir,Theirs.\nlock,New.\n,bad\n", encoding="utf-8")
    return project


def _definition(project: Path, key: str) -> str:
    with closing(connect(project, read_only=True)) as connection:
        return known_entries(connection, [key])[key].definition


def test_import_keeps_mine_unless_told_otherwise(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", str(project), str(tmp_path / "in.csv"), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {
        "file": "in.csv",
        "format": "csv",
        "rows": {"new": 1, "same": 0, "conflict": 1, "duplicate": 0, "unreadable": 1},
        "changed": 1,
    }
    assert "Line 4 was left out: There is no term." in told.err
    assert (_definition(project, "weir"), _definition(project, "lock")) == ("Mine.", "New.")


def test_import_replaces_what_differs_when_told_to(project: Path, tmp_path: Path) -> None:
    assert cli.main(["import", str(project), str(tmp_path / "in.csv"), "--on-conflict", "replace"]) == 0
    assert _definition(project, "weir") == "Theirs."


def test_without_a_terminal_nobody_can_be_asked(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", str(project), str(tmp_path / "in.csv"), "--on-conflict", "ask"]) == 2
    assert "no terminal" in capsys.readouterr().err
    with closing(connect(project, read_only=True)) as connection:
        assert known_entries(connection, ["lock"]) == {}


@pytest.mark.parametrize(("answer", "definition"), [("k", "Mine."), ("x\nr", "Theirs."), ("R", "Theirs.")])
def test_a_person_at_a_terminal_is_asked(project: Path, tmp_path: Path, answer: str, definition: str) -> None:
    pty = pytest.importorskip("pty")
    arguments = ["import", str(project), str(tmp_path / "in.csv"), "--on-conflict", "ask"]
    master, slave = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "genglossary_gui.cli", *arguments],
            cwd=_ROOT,
            stdin=slave,
            stderr=slave,
            stdout=slave,
        )
        os.write(master, f"{answer}\n".encode())
        assert process.wait(60) == 0
    finally:
        os.close(master)
        os.close(slave)
    assert _definition(project, "weir") == definition


def test_a_bad_file_is_one_sentence_and_changes_nothing(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.tbx").write_text("<tbx>", encoding="utf-8")
    assert cli.main(["import", str(project), str(tmp_path / "in.tbx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("format", FORMATS)
def test_export_tells_what_it_wrote(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    target = tmp_path / f"out.{format}"
    assert cli.main(["export", str(project), "-o", str(target), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(target), "entries": 1}
    assert target.stat().st_size > 0


def test_export_has_the_columns_one_names(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.csv"
    assert cli.main(["export", str(project), "-o", str(target), "--columns", "definition, notes"]) == 0
    assert target.read_text(encoding="utf-8-sig").splitlines()[0] == "term,definition,notes"
    assert cli.main(["export", str(project), "-o", str(target), "--columns", "meaning"]) == 2
    assert "no column meaning" in capsys.readouterr().err


def test_link_writes_copies_apart_from_the_documents(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["link", str(project), "-o", str(tmp_path / "docs")]) == 2
    assert cli.main(["link", str(project), "-o", str(tmp_path / "out"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["links"] == 1
    assert (tmp_path / "out" / "a.md").read_text(encoding="utf-8") == "A [weir](glossary.html#term-weir).\n"
