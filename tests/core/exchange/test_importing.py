"""Files of other programs against a project: how each row stands to it, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from genglossary_gui.core.exchange import matching
from genglossary_gui.core.exchange.export import export_project
from genglossary_gui.core.exchange.matching import Choice, PlannedRow, State, carry_out, plan_import, take_back
from genglossary_gui.core.exchange.reading import read_file
from genglossary_gui.core.glossary import Category
from genglossary_gui.core.store import decisions, entry_edits, projects, reversible
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.imports import KnownEntry, known_entries
from genglossary_gui.core.store.kept import KeptChanges

from .conftest import Publish, term

_MAGMA = "Magma is molten rock below the surface."
_TABLES = ("terms", "variants", "definitions", "evidence", "passages", "issues")


@pytest.fixture
def connection(publish: Publish, project: Path) -> Iterator[Connection]:
    publish([term("magma", 1, aliases=["Magma", "magmas"]), term("ash cloud", 2), term("side", 3)], {"magma": _MAGMA})
    with closing(connect(project)) as connection:
        yield connection


def _plan(connection: Connection, folder: Path, csv: str) -> tuple[PlannedRow, ...]:
    path = folder / "in.csv"
    path.write_text(csv, encoding="utf-8")
    return plan_import(connection, read_file(path))


def _take_all(connection: Connection, rows: tuple[PlannedRow, ...]) -> KeptChanges:
    return carry_out(connection, rows, [Choice.TAKE] * len(rows))


def _known(connection: Connection, key: str) -> KnownEntry:
    return known_entries(connection, [key])[key]


def _all(connection: Connection) -> dict[str, list[tuple]]:
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in _TABLES}


def test_each_row_is_new_same_conflict_duplicate_or_unreadable(connection: Connection, tmp_path: Path) -> None:
    rows = _plan(
        connection,
        tmp_path,
        f"term,definition\nlava,Hot.\nmagma,{_MAGMA}\nMagmas,Other.\nash cloud,Ash in the air.\n,nothing\nside,\n",
    )
    assert [(row.line, row.state) for row in rows] == [
        (2, State.NEW),
        (3, State.SAME),
        (4, State.DUPLICATE),
        (5, State.NEW),  # known only as a candidate
        (6, State.UNREADABLE),
        (7, State.SAME),
    ]
    assert rows[4].reason == "There is no term."


def test_a_conflict_names_what_differs(connection: Connection, tmp_path: Path) -> None:
    [row] = _plan(connection, tmp_path, "term,definition,aliases\nmagma,Other.,magmas; Magma\n")
    assert (row.state, row.differs) == (State.CONFLICT, ("definition",))
    assert row.choices[0] is Choice.KEEP


def test_a_dropped_term_is_a_conflict(connection: Connection, tmp_path: Path) -> None:
    connection.execute("UPDATE terms SET status = 'dropped' WHERE key = 'magma'")
    [row] = _plan(connection, tmp_path, f"term,definition\nmagma,{_MAGMA}\n")
    assert (row.state, row.differs) == (State.CONFLICT, ("status",))


def test_what_is_taken_counts_as_a_persons(connection: Connection, tmp_path: Path) -> None:
    rows = _plan(
        connection,
        tmp_path,
        "用語,定義,別名,分類,備考,承認\n堰,川を横切る構造物。,いせき;weir,専門用語,注,○\nmagma,Hot rock.,,,,\n",
    )
    _take_all(connection, rows)
    new, old = _known(connection, "堰"), _known(connection, "magma")
    assert (new.definition, new.notes, new.approved, new.category) == (
        "川を横切る構造物。",
        "注",
        True,
        Category.TECHNICAL_TERM,
    )
    assert set(new.aliases) == {"いせき", "weir"}
    assert (old.definition, old.aliases) == ("Hot rock.", ("Magma", "magmas"))
    assert {(entry.status, entry.locked) for entry in (new, old)} == {("accepted", True)}
    origins = connection.execute("SELECT origin FROM entries WHERE definition <> ''").fetchall()
    assert origins == [("person",), ("person",)]


def test_an_empty_cell_erases_nothing(connection: Connection, tmp_path: Path) -> None:
    rows = _plan(connection, tmp_path, "term,definition,aliases\nmagma,,\n")
    assert rows[0].state is State.SAME
    _take_all(connection, rows)
    assert (_known(connection, "magma").definition, _known(connection, "magma").aliases) == (
        _MAGMA,
        ("Magma", "magmas"),
    )


def test_a_run_does_not_overwrite_what_was_taken(connection: Connection, tmp_path: Path, publish: Publish) -> None:
    rows = _plan(
        connection,
        tmp_path,
        "term,definition,aliases,category\nMagma,Mine.,molten rock,place\nlava,Also mine.,,\n",
    )
    _take_all(connection, rows)
    before = {key: _known(connection, key) for key in ("magma", "lava")}
    publish([term("magma", 1, aliases=["Magma", "magmas"])], {"magma": "Found again."})
    assert {key: _known(connection, key) for key in before} == before
    assert before["magma"].term == "Magma"
    assert set(before["magma"].aliases) == {"molten rock", "magma", "magmas"}
    assert before["magma"].category is Category.PLACE


def test_what_is_kept_or_skipped_changes_nothing(connection: Connection, tmp_path: Path) -> None:
    before = _all(connection)
    rows = _plan(connection, tmp_path, "term,definition\nmagma,Other.\nlava,Hot.\n")
    assert len(carry_out(connection, rows, [Choice.KEEP, Choice.SKIP])) == 0
    assert _all(connection) == before


def test_the_undo_brings_every_row_back(connection: Connection, tmp_path: Path) -> None:
    before = _all(connection)
    rows = _plan(
        connection,
        tmp_path,
        "term,definition,aliases,notes\nmagma,Other.,only this,n\nlava,Hot.,a;b,\nash cloud,Ash.,,\n",
    )
    changes = _take_all(connection, rows)
    assert _all(connection) != before
    assert take_back(connection, changes) == 3
    assert _all(connection) == before


def test_the_undo_leaves_what_was_changed_since(connection: Connection, tmp_path: Path) -> None:
    changes = _take_all(connection, _plan(connection, tmp_path, "term,definition\nlava,Hot.\n"))
    entry_edits.write_definition(connection, _known(connection, "lava").id, "Edited later.")
    take_back(connection, changes)
    assert _known(connection, "lava").definition == "Edited later."


def test_of_several_the_undo_leaves_only_the_one_that_was_changed_since(connection: Connection, tmp_path: Path) -> None:
    rows = _plan(connection, tmp_path, "term,definition,aliases\nlava,Hot.,a\ntuff,Ash.,b;c\nmagma,Other.,\n")
    changes = _take_all(connection, rows)
    entry_edits.write_definition(connection, _known(connection, "tuff").id, "Edited later.")
    assert take_back(connection, changes) == 2
    known = known_entries(connection, ["lava", "tuff", "magma"])
    assert {key: entry.definition for key, entry in known.items()} == {"tuff": "Edited later.", "magma": _MAGMA}


@pytest.mark.parametrize(
    "csv", ["lava,Hot.,,yes\ntuff,Ash.,b;c,\n", "magma,Other.,x,yes\nash cloud,Ash.,,\nlava,,a,\n"]
)
def test_many_are_taken_back_together_as_one_by_one(
    connection: Connection, tmp_path: Path, csv: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _all(connection)
    changes = _take_all(connection, _plan(connection, tmp_path, f"term,definition,aliases,approved\n{csv}"))
    after = _all(connection)
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    take_back(connection, changes)
    assert _all(connection) == before
    matching.make_again(connection, changes)
    assert _all(connection) == after
    assert "SAVEPOINT entry" not in statements
    monkeypatch.setattr(reversible, "_are_apart", lambda _changes: False)
    take_back(connection, changes)
    assert _all(connection) == before
    matching.make_again(connection, changes)
    assert _all(connection) == after
    assert "SAVEPOINT entry" in statements


def test_terms_twice_in_a_file_are_taken_in_their_order(connection: Connection, tmp_path: Path) -> None:
    rows = _plan(connection, tmp_path, "term,definition,notes\nlava,Hot.,n\ntuff,Ash.,\nlava,Cold.,\n")
    before = _all(connection)
    changes = _take_all(connection, rows)
    lava = _known(connection, "lava")
    assert (lava.definition, lava.notes, len(changes)) == ("Cold.", "n", 3)
    take_back(connection, changes)
    assert _all(connection) == before


@pytest.mark.parametrize("piece", [1, 500])
def test_a_failure_in_the_middle_changes_nothing(
    connection: Connection, tmp_path: Path, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "_PIECE", piece)
    rows = _plan(connection, tmp_path, "term,definition\nlava,Hot.\ntuff,Ash.\n")
    before = _all(connection)
    connection.execute(
        "CREATE TEMP TRIGGER stop BEFORE INSERT ON main.terms WHEN NEW.key = 'tuff'"
        " BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with pytest.raises(Exception, match="no"):
        _take_all(connection, rows)
    assert _all(connection) == before


def test_others_may_write_between_the_pieces(
    connection: Connection, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "_PIECE", 1)
    rows = _plan(connection, tmp_path, "term,definition\nlava,Hot.\ntuff,Ash.\n")
    written: list[int] = []

    def write_meanwhile(statement: str) -> None:
        # The second piece looks what it will meet: the first is saved, and nobody holds the project.
        if statement == "BEGIN IMMEDIATE" and len(written) < 2:
            with closing(connect(project, busy_timeout_ms=0)) as other:
                written.append(other.execute("UPDATE terms SET notes = notes || 'x' WHERE key = 'side'").rowcount)

    connection.set_trace_callback(write_meanwhile)
    changes = _take_all(connection, rows)
    connection.set_trace_callback(None)
    assert (written, len(changes)) == ([1, 1], 2)


def test_the_redo_makes_it_again(connection: Connection, tmp_path: Path) -> None:
    changes = _take_all(connection, _plan(connection, tmp_path, "term,definition\nlava,Hot.\nmagma,Other.\n"))
    after = _all(connection)
    take_back(connection, changes)
    assert matching.make_again(connection, changes) == 2
    assert _all(connection) == after


def test_a_synonym_comes_back_as_a_term_of_its_own(connection: Connection, tmp_path: Path) -> None:
    decisions.merge(connection, [_known(connection, "magma").id, _known(connection, "side").id])
    before = _all(connection)
    rows = _plan(connection, tmp_path, "term,definition\nside,A flank.\n")
    assert (rows[0].state, rows[0].differs) == (State.CONFLICT, ("definition", "status"))
    changes = _take_all(connection, rows)
    assert not _known(connection, "side").is_unwanted
    assert "side" not in _known(connection, "magma").aliases
    take_back(connection, changes)
    assert _all(connection) == before


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "tbx", "json"])
def test_a_whole_glossary_goes_into_another_project(
    connection: Connection, project: Path, tmp_path: Path, suffix: str
) -> None:
    _take_all(connection, _plan(connection, tmp_path, "term,definition,approved,notes\nlava,=Hot.,yes,n\n"))
    target = tmp_path / f"out.{suffix}"
    export_project(project, target)
    other = tmp_path / "other.genglossary"
    projects.create_project(other, [tmp_path])
    with closing(connect(other)) as second:
        rows = plan_import(second, read_file(target))
        assert {row.state for row in rows} == {State.NEW}
        _take_all(second, rows)
        assert {row.state for row in plan_import(second, read_file(target))} == {State.SAME}
    assert _shared(other, tmp_path) == _shared(project, tmp_path)
    assert {row.state for row in plan_import(connection, read_file(target))} == {State.SAME}


def _shared(project: Path, folder: Path) -> dict[str, tuple]:
    target = folder / "shared.json"
    export_project(project, target)
    entries = json.loads(target.read_text(encoding="utf-8"))["entries"]
    names = ("category", "definition", "approved", "notes")
    return {e["term"]: (set(e["aliases"]), *(e[name] for name in names)) for e in entries}
