"""The terms of projects that are too large for one process: sums of sums, on as many processes as there are.

Three passes: add up what the documents contribute, in parts by candidate, as a tree; rank the sums; collect what
shows the terms that are left, again as a tree.  The result is that of one process that reads everything, but of more
than ``_MOST_CANDIDATES`` candidates the lightest are left out before the ranking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgpack

from genglossary_gui.core.compute.workers import Workers
from genglossary_gui.core.engines import sums
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.engines.pieces import pieces_of, unpack_whole
from genglossary_gui.core.glossary import TermDraft
from genglossary_gui.core.terms import analysis
from genglossary_gui.core.terms.drafts import drafts_of, owners
from genglossary_gui.core.terms.merge import collect
from genglossary_gui.core.terms.ranking import Ranked, rank

LARGE = 8 << 20
"""Bytes of analyses (as much text, about) from which a project is large."""
_UNIT_BYTES = 4 << 20
_FAN_IN = 8
_MOST_CANDIDATES = 400_000
"""Some 1.5 kB each where they are ranked."""

T = TypeVar("T")
R = TypeVar("R")
Payload = tuple[int, bytes]
Owner = Mapping[str, str]


def is_large(analyses: Iterable[Payload]) -> bool:
    """Whether it takes more than one process; reads no further than needed to know."""
    size = 0
    return any((size := size + len(payload)) > LARGE for _content, payload in analyses)


class LargeExtraction:
    """Asks ``workers``; holds in this process what comes between two passes, a fraction of the analyses."""

    def __init__(self, workers: Workers, work: Work) -> None:
        self._workers = workers
        self._work = work

    def terms(self, analyses: Iterable[Payload], finish: Callable[[tuple[Sequence[Ranked], bytes]], R]) -> R:
        """``finish((ranked, what is shown))`` computed in a worker process; ``analyses`` are read twice."""
        totals = self._bounded(self._totals(analyses))
        ranked = self._workers.call(_rank, totals, self._work.token, tick=self._work.tick)
        del totals
        owner = owners(ranked)
        parts = [result for _unit, result in self._map(_show, ((owner, unit) for unit in _units(analyses)))]
        while len(parts) > 1:
            groups = _groups(parts)
            parts = [result for _unit, result in self._map(_show_together, ((owner, group) for group in groups))]
        return self._workers.call(finish, (ranked, parts[0]), self._work.token, tick=self._work.tick)

    def _totals(self, analyses: Iterable[Payload]) -> list[bytes]:
        """The sum of all documents, in shards."""
        found: list[list[bytes]] = [[] for _number in range(sums.SHARDS)]
        for _unit, shards in self._map(_add_up, _units(_in_pieces(analyses))):
            for parts, shard in zip(found, shards, strict=True):
                parts.append(shard)
        while max(map(len, found)) > 1:
            groups = [(number, group) for number, parts in enumerate(found) for group in _groups(parts)]
            found = [[] for _number in found]
            for (number, _group), result in self._map(_add_together, groups):
                found[number].append(result)
        return [parts[0] for parts in found]

    def _bounded(self, totals: list[bytes]) -> list[bytes]:
        weights: Counter[int] = Counter()
        for _total, found in self._map(_weigh, totals):
            weights.update(found)
        least = sums.least_weight(weights, _MOST_CANDIDATES)
        if not least:
            return totals
        return [result for _unit, result in self._map(_heavy, ((least, total) for total in totals))]

    def _map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R]]:
        return self._workers.map(function, items, self._work.token, tick=self._work.tick)


def _in_pieces(analyses: Iterable[Payload]) -> Iterator[Payload]:
    """A long document as many: for sums it makes no difference."""
    return ((content_id, piece) for content_id, payload in analyses for piece in pieces_of(payload))


def _units(analyses: Iterable[Payload]) -> Iterator[tuple[Payload, ...]]:
    unit: list[Payload] = []
    size = 0
    for content_id, payload in analyses:
        unit.append((content_id, payload))
        size += len(payload)
        if size >= _UNIT_BYTES:
            yield tuple(unit)
            unit, size = [], 0
    if unit:
        yield tuple(unit)


def _groups(parts: Sequence[bytes]) -> list[tuple[bytes, ...]]:
    return [tuple(parts[first : first + _FAN_IN]) for first in range(0, len(parts), _FAN_IN)]


# What follows runs in worker processes.


def _add_up(unit: tuple[Payload, ...]) -> list[bytes]:
    total = sums.add_up(analysis.unpack(payload) for _content, payload in unit)
    return [analysis.pack(shard) for shard in sums.shards(total)]


def _add_together(unit: tuple[int, tuple[bytes, ...]]) -> bytes:
    return analysis.pack(sums.add_up(map(analysis.unpack, unit[1])))


def _weigh(total: bytes) -> Counter[int]:
    return sums.weights(analysis.unpack(total))


def _heavy(unit: tuple[int, bytes]) -> bytes:
    least, total = unit
    return analysis.pack(sums.heavy(analysis.unpack(total), least))


def _rank(totals: Sequence[bytes]) -> list[Ranked]:
    return rank(collect(map(analysis.unpack, totals)))


def _show(unit: tuple[Owner, tuple[Payload, ...]]) -> bytes:
    owner, payloads = unit
    documents = [(content_id, unpack_whole(payload, owner)) for content_id, payload in payloads]
    return _pack(sums.documents_of_terms(documents, owner), sums.shown(documents, owner))


def _show_together(unit: tuple[Owner, tuple[bytes, ...]]) -> bytes:
    owner, parts = unit
    counts: Counter[str] = Counter()
    documents: list[sums.Analysed] = []
    for part in parts:
        found, shown = _unpack(part)
        counts.update(found)
        documents += shown
    return _pack(counts, sums.shown(documents, owner))


def _pack(counts: Mapping[str, int], documents: Iterable[sums.Analysed]) -> bytes:
    """Documents of each term, and what is shown of the terms."""
    shown = [(content_id, analysis.pack(found)) for content_id, found in documents]
    return msgpack.Packer(unicode_errors="surrogatepass").pack((dict(counts), shown))


def _unpack(part: bytes) -> tuple[dict[str, int], Iterator[sums.Analysed]]:
    counts, shown = msgpack.unpackb(part, unicode_errors="surrogatepass")
    return counts, ((content_id, analysis.unpack(payload)) for content_id, payload in shown)


def shown_terms(unit: tuple[Sequence[Ranked], bytes]) -> list[TermDraft]:
    """The ranked terms with what is shown of them."""
    ranked, part = unit
    counts, shown = _unpack(part)
    return drafts_of(ranked, shown, counts)
