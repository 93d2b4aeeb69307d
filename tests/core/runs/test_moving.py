"""A project is renamed and deleted as a whole, and only when nobody uses it."""

from __future__ import annotations

from contextlib import closing

import pytest

from genglossary_gui.core.errors import ProjectBusy, ProjectError
from genglossary_gui.core.runs.moving import delete_project, rename_project
from genglossary_gui.core.runs.ownership import Incarnation
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project, project_info


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "projects"
    folder.mkdir()
    create_project(folder / "rivers.genglossary", [tmp_path])
    return folder / "rivers.genglossary"


def names_beside(project):
    return sorted(file.name for file in project.parent.iterdir())


def name_in(project):
    with closing(connect(project)) as connection:
        return project_info(connection).name


def refuse(_path):
    raise OSError("no trash here")


def test_renaming_changes_file_and_name(project):
    renamed = rename_project(project, " 川 ")
    assert names_beside(project) == ["川.genglossary"]
    assert name_in(renamed) == "川"


@pytest.mark.parametrize("name", ["", "a/b", ".hidden", "a\nb", "other"])
def test_a_name_that_cannot_be_changes_nothing(project, name):
    project.with_name("other.genglossary").write_text("other")
    with pytest.raises(ProjectError):
        rename_project(project, name)
    assert names_beside(project) == ["other.genglossary", "rivers.genglossary"]
    assert name_in(project) == "rivers"


@pytest.mark.parametrize("act", [lambda project: rename_project(project, "lakes"), delete_project])
def test_a_project_that_is_open_stays(project, act):
    with closing(connect(project)) as connection:
        connection.execute("SELECT COUNT(*) FROM runs").fetchone()
        with pytest.raises(ProjectBusy):
            act(project)
    assert names_beside(project) == ["rivers.genglossary"]
    assert name_in(project) == "rivers"


def test_a_project_with_a_living_owner_of_runs_stays(project):
    owner = Incarnation(project)
    owner.hold()
    with pytest.raises(ProjectBusy):
        delete_project(project)
    owner.release()
    assert project.exists()


def test_deleting_takes_the_companions_along(project, tmp_path):
    project.with_name(".rivers.dead.lock").touch()
    delete_project(project, lambda path: project.rename(tmp_path / "trash"))
    assert names_beside(project) == []


def test_what_the_trash_refuses_is_kept(project):
    with pytest.raises(ProjectError, match="Nothing was deleted"):
        delete_project(project, refuse)
    assert name_in(project) == "rivers"


def test_a_name_that_is_too_long_for_a_file_is_said_to_be(project):
    with pytest.raises(ProjectError, match="too long"):
        rename_project(project, "川" * 100)
    assert name_in(project) == "rivers"
