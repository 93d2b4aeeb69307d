from pathlib import Path

import pytest

from genglossary_gui.core import paths, recent


def test_the_newest_comes_first_and_once():
    for name in ("a", "b", "a"):
        recent.remember_project(Path(name))
    assert [path for path, _at in recent.recent_projects()] == [Path("a"), Path("b")]


def test_the_list_is_short():
    for number in range(recent.LIMIT + 5):
        recent.remember_project(Path(str(number)))
    assert len(recent.recent_projects()) == recent.LIMIT


def test_forgetting_takes_one_away():
    recent.remember_project(Path("a"))
    recent.forget_project(Path("a"))
    assert recent.recent_projects() == []


@pytest.mark.expected_logs("recent projects")
@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"path": 1}]', "{}x"])
def test_a_broken_list_is_an_empty_one(content):
    (paths.data_folder() / "recent.json").write_text(content)
    assert recent.recent_projects() == []


def test_a_renamed_project_keeps_its_place():
    for name in ("a", "b"):
        recent.remember_project(Path(name))
    recent.replace_project(Path("a"), Path("c"))
    assert [path for path, _at in recent.recent_projects()] == [Path("b"), Path("c")]
