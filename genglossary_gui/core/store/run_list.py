"""The list of runs as a person sees it: filtered, sorted, under headers of their states, and counted."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from genglossary_gui.core.store.runs import CATALOGUE
from genglossary_gui.core.store.selection import Selection

STATES = ("active", "completed", "failed", "cancelled", "interrupted")
"""The groups of the list in their order; each is a filter of the catalogue."""

_FIRST_HEADER = -2
_CATALOGUE = replace(
    CATALOGUE,
    sorts={**CATALOGUE.sorts, "progress": "CAST(done AS REAL) / MAX(total, 1)", "note": "note COLLATE NOCASE"},
)


@dataclass(frozen=True, kw_only=True)
class RunSelection(Selection):
    """``is_grouped``: under a header for each state; the runs of ``collapsed`` states are left out."""

    is_grouped: bool = False
    collapsed: frozenset[str] = field(default=frozenset())


class ListedRuns(array):
    """Run numbers in order; where the list is grouped with the id of a header before each group.

    ``counts``: state → number of its runs, collapsed or not; empty when the list is not grouped.
    """

    counts: Mapping[str, int]


def header_id(state: str) -> int:
    """What stands in the list for the header of a state: less than -1, as no run is."""
    return _FIRST_HEADER - STATES.index(state)


def state_of_header(row_id: int) -> str:
    """The state whose header this is; empty for the number of a run."""
    place = _FIRST_HEADER - row_id
    return STATES[place] if 0 <= place < len(STATES) else ""


def listed_runs(connection: sqlite3.Connection, selection: Selection) -> ListedRuns:
    """Runs (and headers) that match, in order.  Raises ``KeyError`` for a sort or filter that is not ours."""
    if not (isinstance(selection, RunSelection) and selection.is_grouped):
        return _listed(_CATALOGUE.ids(connection, selection), {})
    ids, counts = array("q"), {}
    for state in STATES:
        runs = _CATALOGUE.ids(connection, replace(selection, filters=(*selection.filters, state)))
        if runs:
            counts[state] = len(runs)
            ids.append(header_id(state))
            ids.extend(array("q") if state in selection.collapsed else runs)
    return _listed(ids, counts)


def state_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many runs there are: ``all`` and each state without those in the archive, and ``archived``."""
    counts: dict[str, int] = dict.fromkeys(("all", *STATES, "archived"), 0)
    rows = connection.execute(
        "SELECT CASE WHEN status IN ('pending', 'running') THEN 'active' ELSE status END, archived, COUNT(*) FROM runs"
        " WHERE deleted_at IS NULL GROUP BY 1, 2"
    )
    for state, archived, count in rows:
        for name in ("archived",) if archived else ("all", state):
            counts[name] += count
    return counts


def _listed(ids: array[int], counts: Mapping[str, int]) -> ListedRuns:
    listed = cast(ListedRuns, ListedRuns("q", ids))
    listed.counts = counts
    return listed
