"""What can be done about an issue with one press, safely: always undoable, never inventing a word."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import partial

from genglossary_gui.core.glossary import IssueType, Stage
from genglossary_gui.core.review import sentences
from genglossary_gui.core.store import decisions, documents, entry_edits, issue_edits
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.glossary import IssueRow
from genglossary_gui.core.store.reversible import Change, Tracked, change_each


class Fix(StrEnum):
    """Ways to deal with an issue."""

    ACCEPT_OFFER = "accept_offer"
    """Take the definition that a later run suggests."""
    RELATE = "relate"
    """Name the entries as related."""
    MERGE = "merge"
    """They are one: the terms become synonyms."""
    DROP = "drop"
    """The term does not belong into the glossary."""
    REMOVE_SENTENCE = "remove_sentence"
    """The sentence that no evidence supports goes."""
    RENEW_EVIDENCE = "renew_evidence"
    """The passages stand in the documents as they are now: point at them there."""


_ABOUT_WORDING = (
    IssueType.UNCLEAR,
    IssueType.UNSUPPORTED,
    IssueType.CIRCULAR,
    IssueType.CONTRADICTION,
    IssueType.UNDEFINED_ABBREVIATION,
)


def fix_of(issue: IssueRow) -> Fix | None:
    """The safe fix of an issue; None where a person has to write or decide something."""
    if issue.type in _ABOUT_WORDING and issue.is_offered:
        return Fix.ACCEPT_OFFER
    return {
        IssueType.MISSING_RELATION: Fix.RELATE,
        IssueType.UNNECESSARY: Fix.DROP,
        IssueType.DUPLICATE: Fix.MERGE,
        IssueType.UNSUPPORTED: Fix.REMOVE_SENTENCE,
        IssueType.STALE_SOURCE: Fix.RENEW_EVIDENCE,
    }.get(IssueType(issue.type))


def fix(connection: sqlite3.Connection, issues: Sequence[IssueRow]) -> list[Change]:
    """Carry out the safe fix of each open issue and mark it as fixed, in one transaction; see ``fix_of``.

    An issue whose fix finds nothing to do stays open.
    """
    changes = []
    with transaction(connection):
        for issue in issues:
            change = _merge(connection, issue)
            tracked = Tracked(connection)
            _fix(tracked, issue)
            if change or tracked.change():
                issue_edits.decide(tracked, issue.id, "fixed")
                changes.append((*change, *tracked.change()))
    return changes


def renew_evidence(connection: sqlite3.Connection, term_ids: Sequence[int]) -> list[Change]:
    """Point the evidence of entries at the documents as they are now, where they still hold the same words."""
    return change_each(connection, term_ids, _renew_evidence)


def unsupported_sentences(text: str, issues: Iterable[IssueRow]) -> list[str]:
    """The sentences of a definition that open issues name as not supported by any evidence."""
    named = [i.explanation for i in issues if i.type == IssueType.UNSUPPORTED and i.state == "open"]
    return [sentence for sentence in sentences.split(text) if any(sentence in words for words in named)]


def _fix(tracked: Tracked, issue: IssueRow) -> None:
    acts = {
        Fix.ACCEPT_OFFER: entry_edits.accept_offer,
        Fix.RELATE: partial(_relate, issue=issue),
        Fix.DROP: _drop,
        Fix.REMOVE_SENTENCE: partial(_remove_sentence, issue=issue),
        Fix.RENEW_EVIDENCE: _renew_evidence,
    }
    way = fix_of(issue)
    if way is not None and way in acts and issue.state == "open":
        acts[way](tracked, issue.term_id)


def _merge(connection: sqlite3.Connection, issue: IssueRow) -> Change:
    """The term takes the others in; where one of them is more of a term, that one takes it in."""
    if issue.state != "open" or fix_of(issue) is not Fix.MERGE:
        return ()
    rows = connection.execute(
        "SELECT id FROM terms WHERE (id = ? OR key IN (SELECT value FROM json_each(?))) AND merged_into IS NULL"
        " ORDER BY rank, id",
        (issue.term_id, json.dumps(issue.related)),
    ).fetchall()
    return next(iter(decisions.merge(connection, [term_id for (term_id,) in rows])), ())


def _relate(tracked: Tracked, term_id: int, issue: IssueRow) -> None:
    others = tracked.connection.execute(
        "SELECT id FROM terms WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(issue.related),)
    )
    issue_edits.relate(tracked, term_id, [other for (other,) in others.fetchall()])


def _drop(tracked: Tracked, term_id: int) -> None:
    tracked.update("terms", (term_id,), status=str(decisions.Status.DROPPED))


def _remove_sentence(tracked: Tracked, term_id: int, issue: IssueRow) -> None:
    row = tracked.connection.execute(
        "SELECT definition_id, definition FROM entries WHERE id = ?", (term_id,)
    ).fetchone()
    if row is None or not row[1]:
        return
    definition_id, text = row
    left = text
    for sentence in unsupported_sentences(text, [issue]):
        left = left.replace(sentence, "", 1).strip().replace("  ", " ")
    if left and left != text:
        entry_edits.put_definition(
            tracked,
            term_id,
            stage=Stage.REFINED,
            text=left,
            confidence=1.0,
            origin=entry_edits.PERSON,
            base=definition_id,
        )


def _renew_evidence(tracked: Tracked, term_id: int) -> None:
    rows = tracked.connection.execute(
        "SELECT v.definition_id, v.position, v.text, d.content_id, c.text FROM entries e"
        " JOIN evidence v ON v.definition_id = e.definition_id JOIN documents d ON d.id = v.document_id"
        " JOIN contents c ON c.id = d.content_id"
        " WHERE e.id = ? AND d.state = 'ready' AND d.content_id <> v.content_id",
        (term_id,),
    ).fetchall()
    for definition_id, position, passage, content_id, text in rows:
        start = text.find(passage)
        if start >= 0 and text.find(passage, start + 1) < 0:
            line = documents.load_content(tracked.connection, content_id).line_at(start)
            tracked.update(
                "evidence",
                (definition_id, position),
                content_id=content_id,
                start=start,
                end=start + len(passage),
                line=line,
            )
