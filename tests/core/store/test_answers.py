from contextlib import closing

import pytest

from genglossary_gui.core.store.answers import StoredAnswers, count_answers, notes_of_terms
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
    with closing(connect(project, read_only=True)) as other:
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
