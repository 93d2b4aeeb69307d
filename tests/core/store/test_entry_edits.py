"""What a person does to entries, against the real database: every act has its way back, no run undoes it."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from genglossary_gui.core.glossary import (
    DefinitionDraft,
    IssueDraft,
    IssueType,
    Passage,
    PassageKind,
    Stage,
    TermDraft,
)
from genglossary_gui.core.store import drafts, entry_edits
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.entry_record import entry_record
from genglossary_gui.core.store.glossary import entry_rows
from genglossary_gui.core.store.publishing import publish
from tests.support import add_document, make_project, start_run

OWNER = "me"
KEYS = ("lock", "weir", "gate")
PASSAGE = "A lock is a chamber with gates."


class Book:
    """A project with three terms, and runs that define them."""

    def __init__(self, folder: Path) -> None:
        self.path = make_project(folder)
        document_id, content_id = add_document(self.path, "guide/a.md", PASSAGE)
        self.passage = Passage(content_id, 0, len(PASSAGE), 1, PASSAGE, PassageKind.DEFINITION, 0.5, "", document_id)
        self.connection = connect(self.path)
        self.terms = [TermDraft(key, key, "en", 1.0, n, 3, 1, True) for n, key in enumerate(KEYS, 1)]

    def publish(
        self,
        *,
        rough: dict[str, str] | None = None,
        fine: dict[str, str] | None = None,
        issues: tuple[IssueDraft, ...] = (),
        run_id: int = 0,
    ) -> int:
        """A full run that gives these definitions; those of ``rough`` are provisional, of ``fine`` refined."""
        run_id = run_id or self.start()
        drafts.stage_terms(self.connection, run_id, self.terms)
        for stage, texts in ((Stage.PROVISIONAL, rough or {}), (Stage.REFINED, fine or {})):
            found = [(key, DefinitionDraft(text, 0.5, (self.passage,), "offline")) for key, text in texts.items()]
            drafts.stage_definitions(self.connection, run_id, stage, found)
        drafts.stage_issues(self.connection, run_id, issues)
        publish(self.connection, run_id, OWNER)
        return run_id

    def start(self) -> int:
        run_id = start_run(self.connection, owner=OWNER)
        return run_id

    def row(self, term_id: int):
        return entry_rows(self.connection, [term_id])[term_id]

    def record(self, term_id: int):
        record = entry_record(self.connection, term_id)
        assert record is not None
        return record

    def dump(self) -> dict[str, list[tuple]]:
        tables = ("terms", "variants", "definitions", "evidence", "issues", "relations")
        return {table: self.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}


@pytest.fixture
def book(tmp_path):
    book = Book(tmp_path)
    with closing(book.connection):
        book.publish(rough={key: f"A {key}, roughly." for key in KEYS})
        yield book


LOCK, WEIR, GATE = 1, 2, 3


def test_an_edit_is_a_new_version_that_keeps_the_evidence_and_locks(book):
    entry_edits.write_definition(book.connection, LOCK, "  A chamber between two gates. ")
    row, record = book.row(LOCK), book.record(LOCK)
    assert (row.definition, row.origin, row.locked, row.approved) == (
        "A chamber between two gates.",
        "person",
        True,
        False,
    )
    assert [placed.passage.text for placed in record.detail.evidence] == [PASSAGE]
    assert [(v.text, v.current, v.run_id) for v in record.versions] == [
        ("A chamber between two gates.", True, None),
        ("A lock, roughly.", True, 1),
    ]


def test_an_edit_takes_the_approval_back_and_one_without_a_change_does_not(book):
    entry_edits.approve(book.connection, [LOCK])
    assert entry_edits.write_definition(book.connection, LOCK, "A lock, roughly. ") == []
    assert book.row(LOCK).approved
    entry_edits.write_definition(book.connection, LOCK, "Other.")
    assert not book.row(LOCK).approved


def test_only_a_definition_can_be_approved(book):
    book.publish(rough={"lock": ""})
    assert entry_edits.approve(book.connection, [LOCK]) == []


def test_approving_many_is_undone_at_once(book):
    before = book.dump()
    changes = entry_edits.approve(book.connection, [LOCK, WEIR, GATE])
    assert len(changes) == 3
    assert entry_edits.undo(book.connection, changes) == 3
    assert book.dump() == before


def test_unlocking_lets_the_next_run_write(book):
    entry_edits.write_definition(book.connection, LOCK, "Mine.")
    entry_edits.approve(book.connection, [LOCK])
    entry_edits.lock(book.connection, [LOCK], locked=False)
    book.publish(fine={"lock": "Theirs."})
    assert book.row(LOCK).definition == "Theirs."


def test_g5_a_run_after_edits_and_approvals_changes_none_of_them(tmp_path):
    book = Book(tmp_path)
    book.terms = [TermDraft(f"t{n}", f"t{n}", "en", 1.0, n, 3, 1, True) for n in range(1, 61)]
    with closing(book.connection):
        book.publish(rough={f"t{n}": f"Rough {n}." for n in range(1, 61)}, fine={"t1": "Fine 1.", "t25": "Fine 25."})
        for term_id in range(1, 21):
            entry_edits.write_definition(book.connection, term_id, f"Mine {term_id}.")
        entry_edits.approve(book.connection, range(21, 41))
        entry_edits.lock(book.connection, range(41, 51))
        before = {n: (row := book.row(n)).definition + str((row.approved, row.locked)) for n in range(1, 51)}
        book.publish(
            rough={f"t{n}": f"Other {n}." for n in range(1, 61)}, fine={f"t{n}": f"Better {n}." for n in range(1, 61)}
        )
        after = {n: (row := book.row(n)).definition + str((row.approved, row.locked)) for n in range(1, 51)}
        assert after == before
        assert {book.row(n).definition for n in range(51, 61)} == {f"Better {n}." for n in range(51, 61)}
        assert all(book.row(n).is_offered for n in range(1, 51))


def test_a_later_run_suggests_once_and_a_person_accepts(book):
    entry_edits.write_definition(book.connection, LOCK, "Mine.")
    run_id = book.publish(rough={"lock": "A newer one."}, fine={"lock": "A finer one."})
    offer = book.record(LOCK).offer
    assert (offer.text, offer.run_id) == ("A finer one.", run_id)
    entry_edits.accept_offers(book.connection, [LOCK])
    row = book.row(LOCK)
    assert (row.definition, row.origin, row.locked, row.is_offered) == ("A finer one.", "offline", True, False)


def test_what_the_entry_said_before_is_no_suggestion(book):
    entry_edits.write_definition(book.connection, LOCK, "Mine.")
    versions = len(book.record(LOCK).versions)
    book.publish(rough={"lock": "A lock, roughly."})
    assert not book.row(LOCK).is_offered
    assert len(book.record(LOCK).versions) == versions


def test_what_was_dismissed_is_not_suggested_again(book):
    entry_edits.write_definition(book.connection, LOCK, "Mine.")
    book.publish(rough={"lock": "Theirs."})
    entry_edits.dismiss_offers(book.connection, [LOCK])
    book.publish(rough={"lock": "Theirs."})
    assert not book.row(LOCK).is_offered
    book.publish(rough={"lock": "Another."})
    assert book.record(LOCK).offer.text == "Another."


def test_a_suggestion_of_a_newer_run_stays_when_an_older_one_publishes_late(book):
    entry_edits.write_definition(book.connection, LOCK, "Mine.")
    older, newer = book.start(), book.start()
    book.publish(rough={"lock": "New."}, run_id=newer)
    book.publish(rough={"lock": "Old."}, run_id=older)
    assert book.record(LOCK).offer.text == "New."


@pytest.mark.parametrize("version", ["rough", "fine"])
def test_restoring_brings_words_origin_and_evidence_back(book, version):
    book.publish(rough={"lock": "The rough one."}, fine={"lock": "The fine one."})
    entry_edits.write_definition(book.connection, LOCK, "Mine.")
    wanted = next(v for v in book.record(LOCK).versions if v.text == f"The {version} one.")
    entry_edits.restore_version(book.connection, LOCK, wanted.id)
    record = book.record(LOCK)
    assert (record.shown.text, record.shown.origin, record.shown.base) == (wanted.text, "offline", wanted.id)
    assert record.detail.row.locked
    assert len(record.detail.evidence) == 1


def test_an_undo_leaves_alone_what_a_run_has_changed_since(book):
    change = entry_edits.approve(book.connection, [LOCK])
    entry_edits.lock(book.connection, [LOCK], locked=False)
    book.publish(fine={"lock": "Theirs."})
    before = book.dump()
    assert entry_edits.undo(book.connection, change) == 0
    assert book.dump() == before


def test_undoing_an_unlock_does_not_lock_what_a_run_has_written_since(book):
    entry_edits.approve(book.connection, [LOCK])
    entry_edits.lock(book.connection, [LOCK])
    unlocked = entry_edits.lock(book.connection, [LOCK], locked=False)
    book.publish(rough={"lock": "Theirs."})
    assert entry_edits.undo(book.connection, unlocked) == 0
    row = book.row(LOCK)
    assert (row.definition, row.locked, row.approved) == ("Theirs.", False, False)
    book.publish(rough={"lock": "Theirs again."})
    assert book.row(LOCK).definition == "Theirs again."


def test_an_edit_deals_with_issues_about_the_wording_and_undo_brings_them_back(book):
    issues = (IssueDraft("lock", IssueType.UNCLEAR, "short"), IssueDraft("lock", IssueType.DUPLICATE, "twice"))
    book.publish(rough={"lock": "A lock, roughly."}, issues=issues)
    changes = entry_edits.write_definition(book.connection, LOCK, "Mine.")
    assert [issue.state for issue in book.record(LOCK).detail.issues] == ["fixed", "open"]
    entry_edits.undo(book.connection, changes)
    assert [issue.state for issue in book.record(LOCK).detail.issues] == ["open", "open"]


def test_what_is_being_typed_survives_and_goes_when_it_is_saved(book):
    entry_edits.keep_unsaved(book.connection, LOCK, "Half a sent")
    with closing(connect(book.path)) as other:
        record = entry_record(other, LOCK)
    assert record is not None
    assert record.unsaved == "Half a sent"
    entry_edits.write_definition(book.connection, LOCK, "Half a sentence.")
    assert book.record(LOCK).unsaved is None


def test_stale_evidence_is_told(book):
    assert not book.row(LOCK).is_stale
    book.connection.execute("UPDATE documents SET state = 'deleted'")
    assert book.row(LOCK).is_stale


class EntryMachine(RuleBasedStateMachine):
    """Any acts in any order, runs between them: protected entries keep their words, and undo leads back exactly."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.book = Book(Path(self.folder.name))
        self.book.publish(rough={key: f"A {key}, roughly." for key in KEYS})
        self.done: list[tuple[dict, list, dict]] = []
        self.undone: list[tuple[dict, list, dict]] = []
        self.texts = 0

    def teardown(self) -> None:
        self.book.connection.close()
        self.folder.cleanup()

    def _do(self, act) -> None:
        before = self.book.dump()
        changes = act(self.book.connection)
        if changes:
            self.done.append((before, changes, self.book.dump()))
            self.undone.clear()
        else:
            assert self.book.dump() == before

    def _text(self) -> str:
        self.texts += 1
        return f"Words {self.texts}."

    ids = st.lists(st.sampled_from([LOCK, WEIR, GATE]), min_size=1, max_size=3, unique=True)

    @rule(term_id=st.sampled_from([LOCK, WEIR, GATE]), empty=st.booleans())
    def write(self, term_id, empty):
        self._do(lambda c: entry_edits.write_definition(c, term_id, "" if empty else self._text()))
        assert not self.book.row(term_id).approved

    @rule(ids=ids, approved=st.booleans())
    def approve(self, ids, approved):
        self._do(lambda c: entry_edits.approve(c, ids, approved=approved))
        assert all(self.book.row(n).approved == (approved and bool(self.book.row(n).definition)) for n in ids)

    @rule(ids=ids, locked=st.booleans())
    def lock(self, ids, locked):
        self._do(lambda c: entry_edits.lock(c, ids, locked=locked))

    @rule(term_id=st.sampled_from([LOCK, WEIR, GATE]), number=st.integers(0, 5))
    def restore(self, term_id, number):
        versions = self.book.record(term_id).versions
        wanted = versions[number % len(versions)]
        self._do(lambda c: entry_edits.restore_version(c, term_id, wanted.id))
        assert self.book.row(term_id).definition == wanted.text

    @rule(ids=ids, accept=st.booleans())
    def offers(self, ids, accept):
        act = entry_edits.accept_offers if accept else entry_edits.dismiss_offers
        self._do(lambda c: act(c, ids))
        assert not any(self.book.row(n).is_offered for n in ids)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self):
        before, changes, after = self.done.pop()
        assert self.book.dump() == after
        assert entry_edits.undo(self.book.connection, changes) == len(changes)
        assert self.book.dump() == before
        self.undone.append((before, changes, after))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        before, changes, after = self.undone.pop()
        assert entry_edits.redo(self.book.connection, changes) == len(changes)
        assert self.book.dump() == after
        self.done.append((before, changes, after))

    @rule(keys=st.lists(st.sampled_from(KEYS), unique=True), refined=st.booleans())
    def run(self, keys, refined):
        protected = {n: self.book.row(n).definition for n in (LOCK, WEIR, GATE) if self.book.row(n).is_protected}
        texts = {key: self._text() for key in keys}
        self.book.publish(rough=texts, fine={key: self._text() for key in keys} if refined else {})
        assert {n: self.book.row(n).definition for n in protected} == protected
        # What was done before a run need not have an exact way back.
        self.done.clear()
        self.undone.clear()

    @invariant()
    def one_current_version_of_each_stage_and_approvals_only_there(self):
        rows = self.book.connection.execute(
            "SELECT COUNT(*) FROM definitions WHERE (approved = 1 AND current = 0) OR (approved = 1 AND text = '')"
        ).fetchone()
        assert rows == (0,)
        offers = self.book.connection.execute(
            "SELECT COUNT(*) FROM definitions WHERE offered = 1 GROUP BY term_id HAVING COUNT(*) > 1"
        ).fetchall()
        assert offers == []


TestEntryMachine = EntryMachine.TestCase
TestEntryMachine.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def test_a_locked_project_is_said_and_nothing_is_half_done(book):
    before = book.dump()
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        book.connection.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(sqlite3.OperationalError):
            entry_edits.write_definition(book.connection, LOCK, "Mine.")
        other.rollback()
    assert book.dump() == before
