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
    known = connection.execute(
        "SELECT id, term_id, explanation, said, state, COALESCE(run_id, 0) FROM issues WHERE type = ?", (kind,)
    ).fetchall()
    found = [(terms[issue.key], issue) for issue in issues if issue.key in terms]
    # In another language the same is said in other words.
    told = {(term_id, words) for term_id, issue in found for words in (issue.explanation, issue.said) if words}
    there = {(term_id, words) for _id, term_id, *both, _state, _run in known for words in both if words}
    defined = {terms[key] for key in keys if key in terms}
    gone = [
        (issue_id,)
        for issue_id, term_id, explanation, said, state, found_by in known
        if state == "open"
        and found_by <= run_id
        and term_id in defined
        and not told & {(term_id, explanation), (term_id, said)}
    ]
    connection.executemany("DELETE FROM issues WHERE id = ?", gone)
    connection.executemany(
        "INSERT INTO issues (term_id, type, explanation, action, related, said, run_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (term_id, kind, issue.explanation, issue.action, json.dumps(issue.related), issue.said, run_id)
            for term_id, issue in found
            if not there & {(term_id, issue.explanation), (term_id, issue.said)}
        ],
    )
