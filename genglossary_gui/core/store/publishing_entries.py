"""The part of publishing that concerns entries: definitions with their evidence, and issues.

What a person wrote, approved or locked stays as it is; what a run makes of such an entry is kept beside it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from genglossary_gui.core import times
from genglossary_gui.core.glossary import DefinitionDraft, IssueDraft, Stage
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


def publish_definitions(connection: sqlite3.Connection, run_id: int, definitions: Sequence[StagedDefinition]) -> None:
    if not definitions:
        return
    terms = {key: (term_id, locked) for key, term_id, locked in connection.execute("SELECT key, id, locked FROM terms")}
    current: defaultdict[int, list[_Current]] = defaultdict(list)
    for term_id, *values in connection.execute(
        "SELECT term_id, id, stage, text, approved, COALESCE(run_id, 0) FROM definitions WHERE current = 1"
    ):
        current[term_id].append(_Current(*values))
    now = times.utc_now()
    new: list[tuple] = []
    superseded: list[tuple[int]] = []
    confirmed: list[tuple] = []
    evidence: dict[int, list[tuple]] = {}
    first_id = next_id(connection, "definitions")
    for staged in definitions:
        if staged.key not in terms:
            continue
        term_id, locked = terms[staged.key]
        rivals = current[term_id]
        wins = not locked and all(not rival.approved and rival.run_id <= run_id for rival in rivals)
        same = next((r for r in rivals if r.stage == staged.stage and r.text == staged.text), None) if wins else None
        if same is None:
            definition_id = first_id + len(new)
            values = (staged.stage, staged.text, staged.confidence, staged.origin, wins, run_id, now)
            new.append((definition_id, term_id, *values))
        else:
            definition_id = same.id
            confirmed.append((staged.confidence, staged.origin, run_id, definition_id))
        if wins:
            beaten = [r for r in rivals if r is not same and staged.stage in (r.stage, Stage.PROVISIONAL)]
            superseded += [(rival.id,) for rival in beaten]
            winner = _Current(definition_id, staged.stage, staged.text, False, run_id)
            current[term_id] = [r for r in rivals if r is not same and r not in beaten] + [winner]
        evidence[definition_id] = staged.evidence
    connection.executemany("UPDATE definitions SET current = 0 WHERE id = ?", superseded)
    connection.executemany("UPDATE definitions SET confidence = ?, origin = ?, run_id = ? WHERE id = ?", confirmed)
    connection.executemany(
        "INSERT INTO definitions (id, term_id, stage, text, confidence, origin, current, run_id, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new,
    )
    replace_rows(connection, "evidence", "definition_id", f"position, {PASSAGE}", evidence, order="position")


def publish_issues(connection: sqlite3.Connection, run_id: int, issues: Sequence[IssueDraft]) -> None:
    term_ids = dict(connection.execute("SELECT key, id FROM terms"))
    ignored = set(connection.execute("SELECT term_id, type FROM issues WHERE state = 'ignored'"))
    connection.execute("DELETE FROM issues WHERE state = 'open' AND COALESCE(run_id, 0) <= ?", (run_id,))
    connection.executemany(
        "INSERT INTO issues (term_id, type, explanation, action, related, run_id) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (term_ids[issue.key], issue.type, issue.explanation, issue.action, json.dumps(issue.related), run_id)
            for issue in issues
            if issue.key in term_ids and (term_ids[issue.key], issue.type) not in ignored
        ],
    )
