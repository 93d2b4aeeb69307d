import sqlite3
import threading
from contextlib import closing

import pytest

from genglossary_gui.core.errors import ProjectBusy, ProjectError
from genglossary_gui.core.store import schema
from genglossary_gui.core.store.connection import connect, connect_to_read, create, is_busy, transaction


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "a.genglossary"
    create(path).close()
    return path


def test_a_missing_file_is_not_created(tmp_path):
    path = tmp_path / "missing.genglossary"
    with pytest.raises(ProjectError, match="is not there"):
        connect(path)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\0" + b"\xff" * 200])
def test_a_foreign_file_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "foreign.genglossary"
    path.write_bytes(content)
    with pytest.raises(ProjectError):
        connect(path)
    assert path.read_bytes() == content


def test_another_database_is_refused(tmp_path):
    path = tmp_path / "other.genglossary"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE runs (id INTEGER)")
    with pytest.raises(ProjectError, match="not a GenGlossary project"):
        connect(path)


def test_a_hostile_trigger_is_refused(project):
    with closing(sqlite3.connect(project)) as hostile:
        hostile.execute("CREATE TRIGGER extra AFTER INSERT ON runs BEGIN DELETE FROM terms; END")
        hostile.commit()
    with pytest.raises(ProjectError, match="not a GenGlossary project"):
        connect(project)


def test_a_newer_project_is_refused(project):
    with closing(sqlite3.connect(project)) as newer:
        newer.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
    with pytest.raises(ProjectError, match="newer version"):
        connect(project)


def test_create_never_overwrites(project):
    before = project.read_bytes()
    with pytest.raises(ProjectError, match="exists already"):
        create(project)
    assert project.read_bytes() == before


def test_create_in_an_unusable_place_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ProjectError) as caught:
        create(tmp_path / "file" / "a.genglossary")
    assert str(tmp_path) not in caught.value.full_text


def test_a_connection_stays_in_its_thread(project):
    failures = []

    def use(connection):
        try:
            connection.execute("SELECT 1")
        except sqlite3.ProgrammingError as error:
            failures.append(error)

    with closing(connect(project)) as connection:
        thread = threading.Thread(target=use, args=(connection,))
        thread.start()
        thread.join()
    assert failures


def test_a_failed_transaction_leaves_nothing(project):
    with closing(connect(project)) as connection:
        with pytest.raises(sqlite3.IntegrityError), transaction(connection):
            connection.executemany("INSERT INTO project VALUES (?, ?)", [("name", "x"), ("name", "y")])
        assert connection.execute("SELECT COUNT(*) FROM project").fetchone() == (0,)


def test_a_locked_project_is_busy_not_broken(project):
    with (
        closing(connect(project)) as holder,
        closing(connect(project, busy_timeout_ms=1)) as other,
        transaction(holder),
        pytest.raises(sqlite3.OperationalError, match="locked") as caught,
    ):
        other.execute("BEGIN IMMEDIATE")
    assert is_busy(caught.value)


def test_an_exclusively_locked_project_says_busy(project):
    with closing(sqlite3.connect(project, isolation_level=None)) as holder:
        holder.execute("PRAGMA journal_mode = DELETE")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ProjectBusy):
            connect(project, busy_timeout_ms=1)


def test_the_last_who_only_reads_leaves_no_files_beside_the_project(project):
    writer = connect(project)
    reader, late = connect_to_read(project), connect_to_read(project)
    writer.execute("UPDATE project SET value = value")
    writer.close()
    reader.close()
    assert project.with_name(f"{project.name}-wal").exists()
    late.close()
    assert [file.name for file in project.parent.iterdir()] == [project.name]


def test_who_only_reads_leaves_alone_what_others_have_open(project):
    with closing(connect(project)) as writer:
        connect_to_read(project).close()
        writer.execute("UPDATE project SET value = value")
        assert project.with_name(f"{project.name}-wal").exists()
