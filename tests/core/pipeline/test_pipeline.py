"""Steps and scopes on a real folder and a real database; the engine is the simplest one that keeps the contract."""

import threading
from contextlib import closing
from importlib import import_module
from itertools import pairwise

import pytest

from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.glossary import Scope, Stage
from genglossary_gui.core.pipeline import ExecutionContext, PipelineExecutor
from genglossary_gui.core.pipeline.steps.scan import list_documents, scan
from genglossary_gui.core.store import documents, drafts
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.publishing import publish
from tests.support import Gate, SimpleEngine, make_project, start_run


@pytest.fixture(scope="module")
def workers():
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, "A Lock is here.", "The Weir and the Lock.")


@pytest.fixture
def connection(project):
    with closing(connect(project)) as connection:
        yield connection


class Journal:
    """Carries out scopes one after the other, like runs do, and keeps what they said."""

    def __init__(self, connection, workers, engine=None):
        self.connection = connection
        self.engine = engine or SimpleEngine()
        self.executor = PipelineExecutor(workers, lambda settings: self.engine)
        self.messages: list[tuple[str, str]] = []
        self.token = CancelToken()

    def log(self, message, *, level=None, step="", term="", document=""):
        self.messages.append((message, document))

    def run(self, scope) -> tuple[int, bool]:
        run_id = start_run(self.connection, scope=Scope(scope))
        self.token = CancelToken()
        return run_id, self.executor.execute(self.connection, scope, ExecutionContext(run_id, self.log, self.token))

    def complete(self, scope) -> int:
        run_id, was_cancelled = self.run(scope)
        assert not was_cancelled
        publish(self.connection, run_id, "me")
        return run_id


@pytest.fixture
def journal(connection, workers):
    return Journal(connection, workers)


def states(connection):
    return {row.path: row.state for row in documents.all_documents(connection)}


def test_a_full_run_stages_terms_and_definitions(journal, connection):
    run_id, was_cancelled = journal.run("full")
    assert not was_cancelled
    assert {term.key for term in drafts.staged_terms(connection, run_id)} == {"a", "the", "lock", "weir"}
    assert drafts.staged_definitions(connection, run_id, Stage.PROVISIONAL)["lock"].text == "Lock is defined."


def test_evidence_names_the_document_that_holds_it(journal, connection):
    run_id, _ = journal.run("full")
    weir = next(t for t in drafts.staged_terms(connection, run_id) if t.key == "weir")
    paths = {row.id: row.path for row in documents.all_documents(connection)}
    assert [paths[p.document_id] for p in weir.passages] == ["1.txt"]


@pytest.mark.parametrize("scope", Scope)
def test_every_scope_works_after_a_full_run(journal, scope):
    journal.complete("full")
    journal.complete(scope)


class CountingToken(CancelToken):
    """Counts how often the run looks whether it shall stop, and stops it the ``last`` time."""

    def __init__(self, last=0):
        super().__init__()
        self.looks, self.last = 0, last

    def checkpoint(self):
        self.looks += 1
        if self.looks == self.last:
            self.request()
        super().checkpoint()


def scan_listed(connection, project, workers, token, log=lambda *_text, **_more: None) -> None:
    """Read 40 further files that the project knows by name."""
    for number in range(40):
        (project.parent / "documents" / f"more-{number}.txt").write_text("The Sluice.")
    list_documents(connection, 10)
    scan(connection, ExecutionContext(1, log, token), workers)


def test_a_scan_looks_for_a_cancel_at_each_file_it_knows_and_at_each_it_finds(connection, project, workers):
    token, before = CountingToken(), []

    def log(message, **_more):
        if "to look at" in message:
            before.append(token.looks)

    scan_listed(connection, project, workers, token, log)
    assert before[0] >= 2 * 42


@pytest.mark.parametrize("last", [2, 41, 60, 100, 120])
def test_a_scan_ends_at_once_wherever_the_cancel_comes(connection, project, workers, last):
    token = CountingToken(last)
    with pytest.raises(Cancelled):
        scan_listed(connection, project, workers, token)
    assert token.looks == last
    assert set(states(connection).values()) == {"new"}


def test_files_that_are_gone_are_noted_in_parts_that_a_cancel_can_part(journal, connection, project, monkeypatch):
    for name in "abcde":
        (project.parent / "documents" / f"{name}.txt").write_text(name)
    journal.complete("extract")
    for name in "abcde":
        (project.parent / "documents" / f"{name}.txt").unlink()
    monkeypatch.setattr(import_module(scan.__module__), "_GONE", 2)
    said: list[str] = []
    connection.set_trace_callback(lambda sql: said.append("gone" if "'deleted'" in sql else sql.partition(" ")[0]))
    journal.run("extract")
    assert said.count("gone") == 5
    assert sum(pair == ("BEGIN", "gone") for pair in pairwise(said)) == 3


