"""What a person does to entries: definitions written, restored, approved and locked, suggestions accepted.

Each function works on one entry or several, in one transaction, and returns the ``Change`` of each that is
different now; ``reversible`` takes them back.  A run never overwrites what was decided here (see
``publishing_entries``): an edit, a restored version and an accepted suggestion lock the entry, an approval protects
its definition, and an edit takes the approval back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial

from genglossary_gui.core import times
from genglossary_gui.core.glossary import IssueType, Stage
from genglossary_gui.core.store.bulk import next_id
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.reversible import Change, Tracked, Values, change_each, make_all_again, take_all_back

PERSON = "person"
"""The origin of a definition that a person wrote."""
_MENDED_BY_EDIT = (IssueType.UNCLEAR, IssueType.UNSUPPORTED, IssueType.CIRCULAR)
"""Issues about the wording: whoever writes it anew has dealt with them."""
_EVIDENCE = ("document_id", "content_id", "start", "end", "line", "text", "kind", "weight", "rule")


def write_definition(connection: sqlite3.Connection, term_id: int, text: str) -> list[Change]:
    """A person's own words, as a new version that keeps the evidence; an empty text: there is no definition."""
    with transaction(connection):
        changes = change_each(connection, [term_id], partial(_write_definition, text=text.strip()))
        connection.execute("DELETE FROM unsaved WHERE term_id = ?", (term_id,))
    return changes


def restore_version(connection: sqlite3.Connection, term_id: int, definition_id: int) -> list[Change]:
    """An older version becomes the definition again, as a new version."""
    return change_each(connection, [term_id], partial(_restore, definition_id=definition_id))


def approve(connection: sqlite3.Connection, term_ids: Sequence[int], *, approved: bool = True) -> list[Change]:
    """Say that the definitions are right, or take that back; entries without a definition are left alone."""
    return change_each(connection, term_ids, partial(_approve, approved=approved))


def lock(connection: sqlite3.Connection, term_ids: Sequence[int], *, locked: bool = True) -> list[Change]:
    """Protect entries from later runs; unlocking takes their approval back too."""
    return change_each(connection, term_ids, partial(_lock, locked=locked))


def accept_offers(connection: sqlite3.Connection, term_ids: Sequence[int]) -> list[Change]:
    """What a later run suggests becomes the definition; the entry stays locked."""
    return change_each(connection, term_ids, accept_offer)


def dismiss_offers(connection: sqlite3.Connection, term_ids: Sequence[int]) -> list[Change]:
    """The suggestion is kept in the history only, and the same is not suggested again."""
    return change_each(connection, term_ids, _dismiss)


def write_note(connection: sqlite3.Connection, term_id: int, note: str) -> list[Change]:
    """What a person wants to remember about a term; no run touches it."""
    return change_each(connection, [term_id], lambda tracked, _term: tracked.update("terms", (term_id,), notes=note))


def keep_unsaved(connection: sqlite3.Connection, term_id: int, text: str) -> bool:
    """Remember what a person is typing, so that a crash loses nothing; False when the term is gone."""
    with transaction(connection):
        return (
            connection.execute(
                "INSERT OR REPLACE INTO unsaved (term_id, text, saved_at) SELECT id, ?, ? FROM terms WHERE id = ?",
                (text, times.utc_now(), term_id),
            ).rowcount
            == 1
        )


def discard_unsaved(connection: sqlite3.Connection, term_id: int) -> bool:
    """Forget it; False when there was nothing."""
    with transaction(connection):
        return connection.execute("DELETE FROM unsaved WHERE term_id = ?", (term_id,)).rowcount == 1


def undo(connection: sqlite3.Connection, changes: Sequence[Change]) -> int:
    """Take changes back, newest first; how many entries are as before.  Others have changed meanwhile: they stay."""
    with transaction(connection):
        return take_all_back(connection, changes)


def redo(connection: sqlite3.Connection, changes: Sequence[Change]) -> int:
    """Make changes again that were taken back; answers like ``undo``."""
    with transaction(connection):
        return make_all_again(connection, changes)


