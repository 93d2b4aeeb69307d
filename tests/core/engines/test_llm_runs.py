"""Whole runs with a language model: what they leave in the project."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from genglossary_gui.core.engines.making import make_engine
from genglossary_gui.core.glossary import FailureKind, Level, RunStatus
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.runs.manager import RunManager
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import logs
from genglossary_gui.core.store.connection import connect
from tests.core.engines.killed_llm import carry_out, settings_of
from tests.core.engines.llm_support import defining, faithful, term_of
from tests.llm_server import LlmServer, Reply, error
from tests.support import SimpleEngine, make_project

INVENTED = "It was built in 1888."


@pytest.fixture
def project(tmp_path):
    project = make_project(tmp_path, "A Lock is here.", "The Weir and the Lock.")
    carry_out(project, "extract", RunSettings())
    return project


def rows(project, sql, *values):
    with closing(connect(project)) as connection:
        return connection.execute(sql, values).fetchall()


def waits_for(project, run_id) -> str:
    """What the row of an active run says, as soon as it says something."""
    for _round in range(400):
        [(said,)] = rows(project, "SELECT waits_for FROM runs WHERE id = ?", run_id)
        if said:
            return said
        threading.Event().wait(0.05)
    return ""


def unsupported(project):
    return rows(project, "SELECT t.key, i.state FROM issues i JOIN terms t ON t.id = i.term_id ORDER BY 1")


def test_g1_a_generate_run_makes_issues_of_invented_sentences(project):
    with LlmServer(defining(lambda name: [(INVENTED, ["E1"])] if name == "Lock" else [(name, ["E1"])])) as server:
        carry_out(project, "generate", settings_of(server.url))
    assert unsupported(project) == [("lock", "open")]


def test_a_later_run_that_invents_nothing_takes_the_issue_away(project):
    with LlmServer(defining(lambda _name: [(INVENTED, ["E1"])])) as server:
        carry_out(project, "generate", settings_of(server.url))
    assert len(unsupported(project)) == 4
    carry_out(project, "generate", RunSettings())
    assert unsupported(project) == []


def test_i2_an_ignored_issue_stays_ignored(project):
    with LlmServer(defining(lambda _name: [(INVENTED, ["E1"])])) as server:
        carry_out(project, "generate", settings_of(server.url))
        with closing(connect(project)) as connection:
            connection.execute("UPDATE issues SET state = 'ignored'")
        carry_out(project, "generate", settings_of(server.url))
    assert {state for _key, state in unsupported(project)} == {"ignored"}


def test_g5_an_entry_that_a_person_locked_gets_no_issue_for_what_is_only_offered(project):
    with closing(connect(project)) as connection:
        connection.execute("UPDATE terms SET locked = 1 WHERE key = 'lock'")
    with LlmServer(defining(lambda _name: [(INVENTED, ["E1"])])) as server:
        carry_out(project, "generate", settings_of(server.url))
    assert "lock" not in dict(unsupported(project))


def test_m3_a_run_in_which_the_server_failed_for_everything_is_failed_and_nothing_old_is_lost(project):
    carry_out(project, "generate", RunSettings())
    before = rows(project, "SELECT key, definition FROM entries ORDER BY key")
    with LlmServer(lambda _request: error(503)) as server:
        ended = carry_out(project, "generate", settings_of(server.url))
    assert (ended.status, ended.kind) == (RunStatus.FAILED, FailureKind.ENGINE)
    assert rows(project, "SELECT key, definition FROM entries ORDER BY key") == before


def test_g3_for_some_it_is_completed_with_warnings(project):
    def script(request):
        return Reply("no") if term_of(request) == "Lock" else faithful(request)

    with LlmServer(script) as server:
        assert carry_out(project, "generate", settings_of(server.url)).status is RunStatus.COMPLETED
    assert rows(project, "SELECT warnings > 0 FROM runs ORDER BY id DESC LIMIT 1") == [(1,)]


def test_the_row_says_what_the_run_waits_for_and_nothing_afterwards(project, monkeypatch):
    monkeypatch.setattr("genglossary_gui.core.llm.session._TELL_AFTER", 0.2)
    monkeypatch.setattr("genglossary_gui.core.llm.session._TELL_EVERY", 0.1)
    gate = threading.Event()
    executor = PipelineExecutor(make_engine=lambda chosen: make_engine(chosen, SimpleEngine()))
    ends, threads = [], []

    def launch(job):
        threads.append(threading.Thread(target=lambda: ends.append(job.carry_out(lambda run_id, last: None))))
        threads[0].start()

    manager = RunManager(project, executor, launch)
    with LlmServer(lambda request: Reply(faithful(request).text, gate=gate)) as server:
        run_id = manager.start_run("generate", settings=settings_of(server.url))
        said = waits_for(project, run_id)
        assert "127.0.0.1" in said
        assert rows(project, "SELECT 1 FROM log_records WHERE run_id = ? AND message LIKE '%127.0.0.1%'", run_id)
        gate.set()
        threads[0].join(20)
    assert manager.record_end(run_id, ends[0])
    manager.close()
    assert rows(project, "SELECT waits_for FROM runs WHERE id = ?", run_id) == [("",)]


def test_m2_a_run_whose_budget_is_used_up_completes_and_says_so(project):
    with LlmServer(faithful) as server:
        settings = settings_of(server.url)
        limited = RunSettings.from_json(settings.to_json().replace('"llm_budget_tokens": 0', '"llm_budget_tokens": 1'))
        assert limited.llm_budget_tokens == 1
        ended = carry_out(project, "full", limited)
    assert ended.status is RunStatus.COMPLETED
    with closing(connect(project)) as connection:
        [run_id] = connection.execute("SELECT MAX(id) FROM runs").fetchone()
        seqs = logs.matching_seqs(connection, run_id, "", Level.DEBUG)
        said = [record.message for record in logs.read_records_at(connection, run_id, seqs)]
    assert any("used up" in message for message in said)
