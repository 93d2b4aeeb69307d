"""In how many documents a term is, after a person merged others into it or took a spelling out of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui.core.glossary import Passage, Scope, TermDraft, Variant
from genglossary_gui.core.store import decisions, drafts, entry_edits, glossary
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.publishing import publish
from genglossary_gui.core.store.reversible import RowChange
from tests.support import add_document, make_project, start_run

WHERE = {"gate": "ab", "lock": "bc", "weir": "d"}
"""Term → the documents that it is in."""


class Book:
    """A project whose runs find terms in the documents they are told."""

    def __init__(self, folder: Path) -> None:
        project = make_project(folder)
        self.documents = {name: add_document(project, f"{name}.md", f"Text {name}.") for name in "abcd"}
        self.connection = connect(project)

    def run(self, where: dict[str, str]) -> None:
        run_id = start_run(self.connection, owner="test", scope=Scope.EXTRACT)
        drafts.begin(self.connection, run_id, "")
        drafts.stage_terms(self.connection, run_id, [self._draft(key, names) for key, names in where.items()])
        publish(self.connection, run_id, "test")

    def _draft(self, key: str, names: str) -> TermDraft:
        passages = [
            Passage(content, 0, 4, 1, f"The {key} or {key}way of {name}", document_id=document)
            for name in names
            for document, content in [self.documents[name]]
        ]
        return TermDraft(
            key=key, term=key, language="en", score=1.0, rank=1, frequency=10, document_frequency=len(names),
            suggested=True, variants=(Variant(f"{key}way", 4, "spelling"),), passages=tuple(passages),
        )  # fmt: skip

    def ids(self, *keys: str) -> list[int]:
        return [self.connection.execute("SELECT id FROM terms WHERE key = ?", (key,)).fetchone()[0] for key in keys]

    def counts(self, key: str) -> tuple[int, int]:
        """Occurrences and documents."""
        return self.connection.execute(
            "SELECT frequency, document_frequency FROM terms WHERE key = ?", (key,)
        ).fetchone()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = Book(tmp_path)
    with closing(book.connection):
        book.run(WHERE)
        yield book


def test_a_document_that_holds_two_of_the_merged_terms_counts_once(book: Book) -> None:
    decisions.merge(book.connection, book.ids("gate", "lock", "weir"))

    assert book.counts("gate") == (30, 4)


def test_the_places_of_what_was_merged_are_shown_after_those_of_the_term_itself(book: Book) -> None:
    [gate] = book.ids("gate")
    decisions.merge(book.connection, book.ids("gate", "weir"))

    detail = glossary.entry_detail(book.connection, gate)

    assert detail is not None
    assert [place.document for place in detail.contexts] == ["a.md", "b.md", "d.md"]


def test_a_run_counts_the_documents_of_merged_terms_together(book: Book) -> None:
    decisions.merge(book.connection, book.ids("gate", "lock"))

    book.run(WHERE | {"lock": "bcd"})

    assert book.counts("gate") == (20, 4)


def test_a_term_that_leaves_takes_its_documents_along(book: Book) -> None:
    decisions.merge(book.connection, book.ids("gate", "lock", "weir"))

    decisions.split(book.connection, book.ids("gate")[0], ["lock"])

    assert book.counts("gate") == (20, 3)
    assert book.counts("lock") == (10, 2)


def test_a_merge_that_is_undone_after_a_run_leaves_the_documents_of_that_run(book: Book) -> None:
    changes = decisions.merge(book.connection, book.ids("gate", "lock"))
    book.run(WHERE | {"gate": "abd"})

    entry_edits.undo(book.connection, changes)
    assert (book.counts("gate"), book.counts("lock")) == ((10, 3), (10, 2))

    entry_edits.redo(book.connection, changes)
    assert book.counts("gate") == (20, 4)


def test_undoing_a_merge_takes_documents_away_that_only_the_run_after_it_has_seen(book: Book) -> None:
    together = {"gate": "a", "lock": "a"}
    book.run(together)
    changes = decisions.merge(book.connection, book.ids("gate", "lock"))
    book.run(together | {"lock": "b"})

    entry_edits.undo(book.connection, changes)

    assert book.counts("gate") == (10, 1)


def test_a_spelling_that_was_split_off_goes_with_the_undo_however_a_run_has_counted_it(book: Book) -> None:
    changes = decisions.split(book.connection, book.ids("gate")[0], ["gateway"])
    book.run(WHERE | {"gate": "bcd"})

    entry_edits.undo(book.connection, changes)

    assert not book.connection.execute("SELECT 1 FROM terms WHERE key = 'gateway'").fetchall()
    assert book.counts("gate") == (10, 3)


def test_a_spelling_that_was_split_off_is_in_the_documents_of_its_passages(book: Book) -> None:
    decisions.split(book.connection, book.ids("gate")[0], ["gateway"])
    assert book.counts("gateway") == (4, 2)

    book.run(WHERE | {"gate": "abc"})
    assert book.counts("gateway") == (4, 3)


def test_undoing_a_merge_of_many_compares_no_change_with_another(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = decisions.merge(book.connection, book.ids(*WHERE))
    compared: list[RowChange] = []
    monkeypatch.setattr(RowChange, "__eq__", lambda self, other: compared.append(self))

    entry_edits.undo(book.connection, changes)

    assert book.counts("gate") == (10, 2)
    assert not compared