def test_d5_an_unchanged_folder_is_not_analysed_again(journal, connection):
    journal.complete("full")

    class Refusing(SimpleEngine):
        def analyse(self, documents, language, work):
            assert list(documents) == []
            yield from ()

    journal.engine = Refusing()
    journal.complete("full")


def test_d5_added_changed_and_deleted_documents_are_noticed(journal, connection, project):
    journal.complete("full")
    folder = project.parent / "documents"
    (folder / "0.txt").unlink()
    (folder / "1.txt").write_text("The Sluice is new.")
    (folder / "2.txt").write_text("The Barrage too.")
    run_id, _ = journal.run("extract")
    assert states(connection) == {"0.txt": "deleted", "1.txt": "ready", "2.txt": "ready"}
    assert {t.key for t in drafts.staged_terms(connection, run_id)} == {"the", "sluice", "barrage"}
    summary = next(message for message, _ in journal.messages[::-1] if "added" in message)
    assert "1 added, 1 changed, 1 deleted, 0 unchanged" in summary


def test_d3_an_unreadable_document_is_listed_and_stops_nothing(journal, connection, project):
    (project.parent / "documents" / "bad.txt").write_bytes(bytes(range(256)) * 8)
    journal.complete("full")
    row = next(row for row in documents.all_documents(connection) if row.path == "bad.txt")
    assert (row.state, row.reason) == ("unreadable", "binary")
    assert any(document == "bad.txt" for _message, document in journal.messages)


def test_documents_in_another_language_are_counted_and_said_so(journal, connection, project):
    french = "Le verrou est une porte que les bateaux traversent dans le canal, et il est fermé pour la nuit. " * 4
    (project.parent / "documents" / "3.txt").write_text(french, encoding="utf-8")
    journal.complete("extract")
    said = [message for message, _document in journal.messages if "neither Japanese nor English" in message]
    assert [message.partition(" ")[0] for message in said] == ["1"]


def test_the_language_of_a_document_is_noted_also_where_it_was_read_before_that(journal, connection, project):
    (project.parent / "documents" / "水門.txt").write_text("水門は水を止める。", encoding="utf-8")

    def languages():
        return [row.language for row in documents.all_documents(connection)]

    journal.complete("extract")
    assert languages() == ["en", "en", "ja"]
    connection.execute("UPDATE documents SET language = ''")
    journal.complete("extract")
    assert languages() == ["en", "en", "ja"]


def test_nothing_is_said_of_other_languages_where_there_are_none(journal):
    journal.complete("extract")
    assert not any("neither Japanese nor English" in message for message, _document in journal.messages)


def test_a_folder_without_readable_documents_is_one_sentence(journal, project):
    for file in (project.parent / "documents").iterdir():
        file.write_bytes(b"")
    with pytest.raises(UsageError, match="no document here"):
        journal.run("full")


def test_a_vanished_folder_is_one_sentence_and_deletes_nothing(journal, connection, project):
    journal.complete("full")
    (project.parent / "documents").rename(project.parent / "elsewhere")
    with pytest.raises(UsageError, match="does not exist"):
        journal.run("full")
    assert set(states(connection).values()) == {"ready"}


def test_listing_shows_files_before_anything_was_read(connection):
    list_documents(connection, 64)
    assert states(connection) == {"0.txt": "new", "1.txt": "new"}


def test_listing_again_leaves_what_is_known(journal, connection):
    journal.complete("full")
    list_documents(connection, 64)
    assert set(states(connection).values()) == {"ready"}


def test_r75_a_cancelled_run_says_so_and_keeps_what_it_analysed(journal, connection, workers):
    gate = Gate()
    journal.engine = SimpleEngine(gates={"extract": gate})
    canceller = threading.Thread(target=lambda: (gate.wait_for_arrival(), journal.token.request()))
    canceller.start()
    _run_id, was_cancelled = journal.run("full")
    canceller.join()
    assert was_cancelled
    assert documents.missing_analyses(connection, "offline/simple/auto") == []


def test_r74_scopes_without_input_say_what_is_missing(journal):
    for scope in ("generate", "review", "refine"):
        with pytest.raises(UsageError, match=r"no (terms|definitions)"):
            journal.run(scope)
