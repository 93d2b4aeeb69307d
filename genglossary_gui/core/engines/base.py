"""The one seam between the pipeline and whatever finds and explains terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.glossary import DefinitionDraft, Entry, IssueDraft, TermDraft
from genglossary_gui.core.text import DocumentText


class AnswerStore(Protocol):
    """Keeps what a language model answered, under a key that names model and question; belongs to the run's thread."""

    def find(self, keys: Iterable[str]) -> Mapping[str, str]:
        """Key → answer, for those that are there."""
        ...

    def keep(self, key: str, model: str, text: str, tokens: int) -> None:
        """Store one answer at once: what is kept survives the process."""
        ...


class Figures:
    """What a run has counted so far, over all its steps; ``show(name, value)`` is told of each change."""

    def __init__(self, show: Callable[[str, int], None] = lambda name, value: None) -> None:
        self._show = show
        self._values: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        return self._values.get(name, 0)

    def add(self, name: str, value: int = 1) -> None:
        self._values[name] = self[name] + value
        self._show(name, self[name])


@dataclass(frozen=True)
class Work:
    """How an engine stays in touch while it works.

    It asks ``token`` whether to go on, calls ``tick()`` while it waits, so that the run can write its log and
    progress, and ``warn(message)`` about what went wrong; warnings are counted in the run's summary.  ``say(message)``
    goes to the log, ``wait_for(what)`` to the run's row (empty: at work again).

    ``notes`` are what a person noted about terms, by key; ``answers`` keeps what a language model has answered in this
    project, and ``figures`` what the run's summary shows.
    """

    token: CancelToken
    tick: Callable[[], None] = lambda: None
    warn: Callable[[str], None] = lambda message: None
    say: Callable[[str], None] = lambda message: None
    wait_for: Callable[[str], None] = lambda what: None
    answers: AnswerStore | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)


class Engine(Protocol):
    """Finds terms, says what they mean, reviews and refines.

    An engine keeps nothing about a run between calls, may serve several runs at once, touches no
    database, and yields each result as soon as it has it.  Every method raises ``Cancelled`` soon after
    ``work.token`` was cancelled, and ``EngineError`` when it cannot do its work at all.
    """

    @property
    def name(self) -> str:
        """``offline`` or ``llm``; stored as the origin of what it makes."""
        ...

    @property
    def revision(self) -> str:
        """Changes whenever ``analyse`` would answer differently: results are kept by content and revision."""
        ...

    def analyse(
        self, documents: Iterable[tuple[int, DocumentText]], language: str, work: Work
    ) -> Iterator[tuple[int, bytes]]:
        """For each ``(content id, text)`` what ``extract`` needs to know of it, as opaque bytes; in any order.

        ``language`` is ``auto`` (decided per passage), ``ja`` or ``en``.  ``documents`` is read lazily.
        """
        ...

    def extract(self, analyses: Iterable[tuple[int, bytes]], work: Work) -> list[TermDraft]:
        """The candidates of all documents together, ranked (best first), with variants and passages.

        ``analyses`` are ``(content id, bytes from analyse)``, one for each document; their order has no influence.
        """
        ...

    def define(self, terms: Sequence[TermDraft], work: Work) -> Iterator[tuple[str, DefinitionDraft]]:
        """``(term key, definition)`` for each term, in any order; an empty text where nothing defines it."""
        ...

    def review(self, entries: Sequence[Entry], work: Work) -> Iterator[IssueDraft]:
        """What is wrong with the glossary as a whole."""
        ...

    def refine(
        self, entries: Sequence[Entry], issues: Sequence[IssueDraft], work: Work
    ) -> Iterator[tuple[str, DefinitionDraft]]:
        """``(term key, better definition)`` for the entries that an issue allows to improve, in any order."""
        ...
