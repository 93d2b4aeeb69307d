"""What a person decides about documents is heeded by scans; a check tells what a run would read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.pipeline import ExecutionContext
from genglossary_gui.core.pipeline.steps.check import check_documents
from genglossary_gui.core.pipeline.steps.scan import scan
from genglossary_gui.core.store import document_choices, documents, entry_edits
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import left_out
from tests.support import make_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path, "The first gate.", "The second gate.", "The third gate.")


@pytest.fixture
def connection(project: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(project)) as connection, closing(Workers(1)) as workers:
        connection.execute("SELECT 1")
        read(connection, workers)
        yield connection


def read(connection: sqlite3.Connection, workers: Workers) -> None:
    scan(connection, ExecutionContext(1, lambda *_args, **_more: None, CancelToken()), workers)


def states(connection: sqlite3.Connection) -> dict[str, str]:
    return {row.path: row.state for row in documents.all_documents(connection)}


def id_of(connection: sqlite3.Connection, path: str) -> int:
    return next(row.id for row in documents.all_documents(connection) if row.path == path)


def test_a_check_tells_what_is_new_changed_and_gone(project: Path, connection: sqlite3.Connection) -> None:
    folder = project.parent / "documents"
    (folder / "0.txt").write_text("Another gate.")
    (folder / "1.txt").unlink()
    (folder / "9.txt").write_text("A new gate.")

    changes = check_documents(connection, 64)

    assert [len(part) for part in (changes.added, changes.changed, changes.deleted, changes.unchanged)] == [1, 1, 1, 1]
    assert states(connection) == {"0.txt": "changed", "1.txt": "deleted", "2.txt": "ready", "9.txt": "new"}


def test_a_change_that_is_taken_back_counts_as_none(project: Path, connection: sqlite3.Connection) -> None:
    file = project.parent / "documents" / "0.txt"
    before = file.read_text()
    file.write_text("Another gate.")
    check_documents(connection, 64)
    file.write_text(before)

    changes = check_documents(connection, 64)

    assert len(changes.unchanged) == 3
    assert states(connection)["0.txt"] == "ready"


def test_a_document_that_was_left_out_is_not_read_until_it_is_taken_in(connection: sqlite3.Connection) -> None:
    left_out = [id_of(connection, "1.txt")]
    document_choices.set_wanted(connection, left_out, wanted=False)
    with closing(Workers(1)) as workers:
        read(connection, workers)
        assert states(connection)["1.txt"] == "skipped"
        assert len(documents.ready_contents(connection)) == 2
        assert check_documents(connection, 64).unchanged == ("1/0.txt", "1/2.txt")

        document_choices.set_wanted(connection, left_out, wanted=True)
        read(connection, workers)

    assert states(connection)["1.txt"] == "ready"


def test_leaving_out_is_undone_after_a_run_with_all_that_was_read(connection: sqlite3.Connection) -> None:
    def row() -> documents.DocumentRow:
        return next(row for row in documents.all_documents(connection) if row.path == "1.txt")

    before = row()
    assert before.content_id
    changes = document_choices.set_wanted(connection, [before.id], wanted=False)
    with closing(Workers(1)) as workers:
        read(connection, workers)
    assert row().state == "skipped"

    entry_edits.undo(connection, changes)

    assert replace(row(), scanned_at=before.scanned_at) == before


def test_a_chosen_encoding_gives_another_text_of_the_same_bytes(project: Path, connection: sqlite3.Connection) -> None:
    (project.parent / "documents" / "0.txt").write_bytes("水門は水をとめる。".encode("cp932"))
    with closing(Workers(1)) as workers:
        read(connection, workers)
        document_choices.choose_encoding(connection, [id_of(connection, "0.txt")], "cp1252")
        assert states(connection)["0.txt"] == "changed"
        read(connection, workers)
        row = next(row for row in documents.all_documents(connection) if row.path == "0.txt")
        assert (row.encoding, row.state) == ("cp1252", "ready")

        document_choices.choose_encoding(connection, [row.id], "")
        read(connection, workers)

    row = next(row for row in documents.all_documents(connection) if row.path == "0.txt")
    assert row.chosen_encoding == ""
    assert row.encoding in ("cp932", "cp1252")


def test_patterns_of_a_person_replace_the_usual_ones(project: Path, connection: sqlite3.Connection) -> None:
    document_choices.set_exclusions(connection, ["1.*"])
    with closing(Workers(1)) as workers:
        read(connection, workers)
        assert states(connection)["1.txt"] == "deleted"
        document_choices.set_exclusions(connection, None)
        read(connection, workers)

    assert states(connection)["1.txt"] == "ready"


def test_what_patterns_leave_out_is_noted_by_runs_and_by_checks(project: Path, connection: sqlite3.Connection) -> None:
    assert left_out(connection) == 0
    (project.parent / "documents" / ".hidden").mkdir()
    document_choices.set_exclusions(connection, ["1.*", "2.*", ".*"])

    check_documents(connection, 64)
    assert left_out(connection) == 3

    document_choices.set_exclusions(connection, ["1.*"])
    with closing(Workers(1)) as workers:
        read(connection, workers)
    assert left_out(connection) == 1


def test_a_folder_that_is_taken_off_and_its_documents_come_back_by_undo(
    tmp_path: Path, connection: sqlite3.Connection
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    before = states(connection)

    changes = document_choices.set_sources(connection, [other])
    assert set(states(connection).values()) == {"deleted"}
    entry_edits.undo(connection, changes)

    assert states(connection) == before
