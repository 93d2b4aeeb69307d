"""Resume, keep, discard and restore through the real manager: nothing is done twice, nothing old is lost."""

from __future__ import annotations

from contextlib import closing

import pytest

from genglossary_gui.core.compute import Workers
from genglossary_gui.core.errors import EngineError, UsageError
from genglossary_gui.core.glossary import RunMode, RunStatus
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.runs import continuing
from genglossary_gui.core.runs.failures import Suggestion, suggestions
from genglossary_gui.core.store import results, runs, tidying
from genglossary_gui.core.store.connection import connect
from tests.core.runs.fault_support import Trial, glossary_of, rows_of, shown_in
from tests.support import SimpleEngine, make_project

S = RunStatus


class Counting(SimpleEngine):
    """Counts what it is asked; is cancelled when it has defined ``stop_after`` terms."""

    def __init__(self, stop_after=None):
        super().__init__()
        self.stop_after = stop_after
        self.analysed, self.defined, self.reviewed = [], [], 0

    def analyse(self, documents, language, work):
        for content_id, payload in super().analyse(documents, language, work):
            self.analysed.append(content_id)
            yield content_id, payload

    def define(self, terms, work):
        for key, definition in super().define(terms, work):
            if len(self.defined) == self.stop_after:
                work.token.request()
                work.token.checkpoint()
            self.defined.append(key)
            yield key, definition

    def review(self, entries, work):
        self.reviewed += 1
        return super().review(entries, work)


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, "The Lock and the Weir.", "A Sluice beside the Barrage.")


@pytest.fixture
def trial_of(project):
    trials = []

    def make(engine):
        trials.append(Trial(project, engine))
        return trials[-1]

    yield make
    for trial in trials:
        trial.manager.close()


def choices_of(project, run_id):
    with closing(connect(project)) as connection:
        row = runs.get_run(connection, run_id)
        assert row is not None
        return continuing.choices(connection, row)


def go_on(trial, run_id, mode):
    new = trial.manager.continue_run(run_id, mode)
    trial.record()
    return new


def cancelled_after(trial_of, terms):
    trial = trial_of(Counting(terms))
    run_id = trial.run()
    assert rows_of(trial.project)[run_id].status is S.CANCELLED
    return run_id


def test_r4_a_resumed_run_does_only_what_is_left(trial_of, project):
    first = cancelled_after(trial_of, 2)
    engine = Counting()
    second = go_on(trial_of(engine), first, RunMode.RESUME)
    row = rows_of(project)[second]
    assert (row.status, row.basis, row.draft, row.mode) == (S.COMPLETED, first, first, RunMode.RESUME)
    assert engine.analysed == []
    assert len(engine.defined) == len(shown_in(project)) - 2
    assert all(definition for _key, _frequency, definition, *_ in shown_in(project))


def test_r4_a_resumed_glossary_is_the_one_of_an_undisturbed_run(trial_of, project, tmp_path):
    go_on(trial_of(SimpleEngine()), cancelled_after(trial_of, 2), RunMode.RESUME)
    undisturbed = make_project(tmp_path / "other", "The Lock and the Weir.", "A Sluice beside the Barrage.")
    trial = Trial(undisturbed)
    trial.run()
    trial.manager.close()
    assert shown_in(project) == shown_in(undisturbed)


def test_r4_changed_documents_are_not_resumed_blindly(trial_of, project):
    first = cancelled_after(trial_of, 2)
    (project.parent / "documents" / "0.txt").write_text("The Levee.", encoding="utf-8")
    go_on(trial_of(SimpleEngine()), first, RunMode.RESUME)
    assert {key for key, *_ in shown_in(project)} == {"a", "sluice", "barrage", "the", "levee"}


def test_r4_a_changed_glossary_is_not_resumed_blindly(trial_of, project):
    trial_of(SimpleEngine()).run()
    generated = trial_of(Counting(2)).run("generate")
    assert choices_of(project, generated).can_resume
    trial_of(SimpleEngine()).run()
    engine = Counting()
    go_on(trial_of(engine), generated, RunMode.RESUME)
    assert len(engine.defined) == len(shown_in(project))


def test_r4_a_run_is_resumed_once_and_then_its_successor(trial_of, project):
    first = cancelled_after(trial_of, 1)
    trial = trial_of(Counting(1))
    second = go_on(trial, first, RunMode.RESUME)
    assert rows_of(project)[second].status is S.CANCELLED
    assert not choices_of(project, first).can_resume
    assert choices_of(project, second).can_resume
    engine = Counting()
    third = go_on(trial_of(engine), second, RunMode.RESUME)
    assert rows_of(project)[third].status is S.COMPLETED
    assert len(engine.defined) == len(shown_in(project)) - 2
    with pytest.raises(UsageError):
        trial.manager.continue_run(second, RunMode.RESUME)


