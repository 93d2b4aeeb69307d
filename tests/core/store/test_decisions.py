"""What a person decides about terms stays, whatever runs find afterwards, and can be taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from genglossary_gui.core.glossary import Category, Passage, Scope, TermDraft, Variant
from genglossary_gui.core.store import decisions, drafts, entry_edits, glossary
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.decisions import Listed, Status
from genglossary_gui.core.store.publishing import publish
from genglossary_gui.core.store.selection import Selection
from tests.support import add_document, make_project, start_run

KEYS = ("gate", "lock", "sluice gate", "weir")
SPELLINGS = {"gate": ("gates", "portal"), "lock": ("locks",), "sluice gate": (), "weir": ("overfall",)}


class Book:
    """A project whose runs find what they are told to."""

    def __init__(self, folder: Path) -> None:
        project = make_project(folder)
        self.document, self.content = add_document(project, "a.md", "The gate, or portal, and the overfall of a weir.")
        self.connection = connect(project)

    def run(self, *keys: str, frequency: int = 10) -> None:
        """A run that finds these terms, each with its spellings."""
        connection = self.connection
        run_id = start_run(connection, owner="test", scope=Scope.EXTRACT)
        drafts.begin(connection, run_id, "")
        drafts.stage_terms(connection, run_id, [self._draft(key, rank, frequency) for rank, key in enumerate(keys, 1)])
        publish(connection, run_id, "test")

    def _draft(self, key: str, rank: int, frequency: int) -> TermDraft:
        passages = [
            Passage(self.content, 0, 20, 1, f"… {surface} …", document_id=self.document)
            for surface in (key, *SPELLINGS[key])
        ]
        return TermDraft(
            key=key, term=key, language="en", score=1.0 / rank, rank=rank, frequency=frequency, document_frequency=1,
            suggested=True, variants=tuple(Variant(s, 3, "spelling") for s in SPELLINGS[key]), passages=tuple(passages),
        )  # fmt: skip

    def id_of(self, key: str) -> int:
        return self.connection.execute("SELECT id FROM terms WHERE key = ?", (key,)).fetchone()[0]

    def row(self, key: str, *columns: str) -> tuple:
        return self.connection.execute(f"SELECT {', '.join(columns)} FROM terms WHERE key = ?", (key,)).fetchone()

    def variants(self, key: str) -> dict[str, str]:
        return dict(self.connection.execute("SELECT surface, kind FROM variants WHERE term_id = ?", (self.id_of(key),)))

    def glossary(self) -> set[str]:
        """The names of what people get."""
        ids = glossary.entry_ids(self.connection, Selection(filters=("suggested",)))
        return {row.term for row in glossary.entry_rows(self.connection, ids).values()}

    def state(self) -> dict[str, list[tuple]]:
        """All that decisions may touch."""
        return {
            "terms": self.connection.execute(
                "SELECT id, key, term, category, status, listed, named, categorised, merged_into, frequency,"
                " document_frequency FROM terms ORDER BY id"
            ).fetchall(),
            "variants": self.connection.execute("SELECT * FROM variants ORDER BY term_id, surface").fetchall(),
            "splits": self.connection.execute("SELECT * FROM splits ORDER BY term_id, surface").fetchall(),
            "passages": self.connection.execute("SELECT term_id, text FROM passages ORDER BY term_id, text").fetchall(),
        }


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = Book(tmp_path)
    with closing(book.connection):
        book.run(*KEYS)
        yield book


def test_dropped_and_excluded_terms_are_not_in_the_glossary(book: Book) -> None:
    decisions.set_status(book.connection, [book.id_of("gate")], Status.DROPPED)
    decisions.set_listed(book.connection, [book.id_of("lock")], Listed.EXCLUDED)

    book.run(*KEYS)

    assert book.glossary() == {"sluice gate", "weir"}
    assert decisions.unwanted_keys(book.connection) == {"gate", "lock"}


def test_required_comes_before_dropped(book: Book) -> None:
    decisions.set_status(book.connection, [book.id_of("gate")], Status.DROPPED)

    decisions.set_listed(book.connection, [book.id_of("gate")], Listed.REQUIRED)

    assert "gate" in book.glossary()


def test_a_name_and_a_category_given_by_a_person_stay(book: Book) -> None:
    decisions.rename(book.connection, book.id_of("gate"), "Flood gate")
    decisions.set_category(book.connection, [book.id_of("gate")], Category.PLACE)

    book.run(*KEYS)

    assert book.row("gate", "term", "category") == ("Flood gate", "place")
    assert book.variants("gate") == {"gate": "spelling", "gates": "spelling", "portal": "spelling"}


def test_merged_terms_stay_one_term_with_all_their_occurrences(book: Book) -> None:
    decisions.merge(book.connection, [book.id_of("gate"), book.id_of("sluice gate"), book.id_of("weir")])

    book.run(*KEYS, frequency=20)
    book.run(*KEYS, frequency=20)

    assert book.glossary() == {"gate", "lock"}
    assert book.row("gate", "frequency") == (60,)
    assert book.variants("gate") == {
        "gates": "spelling", "portal": "spelling", "sluice gate": "synonym", "weir": "synonym", "overfall": "synonym",
    }  # fmt: skip


def test_a_merged_term_comes_back_by_a_split(book: Book) -> None:
    before = book.state()
    decisions.merge(book.connection, [book.id_of("gate"), book.id_of("weir")])

    decisions.split(book.connection, book.id_of("gate"), ["weir"])

    assert book.state() == before


def test_a_spelling_that_was_split_off_stays_a_term_with_its_own_contexts(book: Book) -> None:
    decisions.split(book.connection, book.id_of("gate"), ["portal"])

    book.run(*KEYS, frequency=8)

    assert book.glossary() == {*KEYS, "portal"}
    assert book.row("portal", "frequency", "status") == (3, "accepted")
    assert book.row("gate", "frequency") == (5,)
    assert "portal" not in book.variants("gate")
    passages = book.connection.execute("SELECT text FROM passages WHERE term_id = ?", (book.id_of("portal"),))
    assert [text for (text,) in passages] == ["… portal …"]


@pytest.mark.parametrize(
    "decide",
    [
        lambda book, term: decisions.set_status(book.connection, [term], Status.ACCEPTED),
        lambda book, term: decisions.set_status(book.connection, [term], Status.DROPPED),
        lambda book, term: decisions.set_listed(book.connection, [term], Listed.EXCLUDED),
        lambda book, term: decisions.rename(book.connection, term, "Weir!"),
        lambda book, term: decisions.set_category(book.connection, [term], Category.TITLE),
        lambda book, term: decisions.merge(book.connection, [book.id_of("gate"), term]),
        lambda book, term: entry_edits.write_note(book.connection, term, "ask Fred"),
    ],
)
def test_a_term_that_vanishes_and_comes_back_keeps_its_decision(book: Book, decide: Callable) -> None:
    columns = ("id", "term", "category", "status", "listed", "named", "categorised", "merged_into", "notes")
    assert decide(book, book.id_of("weir"))
    decided = book.row("weir", *columns)

    book.run("gate", "lock")
    assert book.row("weir", "frequency") == (0,)
    book.run(*KEYS)

    assert book.row("weir", *columns) == decided
    assert book.row("weir", "frequency") == (10,)


def test_terms_that_a_person_names_are_added_once(book: Book) -> None:
    changes = decisions.add_terms(book.connection, ["水門", "  Gates ", "水門", "—"], listed=Listed.REQUIRED)

    assert len(changes) == 2
    assert {term.term for term in decisions.listed_terms(book.connection, Listed.REQUIRED)} == {"gate", "水門"}
    assert book.row("水門", "language", "frequency") == ("ja", 0)


def test_a_newer_change_is_not_lost_when_an_older_one_is_taken_back(book: Book) -> None:
    changes = decisions.set_status(book.connection, [book.id_of("gate"), book.id_of("lock")], Status.DROPPED)
    decisions.set_status(book.connection, [book.id_of("gate")], Status.ACCEPTED)

    entry_edits.undo(book.connection, changes)

    assert book.row("gate", "status") == ("accepted",)
    assert book.row("lock", "status") == ("candidate",)


def _after_a_run(folder: Path) -> Book:
    """The same documents read by the same runs, and nothing decided."""
    book = Book(folder)
    book.run(*KEYS)
    book.run(*KEYS, frequency=12)
    return book


def test_a_merge_that_is_undone_after_a_run_leaves_the_counts_of_that_run(book: Book, tmp_path: Path) -> None:
    changes = decisions.merge(book.connection, [book.id_of("gate"), book.id_of("weir"), book.id_of("lock")])
    book.run(*KEYS, frequency=12)
    assert book.row("gate", "frequency") == (36,)
    merged = book.variants("gate")
    entry_edits.undo(book.connection, changes)

    fresh = _after_a_run(tmp_path / "fresh")
    with closing(fresh.connection):
        assert book.state() == fresh.state()
    entry_edits.redo(book.connection, changes)
    assert book.row("gate", "frequency") == (36,)
    assert book.variants("gate") == merged


def test_a_merge_of_a_merged_term_is_undone_after_a_run(book: Book, tmp_path: Path) -> None:
    decisions.merge(book.connection, [book.id_of("weir"), book.id_of("lock")])
    changes = decisions.merge(book.connection, [book.id_of("gate"), book.id_of("weir")])
    book.run(*KEYS, frequency=12)
    entry_edits.undo(book.connection, changes)

    counts = [book.row(key, "frequency") for key in ("gate", "weir", "lock")]
    assert counts == [(12,), (24,), (12,)]
    assert set(book.variants("gate")) == {"gates", "portal"}


def test_what_another_member_brings_too_stays(book: Book) -> None:
    decisions.merge(book.connection, [book.id_of("gate"), book.id_of("lock")])
    book.connection.execute("INSERT INTO variants VALUES (?, 'locks', 'spelling', 3)", (book.id_of("weir"),))
    changes = decisions.merge(book.connection, [book.id_of("gate"), book.id_of("weir")])
    book.run(*KEYS, frequency=12)
    entry_edits.undo(book.connection, changes)

    assert book.variants("gate")["locks"] == "synonym"
    assert "overfall" not in book.variants("gate")


class Deciding(RuleBasedStateMachine):
    """Any decisions, each taken back in the end: everything is as it was; made again: as it was decided."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.book = Book(Path(self.folder.name))
        self.book.run(*KEYS)
        self.states = [self.book.state()]
        self.made: list[list] = []

    def _do(self, changes: list) -> None:
        if changes:
            self.made.append(changes)
            self.states.append(self.book.state())

    def _ids(self) -> list[int]:
        return [row[0] for row in self.book.connection.execute("SELECT id FROM terms ORDER BY id")]

    @rule(data=st.data(), status=st.sampled_from(Status))
    def set_status(self, data: st.DataObject, status: Status) -> None:
        ids = data.draw(st.lists(st.sampled_from(self._ids()), unique=True))
        self._do(decisions.set_status(self.book.connection, ids, status))

    @rule(data=st.data(), listed=st.sampled_from(Listed))
    def set_listed(self, data: st.DataObject, listed: Listed) -> None:
        ids = data.draw(st.lists(st.sampled_from(self._ids()), unique=True))
        self._do(decisions.set_listed(self.book.connection, ids, listed))

    @rule(data=st.data(), name=st.sampled_from(["gate", "Portal", "", "水門"]))
    def rename(self, data: st.DataObject, name: str) -> None:
        self._do(decisions.rename(self.book.connection, data.draw(st.sampled_from(self._ids())), name))

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        ids = data.draw(st.lists(st.sampled_from(self._ids()), unique=True, max_size=3))
        self._do(decisions.merge(self.book.connection, ids))

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        term_id = data.draw(st.sampled_from(self._ids()))
        rows = self.book.connection.execute("SELECT surface FROM variants WHERE term_id = ?", (term_id,))
        surfaces = [surface for (surface,) in rows]
        if surfaces:
            chosen = data.draw(st.lists(st.sampled_from(surfaces), unique=True, min_size=1))
            self._do(decisions.split(self.book.connection, term_id, chosen))

    @rule(names=st.lists(st.sampled_from(["portal", "Lock", "水門", "gate"]), max_size=2))
    def add(self, names: list[str]) -> None:
        self._do(decisions.add_terms(self.book.connection, names, listed=Listed.REQUIRED))

    @rule()
    def take_back_and_make_again(self) -> None:
        for changes, before in zip(reversed(self.made), reversed(self.states[:-1]), strict=True):
            entry_edits.undo(self.book.connection, changes)
            assert self.book.state() == before
        for changes, after in zip(self.made, self.states[1:], strict=True):
            entry_edits.redo(self.book.connection, changes)
            assert self.book.state() == after

    @invariant()
    def nothing_is_merged_into_a_merged_term(self) -> None:
        if hasattr(self, "book"):
            chains = self.book.connection.execute(
                "SELECT COUNT(*) FROM terms a JOIN terms b ON b.id = a.merged_into WHERE b.merged_into IS NOT NULL"
            )
            assert chains.fetchone() == (0,)

    def teardown(self) -> None:
        if hasattr(self, "book"):
            self.book.connection.close()
            self.folder.cleanup()


Deciding.TestCase.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)
TestDeciding = Deciding.TestCase
