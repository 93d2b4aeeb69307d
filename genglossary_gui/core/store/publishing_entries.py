"""The part of publishing that concerns entries: definitions with their evidence, and issues.

What a person wrote, approved or locked stays as it is; what a run makes of such an entry is kept beside it and
offered as a suggestion, unless it says what the entry has said before.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from genglossary_gui.core import times
from genglossary_gui.core.glossary import DefinitionDraft, IssueDraft, IssueType, Stage
from genglossary_gui.core.store.bulk import PASSAGE, next_id, passage_values, replace_rows


@dataclass(frozen=True, slots=True)
class StagedDefinition:
    """A staged definition of the term with this key; its evidence as rows."""

    key: str
    stage: str
    text: str
    confidence: float
    origin: str
    evidence: list[tuple]

    @classmethod
    def of(cls, key: str, stage: Stage, draft: DefinitionDraft) -> StagedDefinition:
        evidence = [(position, *passage_values(passage)) for position, passage in enumerate(draft.evidence)]
        return cls(key, stage, draft.text, draft.confidence, draft.origin, evidence)


@dataclass(frozen=True, slots=True)
class _Current:
    """A current definition of a term."""

    id: int
    stage: str
    text: str
    approved: bool
    run_id: int


@dataclass
class _Writes:
    """What is to be written, collected: rows go to the database in bulk."""

    first_id: int
    new: list[tuple] = field(default_factory=list)
    superseded: list[tuple[int]] = field(default_factory=list)
    confirmed: list[tuple] = field(default_factory=list)
    evidence: dict[int, list[tuple]] = field(default_factory=dict)
    offers: dict[int, int | None] = field(default_factory=dict)
    """Term → the definition that this run suggests; None when it has nothing new to say."""

    def add(self, term_id: int, staged: StagedDefinition, *, wins: bool, run_id: int, now: str) -> int:
        """A new version; returns its number."""
        definition_id = self.first_id + len(self.new)
        values = (staged.stage, staged.text, staged.confidence, staged.origin, wins, run_id, now)
        self.new.append((definition_id, term_id, *values))
        self.evidence[definition_id] = staged.evidence
        return definition_id


def publish_definitions(connection: sqlite3.Connection, run_id: int, definitions: Sequence[StagedDefinition]) -> None:
    """Make staged definitions the current ones, except where a person or a run that was started later has decided."""
    if not definitions:
        return
    terms = {key: (term_id, locked) for key, term_id, locked in connection.execute("SELECT key, id, locked FROM terms")}
    current = _current_definitions(connection)
    known = _texts_of_protected(connection)
    writes = _Writes(next_id(connection, "definitions"))
    now = times.utc_now()
    for staged in definitions:
        if staged.key not in terms:
            continue
        term_id, locked = terms[staged.key]
        rivals = current[term_id]
        is_protected = locked or any(rival.approved for rival in rivals)
        if is_protected:
            _offer(writes, term_id, staged, known[term_id], run_id=run_id, now=now)
            continue
        wins = all(rival.run_id <= run_id for rival in rivals)
        same = next((r for r in rivals if r.stage == staged.stage and r.text == staged.text), None) if wins else None
        if same is None:
            definition_id = writes.add(term_id, staged, wins=wins, run_id=run_id, now=now)
        else:
            definition_id = same.id
            writes.confirmed.append((staged.confidence, staged.origin, run_id, definition_id))
            writes.evidence[definition_id] = staged.evidence
        if wins:
            beaten = [r for r in rivals if r is not same and staged.stage in (r.stage, Stage.PROVISIONAL)]
            writes.superseded += [(rival.id,) for rival in beaten]
            winner = _Current(definition_id, staged.stage, staged.text, False, run_id)
            current[term_id] = [r for r in rivals if r is not same and r not in beaten] + [winner]
    _carry_out(connection, run_id, writes)


def _offer(writes: _Writes, term_id: int, staged: StagedDefinition, known: set[str], *, run_id: int, now: str) -> None:
    """A person decides; an entry's own words, earlier ones and what was dismissed are no news."""
    if not staged.text or staged.text in known:
        writes.offers.setdefault(term_id, None)
        if staged.stage == Stage.REFINED:
            writes.offers[term_id] = None
        return
    known.add(staged.text)
    writes.offers[term_id] = writes.add(term_id, staged, wins=False, run_id=run_id, now=now)


def _current_definitions(connection: sqlite3.Connection) -> defaultdict[int, list[_Current]]:
    current: defaultdict[int, list[_Current]] = defaultdict(list)
    for term_id, *values in connection.execute(
        "SELECT term_id, id, stage, text, approved, COALESCE(run_id, 0) FROM definitions WHERE current = 1"
    ):
        current[term_id].append(_Current(*values))
    return current


def _texts_of_protected(connection: sqlite3.Connection) -> defaultdict[int, set[str]]:
    """Term that a person has decided about → all that it ever said."""
    texts: defaultdict[int, set[str]] = defaultdict(set)
    for term_id, text in connection.execute(
        "SELECT term_id, text FROM definitions WHERE term_id IN (SELECT id FROM terms WHERE locked = 1"
        " UNION SELECT term_id FROM definitions WHERE approved = 1 AND current = 1)"
    ):
        texts[term_id].add(text)
    return texts


