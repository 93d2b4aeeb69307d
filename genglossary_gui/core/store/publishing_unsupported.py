"""Publishing what a run that only defines has found: sentences without evidence, for the entries that it defined."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from genglossary_gui.core.glossary import IssueDraft, IssueType


def publish_unsupported(
    connection: sqlite3.Connection, run_id: int, keys: Iterable[str], issues: Sequence[IssueDraft]
) -> None:
    """Bring the open issues of this kind of the entries ``keys`` in line; what a person decided stays.

    Entries that a person has locked or approved are left alone: for them the run only suggested something.
    """
    terms = dict(
        connection.execute(
            "SELECT key, id FROM terms WHERE locked = 0"
            " AND id NOT IN (SELECT term_id FROM definitions WHERE approved = 1)"
        )
    )
    kind = IssueType.UNSUPPORTED
    known = {
        (term_id, explanation): state
        for term_id, explanation, state in connection.execute(
            "SELECT term_id, explanation, state FROM issues WHERE type = ?", (kind,)
        )
    }
    found = {(terms[issue.key], issue.explanation): issue for issue in issues if issue.key in terms}
    defined = {terms[key] for key in keys if key in terms}
    gone = [place for place, state in known.items() if state == "open" and place[0] in defined and place not in found]
    connection.executemany(
        "DELETE FROM issues WHERE term_id = ? AND explanation = ? AND type = ? AND state = 'open'"
        " AND COALESCE(run_id, 0) <= ?",
        [(*place, kind, run_id) for place in gone],
    )
    connection.executemany(
        "INSERT INTO issues (term_id, type, explanation, action, related, run_id) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (term_id, kind, explanation, issue.action, json.dumps(issue.related), run_id)
            for (term_id, explanation), issue in found.items()
            if (term_id, explanation) not in known
        ],
    )
