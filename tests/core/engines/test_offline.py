import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.compute import Limits, Workers, pool
from genglossary_gui.core.definitions.match import is_named
from genglossary_gui.core.documents.loading import Loaded, load
from genglossary_gui.core.engines import offline
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.engines.offline import OfflineEngine, _batches, _parts
from genglossary_gui.core.glossary import Entry, IssueType, TermDraft
from genglossary_gui.core.terms.analysis import unpack
from genglossary_gui.core.terms.drafts import MOST_PASSAGES
from genglossary_gui.core.text import DocumentText
from tests.core.terms.helpers import document

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"


@pytest.fixture(scope="module")
def engines() -> Iterator[tuple[OfflineEngine, OfflineEngine]]:
    """One with one worker process, one with two."""
    both = Workers(1), Workers(2)
    yield OfflineEngine(both[0]), OfflineEngine(both[1])
    for workers in both:
        workers.close()


@pytest.fixture
def work() -> Work:
    return Work(CancelToken())


@pytest.fixture(scope="module")
def texts() -> list[DocumentText]:
    loaded = [load(path, max_bytes=2**20) for path in sorted(SAMPLES.rglob("*.*")) if path.parent != SAMPLES]
    return [item.document for item in loaded if isinstance(item, Loaded)]


def build(engine: OfflineEngine, documents: list[tuple[int, DocumentText]], work: Work) -> list[TermDraft]:
    return engine.extract(engine.analyse(documents, "auto", work), work)


def _without_ids(terms: list[TermDraft]) -> list[TermDraft]:
    return [
        replace(term, passages=tuple(replace(passage, content_id=0) for passage in term.passages)) for term in terms
    ]


def test_neither_order_nor_ids_nor_the_number_of_workers_change_the_result(engines, texts, work):
    shuffled = list(enumerate(texts, 100))
    random.Random(5).shuffle(shuffled)
    first = build(engines[0], list(enumerate(texts)), work)
    second = build(engines[1], shuffled, work)
    assert first
    assert _without_ids(first) == _without_ids(second)


@pytest.mark.parametrize(("stop", "comma"), [("．", "，"), ("｡", "､")])
def test_the_marks_that_a_writer_uses_change_no_term_and_no_definition(engines, texts, work, stop, comma):
    usual = [text for text in texts if "。" in text.text][:3]
    others = [replace(text, text=text.text.replace("。", stop).replace("、", comma)) for text in usual]
    first, second = build(engines[0], list(enumerate(usual)), work), build(engines[0], list(enumerate(others)), work)
    assert [term.term for term in first][:40] == [term.term for term in second][:40]
    meant = dict(engines[0].define(first[:40], work))
    same = dict(engines[0].define(second[:40], work))
    assert sum(bool(draft.text) for draft in meant.values()) > 20
    for key, draft in meant.items():
        assert same[key].text.replace(stop, "。").replace(comma, "、") == draft.text


def test_how_text_is_cut_into_documents_hardly_matters(engines, work):
    paragraphs = [
        f"The sea lock number {number} leaks. A sluice gate closes the culvert. Each stop log is heavy."
        for number in range(40)
    ]
    whole = build(engines[1], [(1, document(*paragraphs))], work)
    halves = build(engines[1], [(1, document(*paragraphs[:25])), (2, document(*paragraphs[25:]))], work)
    assert [(term.key, term.score, term.frequency) for term in whole] == [
        (term.key, term.score, term.frequency) for term in halves
    ]


def test_passages_stand_where_they_say(engines, texts, work):
    by_id = dict(enumerate(texts))
    for term in build(engines[1], list(by_id.items()), work):
        assert len(term.passages) <= MOST_PASSAGES
        for passage in term.passages:
            text = by_id[passage.content_id]
            assert text.text[passage.start : passage.end] == passage.text
            assert text.line_at(passage.start) == passage.line


