"""A run leaves no issue open that it has mended itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import pytest

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.glossary import DefinitionDraft, Entry, IssueDraft, IssueType, TermDraft
from genglossary_gui.core.pipeline import ExecutionContext
from genglossary_gui.core.pipeline.context import NoProgress
from genglossary_gui.core.store.conditions import IN_GLOSSARY
from genglossary_gui.core.store.publishing import publish
from tests.core.pipeline.test_pipeline import Journal, connection, project, workers  # noqa: F401
from tests.support import SimpleEngine


class Mender(SimpleEngine):
    """Finds each definition unclear but for that of “Weir”, and mends those that it is told about, but for “Gate”."""

    def review(self, entries: Sequence[Entry], work: Work) -> Iterator[IssueDraft]:
        for entry in entries:
            if entry.term.key != "weir":
                yield IssueDraft(entry.term.key, IssueType.UNCLEAR, "Unclear.", "Look.")

    def refine(
        self, entries: Sequence[Entry], issues: Sequence[IssueDraft], work: Work
    ) -> Iterator[tuple[str, DefinitionDraft]]:
        concerned = {issue.key for issue in issues} - {"gate"}
        for entry in entries:
            if entry.term.key in concerned:
                text = f"A {entry.term.key} is a part of a canal."
                yield entry.term.key, DefinitionDraft(text, 0.5, entry.term.passages[:1], "llm")


def open_issues(connection: sqlite3.Connection) -> set[str]:  # noqa: F811
    return {
        key
        for (key,) in connection.execute(
            "SELECT t.key FROM issues i JOIN terms t ON t.id = i.term_id WHERE i.state = 'open' AND i.type = 'unclear'"
        )
    }


@pytest.fixture
def journal(connection, workers):  # noqa: F811
    return Journal(connection, workers, Mender())


def add_gate(project) -> None:  # noqa: F811
    (project.parent / "documents" / "gate.txt").write_text("A Gate is here.", encoding="utf-8")


def test_a_full_run_settles_what_its_refinement_mended(journal, connection, project):  # noqa: F811
    add_gate(project)

    journal.complete("full")

    assert "gate" in open_issues(connection)
    assert "lock" not in open_issues(connection)


def test_a_refine_run_does_so_for_the_issues_of_the_glossary(journal, connection, project):  # noqa: F811
    add_gate(project)
    journal.complete("extract")
    journal.complete("generate")
    journal.complete("review")
    assert {"gate", "lock"} <= open_issues(connection)

    journal.complete("refine")

    assert "gate" in open_issues(connection)
    assert "lock" not in open_issues(connection)


def test_what_a_person_locked_keeps_its_issue(journal, connection):  # noqa: F811
    journal.complete("extract")
    journal.complete("generate")
    journal.complete("review")
    connection.execute("UPDATE terms SET locked = 1 WHERE key = 'lock'")
    connection.execute("UPDATE definitions SET text = 'It.' WHERE term_id = (SELECT id FROM terms WHERE key = 'lock')")

    journal.complete("refine")

    assert "lock" in open_issues(connection)


class Counter(NoProgress):
    """Keeps the figures of the summary."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def count(self, name: str, value: int) -> None:
        self.counts[name] = value


def test_the_summary_counts_the_terms_that_the_glossary_shows(journal, connection):  # noqa: F811
    journal.complete("extract")
    connection.execute("UPDATE terms SET status = 'dropped' WHERE key = 'lock'")
    counter = Counter()
    run_id, _was_cancelled = journal.run("extract")
    again = ExecutionContext(run_id, journal.log, CancelToken(), progress=counter)

    journal.executor.execute(connection, "extract", again)

    shown = connection.execute(f"SELECT count(*) FROM terms WHERE {IN_GLOSSARY}").fetchone()[0]
    assert counter.counts["terms"] == shown


class Finder(Mender):
    """Finds no definition but by refining."""

    def define(self, terms: Sequence[TermDraft], work: Work) -> Iterator[tuple[str, DefinitionDraft]]:
        for term in terms:
            yield term.key, DefinitionDraft("", 0.0, (), "offline")


def test_the_summary_counts_the_definitions_that_refining_found(journal, connection):  # noqa: F811
    journal.engine = Finder()
    run_id, _was_cancelled = journal.run("extract")
    counter = Counter()
    rest = ExecutionContext(run_id, journal.log, CancelToken(), progress=counter)
    connection.execute("UPDATE runs SET scope = 'full' WHERE id = ?", (run_id,))

    journal.executor.execute(connection, "full", rest)
    publish(connection, run_id, "me")

    defined = connection.execute("SELECT count(*) FROM entries WHERE definition <> ''").fetchone()[0]
    assert counter.counts["definitions"] == defined > 0
    assert counter.counts["issues"] == len(open_issues(connection))
