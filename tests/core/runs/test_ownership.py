import pytest

from genglossary_gui.core.runs import ownership
from genglossary_gui.core.runs.ownership import Incarnation


@pytest.fixture
def project(tmp_path):
    return tmp_path / "my project.genglossary"


def test_a_living_owner_is_not_dead(project):
    owner = Incarnation(project)
    owner.hold()
    assert not ownership.is_dead(project, owner.owner)
    owner.release()


def test_an_owner_that_has_left_is_dead_and_leaves_nothing(project, tmp_path):
    owner = Incarnation(project)
    owner.hold()
    owner.release()
    assert ownership.is_dead(project, owner.owner)
    assert list(tmp_path.iterdir()) == []


def test_two_owners_of_one_project_do_not_disturb_each_other(project):
    first, second = Incarnation(project), Incarnation(project)
    first.hold()
    second.hold()
    first.release()
    assert ownership.is_dead(project, first.owner)
    assert not ownership.is_dead(project, second.owner)
    second.release()


def test_sweeping_removes_what_dead_owners_left_and_nothing_else(project, tmp_path):
    living = Incarnation(project)
    living.hold()
    (tmp_path / ".my project.0123.lock").touch()
    (tmp_path / ".other project.0123.lock").touch()
    ownership.sweep(project)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(
        [".other project.0123.lock", f".my project.{living.owner}.lock"]
    )
    living.release()