def test_definitions_rest_on_passages_of_the_term(engines, texts, work):
    terms = [term for term in build(engines[1], list(enumerate(texts)), work) if term.suggested]
    defined = dict(engines[1].define(terms, work))
    assert set(defined) == {term.key for term in terms}
    assert any(draft.text for draft in defined.values())
    for term in terms:
        assert set(defined[term.key].evidence) <= set(term.passages)


def test_review_and_refine_speak_of_the_entries_they_were_given(engines, texts, work):
    engine = engines[1]
    terms = build(engine, list(enumerate(texts)), work)[:40]
    drafts = dict(engine.define(terms, work))
    entries = [Entry(term, drafts[term.key]) for term in terms]
    keys = {term.key for term in terms}
    issues = list(engine.review(entries, work))
    assert {issue.key for issue in issues} <= keys
    assert {key for key, _draft in engine.refine(entries, issues, work)} <= keys


def test_no_documents_give_no_terms(engines, work):
    assert build(engines[0], [], work) == []


def test_an_empty_document_is_no_error(engines, work):
    assert build(engines[0], [(1, DocumentText(""))], work) == []


@pytest.mark.parametrize("step", ["analyse", "extract", "define"])
def test_a_cancelled_run_stops(engines, texts, step):
    work = Work(CancelToken())
    work.token.request()
    engine = engines[0]
    calls = {
        "analyse": lambda: list(engine.analyse(enumerate(texts), "auto", work)),
        "extract": lambda: engine.extract([], work),
        "define": lambda: list(engine.define([], work)),
    }
    with pytest.raises(Cancelled):
        calls[step]()


def test_every_passage_of_a_term_names_it(engines, texts, work):
    for term in build(engines[1], list(enumerate(texts)), work):
        names = [term.term, *(variant.surface for variant in term.variants)]
        for passage in term.passages:
            assert any(is_named(name, passage.text) for name in names), (term.term, passage.text)


def test_a_small_project_is_analysed_in_many_small_units(texts):
    sizes = [len(batch) for batch in _batches(_parts(enumerate(texts)))]
    assert sum(sizes) == len(texts)
    assert max(sizes) <= 2


def test_units_grow_with_the_project_but_not_without_end(texts):
    sizes = [len(batch) for batch in _batches(_parts((number, texts[0]) for number in range(2000)))]
    assert sizes[0] == 1
    assert 8 < max(sizes) <= 64


def test_the_review_finds_what_is_wrong_in_the_samples(engines, texts, work):
    found_terms = build(engines[1], list(enumerate(texts)), work)
    # Whether an abbreviation is suggested is another question.
    terms = [term for term in found_terms if term.suggested or term.key == "swl"]
    drafts = dict(engines[1].define(terms, work))
    found = {(issue.type, issue.key) for issue in engines[1].review([Entry(t, drafts[t.key]) for t in terms], work)}
    assert found >= {
        (IssueType.INCONSISTENT_SPELLING, "stop log"),
        (IssueType.INCONSISTENT_SPELLING, "もろみ"),
        (IssueType.INCONSISTENT_SPELLING, "蒸米"),
        (IssueType.UNDEFINED_ABBREVIATION, "swl"),
        (IssueType.CONTRADICTION, "dredging window"),
    }


def test_a_text_that_takes_too_long_costs_only_itself(engines, texts, monkeypatch):
    def limits(unit: offline._AnalyseUnit) -> Limits:
        return Limits(0.0 if any(part.content_id == 3 for part in unit.parts) else 60.0, 1024)

    monkeypatch.setattr(offline, "_limits", limits)
    monkeypatch.setattr(pool, "_LOOK", 0.0)  # at the usual pace the text would be ready before anybody looks
    warnings: list[str] = []
    found = dict(engines[1].analyse(enumerate(texts), "auto", Work(CancelToken(), warn=warnings.append)))
    assert found.keys() == set(range(len(texts)))
    assert [number for number, payload in found.items() if not unpack(payload).candidates] == [3]
    assert len(warnings) == 1
