"""What a person reads for the values of the product."""

from __future__ import annotations

from genglossary_gui.core.glossary import Category, IssueType, Level, RunStatus, Scope, Stage, Step
from genglossary_gui.core.i18n import N_, _

WORDS: dict[type, dict[str, str]] = {
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


def word(value: Scope | Step | RunStatus | Level | Category | Stage | IssueType) -> str:
    """What a person reads for ``value``."""
    return _(WORDS[type(value)][value])
