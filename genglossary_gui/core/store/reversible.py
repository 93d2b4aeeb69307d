"""Changes of rows that remember both sides: each can be taken back and made again.

A change belongs to one entry.  Taking it back, or making it again, touches only rows that still are as it left them:
what a run or another window has written since is never overwritten.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Any, TypeVar

from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.merged import documents_of

Values = Mapping[str, Any]
SYNONYM = "synonym"
"""The kind of a variant that is another term, merged into this one."""

_KEYS = {
    "terms": ("id",),
    "definitions": ("id",),
    "evidence": ("definition_id", "position"),
    "issues": ("id",),
    "relations": ("term_id", "other_id"),
    "variants": ("term_id", "surface"),
    "passages": ("id",),
    "sources": ("id",),
    "documents": ("id",),
    "project": ("key",),
    "splits": ("term_id", "surface"),
}
"""Table → the columns that name a row, parents before children.  Nothing else can be changed here."""
_PLACES = {table: place for place, table in enumerate(_KEYS)}
_PINNED = {"definitions": ("current",)}
"""Table → columns that must be as they were left, also where only others have changed."""


_COUNTED = {"terms": ("frequency", "document_frequency", "own_documents")}
"""Table → columns that a run counts anew: an added row can be taken away all the same."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """``before`` is None for an added row, ``after`` for a removed one; else they hold the columns that changed."""

    table: str
    key: tuple
    before: Values | None
    after: Values | None

    def turned(self) -> RowChange:
        return RowChange(self.table, self.key, self.after, self.before)


T = TypeVar("T")
Change = tuple[RowChange, ...]
"""What one act did to one entry, in order."""


class Tracked:
    """Writes rows inside the transaction of its caller and notes what they were; ``change()`` is all of it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._rows: list[RowChange] = []

    def change(self) -> Change:
        return tuple(self._rows)

    def update(self, table: str, key: tuple, /, **values: Any) -> bool:
        """Give a row these values; False when there is no such row or nothing is different."""
        there = _read(self.connection, table, key)
        before = {} if there is None else {name: there[name] for name, value in values.items() if there[name] != value}
        if there is None or not before:
            return False
        # What is said of a definition holds while it is the current one, or is not.
        pinned = {name: there[name] for name in _PINNED.get(table, ()) if name not in values}
        before, values = before | pinned, values | pinned
        self._do(RowChange(table, key, before, {name: values[name] for name in before}))
        return True

    def update_together(self, table: str, key: tuple, /, **values: Any) -> bool:
        """Like ``update``, for values that mean something only together: all of them are noted, or none."""
        there = _read(self.connection, table, key)
        if there is None or all(there[name] == value for name, value in values.items()):
            return False
        self._do(RowChange(table, key, {name: there[name] for name in values}, values))
        return True

    def insert(self, table: str, key: tuple, /, **values: Any) -> None:
        self._do(RowChange(table, key, None, values))

    def delete(self, table: str, key: tuple) -> None:
        there = _read(self.connection, table, key)
        if there is not None:
            names = _KEYS[table]
            self._do(RowChange(table, key, {n: v for n, v in there.items() if n not in names}, None))

    def _do(self, row: RowChange) -> None:
        _write(self.connection, row)
        self._rows.append(row)


def change_each(
    connection: sqlite3.Connection, items: Iterable[T], act: Callable[[Tracked, T], object]
) -> list[Change]:
    """``act`` on each of ``items``, in one transaction; the changes of those that are different now."""
    changes: list[Change] = []
    with transaction(connection):
        for item in items:
            tracked = Tracked(connection)
            act(tracked, item)
            if change := tracked.change():
                changes.append(change)
    return changes


def take_all_back(connection: sqlite3.Connection, changes: Sequence[Change]) -> int:
    """Take changes back, the last one first; see ``make_all_again``."""
    return make_all_again(
        connection, [tuple([row.turned() for row in reversed(change)]) for change in reversed(changes)]
    )


def make_all_again(connection: sqlite3.Connection, changes: Sequence[Change]) -> int:
    """``make_again`` for each of the changes, in order, inside a transaction; how many it did.

    Where all rows still are as they were left they are written together, which takes a fraction of the time.
    """
    if len(changes) > 1 and _are_apart(changes) and _make_together(connection, changes):
        return len(changes)
    return sum(make_again(connection, change) for change in changes)


def take_back(connection: sqlite3.Connection, change: Change) -> bool:
    """Make the rows as they were before; call it inside a transaction.  See ``make_again`` for what it answers."""
    return make_again(connection, tuple(row.turned() for row in reversed(change)))


def make_again(connection: sqlite3.Connection, change: Change) -> bool:
    """Make the rows as they were after; call it inside a transaction.

    False, and nothing happens, when a definition was changed by somebody else meanwhile; of other rows only those that
    still are as they were left are touched.
    """
    connection.execute("SAVEPOINT entry")
    try:
        done = [_step(connection, row) for row in change]
        _count_again(connection, change, done)
    except (_Changed, sqlite3.IntegrityError):
        # The entry itself may be gone.
        connection.execute("ROLLBACK TO entry")
        done = []
    connection.execute("RELEASE entry")
    return any(done)


def write_together(connection: sqlite3.Connection, rows: Iterable[RowChange]) -> bool:
    """Make rows as they are after, those that need the same statement at once; False when one was not there."""
    alike: defaultdict[tuple[int, int, str], list[tuple]] = defaultdict(list)
    for row in rows:
        statement, values = _statement(row)
        alike[*_turn(row), statement].append(values)
    return all(
        connection.executemany(statement, alike[turn, table, statement]).rowcount == len(alike[turn, table, statement])
        for turn, table, statement in sorted(alike)
    )


