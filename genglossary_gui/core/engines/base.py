"""The one seam between the pipeline and whatever finds and explains terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.glossary import DefinitionDraft, Entry, IssueDraft, TermDraft
from genglossary_gui.core.text import DocumentText


@dataclass(frozen=True)
class Work:
    """How an engine stays in touch while it works.

    It asks ``token`` whether to go on, calls ``tick()`` while it waits, so that the run can write its log and
    progress, and ``warn(message)`` about what went wrong; warnings are counted in the run's summary.
    """

    token: CancelToken
    tick: Callable[[], None] = lambda: None
    warn: Callable[[str], None] = lambda message: None


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
