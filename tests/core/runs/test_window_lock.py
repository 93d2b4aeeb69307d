"""Who may change a project: one window at a time, in whatever process it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from genglossary_gui import cli
from genglossary_gui.core.errors import ProjectBusy, ProjectError
from genglossary_gui.core.runs import ownership
from genglossary_gui.core.runs.moving import rename_project
from genglossary_gui.core.runs.window_lock import Holder, Obstacle, WindowLock, holder, is_still_there, obstacle
from genglossary_gui.core.store.connection import connect, connect_to_read, is_protected
from genglossary_gui.core.store.copying import duplicate
from genglossary_gui.core.store.projects import create_project, project_info, project_summary
from tests.locked_project import locked_by_another, without_permission


@pytest.fixture
def project(tmp_path: Path) -> Path:
    create_project(tmp_path / "a.genglossary", [tmp_path], name="A")
    return tmp_path / "a.genglossary"


@contextmanager
def held(project: Path) -> Iterator[WindowLock]:
    lock = WindowLock(project)
    assert lock.take()
    yield lock
    lock.release()


def test_the_second_does_not_get_it_until_the_first_lets_go(project: Path) -> None:
    with held(project):
        assert not WindowLock(project).take()
    with held(project):
        pass


def test_nothing_is_left_beside_the_project(project: Path) -> None:
    with held(project):
        pass
    assert [file.name for file in project.parent.iterdir()] == [project.name]


def test_another_process_says_who_it_is(project: Path) -> None:
    with locked_by_another(project) as process:
        found = obstacle(project, WindowLock(project))

        assert found is not None
        assert found.holder.process == process.pid
        assert found.holder.host
        assert found.holder.since.startswith("20")
        assert is_still_there(project, found)


def test_a_killed_process_leaves_no_stale_lock(project: Path) -> None:
    with locked_by_another(project) as process:
        found = obstacle(project, WindowLock(project))
        process.kill()
        process.wait()

        assert found is not None
        assert not is_still_there(project, found)
        with held(project):
            assert holder(project).process == os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
def test_out_of_reach_is_still_there(project: Path) -> None:
    with locked_by_another(project), without_permission(project, "everything"):
        assert is_still_there(project, Obstacle())


@pytest.mark.parametrize(
    "content", [b"", b" ", b" []", b" {}", b' {"host": 3, "user": [], "process": "x"}', b"\xff" * 9_999]
)
def test_what_another_program_wrote_there_is_not_believed(project: Path, content: bytes) -> None:
    ownership.lock_file(project, "window").write_bytes(content)

    assert holder(project) == Holder()


def test_a_project_that_a_window_has_is_not_renamed(project: Path) -> None:
    with held(project), pytest.raises(ProjectBusy):
        rename_project(project, "b")


def test_whoever_sweeps_dead_owners_leaves_a_living_window_alone(project: Path) -> None:
    with held(project):
        ownership.sweep(project)
        assert not WindowLock(project).take()


def test_without_locks_every_window_may_write(project: Path) -> None:
    # A folder in the place of the lock: it can neither be made nor opened.
    ownership.lock_file(project, "window").mkdir()

    assert obstacle(project, WindowLock(project)) is None


def test_a_run_of_another_process_needs_no_window(project: Path) -> None:
    (project.parent / "a.md").write_text("A weir is a low dam across a river.\n", encoding="utf-8")
    with locked_by_another(project):
        assert cli.main(["run", str(project), "--quiet"]) == 0


def test_an_ordinary_file_is_not_protected(project: Path) -> None:
    assert not is_protected(project)


def test_a_file_that_somebody_writes_is_not_protected(project: Path) -> None:
    with closing(connect(project)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert not is_protected(project)
        connection.execute("ROLLBACK")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
@pytest.mark.parametrize("of", ["file", "folder"])
def test_without_permission_a_project_is_read_all_the_same(project: Path, of: str, tmp_path: Path) -> None:
    before = project.read_bytes()
    with without_permission(project, of):
        assert obstacle(project, WindowLock(project)) == Obstacle(is_protected=True)
        with closing(connect_to_read(project)) as connection:
            assert project_info(connection).name == "A"
        assert project_summary(project).name == "A"
        assert is_still_there(project, Obstacle(is_protected=True))
    assert project.read_bytes() == before
    assert not is_still_there(project, Obstacle(is_protected=True))


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
def test_a_project_without_permission_can_be_copied(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("copies") / "b.genglossary"
    target.parent.chmod(0o777)
    with without_permission(project, "folder"):
        duplicate(project, target)
    with closing(connect(target)) as connection:
        assert project_info(connection).name == "b"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
def test_what_still_stands_in_the_log_of_a_protected_project_is_not_ignored(project: Path) -> None:
    with closing(connect(project)) as connection:
        connection.execute("UPDATE project SET value = 'B' WHERE key = 'name'")
        # A process that dies leaves the log behind; without its index nobody may read it.
        wal = project.with_name(f"{project.name}-wal").read_bytes()
    project.with_name(f"{project.name}-wal").write_bytes(wal)
    with without_permission(project, "folder"), pytest.raises(ProjectError):
        connect_to_read(project)
