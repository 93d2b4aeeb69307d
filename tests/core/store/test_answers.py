from contextlib import closing

import pytest

from genglossary_gui.core import times
from genglossary_gui.core.store import drafts
from genglossary_gui.core.store.answers import (
    KEPT_DAYS,
    StoredAnswers,
    count_answers,
    delete_answers,
    notes_of_terms,
    tidy,
)
from genglossary_gui.core.store.connection import connect
from tests.support import make_project


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, "text")


@pytest.fixture
def connection(project):
    with closing(connect(project)) as connection:
        yield connection


def test_an_answer_is_there_for_others_at_once(project, connection):
    StoredAnswers(connection).keep("k", "model", "{}", 3)
    with closing(connect(project)) as other:
        assert StoredAnswers(other).find(["k", "unknown"]) == {"k": "{}"}
        assert count_answers(other) == 1


def test_a_later_answer_replaces_an_earlier_one(connection):
    answers = StoredAnswers(connection)
    answers.keep("k", "model", "old", 3)
    answers.keep("k", "model", "new", 3)
    assert answers.find(["k"]) == {"k": "new"}


def test_any_number_of_answers_is_found(connection):
    answers = StoredAnswers(connection)
    for number in range(1203):
        answers.keep(str(number), "model", f"a{number}", 1)
    assert len(answers.find(map(str, range(2000)))) == 1203
    assert answers.find([]) == {}


def test_t6_notes_are_found_by_the_key_of_the_term(connection):
    connection.execute(
        "INSERT INTO terms"
        " (key, term, language, category, score, rank, frequency, document_frequency, suggested, notes)"
        " VALUES ('lock', 'Lock', 'en', 'technical_term', 1, 1, 1, 1, 1, 'of canals'),"
        " ('weir', 'Weir', 'en', 'technical_term', 1, 2, 1, 1, 1, '')"
    )
    assert notes_of_terms(connection) == {"lock": "of canals"}


def _run(connection, run_id, *, is_over=True):
    connection.execute(
        "INSERT INTO runs (id, uuid, scope, engine, triggered_by, settings, owner, status, created_at)"
        " VALUES (?, ?, 'generate', 'llm', 'manual', '{}', 'me', 'pending', 'then')",
        (run_id, str(run_id)),
    )
    if is_over:
        connection.execute("UPDATE runs SET status = 'cancelled' WHERE id = ?", (run_id,))


def _age(connection, key):
    """Make an answer one that was got long ago."""
    long_ago = times.days_ago(KEPT_DAYS + 1)
    connection.execute("UPDATE answers SET created_at = ?, used_at = ? WHERE key = ?", (long_ago, long_ago, key))


def _keys(connection):
    return {key for (key,) in connection.execute("SELECT key FROM answers")}


def test_answers_that_no_run_got_for_long_go(connection):
    answers = StoredAnswers(connection, 1)
    for key in ("old", "new"):
        answers.keep(key, "model", "{}", 1)
    _age(connection, "old")
    assert tidy(connection) == 1
    assert _keys(connection) == {"new"}
    assert tidy(connection) == 0


def test_an_old_answer_that_a_run_gets_again_stays(connection):
    answers = StoredAnswers(connection, 1)
    answers.keep("old", "model", "{}", 1)
    _age(connection, "old")
    answers.find(["old"])
    assert tidy(connection) == 0


def test_of_too_many_answers_those_of_the_newest_runs_stay(connection, monkeypatch):
    monkeypatch.setattr("genglossary_gui.core.store.answers.MOST_KEPT", 2)
    for run, key in enumerate(("a", "b", "c"), 1):
        StoredAnswers(connection, run).keep(key, "model", "{}", 1)
    assert tidy(connection) == 1
    assert _keys(connection) == {"b", "c"}


def test_r4_what_a_resumable_draft_may_need_stays_however_old_it_is(connection):
    for run in (1, 2, 3):
        StoredAnswers(connection, run).keep(f"of run {run}", "model", "{}", 1)
        _age(connection, f"of run {run}")
    _run(connection, 2)
    drafts.begin(connection, 2, "")
    assert tidy(connection) == 1
    assert delete_answers(connection) == 0
    assert _keys(connection) == {"of run 2", "of run 3"}
    drafts.discard(connection, 2)
    assert delete_answers(connection) == 2


def test_what_an_active_run_may_have_got_stays(connection):
    _run(connection, 5, is_over=False)
    StoredAnswers(connection, 5).keep("mine", "model", "{}", 1)
    StoredAnswers(connection, 4).keep("others", "model", "{}", 1)
    assert delete_answers(connection) == 1
    assert _keys(connection) == {"mine"}


def test_what_was_kept_before_anybody_wrote_down_its_use_stays_as_long_as_something_can_be_resumed(connection):
    StoredAnswers(connection).keep("unknown", "model", "{}", 1)
    _run(connection, 7)
    drafts.begin(connection, 7, "")
    assert delete_answers(connection) == 0
    drafts.discard(connection, 7)
    assert delete_answers(connection) == 1
