"""A run drops answers that no run has got for long."""

from __future__ import annotations

from contextlib import closing

from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store.answers import StoredAnswers
from genglossary_gui.core.store.connection import connect
from tests.core.engines.killed_llm import carry_out, settings_of
from tests.core.engines.llm_support import faithful
from tests.core.engines.test_llm_kill import count, let_time_pass
from tests.llm_server import LlmServer
from tests.support import make_project


def test_a_run_drops_what_was_not_asked_for_long_and_pays_for_it_again(tmp_path):
    project = make_project(tmp_path, "Lock and Weir")
    carry_out(project, "extract", RunSettings())
    with LlmServer(faithful) as server:
        carry_out(project, "generate", settings_of(server.url))
        asked = len(server.requests)
        assert count(project) == asked > 0
        with closing(connect(project)) as connection:
            StoredAnswers(connection, 1).keep("of a document that is gone", "tiny", "{}", 9)
        let_time_pass(project)
        carry_out(project, "generate", settings_of(server.url))
        assert len(server.requests) == 2 * asked
    assert count(project) == asked
