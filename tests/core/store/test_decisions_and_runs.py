"""Decisions and runs in any order: no run changes a decision, and what is undone leaves no trace."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.store import decisions, entry_edits
from genglossary_gui.core.store.decisions import Listed, Status
from tests.core.store.test_decisions import KEYS, Book

_DECISIONS = "SELECT id, status, listed, named, categorised, merged_into FROM terms WHERE id IN ({ids}) ORDER BY id"
_SEEN = (
    "SELECT key, term, category, status, listed, named, categorised, merged_into, frequency, document_frequency"
    " FROM terms ORDER BY key"
)
_WRITTEN = "SELECT key, surface, kind, v.frequency FROM variants v JOIN terms t ON t.id = v.term_id ORDER BY 1, 2"


def _seen(book: Book) -> list[list[tuple]]:
    """What a person sees of terms, whatever their numbers."""
    questions = (_SEEN, _WRITTEN, "SELECT * FROM splits", "SELECT term_id FROM passages WHERE term_id IS NULL")
    return [book.connection.execute(question).fetchall() for question in questions]


class Reviewing(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.book = Book(Path(self.folder.name) / "one")
        self.book.run(*KEYS)
        self.made: list[list] = []

    def _ids(self) -> list[int]:
        return [row[0] for row in self.book.connection.execute("SELECT id FROM terms ORDER BY id")]

    def _some(self, data: st.DataObject) -> list[int]:
        return data.draw(st.lists(st.sampled_from(self._ids()), unique=True, min_size=1, max_size=3))

    def _do(self, changes: list) -> None:
        if changes:
            self.made.append(changes)

    @rule(data=st.data(), status=st.sampled_from(Status))
    def set_status(self, data: st.DataObject, status: Status) -> None:
        self._do(decisions.set_status(self.book.connection, self._some(data), status))

    @rule(data=st.data(), listed=st.sampled_from(Listed))
    def set_listed(self, data: st.DataObject, listed: Listed) -> None:
        self._do(decisions.set_listed(self.book.connection, self._some(data), listed))

    @rule(data=st.data(), category=st.sampled_from(Category))
    def set_category(self, data: st.DataObject, category: Category) -> None:
        self._do(decisions.set_category(self.book.connection, self._some(data), category))

    @rule(data=st.data(), name=st.sampled_from(["Portal", "水門"]))
    def rename(self, data: st.DataObject, name: str) -> None:
        self._do(decisions.rename(self.book.connection, self._some(data)[0], name))

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        self._do(decisions.merge(self.book.connection, self._some(data)))

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        term_id = self._some(data)[0]
        rows = self.book.connection.execute("SELECT surface FROM variants WHERE term_id = ?", (term_id,))
        surfaces = [surface for (surface,) in rows]
        if surfaces:
            self._do(decisions.split(self.book.connection, term_id, [data.draw(st.sampled_from(surfaces))]))

    @rule(names=st.lists(st.sampled_from(["portal", "Lock", "水門"]), min_size=1, max_size=2))
    def add(self, names: list[str]) -> None:
        self._do(decisions.add_terms(self.book.connection, names, listed=Listed.REQUIRED))

    @precondition(lambda self: self.made)
    @rule()
    def undo(self) -> None:
        entry_edits.undo(self.book.connection, self.made.pop())

    @rule(keys=st.sets(st.sampled_from(KEYS), min_size=1), frequency=st.integers(5, 12))
    def run(self, keys: set[str], frequency: int) -> None:
        touched = [row[0] for row in self.book.connection.execute(
            "SELECT id FROM terms WHERE status <> 'candidate' OR listed <> '' OR named OR categorised OR merged_into"
        )]  # fmt: skip
        question = _DECISIONS.format(ids=",".join(map(str, touched)))
        before = self.book.connection.execute(question).fetchall()

        self.book.run(*sorted(keys), frequency=frequency)

        assert self.book.connection.execute(question).fetchall() == before

    def teardown(self) -> None:
        if not hasattr(self, "book"):
            return
        try:
            for changes in reversed(self.made):
                entry_edits.undo(self.book.connection, changes)
            self.book.run(*KEYS, frequency=7)
            fresh = Book(Path(self.folder.name) / "other")
            fresh.run(*KEYS, frequency=7)
            expected = _seen(fresh)
            fresh.connection.close()
            assert _seen(self.book) == expected
        finally:
            self.book.connection.close()
            self.folder.cleanup()


Reviewing.TestCase.settings = settings(max_examples=20, stateful_step_count=10, deadline=None)
TestReviewing = Reviewing.TestCase
