"""One idea for every table: the ids of the rows in order, and the rows of a few ids.

A view asks once for all ids that match (a reader thread does it), then for the rows it shows.  So a
table of a million rows costs the window one page at a time, in any order and under any filter.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

Row = TypeVar("Row")

_AT_ONCE = 500
"""Ids in one query; SQLite limits the number of parameters."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What a table shows: ``sort`` names a column of the view's catalogue, ``filters`` are named switches."""

    sort: str = ""
    descending: bool = False
    search: str = ""
    filters: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Catalogue:
    """The SQL a table may use; names from outside choose among these, they never become SQL."""

    table: str
    default_order: str
    sorts: Mapping[str, str]
    searched: tuple[str, ...]
    filters: Mapping[str, str]

    def ids(self, connection: sqlite3.Connection, selection: Selection) -> array[int]:
        """Ids of all rows that match, in order.  Raises ``KeyError`` for a sort or filter that is not ours."""
        conditions = [self.filters[name] for name in selection.filters]
        values: list[str] = []
        if selection.search:
            # An input method for Japanese may write letters and blanks in their wide form.
            forms = dict.fromkeys((selection.search, unicodedata.normalize("NFKC", selection.search)))
            values = [f"%{_escaped(form)}%" for form in forms for _column in self.searched]
            likes = [f"{column} LIKE ? ESCAPE '~'" for _form in forms for column in self.searched]
            conditions.append(f"({' OR '.join(likes)})")
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        direction = "DESC" if selection.descending else "ASC"
        order = f"{self.sorts[selection.sort]} {direction}, id {direction}" if selection.sort else self.default_order
        rows = connection.execute(f"SELECT id FROM {self.table} {where} ORDER BY {order}", values)
        return array("q", (row[0] for row in rows))


def rows_by_id(
    connection: sqlite3.Connection, sql: str, ids: Sequence[int], make: Callable[[Any], Row]
) -> dict[int, Row]:
    """``{id: make(row)}`` of a query that ends in ``WHERE … id IN ({ids})``; its first column is the id."""
    found: dict[int, Row] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = tuple(ids[start : start + _AT_ONCE])
        rows = connection.execute(sql.format(ids=",".join("?" * len(some))), some)
        found.update((row[0], make(row)) for row in rows)
    return found


def _escaped(text: str) -> str:
    return text.replace("~", "~~").replace("%", "~%").replace("_", "~_")
