"""A generate run that is limited to chosen terms: only they are looked up, also when it is resumed."""

from __future__ import annotations

from contextlib import closing

import pytest

from genglossary_gui.core.glossary import RunMode, RunStatus
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import entry_edits, runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.entry_record import entry_record
from tests.core.runs.fault_support import Trial, rows_of
from tests.core.runs.test_continuing import Counting
from tests.support import make_project


@pytest.fixture
def project(tmp_path):
    project = make_project(tmp_path, "The Lock and the Weir.", "A Sluice beside the Barrage.")
    trial = Trial(project)
    trial.run()
    trial.manager.close()
    return project


def run(project, engine, begin):
    trial = Trial(project, engine)
    try:
        run_id = begin(trial.manager)
        trial.record()
        return run_id
    finally:
        trial.manager.close()


def start(manager):
    return manager.start_run("generate", settings=RunSettings(terms=("lock", "weir", "sluice")))


def test_g6_only_the_chosen_terms_are_looked_up(project):
    engine = Counting()
    run_id = run(project, engine, start)
    assert rows_of(project)[run_id].status is RunStatus.COMPLETED
    assert sorted(engine.defined) == ["lock", "sluice", "weir"]


def test_g6_the_choice_stays_when_the_run_is_resumed(project):
    first = run(project, Counting(stop_after=1), start)
    assert rows_of(project)[first].status is RunStatus.CANCELLED
    engine = Counting()
    second = run(project, engine, lambda manager: manager.continue_run(first, RunMode.RESUME))
    assert rows_of(project)[second].status is RunStatus.COMPLETED
    assert len(engine.defined) == 2
    with closing(connect(project)) as connection:
        row = runs.get_run(connection, second)
        assert row is not None
        assert RunSettings.from_json(row.settings).terms == ("lock", "weir", "sluice")


def test_g5_what_is_regenerated_for_a_locked_entry_is_a_suggestion(project):
    with closing(connect(project)) as connection:
        term_id = connection.execute("SELECT id FROM terms WHERE key = 'lock'").fetchone()[0]
        connection.execute("UPDATE definitions SET text = 'Old.' WHERE term_id = ?", (term_id,))
        entry_edits.write_definition(connection, term_id, "Mine.")
    run_id = run(project, Counting(), start)
    with closing(connect(project)) as connection:
        record = entry_record(connection, term_id)
    assert record is not None
    assert record.offer is not None
    assert (record.detail.row.definition, record.offer.run_id) == ("Mine.", run_id)


@pytest.mark.expected_logs("unusable value")
def test_settings_of_a_run_without_a_choice_are_as_they_were():
    assert "terms" not in RunSettings().to_json()
    assert RunSettings.from_json('{"terms": [1]}').terms == ()