def _carry_out(connection: sqlite3.Connection, run_id: int, writes: _Writes) -> None:
    connection.executemany("UPDATE definitions SET current = 0 WHERE id = ?", writes.superseded)
    connection.executemany(
        "UPDATE definitions SET confidence = ?, origin = ?, run_id = ? WHERE id = ?", writes.confirmed
    )
    connection.executemany(
        "INSERT INTO definitions (id, term_id, stage, text, confidence, origin, current, run_id, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        writes.new,
    )
    offered = [(term_id, offer) for term_id, offer in writes.offers.items() if offer is not None]
    # One suggestion is enough: the newest.  Of two runs the one that was started later has the say.
    connection.executemany(
        "UPDATE definitions SET offered = 0 WHERE term_id = ? AND offered = 1 AND run_id <= ?",
        [(term_id, run_id) for term_id, _offer in offered],
    )
    connection.executemany(
        "UPDATE definitions SET offered = 1 WHERE id = ?"
        " AND NOT EXISTS (SELECT 1 FROM definitions WHERE term_id = ? AND offered = 1)",
        [(offer, term_id) for term_id, offer in offered],
    )
    replace_rows(connection, "evidence", "definition_id", f"position, {PASSAGE}", writes.evidence, order="position")


def publish_issues(connection: sqlite3.Connection, run_id: int, issues: Sequence[IssueDraft]) -> None:
    """Make staged issues the open ones.

    One that is there already keeps its number and what a person decided: ignored stays ignored, and fixed comes back
    as open only when the fix is not there any more.  An open issue that was not found again goes.
    """
    term_ids = dict(connection.execute("SELECT key, id FROM terms"))
    known = _known_issues(connection, run_id)
    new: list[tuple] = []
    found: list[tuple] = []
    groups: defaultdict[tuple, list[IssueDraft]] = defaultdict(list)
    for issue in issues:
        if issue.key in term_ids:
            groups[term_ids[issue.key], str(issue.type), frozenset(issue.related)].append(issue)
    for identity, drafts in groups.items():
        for draft, issue_id in _matched(drafts, known.pop(identity, [])):
            related = json.dumps(draft.related)
            if issue_id is None:
                new.append((identity[0], draft.type, draft.explanation, draft.action, related, draft.said, run_id))
            else:
                found.append((draft.explanation, draft.action, related, draft.said, run_id, issue_id))
    connection.executemany(
        "UPDATE issues SET explanation = ?, action = ?, related = ?, said = ?, run_id = ? WHERE id = ?", found
    )
    _reopen(connection, [issue_id for *_values, issue_id in found])
    connection.execute("DELETE FROM issues WHERE state = 'open' AND COALESCE(run_id, 0) < ?", (run_id,))
    connection.executemany(
        "INSERT INTO issues (term_id, type, explanation, action, related, said, run_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
        new,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """An issue that is there already."""

    id: int
    explanation: str
    said: str

    def is_told_by(self, draft: IssueDraft) -> bool:
        """Whether the draft says the same, in whatever language."""
        return draft.explanation == self.explanation or (bool(self.said) and draft.said == self.said)


def _known_issues(connection: sqlite3.Connection, run_id: int) -> dict[tuple, list[_Known]]:
    """What an issue is about → those that no later run has found."""
    known: defaultdict[tuple, list[_Known]] = defaultdict(list)
    for term_id, kind, related, *values in connection.execute(
        "SELECT term_id, type, related, id, explanation, said FROM issues WHERE COALESCE(run_id, 0) <= ? ORDER BY id",
        (run_id,),
    ):
        known[term_id, kind, frozenset(json.loads(related))].append(_Known(*values))
    return dict(known)


def _matched(drafts: Sequence[IssueDraft], known: Sequence[_Known]) -> list[tuple[IssueDraft, int | None]]:
    """Each draft with the issue that it is; None for a new one.

    The same words are the same issue.  Other words are too, where there is only one on either side: an earlier run
    in another language said it differently.  A sentence without evidence, though, is what its words say.
    """
    left = list(known)
    pairs: list[tuple[IssueDraft, int | None]] = []
    for draft in drafts:
        same = next((issue for issue in left if issue.is_told_by(draft)), None)
        if same is not None:
            left.remove(same)
        pairs.append((draft, None if same is None else same.id))
    if len(drafts) == 1 and len(known) == 1 and left and drafts[0].type is not IssueType.UNSUPPORTED:
        return [(drafts[0], known[0].id)]
    return pairs


def _reopen(connection: sqlite3.Connection, issue_ids: Sequence[int]) -> None:
    """What a person fixed and the review has found again is open again; related terms that were named stay named."""
    connection.executemany(
        "UPDATE issues SET state = 'open', decided_at = '' WHERE id = ? AND state = 'fixed' AND NOT ("
        " type = 'missing_relation' AND NOT EXISTS (SELECT 1 FROM json_each(issues.related) r"
        " LEFT JOIN terms t ON t.key = r.value"
        " WHERE NOT EXISTS (SELECT 1 FROM relations WHERE term_id = issues.term_id AND other_id = t.id)))",
        [(issue_id,) for issue_id in issue_ids],
    )
