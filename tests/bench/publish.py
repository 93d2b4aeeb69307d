"""Staged results become the glossary: how long it takes, and how long others wait for it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter

from genglossary_gui.core.glossary import DefinitionDraft, Stage
from genglossary_gui.core.store import drafts, glossary
from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.store.publishing import publish
from genglossary_gui.core.store.selection import Selection
from tests.bench import projects
from tests.bench.measuring import temporary_home, timed
from tests.bench.table import Row

_SIZES = (2_000, 10_000, 20_000)
_OWNER = "bench"
_READER_GOAL, _WRITER_GOAL = 100, 1000
_PAGE = 100


def measure() -> list[Row]:
    with temporary_home() as folder:
        return [row for size in _SIZES for row in _publish(folder, size)]


def _publish(folder: Path, size: int) -> list[Row]:
    project = projects.make_project(folder, f"publish-{size}")
    with closing(connect(project)) as connection:
        document, content = projects.add_content(connection)
        bare = _bare(folder, connection, size, document, content)
        first, again = (stage(connection, size, document, content) for _run in range(2))
        new, _none = timed(lambda: publish(connection, first, _OWNER))
        quiet, others = _Others(project), _Others(project)
        quiet.work_beside(lambda: threading.Event().wait(1))
        update = others.work_beside(lambda: publish(connection, again, _OWNER))
    title = f"publish {size:,} terms"
    return [
        Row(
            what=f"{title}, all new",
            figure=new,
            unit="s",
            baseline=bare,
            against="the same rows, bare SQLite",
        ),
        Row(what=f"{title}, all known", figure=update, unit="s", baseline=bare, against="as above"),
        Row(
            what="… a reader waits for a page, worst",
            figure=others.read,
            unit="ms",
            goal=_READER_GOAL,
            baseline=quiet.read,
            against="while nobody publishes",
        ),
        Row(
            what="… another writer waits, worst",
            figure=others.write,
            unit="ms",
            goal=_WRITER_GOAL,
            baseline=quiet.write,
            against="while nobody publishes",
        ),
    ]


class _Others:
    """A reader and a writer in threads of their own; ``read`` and ``write`` are their longest waits in milliseconds."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._stop = threading.Event()
        self.read = self.write = 0.0

    def work_beside(self, act: Callable[[], object]) -> float:
        """Seconds that ``act()`` takes while they work; it begins when both have begun."""
        ready = threading.Barrier(3)
        threads = [threading.Thread(target=work, args=(ready,)) for work in (self._keep_reading, self._keep_writing)]
        for thread in threads:
            thread.start()
        ready.wait()
        seconds, _none = timed(act)
        self._stop.set()
        for thread in threads:
            thread.join()
        return seconds

    def _keep_reading(self, ready: threading.Barrier) -> None:
        with closing(connect(self._project, read_only=True)) as connection:
            ids = glossary.entry_ids(connection, Selection())[:_PAGE]
            ready.wait()
            while not self._stop.is_set():
                taken, _rows = timed(lambda: glossary.entry_rows(connection, ids))
                self.read = max(self.read, taken * 1000)
                self._stop.wait(0.002)

    def _keep_writing(self, ready: threading.Barrier) -> None:
        with closing(connect(self._project)) as connection:
            run_id = projects.add_run(connection)
            ready.wait()
            seq = 0
            while not self._stop.is_set():
                seq += 1
                taken, _none = timed(lambda seq=seq: self._write_one(connection, run_id, seq))
                self.write = max(self.write, taken * 1000)
                self._stop.wait(0.01)

    def _write_one(self, connection: sqlite3.Connection, run_id: int, seq: int) -> None:
        """One log record; like a run it asks again as long as the project is busy."""
        deadline = perf_counter() + 60
        while perf_counter() < deadline:
            try:
                with transaction(connection):
                    connection.execute("INSERT INTO log_records VALUES (?, ?, '', 1, '', '', '', '')", (run_id, seq))
                return
            except sqlite3.OperationalError:
                continue


def stage(connection: sqlite3.Connection, size: int, document: int, content: int, owner: str = _OWNER) -> int:
    """A run at work that has staged its terms and their definitions."""
    run_id = projects.add_run(connection, owner)
    terms = projects.drafts(size, document, content)
    drafts.stage_terms(connection, run_id, terms)
    definitions = (
        (term.key, DefinitionDraft(f"A {term.term} is a part.", 0.8, term.passages[:1], "offline")) for term in terms
    )
    drafts.stage_definitions(connection, run_id, Stage.PROVISIONAL, definitions)
    return run_id


def _bare(folder: Path, model: sqlite3.Connection, size: int, document: int, content: int) -> float:
    """Seconds for as many rows of the same shape in tables and indexes like ours, without looking at anything."""
    with closing(sqlite3.connect(folder / f"bare-{size}.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        wanted = ("terms", "variants", "passages", "definitions", "evidence")
        for (statement,) in model.execute(
            f"SELECT sql FROM sqlite_master WHERE tbl_name IN {wanted} AND sql IS NOT NULL ORDER BY type DESC"
        ):
            connection.execute(statement)
        terms = list(enumerate(projects.drafts(size, document, content), 1))
        passages = [
            (n, document, content, p.start, p.end, p.line, p.text, "context", 0.5, "")
            for n, term in terms
            for p in term.passages
        ]
        passage_columns = "document_id, content_id, start, end, line, text, kind, weight, rule"

        def insert() -> None:
            connection.execute("BEGIN")
            connection.executemany(
                "INSERT INTO terms (id, key, term, language, category, score, rank, frequency, document_frequency,"
                " suggested, features) VALUES (?, ?, ?, 'en', 'technical_term', ?, ?, 10, 3, ?, ?)",
                [(n, t.key, t.term, t.score, t.rank, t.suggested, str(t.features)) for n, t in terms],
            )
            connection.executemany(
                "INSERT INTO variants VALUES (?, ?, ?, ?)",
                [(n, v.surface, v.kind, v.frequency) for n, t in terms for v in t.variants],
            )
            connection.executemany(
                f"INSERT INTO passages (term_id, {passage_columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", passages
            )
            connection.executemany(
                "INSERT INTO definitions (id, term_id, stage, text, confidence, origin, current, created_at)"
                " VALUES (?, ?, 'provisional', ?, 0.8, 'offline', 1, '')",
                [(n, n, f"A {t.term} is a part.") for n, t in terms],
            )
            connection.executemany(
                f"INSERT INTO evidence (position, definition_id, {passage_columns})"
                " VALUES (0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                passages[::3],
            )
            connection.execute("COMMIT")

        return timed(insert)[0]
