from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui.core.glossary import (
    DefinitionDraft,
    Passage,
    PassageKind,
    RunMode,
    RunStatus,
    Scope,
    Stage,
    TermDraft,
    Variant,
)
from genglossary_gui.core.store import documents, drafts, projects, publishing
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.core.text import DocumentText
from tests.support import start_run

Publish = Callable[[Sequence[TermDraft], dict[str, str]], None]


def term(name: str, rank: int, *, suggested: bool = True, aliases: Sequence[str] = ()) -> TermDraft:
    return TermDraft(
        key=name.casefold(),
        term=name,
        language="en",
        score=100.0 - rank,
        rank=rank,
        frequency=3,
        document_frequency=1,
        suggested=suggested,
        variants=(Variant(name, 2), *(Variant(alias, 1) for alias in aliases)),
    )


def run_row(number: int) -> RunRow:
    """A run as it is after it has completed, with nothing counted."""
    return RunRow(
        id=number,
        uuid=str(number),
        name="",
        scope=Scope.FULL,
        engine="offline",
        triggered_by="cli",
        settings="{}",
        owner="me",
        status=RunStatus.COMPLETED,
        outcome="completed",
        cancel_requested=False,
        step="publish",
        done=0,
        total=0,
        warnings=0,
        error="",
        counts={},
        created_at="",
        started_at=None,
        finished_at=None,
        seconds=3.2,
        draft=number,
        basis=None,
        mode=RunMode.WORK,
        error_kind=None,
        note="",
        archived=False,
        deleted=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "project.genglossary"
    projects.create_project(path, [tmp_path], name="Volcanoes")
    return path


@pytest.fixture
def publish(project: Path) -> Publish:
    """Publishes terms with their definitions (by term key) as a full run would."""

    def published(terms: Sequence[TermDraft], definitions: dict[str, str]) -> None:
        with closing(connect(project)) as connection:
            run_id = start_run(connection)
            text = documents.pack_text(DocumentText("\n".join(definitions.values())))
            content = documents.save_content(connection, "0", "txt", "utf-8", text)
            document = documents.save_document(
                connection,
                documents.ScannedDocument(
                    source_id=1,
                    path="guide/intro.md",
                    format="txt",
                    size=1,
                    state="ready",
                    content_id=content,
                ),
            )
            drafts.stage_terms(connection, run_id, terms)
            items = definitions.items()
            evidence = {
                key: Passage(content, 0, len(text), 12, text, PassageKind.DEFINITION, document_id=document)
                for key, text in items
            }
            drafts.stage_definitions(
                connection,
                run_id,
                Stage.PROVISIONAL,
                [(key, DefinitionDraft(text, 0.82, (evidence[key],), "offline")) for key, text in items],
            )
            publishing.publish(connection, run_id, "me")

    return published
