"""Parts that many tests need: small projects, and an engine that waits at gates."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.glossary import (
    DefinitionDraft,
    Entry,
    IssueDraft,
    Passage,
    PassageKind,
    Scope,
    TermDraft,
)
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.documents import ScannedDocument, pack_text, save_content, save_document
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.core.text import Block, BlockKind, DocumentText

PATIENCE = 60.0
"""Seconds after which a gate that nobody opens fails the test."""


class Gate:
    """A place in the work: the test waits until someone ``arrived``, then lets it ``pass_on``."""

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self.pass_on = threading.Event()

    def stop_here(self, work: Work | None = None) -> None:
        """Wait until the test opens the gate, or raise ``Cancelled`` when the run is cancelled meanwhile."""
        self.arrived.set()
        if work is None:
            assert self.pass_on.wait(PATIENCE)
            return
        wake = threading.Event()
        with work.token.on_cancel(wake.set):
            while not self.pass_on.is_set() and not wake.is_set():
                wake.wait(0.01)
        work.token.checkpoint()

    def wait_for_arrival(self) -> None:
        assert self.arrived.wait(PATIENCE), "nobody came to the gate"


def words(text: str) -> list[tuple[int, str]]:
    """``(offset, word)`` of the capitalised words."""
    found, offset = [], 0
    for word in text.split(" "):
        if word.strip(".").istitle():
            found.append((offset, word.strip(".")))
        offset += len(word) + 1
    return found


@dataclass
class SimpleEngine:
    """An engine that keeps the contract in the simplest way: capitalised words are terms, their sentence defines them.

    ``gates`` stop it: by name of the method.  ``error`` is raised by ``define``.
    """

    name: str = "offline"
    revision: str = "simple"
    gates: dict[str, Gate] = field(default_factory=dict)
    error: BaseException | None = None

    def analyse(
        self, documents: Iterable[tuple[int, DocumentText]], language: str, work: Work
    ) -> Iterator[tuple[int, bytes]]:
        for content_id, text in documents:
            self._gate("analyse", work)
            yield content_id, text.text.encode()

    def extract(self, analyses: Iterable[tuple[int, bytes]], work: Work) -> list[TermDraft]:
        self._gate("extract", work)
        found: dict[str, list[Passage]] = {}
        for content_id, payload in analyses:
            text = payload.decode()
            for start, word in words(text):
                passage = Passage(content_id, start, start + len(word), 1, word, PassageKind.CONTEXT)
                found.setdefault(word.lower(), []).append(passage)
        return [
            TermDraft(key, passages[0].text, "en", 1.0 / rank, rank, len(passages), 1, True, passages=tuple(passages))
            for rank, (key, passages) in enumerate(sorted(found.items()), 1)
        ]

    def define(self, terms: Sequence[TermDraft], work: Work) -> Iterator[tuple[str, DefinitionDraft]]:
        for term in terms:
            self._gate("define", work)
            if self.error is not None:
                raise self.error
            yield term.key, DefinitionDraft(f"{term.term} is defined.", 0.5, term.passages[:1], "offline")

    def review(self, entries: Sequence[Entry], work: Work) -> Iterator[IssueDraft]:
        self._gate("review", work)
        yield from ()

    def refine(
        self, entries: Sequence[Entry], issues: Sequence[IssueDraft], work: Work
    ) -> Iterator[tuple[str, DefinitionDraft]]:
        self._gate("refine", work)
        yield from ()

    def _gate(self, name: str, work: Work) -> None:
        if name in self.gates:
            self.gates[name].stop_here(work)


def make_project(folder: Path, *texts: str) -> Path:
    """A project whose source folder holds one file for each text, already scanned."""
    documents = folder / "documents"
    documents.mkdir(parents=True)
    project = folder / "test.genglossary"
    for number, text in enumerate(texts):
        (documents / f"{number}.txt").write_text(text, encoding="utf-8")
    create_project(project, [documents])
    return project


def start_run(
    connection: sqlite3.Connection, *, owner: str = "me", scope: Scope = Scope.FULL, settings: str = "{}"
) -> int:
    """Add a run that ``owner`` has begun; returns its number."""
    run_id = runs.insert_run(
        connection,
        uuid=uuid.uuid4().hex,
        scope=scope,
        engine="offline",
        triggered_by="manual",
        settings=settings,
        owner=owner,
    )
    assert runs.mark_running(connection, run_id, owner)
    return run_id


def add_document(project: Path, path: str, text: str) -> tuple[int, int]:
    """Store a readable document without a file; returns its id and that of its content."""
    stored = DocumentText(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    with closing(connect(project)) as connection:
        content_id = save_content(connection, path, "txt", "utf-8", pack_text(stored))
        document = ScannedDocument(
            source_id=1, path=path, format="txt", size=len(text), state="ready", encoding="utf-8", content_id=content_id
        )
        return save_document(connection, document), content_id
