"""Publishing what a run that only refines has mended: issues of the entries that it refined."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from genglossary_gui.core.glossary import IssueDraft


def publish_settled(
    connection: sqlite3.Connection, run_id: int, keys: Collection[str], issues: Sequence[IssueDraft]
) -> None:
    """Of the entries ``keys`` those open issues stay that are among ``issues``; what a person decided stays.

    Entries that a person has locked or approved are left alone: for them the run only suggested something.
    Issues of a run that was started later are as well.
    """
    if not keys:
        return
    terms = dict(
        connection.execute(
            "SELECT key, id FROM terms WHERE locked = 0"
            " AND id NOT IN (SELECT term_id FROM definitions WHERE approved = 1)"
        )
    )
    refined = {terms[key] for key in keys if key in terms}
    left = {(terms[issue.key], str(issue.type)) for issue in issues if issue.key in terms}
    known = connection.execute(
        "SELECT id, term_id, type FROM issues WHERE state = 'open' AND COALESCE(run_id, 0) <= ?", (run_id,)
    ).fetchall()
    connection.executemany(
        "DELETE FROM issues WHERE id = ?",
        [(issue_id,) for issue_id, term_id, kind in known if term_id in refined and (term_id, kind) not in left],
    )
