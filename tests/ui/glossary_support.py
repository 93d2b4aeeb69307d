"""A project with a small published glossary, and an app that only remembers what windows asked of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from PySide6.QtWidgets import QWidget

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.glossary import (
    DefinitionDraft,
    IssueDraft,
    IssueType,
    Passage,
    PassageKind,
    Stage,
    TermDraft,
    Variant,
)
from genglossary_gui.core.runs.window_lock import Obstacle
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store import documents, drafts, publishing
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.core.text import Block, BlockKind, DocumentText
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.shell import RecentProject
from tests.support import start_run

SENTENCE = "A weir is a low dam across a river 🌊."
TEXT = f"Rivers\nFlocks of birds rest on a lock.\n{SENTENCE} Every weir has a lock.\nThe <b>lock</b> opens."
_KINDS = (BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH)


def river_text() -> DocumentText:
    """Four blocks that stand on the source lines 1, 3, 5 and 9."""
    blocks: list[Block] = []
    start = 0
    for kind, line in zip(_KINDS, TEXT.split("\n"), strict=True):
        blocks.append(Block(kind, start, start + len(line), 1))
        start += len(line) + 1
    lines = tuple(zip((block.start for block in blocks), (1, 3, 5, 9), strict=True))
    return DocumentText(TEXT, tuple(blocks), lines=lines, title="Rivers")


def make_glossary(folder: Path) -> Path:
    """Terms: *weir* with definition and evidence; *lock* with context and issue; *bird*, not suggested."""
    project = folder / "rivers.genglossary"
    create_project(project, [folder], name="Rivers")
    with closing(connect(project)) as connection:
        content = documents.save_content(connection, "1", "md", "utf-8", documents.pack_text(river_text()))
        found = documents.ScannedDocument(
            source_id=1,
            path="guide/rivers.md",
            format="md",
            size=2048,
            state="ready",
            encoding="utf-8",
            content_id=content,
        )
        document = documents.save_document(connection, found)
        broken = documents.ScannedDocument(
            source_id=1, path="broken.txt", format="txt", size=10, state="unreadable", reason="It is empty."
        )
        documents.save_document(connection, broken)
        start = TEXT.index(SENTENCE)
        evidence = Passage(
            content, start, start + len(SENTENCE), 5, SENTENCE, PassageKind.DEFINITION, document_id=document
        )
        place = TEXT.index("lock.")
        context = Passage(content, place, place + 4, 3, "rest on a lock", document_id=document)
        _publish(connection, evidence, context)
    return project


def _publish(connection: sqlite3.Connection, evidence: Passage, context: Passage) -> None:
    run = start_run(connection)
    weir = TermDraft(
        "weir",
        "weir",
        "en",
        9.0,
        1,
        2,
        1,
        True,
        variants=(Variant("weirs", 1, "inflection"), Variant("overflow weir", 1, "long_form")),
        passages=(evidence,),
        features={"whole_heading": 0.5},
    )
    lock = TermDraft("lock", "lock", "en", 5.0, 2, 3, 1, True, passages=(context,))
    bird = TermDraft("bird", "bird", "en", 1.0, 3, 1, 1, False)
    drafts.stage_terms(connection, run, [weir, lock, bird])
    definition = DefinitionDraft("A low dam across a river.", 0.82, (evidence,), "offline")
    drafts.stage_definitions(connection, run, Stage.PROVISIONAL, [("weir", definition)])
    drafts.stage_issues(
        connection, run, [IssueDraft("lock", IssueType.UNCLEAR, "Nobody knows what a lock is.", "Ask.")]
    )
    publishing.publish(connection, run, "me")


class FakeShell:
    """Keeps the contract of ``ui.shell.Shell``; ``asked`` is what was asked of it, ``refusal`` is raised."""

    def __init__(self, recent: Sequence[RecentProject] = ()) -> None:
        self.settings = AppSettings()
        self.recent = list(recent)
        self.asked: list[tuple] = []
        self.opened: set[Path] = set()
        self.refusal: UserFacingError | OSError | None = None

    def apply_settings(self, settings: AppSettings) -> None:
        self._do("settings")
        self.settings = settings
        shortcuts.use(settings.shortcuts)

    def open_project(self, path: Path) -> None:
        self._do("open", path)

    def create_project(self, path: Path, sources: Sequence[Path], *, name: str, language: str) -> None:
        self._do("create", path, list(sources), name, language)

    def open_sample(self, language: str) -> None:
        self._do("sample", language)

    def suggested_project_path(self, sources: Sequence[Path]) -> Path:
        return sources[0].parent / f"{sources[0].stem}.genglossary"

    def recent_projects(self) -> list[RecentProject]:
        return list(self.recent)

    def forget_project(self, path: Path) -> None:
        self.recent = [project for project in self.recent if project.path != path]

    def is_open(self, path: Path) -> bool:
        return path in self.opened

    def remember_project(self, path: Path) -> None:
        self.recent.insert(0, RecentProject(path, "", path.is_file()))

    def replace_project(self, path: Path, renamed: Path) -> None:
        self.recent = [RecentProject(renamed, p.opened_at, True) if p.path == path else p for p in self.recent]

    def open_again(self, window: MainWindow) -> Obstacle | None:
        self._do("again")
        return Obstacle()

    def show_home(self) -> None:
        self._do("home")

    def quit(self) -> None:
        self._do("quit")

    def leave_if_last(self, window: QWidget) -> None:
        self._do("leave", window)

    def _do(self, *what: object) -> None:
        self.asked.append(what)
        if self.refusal is not None:
            raise self.refusal
