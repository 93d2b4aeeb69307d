"""Large projects, written straight into the database: what they hold is made up, its size and shape are real."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count, islice, product
from pathlib import Path

from genglossary_gui.core import paths, times
from genglossary_gui.core.glossary import Passage, PassageKind, TermDraft, Variant
from genglossary_gui.core.store.connection import connect, transaction
from genglossary_gui.core.store.projects import create_project

_FIRST = ("tidal", "spring", "hydraulic", "upper", "mean", "三段", "生酛", "高温", "上級", "速醸")
_SECOND = ("gate", "turbine", "range", "sluice", "draught", "仕込み", "酒母", "麹菌", "精米", "火入れ")
SUFFIXES = (".html", ".md", ".txt")
SENTENCE = "The {term} is a part of the works that is inspected before every season, and after each storm."


def sample_files() -> list[Path]:
    """The readable documents of both bundled samples."""
    folders = (paths.resources() / "samples" / language for language in ("en", "ja"))
    return sorted(place for folder in folders for place in folder.rglob("*") if place.suffix in SUFFIXES)


def names() -> Iterator[str]:
    """Any number of different terms, Japanese and English mixed."""
    for number in count(1):
        for first, second in product(_FIRST, _SECOND):
            yield f"{first} {second} {number}" if first.isascii() else f"{first}{second}{number}"


def make_project(folder: Path, name: str, *, terms: int = 0, runs: int = 0) -> Path:
    """A project without sources that holds so many published terms (a third defined) and ended runs."""
    project = folder / f"{name}.genglossary"
    create_project(project, [])
    with closing(connect(project)) as connection, transaction(connection):
        _add_runs(connection, runs)
        _add_terms(connection, terms)
    return project


def add_records(connection: sqlite3.Connection, run_id: int, records: int) -> None:
    """A log; one record in a thousand mentions a needle."""
    at = times.utc_now()
    connection.executemany(
        "INSERT INTO log_records VALUES (?, ?, ?, 1, 'extract', ?, '', 'guide/gates.md')",
        (
            (run_id, seq, at, f"Document {seq} was read{' with a needle in it' if seq % 1000 == 0 else ''}.")
            for seq in range(1, records + 1)
        ),
    )


def add_run(connection: sqlite3.Connection, owner: str = "bench") -> int:
    """A run at work."""
    row = connection.execute(
        "INSERT INTO runs (uuid, scope, engine, triggered_by, settings, owner, status, created_at)"
        " VALUES (hex(randomblob(16)), 'full', 'offline', 'manual', '{}', ?, 'pending', ?) RETURNING id",
        (owner, times.utc_now()),
    ).fetchone()
    connection.execute("UPDATE runs SET status = 'running', started_at = created_at WHERE id = ?", row)
    return row[0]


def add_content(connection: sqlite3.Connection) -> tuple[int, int]:
    """A document that passages can point at; its id and that of its content."""
    connection.execute("INSERT OR IGNORE INTO sources (path) VALUES ('/documents')")
    content = connection.execute(
        "INSERT INTO contents (sha256, format, encoding, title, text, layout)"
        " VALUES ('0', 'md', 'utf-8', '', '', x'') RETURNING id"
    ).fetchone()[0]
    document = connection.execute(
        "INSERT INTO documents (source_id, path, format, size, state, content_id, scanned_at)"
        " VALUES (1, 'gates.md', 'md', 1, 'ready', ?, ?) RETURNING id",
        (content, times.utc_now()),
    ).fetchone()[0]
    return document, content


def drafts(terms: int, document: int, content: int) -> list[TermDraft]:
    """Candidates as an engine gives them, each with two spellings and three passages."""
    return [
        TermDraft(
            name,
            name,
            "en" if name.isascii() else "ja",
            1.0 / rank,
            rank,
            10,
            3,
            rank % 5 == 0,
            variants=(Variant(name + "s", 2, "inflection"), Variant(name.upper(), 1)),
            passages=tuple(passage(name, document, content, place) for place in range(3)),
            features={"length": 0.5, "headings": 0.25, "spread": 1.0},
        )
        for rank, name in enumerate(islice(names(), terms), 1)
    ]


def passage(name: str, document: int, content: int, place: int = 0) -> Passage:
    text = SENTENCE.format(term=name)
    return Passage(
        content, place * 100, place * 100 + len(text), place + 1, text, PassageKind.CONTEXT, 0.5, "", document
    )


def _add_runs(connection: sqlite3.Connection, runs: int) -> None:
    connection.executemany(
        "INSERT INTO runs (uuid, scope, engine, triggered_by, settings, owner, status, created_at)"
        " VALUES (?, ?, 'offline', 'manual', '{}', 'bench', 'pending', ?)",
        ((str(n), ("full", "extract", "review")[n % 3], times.utc_now()) for n in range(runs)),
    )
    connection.execute(
        "UPDATE runs SET status = CASE id % 4 WHEN 0 THEN 'failed' ELSE 'cancelled' END, finished_at = created_at,"
        " seconds = (id * 7919) % 1000 WHERE status = 'pending'"
    )


def _add_terms(connection: sqlite3.Connection, terms: int) -> None:
    connection.executemany(
        "INSERT INTO terms (key, term, language, category, score, rank, frequency, document_frequency, suggested)"
        " VALUES (?, ?, 'en', 'technical_term', ?, ?, ?, ?, ?)",
        (
            (name, name, 1000.0 / rank, rank, rank * 7919 % 1000, rank * 104729 % 50, rank % 5 == 0)
            for rank, name in enumerate(islice(names(), terms), 1)
        ),
    )
    connection.execute(
        "INSERT INTO definitions (term_id, stage, text, confidence, origin, current, created_at)"
        " SELECT id, 'provisional', 'A ' || term || ' is a part of the works.', 0.8, 'offline', 1, ?"
        " FROM terms WHERE id % 3 = 0",
        (times.utc_now(),),
    )
