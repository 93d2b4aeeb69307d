"""A project that takes more than one process gives what one process gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.documents.formats import format_of, read
from genglossary_gui.core.documents.loading import Loaded, load
from genglossary_gui.core.engines import large, sums
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.engines.offline import OfflineEngine
from genglossary_gui.core.engines.pieces import pack_pieces, unpack_whole
from genglossary_gui.core.terms.analysis import unpack
from genglossary_gui.core.terms.drafts import DOCUMENTS_LOOKED_AT, MOST_PASSAGES

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with closing(Workers(2)) as workers:
        yield workers


@pytest.fixture(scope="module")
def analyses(workers) -> list[tuple[int, bytes]]:
    """The samples, and each of them once more with a word in front."""
    loaded = [load(path, max_bytes=2**20) for path in sorted(SAMPLES.rglob("*.*")) if path.parent != SAMPLES]
    texts = [item.document for item in loaded if isinstance(item, Loaded)]
    return list(OfflineEngine(workers).analyse(enumerate(texts, 1), "auto", Work(CancelToken())))


class Again:
    """May be read more than once, as rows of the database are; counts how often."""

    def __init__(self, items: list[tuple[int, bytes]]) -> None:
        self.items = items
        self.times = 0

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        self.times += 1
        return iter(self.items)


def test_the_result_is_that_of_one_process(workers, analyses, monkeypatch):
    engine, work = OfflineEngine(workers), Work(CancelToken())
    expected = engine.extract(analyses, work)
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(large, "_UNIT_BYTES", 10_000)
    monkeypatch.setattr(large, "_FAN_IN", 2)
    assert engine.extract(Again(analyses), work) == expected
    assert engine.extract(Again(analyses[::-1]), work) == expected


def test_a_long_document_is_shared_among_the_processes(workers, analyses, monkeypatch):
    engine, work = OfflineEngine(workers), Work(CancelToken())
    long = [(1, pack_pieces([payload for _number, payload in analyses])), analyses[0]]
    expected = engine.extract(long, work)
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(large, "_UNIT_BYTES", 10_000)
    assert len(list(large._units(large._in_pieces(long)))) > len(long)
    assert engine.extract(Again(long), work) == expected


def test_what_is_shown_does_not_grow_with_the_documents(workers, monkeypatch):
    engine, work = OfflineEngine(workers), Work(CancelToken())
    text = "A tide gauge is a device that measures the sea level. " + "The tide gauge of harbour {0} reports. " * 2
    contents = ((text.format(number) * (1 + number % 3)).encode() for number in range(60))
    texts = [read(format_of("a.txt"), content)[0] for content in contents]
    analyses = list(engine.analyse(enumerate(texts, 1), "en", work))
    expected = engine.extract(analyses, work)
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(large, "_UNIT_BYTES", 5_000)
    assert engine.extract(Again(analyses), work) == expected
    gauge = next(term for term in expected if term.term == "tide gauge")
    assert gauge.document_frequency == 60
    documents = [(number, unpack_whole(payload)) for number, payload in analyses]
    shown = sums.shown(documents, {gauge.key: gauge.key})
    assert len(shown) <= DOCUMENTS_LOOKED_AT + MOST_PASSAGES


def test_the_analyses_are_not_held(workers, analyses, monkeypatch):
    monkeypatch.setattr(large, "LARGE", 0)
    source = Again(analyses)
    OfflineEngine(workers).extract(source, Work(CancelToken()))
    assert source.times > 2


def test_a_cancelled_run_stops(workers, analyses, monkeypatch):
    monkeypatch.setattr(large, "LARGE", 0)
    work = Work(CancelToken())
    work.token.request()
    with pytest.raises(Cancelled):
        OfflineEngine(workers).extract(Again(analyses), work)


def test_of_too_many_candidates_the_lightest_are_left_out(workers, analyses, monkeypatch):
    engine, work = OfflineEngine(workers), Work(CancelToken())
    expected = engine.extract(analyses, work)
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(large, "_MOST_CANDIDATES", 500)
    found = engine.extract(Again(analyses), work)
    assert 100 < len(found) <= 500
    assert {term.key for term in found[:20]} <= {term.key for term in expected}


def test_the_least_weight():
    assert sums.least_weight(Counter({1: 10, 2: 5, 7: 1}), 16) == 0
    assert sums.least_weight(Counter({1: 10, 2: 5, 7: 1}), 15) == 2
    assert sums.least_weight(Counter({1: 10, 2: 5, 7: 1}), 6) == 2
    assert sums.least_weight(Counter({1: 10, 2: 5, 7: 1}), 5) == 3


def test_a_candidate_is_in_one_shard(analyses):
    total = sums.add_up(unpack(payload) for _content, payload in analyses)
    keys = [key for shard in sums.shards(total) for key in shard.candidates]
    assert sorted(keys) == sorted(total.candidates)
