"""A project of an older version is brought up to date: in one transaction, with a copy, without losing anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from genglossary_gui.core import times
from genglossary_gui.core.errors import ProjectError
from genglossary_gui.core.store import runs, schema
from genglossary_gui.core.store.answers import StoredAnswers, tidy
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.entry_record import entry_record


@pytest.fixture
def old(tmp_path):
    """A project as version 1 made it, with one completed run."""
    path = tmp_path / "old.genglossary"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.executescript(schema.STEPS[0] + "PRAGMA user_version = 1;")
        connection.execute(
            "INSERT INTO runs (uuid, scope, engine, triggered_by, settings, owner, status, created_at)"
            " VALUES ('u', 'full', 'offline', 'manual', '{}', 'me', 'pending', 'then')"
        )
        connection.execute("UPDATE runs SET status = 'running'")
        connection.execute("UPDATE runs SET outcome = 'completed'")
        connection.execute("UPDATE runs SET status = 'completed'")
        connection.commit()
    return path


def version_of(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def test_r68_an_older_project_is_brought_up_to_date_and_copied_first(old):
    with closing(connect(old)) as connection:
        row = runs.get_run(connection, 1)
        assert row is not None
        assert (row.status, row.draft, row.mode) == ("completed", 1, "work")
    assert version_of(old) == len(schema.STEPS)
    copy = old.with_name("old (backup).genglossary")
    assert version_of(copy) == 1
    connect(old).close()
    assert [path.name for path in sorted(old.parent.glob("*(backup*"))] == [copy.name]


def test_r68_a_step_that_fails_leaves_the_file_as_it_was(old, monkeypatch):
    before = old.read_bytes()
    monkeypatch.setattr(schema, "STEPS", (schema.STEPS[0], "CREATE TABLE a (b);\nINSERT INTO nowhere VALUES (1);\n"))
    with pytest.raises(ProjectError):
        connect(old)
    assert old.read_bytes() == before
    assert not list(old.parent.glob("*(backup*"))


def test_r66_an_older_project_that_cannot_be_written_says_what_to_do(old):
    with pytest.raises(ProjectError) as caught:
        connect(old, read_only=True)
    assert "older" in str(caught.value)
    assert version_of(old) == 1


def test_r68_a_glossary_of_version_2_keeps_every_word_and_decision(tmp_path):
    path = tmp_path / "two.genglossary"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.executescript("".join(schema.STEPS[:2]) + "PRAGMA user_version = 2;")
        connection.execute(
            "INSERT INTO terms (key, term, language, category, score, rank, frequency, document_frequency, suggested,"
            " status, notes, locked) VALUES ('lock', 'lock', 'en', 'technical_term', 1, 1, 2, 1, 1, 'accepted', 'n', 1)"
        )
        connection.executemany(
            "INSERT INTO definitions (term_id, stage, text, confidence, origin, approved, current, created_at)"
            " VALUES (1, ?, ?, 0.5, 'offline', ?, ?, 'then')",
            [("provisional", "Rough.", 0, 1), ("refined", "Old.", 0, 0), ("refined", "Fine.", 1, 1)],
        )
        connection.execute(
            "INSERT INTO issues (term_id, type, explanation, action, state, reason)"
            " VALUES (1, 'unclear', 'why', 'what', 'ignored', 'meant')"
        )
        before = {
            table: connection.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("terms", "definitions", "issues")
        }
        connection.commit()

    with closing(connect(path)) as connection:
        record = entry_record(connection, 1)
        after = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in before}

    assert {table: [row[: len(before[table][0])] for row in rows] for table, rows in after.items()} == before
    assert record is not None
    assert [(v.text, v.approved, v.current, v.offered) for v in record.versions] == [
        ("Fine.", True, True, False),
        ("Old.", False, False, False),
        ("Rough.", False, True, False),
    ]
    assert [(issue.state, issue.reason) for issue in record.detail.issues] == [("ignored", "meant")]


@contextmanager
def project_before(path: Path, step: str) -> Iterator[sqlite3.Connection]:
    """A project of the version that did not have ``step`` yet, to be filled."""
    steps = schema.STEPS[: schema.STEPS.index(step)]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.executescript("".join(steps) + f"PRAGMA user_version = {len(steps)};")
        yield connection


def test_issues_and_counts_of_a_project_of_before_stay_as_they_are(tmp_path):
    path = tmp_path / "eight.genglossary"
    with project_before(path, schema._SAYINGS) as connection:
        connection.execute(
            "INSERT INTO terms (key, term, language, category, score, rank, frequency, document_frequency, suggested)"
            " VALUES ('lock', 'lock', 'en', 'technical_term', 1, 1, 5, 4, 1)"
        )
        connection.execute(
            "INSERT INTO issues (term_id, type, explanation, action) VALUES (1, 'unclear', 'wie es hieß', 'was zu tun')"
        )
        connection.commit()
    with closing(connect(path)) as connection:
        record = entry_record(connection, 1)
    assert record is not None
    assert record.detail.row.document_frequency == 4
    [issue] = record.detail.issues
    assert (issue.explanation, issue.action) == ("wie es hieß", "was zu tun")


def test_a_project_of_before_keeps_its_answers_when_their_use_is_written_down(tmp_path):
    path = tmp_path / "seven.genglossary"
    with project_before(path, schema._USE_OF_ANSWERS) as connection:
        connection.execute(
            "INSERT INTO answers (key, model, text, tokens, created_at) VALUES ('k', 'm', '{}', 3, ?)",
            (times.utc_now(),),
        )
        connection.commit()
    with closing(connect(path)) as connection:
        assert tidy(connection) == 0
        assert StoredAnswers(connection, 1).find(["k"]) == {"k": "{}"}
