"""A document of 10 MB in the view, with a thousand terms of the glossary marked: until it shows, and scrolling it."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter

from PySide6.QtWidgets import QPlainTextEdit

from genglossary_gui.app import build_main_window
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store import documents
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.text import Block, BlockKind, DocumentText
from genglossary_gui.ui.main_window import MainWindow
from tests.bench import projects
from tests.bench.loop import Loop, application, close
from tests.bench.measuring import median, resident_mb, temporary_home
from tests.bench.table import Row

_MEGABYTES, _TERMS = 10, 5_000
"""A fifth of the terms is suggested, and so in the glossary."""
_LOOKS = 100
_STALL_GOAL, _P99_GOAL = 100, 16
_NAME = "guide/all gates.txt"


def measure() -> list[Row]:
    with temporary_home() as folder:
        project = projects.make_project(folder, "viewer", terms=_TERMS)
        size, marked = _add_document(project)
        application()
        loop, workers = Loop(), Workers(1)
        window = build_main_window(project, settings=AppSettings(language="en"), workers=workers)
        try:
            window.show()
            loop.settle(1)
            return _rows(window, project, size, marked, loop)
        finally:
            close(window, loop)
            workers.close()


def _add_document(project: Path) -> tuple[int, int]:
    """Its size in bytes, and how many terms of the glossary it holds, each many times."""
    names = list(islice(projects.names(), _TERMS))
    lines: list[str] = []
    size = number = 0
    while size < _MEGABYTES * 1_000_000:
        lines.append(projects.SENTENCE.format(term=names[number * 5 % _TERMS + 4]))
        size += len(lines[-1].encode()) + 1
        number += 1
    text = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line)))
        at += len(line) + 1
    document = DocumentText(text, tuple(blocks), (), tuple((block.start, n) for n, block in enumerate(blocks, 1)))
    with closing(connect(project)) as connection:
        connection.execute("INSERT OR IGNORE INTO sources (path) VALUES ('/documents')")
        content = documents.save_content(connection, _NAME, "txt", "utf-8", documents.pack_text(document))
        scanned = documents.ScannedDocument(
            source_id=1, path=_NAME, format="txt", size=size, state="ready", encoding="utf-8", content_id=content
        )
        documents.save_document(connection, scanned)
    return size, _TERMS // 5


def _rows(window: MainWindow, project: Path, size: int, marked: int, loop: Loop) -> list[Row]:
    assert window.project is not None
    view = window.project.document
    pane = view.findChild(QPlainTextEdit)
    assert pane is not None
    with closing(connect(project, read_only=True)) as connection:
        row = next(iter(documents.document_rows(connection, [1]).values()))
    before = resident_mb()
    opened: list[float] = []
    filled: list[float] = []
    loop.reset()
    start = perf_counter()
    view.opened.connect(lambda: opened.append(perf_counter() - start))
    view._pane.filled.connect(lambda: filled.append(perf_counter() - start))
    view.show()
    view.show_document(row)
    loop.until(lambda: bool(opened))
    pane.viewport().repaint()
    shown = perf_counter() - start
    loop.until(lambda: bool(filled) and len(view._pane._terms.terms) == marked)
    whole = perf_counter() - start
    loop.settle()
    worst, p99 = loop.worst_ms(), loop.p99_ms()
    scrolled = _scroll(pane, loop)
    title = f"document of {size / 1e6:.0f} MB, {marked:,} terms marked"
    rows = [
        Row(what=f"{title}: first page painted", figure=shown * 1000, unit="ms"),
        Row(what="… all of it there, terms marked", figure=whole * 1000, unit="ms"),
        Row(what="… stall, 99 of 100", figure=p99, unit="ms", goal=_P99_GOAL),
        Row(what="… stall, worst", figure=worst, unit="ms", goal=_STALL_GOAL),
        Row(what=f"{title}: jump to any place and paint, median", figure=median(scrolled), unit="ms"),
        Row(what="… worst", figure=max(scrolled), unit="ms", goal=_STALL_GOAL),
    ]
    after = resident_mb()
    if before and after:
        rows.append(Row(what="… memory with it", figure=after, unit="MB", baseline=before, against="before it"))
    return rows


def _scroll(pane: QPlainTextEdit, loop: Loop) -> list[float]:
    """Milliseconds of each jump to a place that was not seen before, painted."""
    bar, places = pane.verticalScrollBar(), Random(7)
    taken: list[float] = []
    for _look in range(_LOOKS):
        start = perf_counter()
        bar.setValue(places.randrange(bar.maximum() + 1))
        pane.viewport().repaint()
        taken.append((perf_counter() - start) * 1000)
        loop.settle(0.001)
    return taken
