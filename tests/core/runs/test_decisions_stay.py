"""What a person decided about terms stands after real runs over real documents that have changed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from genglossary_gui.core import paths
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.glossary import Category, RunStatus, Scope
from genglossary_gui.core.runs.headless import run_to_end
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import decisions, entry_edits, runs
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.decisions import Listed, Status
from genglossary_gui.core.store.projects import create_project

_DECIDED = (
    "SELECT id, status, listed, locked, notes, merged_into, CASE named WHEN 1 THEN term END,"
    " CASE categorised WHEN 1 THEN category END FROM terms WHERE id IN ({ids}) ORDER BY id"
)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


class Home:
    """A project over a folder of documents, its runs, and what a person sees afterwards."""

    def __init__(self, folder: Path, workers: Workers) -> None:
        self.documents = folder / "documents"
        self.documents.mkdir()
        self.project = folder / "home.genglossary"
        self._workers = workers
        create_project(self.project, [self.documents])

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.documents / f"{name}.md").write_text(text, encoding="utf-8")

    def run(self, scope: Scope = Scope.EXTRACT) -> int:
        row = run_to_end(self.project, scope, settings=RunSettings(), workers=self._workers)
        assert row.status is RunStatus.COMPLETED, row
        return row.id

    def change(self, act: Callable[[sqlite3.Connection], Any]) -> Any:
        with closing(connect(self.project)) as connection:
            return act(connection)

    def ask(self, sql: str, *values: Any) -> list[tuple]:
        return self.change(lambda connection: connection.execute(sql, values).fetchall())

    def id_of(self, key: str) -> int:
        return self.ask("SELECT id FROM terms WHERE key = ?", key)[0][0]

    def glossary(self) -> set[str]:
        return {term for (term,) in self.ask(f"SELECT term FROM terms WHERE {decisions.IN_GLOSSARY}")}


@pytest.fixture
def home(tmp_path: Path, workers: Workers) -> Home:
    return Home(tmp_path, workers)


def _decide_about_everything(connection: sqlite3.Connection) -> list[int]:
    """Fifty decisions of all kinds; the terms that they are about."""
    ids = [row[0] for row in connection.execute("SELECT id FROM terms WHERE suggested = 1 ORDER BY rank LIMIT 55")]
    assert len(ids) == 55
    decisions.set_status(connection, ids[:10], Status.ACCEPTED)
    decisions.set_status(connection, ids[10:20], Status.DROPPED)
    decisions.set_listed(connection, ids[20:25], Listed.REQUIRED)
    decisions.set_listed(connection, ids[25:30], Listed.EXCLUDED)
    decisions.set_category(connection, ids[30:35], Category.PLACE)
    for number, term_id in enumerate(ids[35:40]):
        decisions.rename(connection, term_id, f"Named {number}")
        entry_edits.write_note(connection, ids[40 + number], f"ask about {number}")
    for first in range(45, 55, 2):
        decisions.merge(connection, ids[first : first + 2])
    split = connection.execute(
        "SELECT term_id, surface FROM variants WHERE kind IN ('spelling', 'long_form') AND term_id NOT IN"
        " (SELECT merged_into FROM terms WHERE merged_into IS NOT NULL) ORDER BY frequency DESC LIMIT 5"
    ).fetchall()
    assert split
    for term_id, surface in split:
        decisions.split(connection, term_id, [surface])
    return [*ids, *(row[0] for row in connection.execute("SELECT other_id FROM splits"))]


def test_t5_fifty_decisions_stand_after_the_documents_have_changed(home: Home) -> None:
    samples = paths.resources() / "samples" / "en"
    shutil.copytree(samples, home.documents, dirs_exist_ok=True)
    home.run()
    ids = home.change(_decide_about_everything)
    state = _DECIDED.format(ids=",".join(map(str, ids)))
    decided, splits = home.ask(state), home.ask("SELECT * FROM splits")

    (home.documents / "03-ebb-generation.md").unlink()
    (home.documents / "06-lock-operation.md").write_text("# Locks\n\nA *penstock* is a pipe.\n", encoding="utf-8")
    home.run(Scope.FULL)
    assert home.ask(state) == decided
    shutil.copytree(samples, home.documents, dirs_exist_ok=True)
    home.run()

    assert home.ask(state) == decided
    assert home.ask("SELECT * FROM splits") == splits
    for term_id, status, listed, *_rest in decided:
        is_out = listed == Listed.EXCLUDED or (status == Status.DROPPED and listed != Listed.REQUIRED)
        if is_out:
            assert not home.ask(f"SELECT 1 FROM terms WHERE id = ? AND {decisions.IN_GLOSSARY}", term_id)


_EDITED = "SELECT key, definition, origin, approved, locked, notes FROM entries WHERE id IN ({ids}) ORDER BY id"


def _edit_twenty(connection: sqlite3.Connection) -> list[int]:
    """Twenty edits of definitions, approvals, locks and notes; the terms that they are about."""
    rows = connection.execute(
        "SELECT id, definition FROM entries WHERE definition <> '' ORDER BY rank LIMIT 20"
    ).fetchall()
    assert len(rows) == 20
    for number, (term_id, definition) in enumerate(rows):
        if number < 8:
            entry_edits.write_definition(connection, term_id, f"{definition} As a person sees it.")
        elif number < 14:
            entry_edits.approve(connection, [term_id])
        elif number < 17:
            entry_edits.lock(connection, [term_id], locked=True)
        else:
            entry_edits.write_definition(connection, term_id, f"Version {number}.")
            entry_edits.write_note(connection, term_id, f"note {number}")
    return [term_id for term_id, _definition in rows]


def test_g5_twenty_edits_stand_after_the_documents_have_changed(home: Home) -> None:
    samples = paths.resources() / "samples" / "en"
    shutil.copytree(samples, home.documents, dirs_exist_ok=True)
    home.run(Scope.FULL)
    ids = home.change(_edit_twenty)
    edited = home.ask(_EDITED.format(ids=",".join(map(str, ids))))
    assert len(edited) == 20

    for name in ("03-ebb-generation.md", "06-lock-operation.md"):
        text = (home.documents / name).read_text(encoding="utf-8")
        (home.documents / name).write_text(text.replace(" is a ", " is one "), encoding="utf-8")
    home.run(Scope.FULL)

    assert home.ask(_EDITED.format(ids=",".join(map(str, ids)))) == edited


ONE = "The stop log is lowered. A stop log is a beam. The stop log has a hook. The stoplog is heavy."
OTHER = "The stoplog is lowered. A stoplog is a beam. The stoplog has a hook. The stop log is heavy."


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.DROPPED])
def test_t5_a_decision_stands_when_another_spelling_becomes_the_common_one(home: Home, status: Status) -> None:
    home.write(a=ONE)
    home.run()
    term_id = home.id_of("stop log")
    home.change(lambda connection: decisions.set_status(connection, [term_id], status))

    home.write(a=OTHER)
    home.run()

    rows = home.ask("SELECT id, key, status, frequency > 0 FROM terms WHERE term IN ('stoplog', 'stop log')")
    assert rows == [(term_id, "stoplog", status, 1)]


def test_t4_a_required_term_inside_another_is_found_too(home: Home) -> None:
    home.write(a="We oiled the very rusty gate of it. Then it was very rusty.")
    home.change(
        lambda connection: decisions.add_terms(connection, ["very rusty gate", "very rusty"], listed=Listed.REQUIRED)
    )

    run_id = home.run()

    assert home.ask("SELECT term, frequency FROM terms WHERE listed = 'required' ORDER BY term") == [
        ("very rusty", 2),
        ("very rusty gate", 1),
    ]
    assert not home.ask("SELECT message FROM log_records WHERE run_id = ? AND message LIKE '%in none of%'", run_id)


def test_t4_required_terms_are_checked_after_a_run(home: Home) -> None:
    home.write(a="A penstock is a pipe that brings water to a turbine. We oiled the very rusty gate.")
    names = ["penstock", "very rusty gate", "kingfisher"]
    home.change(lambda connection: decisions.add_terms(connection, names, listed=Listed.REQUIRED))
    missing = (
        "SELECT term FROM issues i JOIN terms t ON t.id = i.term_id"
        " WHERE i.type = 'required_term_missing' AND i.state = 'open'"
    )

    run_id = home.run(Scope.FULL)

    assert home.ask(missing) == [("kingfisher",)]
    row = home.change(lambda connection: runs.get_run(connection, run_id))
    assert {name: row.counts[name] for name in ("required", "required_missing", "required_undefined")} == {
        "required": 3,
        "required_missing": 1,
        "required_undefined": 2,
    }

    home.write(b="A kingfisher sat on the gate.")
    home.run(Scope.FULL)
    assert home.ask(missing) == []
