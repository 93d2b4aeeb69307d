"""The values of the product, frozen: what travels between floors and threads.

Statuses and scopes are the words that the database stores and the command line prints.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Scope(StrEnum):
    """How much of the pipeline a run carries out."""

    FULL = "full"
    EXTRACT = "extract"
    GENERATE = "generate"
    REVIEW = "review"
    REFINE = "refine"


class Step(StrEnum):
    """The steps a run goes through, in this order; a scope selects some of them."""

    SCAN = "scan"
    EXTRACT = "extract"
    GENERATE = "generate"
    REVIEW = "review"
    REFINE = "refine"
    PUBLISH = "publish"


class RunStatus(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"
    INTERRUPTED = "interrupted"

    @property
    def is_active(self) -> bool:
        return self in (RunStatus.PENDING, RunStatus.RUNNING)


class RunMode(StrEnum):
    """What a run begins with."""

    WORK = "work"
    """With nothing: every step is carried out."""
    RESUME = "resume"
    """With the draft of an unfinished run: what is done there is not done again."""
    KEEP = "keep"
    """With that draft too, and publishes what is done without doing more."""
    RESTORE = "restore"
    """With the results that a completed run left, to publish them again."""


class FailureKind(StrEnum):
    """Who can act on a failure, and how; stored with the run."""

    START = "start"
    """The run could not be started."""
    INPUT = "input"
    """There was nothing to work on."""
    PROJECT = "project"
    """The project file is gone, was replaced or cannot be used."""
    BUSY = "busy"
    DISK_FULL = "disk_full"
    DISK = "disk"
    """The disk or the file system reported an error."""
    MEMORY = "memory"
    ENGINE = "engine"
    INTERNAL = "internal"


class Level(StrEnum):
    """Level of a log record, least to most serious."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for debug … 3 for error; what the database stores."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


class Category(StrEnum):
    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    TITLE = "title"
    TECHNICAL_TERM = "technical_term"
    COMMON_NOUN = "common_noun"


class Stage(StrEnum):
    PROVISIONAL = "provisional"
    REFINED = "refined"


class IssueType(StrEnum):
    UNCLEAR = "unclear"
    CONTRADICTION = "contradiction"
    MISSING_RELATION = "missing_relation"
    UNNECESSARY = "unnecessary"
    UNSUPPORTED = "unsupported"
    DUPLICATE = "duplicate"
    CIRCULAR = "circular"
    UNDEFINED_ABBREVIATION = "undefined_abbreviation"
    INCONSISTENT_SPELLING = "inconsistent_spelling"
    REQUIRED_TERM_MISSING = "required_term_missing"
    STALE_SOURCE = "stale_source"


class PassageKind(StrEnum):
    """Why a passage is kept with a term."""

    DEFINITION = "definition"
    """A defining sentence or the description in a definition list."""
    CONTEXT = "context"
    """An occurrence shown as context."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that says something about a term.

    ``content_id`` names the stored text, ``start``/``end`` are code points in it, ``line`` the source line
    (1-based).  ``text`` is ``content.text[start:end]``.  ``weight`` (0–1) orders passages of one kind;
    ``rule`` names what found it (``"definition_list"``, ``"copula"``, …).
    """

    content_id: int
    start: int
    end: int
    line: int
    text: str
    kind: PassageKind = PassageKind.CONTEXT
    weight: float = 0.0
    rule: str = ""
    document_id: int = 0
    """The document that held the text when it was analysed; 0 until the pipeline knows it."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Another spelling of a term in the documents: inflection, hyphen, width, abbreviation …"""

    surface: str
    frequency: int
    kind: str = "spelling"
    """``spelling`` · ``inflection`` · ``abbreviation`` · ``long_form``."""


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A candidate as an engine found it.  ``key`` is the same for all variants of one term and never shown.

    ``score`` ranks (larger is more term-like), ``rank`` is 1-based; ``suggested`` tells whether the term
    belongs to the list a person would want to review.  ``features`` are the parts of the score by name.
    """

    key: str
    term: str
    language: str
    score: float
    rank: int
    frequency: int
    document_frequency: int
    suggested: bool
    category: Category = Category.TECHNICAL_TERM
    variants: tuple[Variant, ...] = ()
    passages: tuple[Passage, ...] = ()
    features: dict[str, float] = field(default_factory=dict)


MENTION = 0.05
"""Up to this confidence a text of the offline engine does not define: it is the sentence that says most of the term."""


def only_mentions(confidence: float, origin: str, *, approved: bool) -> bool:
    """Whether the text of an entry only mentions the term, and no person has said that it will do."""
    return confidence <= MENTION and origin == "offline" and not approved


@dataclass(frozen=True, slots=True)
class DefinitionDraft:
    """What a term means, with the passages it rests on.  Empty ``text``: none was found (honestly)."""

    text: str
    confidence: float
    """0–1: the estimated share of such definitions that a careful reader would accept as they stand."""
    evidence: tuple[Passage, ...]
    origin: str
    """``offline`` · ``llm`` · ``person``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its current definition: what review and refine look at."""

    term: TermDraft
    definition: DefinitionDraft
    stage: Stage = Stage.PROVISIONAL


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """A finding of the review.  ``related`` are keys of other terms it concerns.

    ``action`` is the suggested action in words; ``explanation`` says what is wrong, for a person.  ``said`` tells both
    in any language (see ``issue_words``, which makes such issues); empty where there are only these words.
    """

    key: str
    type: IssueType
    explanation: str
    action: str = ""
    related: tuple[str, ...] = ()
    said: str = ""
