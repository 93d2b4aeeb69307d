"""Issues over several runs: what a person decided stays, and an issue keeps its number."""

from __future__ import annotations

from contextlib import closing

import pytest

from genglossary_gui.core import i18n
from genglossary_gui.core.glossary import IssueDraft, IssueType
from genglossary_gui.core.issue_words import issue
from genglossary_gui.core.store import entry_edits, glossary, issue_edits
from genglossary_gui.core.store.publishing_unsupported import publish_unsupported
from genglossary_gui.core.store.reversible import Tracked
from genglossary_gui.core.store.selection import Selection
from tests.core.store.test_entry_edits import GATE, KEYS, LOCK, Book

SHORT = IssueDraft("lock", IssueType.UNCLEAR, "too short")
RELATED = IssueDraft("lock", IssueType.MISSING_RELATION, "uses gate", related=("gate",))


@pytest.fixture
def book(tmp_path):
    book = Book(tmp_path)
    with closing(book.connection):
        book.publish(rough={key: f"A {key}." for key in KEYS})
        yield book


def states(book) -> list[tuple]:
    return book.connection.execute("SELECT id, explanation, state, reason FROM issues ORDER BY id").fetchall()


def test_an_issue_that_is_found_again_keeps_its_number(book):
    book.publish(issues=(SHORT,))
    [(number, *_rest)] = states(book)
    book.publish(issues=(IssueDraft("lock", IssueType.UNCLEAR, "短すぎます"),))
    assert states(book) == [(number, "短すぎます", "open", "")]


def test_an_open_issue_that_is_not_found_again_goes(book):
    book.publish(issues=(SHORT,))
    book.publish(issues=())
    assert states(book) == []


def test_ignored_stays_ignored_for_this_very_issue_only(book):
    book.publish(issues=(SHORT, RELATED))
    ignored = next(number for number, words, *_rest in states(book) if words == "uses gate")
    issue_edits.ignore(book.connection, [ignored], " known ")
    other = IssueDraft("lock", IssueType.MISSING_RELATION, "uses weir", related=("weir",))
    book.publish(issues=(SHORT, RELATED, other))
    assert sorted((words, state, reason) for _n, words, state, reason in states(book)) == [
        ("too short", "open", ""),
        ("uses gate", "ignored", "known"),
        ("uses weir", "open", ""),
    ]


def test_each_unsupported_sentence_is_an_issue_of_its_own(book):
    first, second = (IssueDraft("lock", IssueType.UNSUPPORTED, f"Nothing says: {n}") for n in "12")
    book.publish(issues=(first,))
    issue_edits.ignore(book.connection, [states(book)[0][0]], "I know")
    book.publish(issues=(second,))
    assert [(words, state) for _n, words, state, _r in states(book)] == [
        ("Nothing says: 1", "ignored"),
        ("Nothing says: 2", "open"),
    ]


def test_what_was_fixed_and_is_found_again_is_open_again(book):
    book.publish(issues=(SHORT,))
    issue_edits.mark_fixed(book.connection, [states(book)[0][0]])
    book.publish(issues=())
    assert [state for _n, _w, state, _r in states(book)] == ["fixed"]
    book.publish(issues=(SHORT,))
    assert [state for _n, _w, state, _r in states(book)] == ["open"]


def test_a_relation_that_was_named_stays_fixed_until_it_is_taken_back(book):
    book.publish(issues=(RELATED,))
    tracked = Tracked(book.connection)
    issue_edits.relate(tracked, LOCK, [GATE])
    issue_edits.decide(tracked, states(book)[0][0], "fixed")
    book.publish(issues=(RELATED,))
    assert [state for _n, _w, state, _r in states(book)] == ["fixed"]
    issue_edits.unrelate(book.connection, LOCK, GATE)
    book.publish(issues=(RELATED,))
    assert [state for _n, _w, state, _r in states(book)] == ["open"]


@pytest.fixture
def japanese():
    """Called, it makes Japanese the language of all."""
    yield lambda: i18n.set_language("ja")
    i18n.set_language("en")


def _unsupported(sentence: str) -> IssueDraft:
    return issue("lock", IssueType.UNSUPPORTED, "unsupported", {"term": "lock", "sentence": sentence})


def test_what_was_ignored_stays_ignored_for_a_run_in_another_language(book, japanese):
    book.publish(issues=(_unsupported("One."), _unsupported("Two.")))
    issue_edits.ignore(book.connection, [states(book)[0][0]], "I know")
    japanese()
    book.publish(issues=(_unsupported("Two."), _unsupported("One.")))
    assert sorted(state for _n, _w, state, _r in states(book)) == ["ignored", "open"]


def test_a_run_that_only_defines_knows_an_ignored_sentence_in_another_language(book, japanese):
    book.publish(issues=(_unsupported("One."),))
    issue_edits.ignore(book.connection, [states(book)[0][0]], "I know")
    before = states(book)
    japanese()
    publish_unsupported(book.connection, book.start(), ["lock"], [_unsupported("One.")])
    assert states(book) == before


def test_issues_are_shown_found_and_sorted_in_the_language_of_the_reader(book, japanese):
    book.publish(issues=(issue("lock", IssueType.CIRCULAR, "only_repeats", {"term": "lock"}), SHORT))
    japanese()

    found = glossary.issue_ids(book.connection, Selection(search="繰り返", sort="explanation"))

    [row] = glossary.issue_rows(book.connection, found).values()
    assert "「lock」" in row.explanation
    assert glossary.load_open_issues(book.connection)[0].explanation == row.explanation
    old = glossary.issue_ids(book.connection, Selection(search="too short"))
    assert len(old) == 1


def test_the_review_looks_at_what_a_person_wrote(book):
    """A run stages definitions for locked entries too; they are not what the glossary will say."""
    from genglossary_gui.core.glossary import DefinitionDraft, Stage
    from genglossary_gui.core.store import drafts

    entry_edits.write_definition(book.connection, LOCK, "Mine.")
    run_id = book.start()
    drafts.stage_definitions(
        book.connection, run_id, Stage.PROVISIONAL, [("lock", DefinitionDraft("Theirs.", 0.5, (), "offline"))]
    )
    texts = {entry.term.key: entry.definition.text for entry in drafts.entries_of_draft(book.connection, run_id)}
    assert texts["lock"] == "Mine."
