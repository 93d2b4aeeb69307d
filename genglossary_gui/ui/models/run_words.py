"""What a person reads about a run: what kind of run it is, what it is doing, why it waits."""

from __future__ import annotations

from genglossary_gui.core.glossary import RunMode, RunStatus, Scope
from genglossary_gui.core.i18n import N_, _, ngettext, pgettext
from genglossary_gui.core.runs.manager import RunPhase
from genglossary_gui.core.runs.run_queue import Waiting
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.core.words import WORDS, word
from genglossary_gui.ui import plain
from genglossary_gui.ui.models.harmless import harmless

_CONTINUED = {
    RunMode.RESUME: N_("Resumed run {number}"),
    RunMode.KEEP: N_("Kept from run {number}"),
    RunMode.RESTORE: N_("Results of run {number}"),
}
_PHASES: dict[RunPhase | None, str] = {
    RunPhase.WAITING: N_("Waiting"),
    RunPhase.CANCELLING: N_("Cancelling…"),
    RunPhase.SAVING: N_("Saving results…"),
    RunPhase.UNSAVED: N_("Ended, not saved yet"),
    RunPhase.ELSEWHERE: N_("Running in another window"),
}


def kind_of(row: RunRow) -> str:
    """What kind of run it is: its scope, or the run it goes on with."""
    if row.mode in _CONTINUED:
        return _(_CONTINUED[row.mode]).format(number=row.basis)
    return _("Full run") if row.scope is Scope.FULL else word(row.scope)


def name_of(row: RunRow) -> str:
    """The name a person gave the run, else its kind."""
    return row.name or kind_of(row)


def status_of(row: RunRow, phase: RunPhase | None, waiting: Waiting | None) -> str:
    """The status with what an active run is doing (``phase``) or waits for."""
    if row.status is RunStatus.COMPLETED and row.warnings:
        count = plain.number(row.warnings)
        return ngettext("Completed with {count} warning", "Completed with {count} warnings", row.warnings).format(
            count=count
        )
    if waiting is not None:
        return waiting_words(waiting)
    if row.cancel_requested and phase in (RunPhase.ACTIVE, RunPhase.ELSEWHERE):
        return _("Cancelling…")
    if row.waits_for and phase in (RunPhase.ACTIVE, RunPhase.ELSEWHERE):
        # The icon says that it runs; the column has no room for more.
        return harmless(row.waits_for)
    return _(_PHASES[phase]) if phase in _PHASES else word(row.status)


def waiting_words(waiting: Waiting) -> str:
    """Why a run waits."""
    if waiting.is_paused:
        return _("Waiting — the queue is paused")
    words = _("Waiting — no. {position} in the queue ({limit} at once)")
    return words.format(position=waiting.position, limit=waiting.limit)


def state_word(state: str) -> str:
    """The name of a part of the run list: ``all``, ``archived`` or a state of ``run_list.STATES``."""
    named = {"all": pgettext("runs", "All"), "active": pgettext("runs", "Active"), "archived": _("Archive")}
    return named.get(state) or _(WORDS[RunStatus][state])


def counted(words: str, count: int) -> str:
    """“Failed (3)”."""
    return _("{words} ({count})").format(words=words, count=plain.number(count))
