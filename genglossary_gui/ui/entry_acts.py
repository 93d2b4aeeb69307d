"""What a person does to entries and issues, as edits that can be undone and redone exactly."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.review import fixing
from genglossary_gui.core.store import aliases, entry_edits, issue_edits
from genglossary_gui.core.store.glossary import EntryRow, IssueRow
from genglossary_gui.core.store.kept import KeptChanges
from genglossary_gui.core.store.reversible import Change
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import number

_PIECE = 500
"""Entries that are changed in one transaction: a run that wants to save waits no longer."""
_LONGEST_NAME = 40
_Do = Callable[[sqlite3.Connection, Sequence], list[Change]]


class _Reversible:
    """Does something once; after that it takes it back and makes it again row by row."""

    def __init__(self, do: _Do, what: Sequence) -> None:
        self._do = do
        self._what = what
        self._changes: KeptChanges | None = None

    def do(self, connection: sqlite3.Connection) -> KeptChanges:
        if self._changes is None:
            changes = KeptChanges()
            for first in range(0, len(self._what), _PIECE):
                changes.add(self._do(connection, self._what[first : first + _PIECE]))
            self._changes = changes
        else:
            for piece in self._changes.pieces():
                entry_edits.redo(connection, piece)
        return self._changes

    def undo(self, connection: sqlite3.Connection, changes: KeptChanges) -> int:
        """How many entries are as they were before; the others have changed meanwhile."""
        return sum(entry_edits.undo(connection, piece) for piece in changes.pieces_back())


def make(
    edits: Edits,
    do: _Do,
    what: Sequence,
    words: Callable[[int], str],
    otherwise: Callable[[], str],
    *,
    refused: Callable[[], None] = lambda: None,
) -> None:
    """``do(connection, some of what)`` as one edit; ``words(how many changed)``, or ``otherwise()`` when none has.

    ``refused()``: it could not be written.
    """
    act = _Reversible(do, what)
    edits.make(act.do, act.undo, lambda changes: words(len(changes)), otherwise=otherwise, refused=refused)


def write_definition(edits: Edits, row: EntryRow, text: str) -> None:
    """A person's own definition of an entry; it is locked with that."""
    write_definition_of(edits, row.id, row.term, text)


def write_definition_of(edits: Edits, term_id: int, term: str, text: str) -> None:
    """The same for a term that is known by its id and name."""
    make(
        edits,
        lambda connection, ids: entry_edits.write_definition(connection, ids[0], text),
        [term_id],
        lambda count: _("Definition of “{term}” changed").format(term=_name(term)),
        _nothing_new,
    )


def restore_version(edits: Edits, row: EntryRow, definition_id: int) -> None:
    """An older version becomes the definition again."""
    make(
        edits,
        lambda connection, ids: entry_edits.restore_version(connection, ids[0], definition_id),
        [row.id],
        lambda count: _("Earlier definition of “{term}” restored").format(term=_name(row.term)),
        _nothing_new,
    )


def add_alias(edits: Edits, term_id: int, term: str, name: str) -> None:
    """Another name for a term."""
    make(
        edits,
        lambda connection, ids: aliases.add_alias(connection, ids[0], name),
        [term_id],
        lambda count: _("“{alias}” added to “{term}”").format(alias=_name(name), term=_name(term)),
        lambda: _("The term has this name already."),
    )


def approve(edits: Edits, term_ids: Sequence[int], *, approved: bool = True) -> None:
    """Say that definitions are right, or take it back."""
    make(
        edits,
        partial(entry_edits.approve, approved=approved),
        term_ids,
        _approved if approved else _not_approved,
        lambda: _("Only an entry with a definition can be approved.") if approved else _nothing_new(),
    )


def lock(edits: Edits, term_ids: Sequence[int], *, locked: bool = True) -> None:
    """Protect entries from later runs, or let those write again."""
    make(edits, partial(entry_edits.lock, locked=locked), term_ids, _locked if locked else _unlocked, _nothing_new)


def accept_offers(edits: Edits, term_ids: Sequence[int]) -> None:
    """Take what a later run suggests."""
    make(edits, entry_edits.accept_offers, term_ids, _accepted, _no_offer)


def dismiss_offers(edits: Edits, term_ids: Sequence[int]) -> None:
    """Leave the entries as they are; the same is not suggested again."""
    make(edits, entry_edits.dismiss_offers, term_ids, _dismissed, _no_offer)


def renew_evidence(edits: Edits, term_ids: Sequence[int]) -> None:
    """Look for the passages in the documents as they are now."""
    make(
        edits,
        fixing.renew_evidence,
        term_ids,
        _renewed,
        lambda: _("The passages are not in the documents any more. Check the definition, or find it anew."),
    )


def unrelate(edits: Edits, term_id: int, other_id: int) -> None:
    """Take back that two entries are related."""
    make(
        edits,
        lambda connection, ids: issue_edits.unrelate(connection, ids[0], other_id),
        [term_id],
        lambda count: _("Relation removed"),
        _nothing_new,
    )


def fix_issues(edits: Edits, issues: Sequence[IssueRow]) -> None:
    """Carry out the safe fixes."""
    make(edits, fixing.fix, issues, _fixed, lambda: _("There is no safe fix for this. Edit the entry instead."))


def ignore_issues(edits: Edits, issue_ids: Sequence[int], reason: str) -> None:
    """Not a problem, for a reason."""
    make(edits, lambda c, ids: issue_edits.ignore(c, ids, reason), issue_ids, _ignored, _nothing_new)


def mark_fixed(edits: Edits, issue_ids: Sequence[int]) -> None:
    """Dealt with by hand."""
    make(edits, issue_edits.mark_fixed, issue_ids, _fixed, _nothing_new)


def reopen_issues(edits: Edits, issue_ids: Sequence[int]) -> None:
    """To be dealt with again."""
    make(edits, issue_edits.reopen, issue_ids, _reopened, _nothing_new)


def _name(term: str) -> str:
    return harmless(term, _LONGEST_NAME)


def _nothing_new() -> str:
    return _("Nothing had to be changed.")


def _no_offer() -> str:
    return _("There is no suggestion for this entry.")


def _approved(count: int) -> str:
    return ngettext("{count} entry approved", "{count} entries approved", count).format(count=number(count))


def _not_approved(count: int) -> str:
    words = ngettext("Approval of {count} entry taken back", "Approval of {count} entries taken back", count)
    return words.format(count=number(count))


def _locked(count: int) -> str:
    return ngettext("{count} entry locked", "{count} entries locked", count).format(count=number(count))


def _unlocked(count: int) -> str:
    return ngettext("{count} entry unlocked", "{count} entries unlocked", count).format(count=number(count))


def _accepted(count: int) -> str:
    return ngettext("{count} suggestion accepted", "{count} suggestions accepted", count).format(count=number(count))


def _dismissed(count: int) -> str:
    return ngettext("{count} suggestion dismissed", "{count} suggestions dismissed", count).format(count=number(count))


def _renewed(count: int) -> str:
    words = ngettext("Evidence of {count} entry renewed", "Evidence of {count} entries renewed", count)
    return words.format(count=number(count))


def _fixed(count: int) -> str:
    return ngettext("{count} issue fixed", "{count} issues fixed", count).format(count=number(count))


def _ignored(count: int) -> str:
    return ngettext("{count} issue ignored", "{count} issues ignored", count).format(count=number(count))


def _reopened(count: int) -> str:
    return ngettext("{count} issue opened again", "{count} issues opened again", count).format(count=number(count))
