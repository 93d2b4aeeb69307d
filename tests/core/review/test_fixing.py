"""The fixes of issues: each does its one thing, marks the issue as fixed, and has a way back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from genglossary_gui.core.glossary import IssueDraft, IssueType
from genglossary_gui.core.review.fixing import Fix, fix, fix_of, renew_evidence, unsupported_sentences
from genglossary_gui.core.store import entry_edits
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.documents import ScannedDocument, pack_text, save_content, save_document
from genglossary_gui.core.store.entry_record import entry_record, mentioning_entries, related_entries
from genglossary_gui.core.store.glossary import entry_ids, entry_rows
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.core.text import Block, BlockKind, DocumentText
from tests.core.store.test_entry_edits import GATE, KEYS, LOCK, PASSAGE, WEIR, Book

INVENTED = "It was built in 1831."


@pytest.fixture
def book(tmp_path):
    book = Book(tmp_path)
    with closing(book.connection):
        yield book


def issue(book, kind, *, related=(), explanation="why", text="A chamber. It was built in 1831."):
    book.publish(
        rough={**{key: f"A {key}." for key in KEYS}, "lock": text},
        issues=(IssueDraft("lock", kind, explanation, related=related),),
    )
    [found] = book.record(LOCK).detail.issues
    return found


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        (IssueType.MISSING_RELATION, Fix.RELATE),
        (IssueType.UNNECESSARY, Fix.DROP),
        (IssueType.DUPLICATE, Fix.MERGE),
        (IssueType.UNSUPPORTED, Fix.REMOVE_SENTENCE),
    ],
)
def test_each_fix_changes_something_marks_the_issue_and_can_be_undone(book, kind, way):
    found = issue(book, kind, related=("gate",), explanation=f"No evidence: {INVENTED}")
    assert fix_of(found) is way
    before = book.dump()
    changes = fix(book.connection, [found])
    assert [i.state for i in book.record(LOCK).detail.issues] == ["fixed"]
    assert book.dump() != before
    entry_edits.undo(book.connection, changes)
    assert book.dump() == before


def test_a_named_relation_shows_on_both_sides(book):
    fix(book.connection, [issue(book, IssueType.MISSING_RELATION, related=("gate",))])
    assert [(r.term, r.is_named) for r in related_entries(book.connection, LOCK)] == [("gate", True)]
    assert [(r.term, r.is_named) for r in related_entries(book.connection, GATE)] == [("lock", True)]


def test_duplicates_become_one_entry_with_both_names(book):
    found = issue(book, IssueType.DUPLICATE, related=("gate",))
    fix(book.connection, [found])
    shown = entry_ids(book.connection, Selection(filters=("suggested",)))
    assert [row.term for row in entry_rows(book.connection, shown).values()] == ["lock", "weir"]
    assert book.row(LOCK).aliases == ("gate",)


def test_the_sentence_without_evidence_goes_and_the_rest_stays(book):
    found = issue(book, IssueType.UNSUPPORTED, explanation=f"No evidence: {INVENTED}")
    assert unsupported_sentences(book.row(LOCK).definition, [found]) == [INVENTED]
    fix(book.connection, [found])
    assert book.row(LOCK).definition == "A chamber."


def test_an_unclear_definition_has_a_fix_only_when_a_run_suggests_another(book):
    found = issue(book, IssueType.UNCLEAR)
    assert fix_of(found) is None
    assert fix(book.connection, [found]) == []
    entry_edits.write_definition(book.connection, LOCK, "Mine.")
    book.publish(rough={"lock": "Better."}, issues=(IssueDraft("lock", IssueType.UNCLEAR, "why"),))
    [found] = [i for i in book.record(LOCK).detail.issues if i.state == "open"]
    assert fix_of(found) is Fix.ACCEPT_OFFER
    fix(book.connection, [found])
    assert book.row(LOCK).definition == "Better."


def test_evidence_is_found_again_in_the_changed_document(book):
    issue(book, IssueType.UNCLEAR)
    changed = DocumentText(f"New first line.\n{PASSAGE}", (Block(BlockKind.PARAGRAPH, 0, 47),), lines=((0, 1), (16, 2)))
    content = save_content(book.connection, "2", "txt", "utf-8", pack_text(changed))
    found = ScannedDocument(source_id=1, path="guide/a.md", format="txt", size=9, state="ready", content_id=content)
    save_document(book.connection, found)
    assert book.row(LOCK).is_stale
    before = book.dump()
    changes = renew_evidence(book.connection, [LOCK])
    [placed] = book.record(LOCK).detail.evidence
    assert (placed.is_current, placed.passage.line, placed.passage.start) == (True, 2, 16)
    assert not book.row(LOCK).is_stale
    entry_edits.undo(book.connection, changes)
    assert book.dump() == before


def test_mentions_are_whole_words_and_the_longest_wins(book):
    book.terms += [
        replace(book.terms[0], key="lock gate", term="lock gate", rank=4),
        replace(book.terms[0], key="ate", term="ate", rank=5),
    ]
    book.publish(rough={"weir": "It has a Lock gate and gates; 閘門gateも。", "lock": "A lock."})
    assert [r.term for r in related_entries(book.connection, WEIR)] == ["lock gate", "gate"]
    with closing(connect(book.path)) as other:
        record = entry_record(other, GATE)
        assert record is not None
        assert [r.term for r in mentioning_entries(other, GATE)] == ["weir"]
