"""The words for the values of the product, its moments and durations, in the current language."""

from __future__ import annotations

from datetime import datetime

from genglossary_gui.core import times
from genglossary_gui.core.glossary import Category, IssueType, Level, RunStatus, Scope, Stage, Step
from genglossary_gui.core.i18n import N_, _, pgettext

_WORDS: dict[type, dict[str, str]] = {
    Scope: {
        Scope.FULL: N_("Everything"),
        Scope.EXTRACT: N_("Find terms"),
        Scope.GENERATE: N_("Find definitions"),
        Scope.REVIEW: N_("Review"),
        Scope.REFINE: N_("Refine"),
    },
    Step: {
        Step.SCAN: N_("Reading documents"),
        Step.EXTRACT: N_("Finding terms"),
        Step.GENERATE: N_("Finding definitions"),
        Step.REVIEW: N_("Reviewing"),
        Step.REFINE: N_("Refining"),
        Step.PUBLISH: N_("Publishing"),
    },
    RunStatus: {
        RunStatus.PENDING: N_("Waiting"),
        RunStatus.RUNNING: N_("Running"),
        RunStatus.COMPLETED: N_("Completed"),
        RunStatus.CANCELLED: N_("Cancelled"),
        RunStatus.FAILED: N_("Failed"),
        RunStatus.INTERRUPTED: N_("Interrupted"),
    },
    Level: {
        Level.DEBUG: N_("Detail"),
        Level.INFO: N_("Info"),
        Level.WARNING: N_("Warning"),
        Level.ERROR: N_("Error"),
    },
    Category: {
        Category.PERSON: N_("Person"),
        Category.PLACE: N_("Place"),
        Category.ORGANIZATION: N_("Organization"),
        Category.TITLE: N_("Title"),
        Category.TECHNICAL_TERM: N_("Technical term"),
        Category.COMMON_NOUN: N_("Common noun"),
    },
    Stage: {Stage.PROVISIONAL: N_("Provisional"), Stage.REFINED: N_("Refined")},
    IssueType: {
        IssueType.UNCLEAR: N_("Unclear definition"),
        IssueType.CONTRADICTION: N_("Contradiction"),
        IssueType.MISSING_RELATION: N_("Missing relation"),
        IssueType.UNNECESSARY: N_("Unnecessary term"),
        IssueType.UNSUPPORTED: N_("Without evidence"),
        IssueType.DUPLICATE: N_("Duplicate"),
        IssueType.CIRCULAR: N_("Circular definition"),
        IssueType.UNDEFINED_ABBREVIATION: N_("Undefined abbreviation"),
        IssueType.INCONSISTENT_SPELLING: N_("Inconsistent spelling"),
        IssueType.REQUIRED_TERM_MISSING: N_("Required term missing"),
        IssueType.STALE_SOURCE: N_("Source has changed"),
    },
}

TRIGGERS = {"manual": N_("By hand"), "auto": N_("Automatic"), "cli": N_("Command line")}
ENGINES = {"offline": N_("Offline"), "llm": N_("Language model")}
TERM_STATES = {"candidate": N_("Candidate"), "accepted": N_("Accepted"), "dropped": N_("Dropped")}
ISSUE_STATES = {"open": N_("Open"), "fixed": N_("Fixed"), "ignored": N_("Ignored")}
DOCUMENT_STATES = {
    "new": N_("New"),
    "ready": N_("Ready"),
    "changed": N_("Changed"),
    "unreadable": N_("Cannot be read"),
    "skipped": N_("Skipped"),
    "deleted": N_("Deleted"),
}


def word(value: Scope | Step | RunStatus | Level | Category | Stage | IssueType) -> str:
    """What a person reads for ``value``."""
    return _(_WORDS[type(value)][value])


def word_of(code: str, words: dict[str, str]) -> str:
    """What a person reads for a code of the store; the code itself when it is not known."""
    return _(words[code]) if code in words else code


def step_word(code: str) -> str:
    """A step as the store names it; empty stays empty."""
    return word_of(code, _WORDS[Step])


def stage_word(code: str) -> str:
    """A stage as the store names it; empty for a term without a definition."""
    return word_of(code, _WORDS[Stage])


def issue_word(code: str) -> str:
    """A type of issue as the store names it."""
    return word_of(code, _WORDS[IssueType])


def date_time(text: str | None) -> str:
    """Date and time of day on this computer, to the minute; empty for a moment that is not there."""
    at = _local(text)
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def time_of_day(text: str) -> str:
    """To the millisecond, always of the same length; empty for a foreign text."""
    at = _local(text)
    return f"{at:%H:%M:%S}.{at.microsecond // 1000:03d}" if at else ""


def duration(seconds: float | None, *, is_over: bool) -> str:
    """``3.2 s`` for something short that is over, else ``m:ss`` or ``h:mm:ss``; empty for None."""
    if seconds is None:
        return ""
    if is_over and seconds < 59.95:
        return pgettext("duration", "{seconds} s").format(seconds=f"{seconds:.1f}")
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _local(text: str | None) -> datetime | None:
    try:
        return times.parse(text or "").astimezone()
    except ValueError:
        return None
