"""What a person decides about issues: ignored with a reason, fixed, open again; and entries named as related.

Like ``entry_edits``: one transaction, a ``Change`` for each issue that is different now.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial

from genglossary_gui.core import times
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.reversible import Change, Tracked, change_each


def ignore(connection: sqlite3.Connection, issue_ids: Sequence[int], reason: str) -> list[Change]:
    """Not a problem, because of ``reason``; later runs do not bring it back."""
    return change_each(connection, issue_ids, partial(decide, state="ignored", reason=reason.strip()))


def mark_fixed(connection: sqlite3.Connection, issue_ids: Sequence[int]) -> list[Change]:
    """Dealt with; a later review that finds it again opens it again."""
    return change_each(connection, issue_ids, partial(decide, state="fixed"))


def reopen(connection: sqlite3.Connection, issue_ids: Sequence[int]) -> list[Change]:
    return change_each(connection, issue_ids, partial(decide, state="open"))


def relate(tracked: Tracked, term_id: int, others: Sequence[int]) -> None:
    """Name entries as related; those that are already stay."""
    for other in others:
        is_there = tracked.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM relations WHERE (term_id, other_id) IN (VALUES (:a, :b), (:b, :a)))",
            {"a": term_id, "b": other},
        ).fetchone()[0]
        if not is_there and other != term_id:
            tracked.insert("relations", (term_id, other))


def unrelate(connection: sqlite3.Connection, term_id: int, other_id: int) -> list[Change]:
    """Take a named relation back, in whatever direction it was named."""
    with transaction(connection):
        tracked = Tracked(connection)
        for key in ((term_id, other_id), (other_id, term_id)):
            tracked.delete("relations", key)
        return [tracked.change()] if tracked.change() else []


def decide(tracked: Tracked, issue_id: int, state: str, reason: str = "") -> None:
    """Give an issue another state, as part of a larger change."""
    row = tracked.connection.execute("SELECT state, reason FROM issues WHERE id = ?", (issue_id,)).fetchone()
    if row is not None and row != (state, reason):
        tracked.update("issues", (issue_id,), state=state, reason=reason, decided_at=times.utc_now())