def _turn(row: RowChange) -> tuple[int, int]:
    """What goes, children first, then what becomes different, then what comes: no row is ever in another's way."""
    table = _PLACES[row.table]
    if row.after is None:
        return 0, -table
    return (2, table) if row.before is None else (1, table)


def _are_apart(changes: Sequence[Change]) -> bool:
    """Whether each row is touched once, and nothing is merged or parted: then all can be looked at before any write."""
    rows = [row for change in changes for row in change]
    return (
        all(changes)
        and len({(row.table, row.key) for row in rows}) == len(rows)
        and not any("merged_into" in (row.after or ()) for row in rows if row.before is not None)
    )


def _make_together(connection: sqlite3.Connection, changes: Sequence[Change]) -> bool:
    """False, and nothing happens, unless every row is as it was left and can be written so."""
    rows = [row for change in changes for row in change]
    there = _read_together(connection, rows)
    if not all(_fits(there.get((row.table, row.key)), row) for row in rows):
        return False
    connection.execute("SAVEPOINT entries")
    try:
        is_done = write_together(connection, rows)
    except sqlite3.IntegrityError:
        is_done = False
    if not is_done:
        connection.execute("ROLLBACK TO entries")
    connection.execute("RELEASE entries")
    return is_done


def _read_together(connection: sqlite3.Connection, rows: Iterable[RowChange]) -> dict[tuple[str, tuple], Values]:
    """(table, key) → the row, for those of the rows that are there."""
    keys: defaultdict[str, set[tuple]] = defaultdict(set)
    for row in rows:
        keys[row.table].add(row.key)
    found: dict[tuple[str, tuple], Values] = {}
    for table, wanted in keys.items():
        names = _KEYS[table]
        cursor = connection.execute(
            f"SELECT {', '.join(names)}, * FROM {table} WHERE {names[0]} IN (SELECT value FROM json_each(?))",
            (json.dumps([*{key[0] for key in wanted}]),),
        )
        columns = [column[0] for column in cursor.description[len(names) :]]
        for values in cursor:
            if (key := values[: len(names)]) in wanted:
                found[table, key] = dict(zip(columns, values[len(names) :], strict=True))
    return found


def _count_again(connection: sqlite3.Connection, change: Change, done: Sequence[bool]) -> None:
    """Where a run has counted terms anew since they were merged or parted, its figures are what is added or taken away.

    The counts from before the run would be those of other documents.
    """
    outdated = {
        row.key[0]
        for row, is_done in zip(change, done, strict=True)
        if not is_done and row.table == "terms" and "frequency" in (row.after or ())
    }
    for row in compress(change, done):
        if row.table != "terms" or "merged_into" not in (row.after or ()) or row.before is None or row.after is None:
            continue
        left, joined = row.before["merged_into"], row.after["merged_into"]
        if not outdated & {left, joined}:
            continue
        (member,) = row.key
        for term_id, sign in ((left, -1), (joined, 1)):
            connection.execute(
                "UPDATE terms SET frequency = max(0, frequency + ? * (SELECT frequency FROM terms WHERE id = ?))"
                " WHERE id = ?",
                (sign, member, term_id),
            )
            if term_id is not None:
                connection.execute(
                    "UPDATE terms SET document_frequency = ?, own_documents = ? WHERE id = ?",
                    (*documents_of(connection, term_id), term_id),
                )
        # Spellings that another member brings too stay.
        connection.execute(
            "DELETE FROM variants WHERE term_id = ?1 AND kind = ?2"
            " AND surface IN (SELECT term FROM terms WHERE id = ?3"
            " UNION ALL SELECT surface FROM variants WHERE term_id = ?3)"
            " AND surface NOT IN (SELECT term FROM terms WHERE merged_into = ?1"
            " UNION ALL SELECT v.surface FROM variants v JOIN terms t ON t.id = v.term_id WHERE t.merged_into = ?1)",
            (left, SYNONYM, member),
        )


class _Changed(Exception):
    """A definition is not as it was left."""


def _step(connection: sqlite3.Connection, row: RowChange) -> bool:
    if _fits(_read(connection, row.table, row.key), row):
        _write(connection, row)
        return True
    if row.table == "definitions":
        raise _Changed
    return False


def _fits(there: Values | None, row: RowChange) -> bool:
    """Whether the row that is ``there`` is as it was before the change."""
    if row.before is None or there is None:
        return row.before is None and there is None
    counted = _COUNTED.get(row.table, ()) if row.after is None else ()
    return all(there[name] == value for name, value in row.before.items() if name not in counted)


def _read(connection: sqlite3.Connection, table: str, key: tuple) -> dict[str, Any] | None:
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {_is(_KEYS[table])}", key)
    row = cursor.fetchone()
    return None if row is None else dict(zip([column[0] for column in cursor.description], row, strict=True))


def _write(connection: sqlite3.Connection, row: RowChange) -> None:
    connection.execute(*_statement(row))


def _statement(row: RowChange) -> tuple[str, tuple]:
    """What makes the row as it is after the change, and its values."""
    if row.after is None:
        return _deletion(row.table), row.key
    values = tuple(row.after.values())
    if row.before is None:
        return _insertion(row.table, tuple(row.after)), (*row.key, *values)
    return _change(row.table, tuple(row.after)), (*values, *row.key)


@cache
def _deletion(table: str) -> str:
    return f"DELETE FROM {table} WHERE {_is(_KEYS[table])}"


@cache
def _insertion(table: str, names: tuple[str, ...]) -> str:
    columns = (*_KEYS[table], *names)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


@cache
def _change(table: str, names: tuple[str, ...]) -> str:
    return f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE {_is(_KEYS[table])}"


def _is(names: Iterable[str]) -> str:
    return " AND ".join(f"{name} = ?" for name in names)
