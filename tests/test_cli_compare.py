"""``genglossary compare`` on a project with two runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from genglossary_gui.cli import main
from tests.ui.compare_support import FIRST, SECOND, make_runs

Output = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> str:
    return str(make_runs(tmp_path, FIRST, {**SECOND, "evil": "\x1b[31mred"}))


def test_it_prints_the_differences(project: str, capsys: Output) -> None:
    assert main(["compare", project, "1", "2"]) == 0
    assert (
        capsys.readouterr().out
        == """\
Added: 2
  + 堰: 川をせき止める構造物。
  + evil:  [31mred
Removed: 1
  − sluice: No definition found.
Changed: 1
  ≠ weir: Definition
      A low [-dam-]{+wall+} across a river.
1 term is the same in both.
"""
    )


def test_for_programs(project: str, capsys: Output) -> None:
    assert main(["compare", project, "1", "2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["first"]["id"], found["second"]["id"], found["unchanged"]) == (1, 2, 1)
    assert [each["term"] for each in found["added"]] == ["堰", "evil"]
    assert found["changed"][0]["diff"][1] == ["removed", "dam"]
    assert found["settings"] == {}


def test_into_a_file(project: str, tmp_path: Path, capsys: Output) -> None:
    target = tmp_path / "changes.md"
    assert main(["compare", project, "1", "2", "-o", str(target)]) == 0
    assert "# Run 1 and run 2" in target.read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["1", "9"], "no run 9"),
        (["1"], "RUN"),
        (["1", "x"], "the number of a run is needed"),
        (["1", "2", "-o", "none/changes.md"], "does not exist"),
    ],
)
def test_what_cannot_work_is_refused(project: str, capsys: Output, arguments: list[str], reason: str) -> None:
    assert main(["compare", project, *arguments]) == 2
    assert reason in capsys.readouterr().err
