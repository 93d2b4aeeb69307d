"""Projects whose runs made different glossaries."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from genglossary_gui.core.exchange.comparison import compare
from genglossary_gui.core.glossary import DefinitionDraft, Entry, RunStatus, Stage, TermDraft
from genglossary_gui.core.store import drafts, publishing, runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.ui.models.changes import Changes
from tests.support import start_run

FIRST = {"weir": "A low dam across a river.", "lock": "A gate.", "sluice": ""}
SECOND = {"weir": "A low wall across a river.", "lock": "A gate.", "堰": "川をせき止める構造物。"}


def entry(term: str, definition: str, rank: int) -> Entry:
    draft = TermDraft(term, term, "en", 9.0, rank, 2, 1, True)
    return Entry(draft, DefinitionDraft(definition, 0.8, (), "offline"))


def changes(first: Mapping[str, str], second: Mapping[str, str]) -> Changes:
    before, after = ([entry(*each, rank) for rank, each in enumerate(made.items(), 1)] for made in (first, second))
    return Changes(compare(before, after).differences)


def make_runs(folder: Path, *made: Mapping[str, str]) -> Path:
    """A project with one completed run for each of ``made`` (term → definition)."""
    project = folder / "compared.genglossary"
    create_project(project, [])
    for entries in made:
        publish(project, entries)
    return project


def publish(project: Path, made: Mapping[str, str]) -> int:
    """Add a completed run; returns its number."""
    with closing(connect(project)) as connection:
        run = start_run(connection, settings='{"max_document_mb": 64}')
        entries = [entry(*each, rank) for rank, each in enumerate(made.items(), 1)]
        drafts.stage_terms(connection, run, [each.term for each in entries])
        definitions = [(each.term.key, each.definition) for each in entries if each.definition.text]
        drafts.stage_definitions(connection, run, Stage.PROVISIONAL, definitions)
        publishing.publish(connection, run, "me")
        runs.write_end(connection, run, "me", RunStatus.COMPLETED, seconds=1.0)
    return run
