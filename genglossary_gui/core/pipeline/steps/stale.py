"""Entries whose evidence is not what the documents say now."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from genglossary_gui.core.glossary import Entry, IssueDraft, IssueType
from genglossary_gui.core.issue_words import issue
from genglossary_gui.core.store import documents

_NAMED = 3
"""So many documents are named."""


def stale_sources(connection: sqlite3.Connection, entries: Iterable[Entry]) -> Iterator[IssueDraft]:
    """An issue for each entry that rests on a document which was changed or is gone.

    A run that reads the documents anew defines its terms anew: what is left are entries that a person has locked.
    """
    now = {row.id: row for row in documents.all_documents(connection)}
    for entry in entries:
        places = {(passage.document_id, passage.content_id) for passage in entry.definition.evidence}
        stale = [
            now[document_id].path
            for document_id, content_id in sorted(places)
            if document_id in now and (now[document_id].state != "ready" or now[document_id].content_id != content_id)
        ]
        if entry.definition.text and stale:
            named = list(dict.fromkeys(stale[:_NAMED]))
            yield issue(entry.term.key, IssueType.STALE_SOURCE, "stale", {"term": entry.term.term, "documents": named})