def test_r4_keep_publishes_what_is_done_and_no_more(trial_of, project):
    first = cancelled_after(trial_of, 2)
    engine = Counting()
    kept = go_on(trial_of(engine), first, RunMode.KEEP)
    assert rows_of(project)[kept].status is S.COMPLETED
    assert engine.defined == []
    assert sum(bool(definition) for _key, _frequency, definition, *_ in shown_in(project)) == 2
    assert rows_of(project)[kept].counts["definitions"] == 2


def test_r4_keep_never_publishes_half_a_list_of_terms(trial_of, project):
    trial_of(SimpleEngine()).run()
    old = glossary_of(project)
    (project.parent / "documents" / "0.txt").write_text("The Levee.", encoding="utf-8")

    class Stopping(SimpleEngine):
        def extract(self, analyses, work):
            work.token.request()
            work.token.checkpoint()
            return []

    trial = trial_of(Stopping())
    run_id = trial.run()
    choices = choices_of(project, run_id)
    assert (choices.can_resume, choices.can_keep) == (True, False)
    with pytest.raises(UsageError):
        trial.manager.continue_run(run_id, RunMode.KEEP)
    assert glossary_of(project) == old


def test_r4_a_run_that_failed_before_it_began_left_nothing_to_resume(trial_of, project):
    def refuse(settings):
        raise EngineError("There is no key for the server.")

    trial = trial_of(SimpleEngine())
    trial.manager._executor = PipelineExecutor(Workers(1), refuse)
    run_id = trial.run()
    row = rows_of(project)[run_id]
    choices = choices_of(project, run_id)
    assert (row.status, choices) == (S.FAILED, continuing.Choices())
    assert suggestions(row, can_resume=choices.can_resume, can_keep=choices.can_keep)[0] is Suggestion.RUN_AGAIN


def test_r4_keep_drops_terms_whose_list_was_not_finished(trial_of, project):
    trial_of(SimpleEngine()).run()
    old = {key for key, *_ in shown_in(project)}
    run_id = cancelled_after(trial_of, 1)
    with closing(connect(project)) as connection:
        connection.execute("DELETE FROM drafts WHERE kind = 'step' AND key = 'extract'")
        connection.execute("DELETE FROM drafts WHERE kind = 'term' AND key <> 'lock'")
    kept = go_on(trial_of(SimpleEngine()), run_id, RunMode.KEEP)
    row = rows_of(project)[kept]
    # It says nothing of terms: it has made none, and those of the glossary are not its own.
    assert row.status is S.COMPLETED
    assert row.counts.keys().isdisjoint(("terms", "candidates"))
    assert {key for key, *_ in shown_in(project)} == old


def test_r4_a_run_can_be_resumed_again_when_its_successor_is_deleted(trial_of, project):
    first = cancelled_after(trial_of, 1)
    second = go_on(trial_of(Counting(0)), first, RunMode.RESUME)
    assert not choices_of(project, first).can_resume
    with closing(connect(project)) as connection:
        tidying.delete_runs(connection, [second])
    assert choices_of(project, first).can_resume


def test_r4_a_discarded_draft_cannot_come_back(trial_of, project):
    first = cancelled_after(trial_of, 2)
    with closing(connect(project)) as connection:
        assert continuing.discard(connection, first)
        assert not continuing.discard(connection, first)
    assert choices_of(project, first) == continuing.Choices()


def test_r5_the_results_of_an_older_run_are_published_again(trial_of, project):
    first = trial_of(SimpleEngine()).run()
    shown = shown_in(project)
    (project.parent / "documents" / "0.txt").write_text("The Levee.", encoding="utf-8")
    second = trial_of(SimpleEngine()).run()
    assert shown_in(project) != shown
    restored = go_on(trial_of(SimpleEngine()), first, RunMode.RESTORE)
    assert rows_of(project)[restored].status is S.COMPLETED
    assert shown_in(project) == shown
    figures = ("terms", "definitions")
    assert [rows_of(project)[restored].counts[name] for name in figures] == [
        rows_of(project)[first].counts[name] for name in figures
    ]
    with closing(connect(project)) as connection:
        for run_id in (first, second, restored):
            assert results.is_kept(connection, run_id)


def test_r5_only_the_newest_results_are_kept(trial_of, project, monkeypatch):
    monkeypatch.setattr(results, "KEPT", 2)
    numbers = [trial_of(SimpleEngine()).run() for _ in range(3)]
    assert [choices_of(project, number).can_restore for number in numbers] == [False, True, True]
