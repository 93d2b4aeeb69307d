"""A run with a language model in a process of its own, for a test that kills it: ``PROJECT URL``, a *generate* run."""

import sys
from pathlib import Path

from genglossary_gui.core.engines.making import make_engine
from genglossary_gui.core.glossary import RunMode
from genglossary_gui.core.pipeline import PipelineExecutor
from genglossary_gui.core.runs.job import Ended, RunJob
from genglossary_gui.core.runs.manager import RunManager
from genglossary_gui.core.settings import RunSettings
from tests.support import SimpleEngine


def carry_out(project: Path, scope: str, settings: RunSettings, *, resumed: int | None = None) -> Ended:
    """One run in this thread, recorded."""
    ends: list[Ended] = []
    executor = PipelineExecutor(make_engine=lambda chosen: make_engine(chosen, SimpleEngine()))
    manager = RunManager(project, executor, lambda job: ends.append(_end_of(job)))
    if resumed is None:
        run_id = manager.start_run(scope, settings=settings)
    else:
        run_id = manager.continue_run(resumed, RunMode.RESUME)
    assert manager.record_end(run_id, ends[0])
    manager.close()
    return ends[0]


def _end_of(job: RunJob) -> Ended:
    return job.carry_out(lambda run_id, last: None)


def settings_of(url: str) -> RunSettings:
    return RunSettings(engine="llm", llm_provider="compatible", llm_url=url, llm_model="tiny", llm_retries=0)


if __name__ == "__main__":
    carry_out(Path(sys.argv[1]), "generate", settings_of(sys.argv[2]))