def put_definition(
    tracked: Tracked,
    term_id: int,
    *,
    stage: str,
    text: str,
    confidence: float,
    origin: str,
    base: int | None,
    approved: bool = False,
) -> None:
    """A new current definition by a person, with the evidence of ``base``; what it replaces is history."""
    shown = [stage, Stage.REFINED] if stage == Stage.PROVISIONAL else [stage]
    for definition_id, old_stage in _current(tracked.connection, term_id):
        tracked.update("definitions", (definition_id,), approved=0)
        if old_stage in shown:
            tracked.update("definitions", (definition_id,), current=0)
    new = next_id(tracked.connection, "definitions")
    values = definition_values(
        term_id, stage=stage, text=text, confidence=confidence, origin=origin, base=base, approved=approved
    )
    tracked.insert("definitions", (new,), **values)
    rows = tracked.connection.execute(
        f"SELECT position, {', '.join(_EVIDENCE)} FROM evidence WHERE definition_id = ? ORDER BY position", (base,)
    ).fetchall()
    for position, *values in rows:
        tracked.insert("evidence", (new, position), **dict(zip(_EVIDENCE, values, strict=True)))
    tracked.update("terms", (term_id,), locked=1)


def definition_values(
    term_id: int, *, stage: str, text: str, confidence: float, origin: str, base: int | None, approved: bool
) -> Values:
    """The row of a new current definition by a person, without its number."""
    return {
        "term_id": term_id,
        "stage": stage,
        "text": text,
        "confidence": confidence,
        "origin": origin,
        "approved": int(approved),
        "current": 1,
        "run_id": None,
        "created_at": times.utc_now(),
        "offered": 0,
        "base": base,
    }


def _write_definition(tracked: Tracked, term_id: int, text: str) -> None:
    shown = _shown(tracked.connection, term_id)
    if shown is None or shown[1] == text:
        return
    put_definition(
        tracked, term_id, stage=Stage.REFINED, text=text, confidence=1.0, origin=PERSON, base=shown[0] or None
    )
    _mend(tracked, term_id)


def _mend(tracked: Tracked, term_id: int) -> None:
    marks = ", ".join("?" * len(_MENDED_BY_EDIT))
    rows = tracked.connection.execute(
        f"SELECT id FROM issues WHERE term_id = ? AND state = 'open' AND type IN ({marks})", (term_id, *_MENDED_BY_EDIT)
    ).fetchall()
    for row in rows:
        tracked.update("issues", row, state="fixed", decided_at=times.utc_now())


def _restore(tracked: Tracked, term_id: int, definition_id: int) -> None:
    shown = _shown(tracked.connection, term_id)
    row = tracked.connection.execute(
        "SELECT stage, text, confidence, origin FROM definitions WHERE id = ? AND term_id = ?", (definition_id, term_id)
    ).fetchone()
    if row is None or shown is None or shown[0] == definition_id:
        return
    stage, text, confidence, origin = row
    put_definition(tracked, term_id, stage=stage, text=text, confidence=confidence, origin=origin, base=definition_id)


def _approve(tracked: Tracked, term_id: int, approved: bool) -> None:
    if not approved:
        for definition_id, _stage in _current(tracked.connection, term_id):
            tracked.update("definitions", (definition_id,), approved=0)
        return
    shown = _shown(tracked.connection, term_id)
    if shown is not None and shown[1]:
        tracked.update("definitions", (shown[0],), approved=1)


def _lock(tracked: Tracked, term_id: int, locked: bool) -> None:
    tracked.update("terms", (term_id,), locked=int(locked))
    if not locked:
        _approve(tracked, term_id, approved=False)


def accept_offer(tracked: Tracked, term_id: int) -> None:
    """``accept_offers`` for one entry, as part of a larger change."""
    row = tracked.connection.execute(
        "SELECT id, stage FROM definitions WHERE term_id = ? AND offered = 1 ORDER BY id DESC LIMIT 1", (term_id,)
    ).fetchone()
    if row is None:
        return
    offered, stage = row
    for definition_id, old_stage in _current(tracked.connection, term_id):
        tracked.update("definitions", (definition_id,), approved=0)
        if stage in (old_stage, Stage.PROVISIONAL):
            tracked.update("definitions", (definition_id,), current=0)
    tracked.update("definitions", (offered,), current=1, offered=0)
    tracked.update("terms", (term_id,), locked=1)


def _dismiss(tracked: Tracked, term_id: int) -> None:
    rows = tracked.connection.execute("SELECT id FROM definitions WHERE term_id = ? AND offered = 1", (term_id,))
    for row in rows.fetchall():
        tracked.update("definitions", row, offered=0)


def _shown(connection: sqlite3.Connection, term_id: int) -> tuple[int, str] | None:
    """Number (0 for none) and text of the definition that is shown; None when the term is gone."""
    row = connection.execute("SELECT definition_id, definition FROM entries WHERE id = ?", (term_id,)).fetchone()
    return None if row is None else (row[0] or 0, row[1])


def _current(connection: sqlite3.Connection, term_id: int) -> list[tuple[int, str]]:
    return connection.execute(
        "SELECT id, stage FROM definitions WHERE term_id = ? AND current = 1", (term_id,)
    ).fetchall()
