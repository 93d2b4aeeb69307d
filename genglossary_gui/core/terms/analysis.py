"""What one document contributes to the candidates, as bytes that hold data only (msgpack, zlib)."""

from __future__ import annotations

import hashlib
import operator
import zlib
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple, cast

import msgpack

REVISION = "terms-9"


class Count(IntEnum):
    """What is counted of a candidate in one document; the place in ``Observed.counts``."""

    FREQUENCY = 0
    NESTED = 1
    """Inside a longer noun phrase."""
    HEADING = 2
    WHOLE_HEADING = 3
    TERM = 4
    """The whole term of a definition list."""
    MARKED = 5
    """Exactly what is bold or emphasised."""
    SUBJECT = 6
    CODE = 7
    VERBAL = 8
    """Begins with a gerund that may as well be a verb: “merging branches”."""
    TABLE = 9
    PARAGRAPH = 10
    """Blocks that have it, however often."""
    HEAD = 11
    """At the end of a noun phrase of running text: what the words before it say belongs to it."""
    QUOTED = 12
    """In quotation marks of its own; running text, English."""
    INDEFINITE = 13
    """HEAD after “a” or “an”."""
    DETERMINED = 14
    """HEAD after an article, “this”, “each”, “your” or a number; English."""
    JOINED = 15
    """HEAD before “and”, a comma and the like; Japanese."""
    DONE = 16
    """HEAD before する: it says what is done; Japanese."""
    EXPLAINS = 17
    """In a sentence that defines another term."""


@dataclass(slots=True)
class Observed:
    """One candidate in one document."""

    words: tuple[str, ...]
    language: str
    counts: list[int] = field(default_factory=lambda: [0] * len(Count))
    surfaces: dict[str, list[int]] = field(default_factory=dict)
    """Spelling → [in running text, elsewhere (headings, tables, beginnings of sentences)]."""
    passages: list[int] = field(default_factory=list)
    form: str = ""
    """Its words in the spelling that the dictionary prefers; empty where that is the key."""


class FoundPassage(NamedTuple):
    """``text`` stands at ``start``…``end`` of the document, on source line ``line``."""

    start: int
    end: int
    line: int
    text: str


new_passage: Callable[[type[FoundPassage], tuple[int, int, int, str]], FoundPassage] = cast(Any, tuple.__new__)
"""As ``text.new_token``."""


class FoundDefinition(NamedTuple):
    """A passage that says what ``head`` (a key) means."""

    head: str
    surface: str
    passage: FoundPassage
    weight: float
    rule: str


@dataclass(slots=True)
class Analysis:
    """All that ``extract`` knows of one document."""

    digest: str
    """Of the text: orders documents without regard to their ids."""
    candidates: dict[str, Observed]
    passages: list[FoundPassage]
    abbreviations: list[tuple[str, str]]
    """(short, long) as written, once for each time it is spelled out."""
    definitions: list[FoundDefinition]


def digest_of(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def pack(analysis: Analysis) -> bytes:
    value = [
        analysis.digest,
        [
            [key, item.words, item.language, item.counts, item.surfaces, item.passages, item.form]
            for key, item in analysis.candidates.items()
        ],
        analysis.passages,
        analysis.abbreviations,
        analysis.definitions,
    ]
    return zlib.compress(msgpack.Packer(unicode_errors="surrogatepass").pack(value), 1)


def unpack(data: bytes, wanted: Container[str] | None = None) -> Analysis:
    """What ``pack`` was given; of candidates and definitions only those with a ``wanted`` key, if it is given."""
    value: Any = msgpack.unpackb(zlib.decompress(data), unicode_errors="surrogatepass", strict_map_key=False)
    digest, candidates, passages, abbreviations, definitions = value
    if wanted is not None:
        candidates = [row for row in candidates if row[0] in wanted]
        definitions = [row for row in definitions if row[0] in wanted]
    return Analysis(
        digest,
        {
            key: Observed(tuple(words), language, counts, surfaces, places, form)
            for key, words, language, counts, surfaces, places, form in candidates
        },
        [new_passage(FoundPassage, p) for p in passages],
        [(short, long) for short, long in abbreviations],
        [
            FoundDefinition(head, surface, FoundPassage(*p), weight, rule)
            for head, surface, p, weight, rule in definitions
        ],
    )


def spread(places: Sequence[int], count: int) -> list[int]:
    """At most ``count`` of ``places``, evenly spread, the first included."""
    if len(places) <= count:
        return list(places)
    return [places[index * len(places) // count] for index in range(count)]


def add(total: list[int], counts: Iterable[int]) -> None:
    total[:] = map(operator.add, total, counts)
