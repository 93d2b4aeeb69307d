"""Choosing passages, pairs to judge, and what a run will cost: pure functions."""

from __future__ import annotations

import random
from time import perf_counter

import pytest

from genglossary_gui.core.engines import llm_define, llm_review
from genglossary_gui.core.engines.llm_asking import REQUESTS, TOKENS
from genglossary_gui.core.engines.llm_contexts import choose
from genglossary_gui.core.engines.llm_estimate import estimate
from genglossary_gui.core.engines.llm_settings import llm_settings
from genglossary_gui.core.engines.making import make_engine
from genglossary_gui.core.engines.prompts import tokens
from genglossary_gui.core.glossary import Category, DefinitionDraft, Entry, PassageKind, Scope
from genglossary_gui.core.review.sentences import split
from genglossary_gui.core.settings import AppSettings, RunSettings
from tests.core.engines.llm_support import Journal, faithful, passage, settings_for, term
from tests.llm_server import LlmServer
from tests.support import SimpleEngine

LOCK = "A lock is a chamber with gates that raises or lowers boats."


def entry(name: str, text: str) -> Entry:
    return Entry(term(name, text), DefinitionDraft(text, 0.7, (), "llm"))


# --- contexts ---------------------------------------------------------------------------------------


def test_a_defining_passage_comes_first():
    defining = passage("Lock: it lifts boats.", 2, kind=PassageKind.DEFINITION, weight=0.4)
    lock = term("Lock", passages=(passage(LOCK), defining))
    assert choose(lock, most=1, budget=1000) == [defining]


def test_passages_are_spread_over_the_documents():
    words = ("boats", "gates", "water", "canal", "miter", "valve", "chamber", "sill")
    texts = [
        f"The lock number {n} has a {word} that every {word} keeper of {word} knows." for n, word in enumerate(words)
    ]
    lock = term("Lock", passages=tuple(passage(text, 1 if n < 6 else n, 100 * n) for n, text in enumerate(texts)))
    assert len({p.content_id for p in choose(lock, most=3, budget=1000)}) == 3


def test_the_choice_keeps_the_budget_but_is_never_empty():
    lock = term("Lock", *(f"The lock {n} {'very ' * 30} long {n * 7919} sentence." for n in range(10)))
    assert sum(tokens(p.text) for p in choose(lock, most=10, budget=120)) <= 120
    assert len(choose(lock, most=10, budget=1)) == 1


def test_nearly_the_same_is_shown_once():
    lock = term("Lock", LOCK, LOCK + " ", "The lock of Panama is wide and deep.")
    assert len(choose(lock, most=5, budget=1000)) == 2


def test_the_choice_does_not_depend_on_the_order_of_documents():
    lock = term("Lock", *(f"The lock {n} has {n * 31} gates and {n * 17} boats." for n in range(12)))
    shuffled = list(lock.passages)
    random.Random(1).shuffle(shuffled)
    mixed = term("Lock", passages=tuple(shuffled))
    assert choose(lock, most=4, budget=500) == choose(mixed, most=4, budget=500)


# --- definitions as text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        ["A lock is a chamber", "It lifts boats."],
        ["閘門は船を通す施設である", "水位を調節する。"],
        ["Is it one?", "It is."],
    ],
)
def test_sentences_are_told_apart_again_after_they_were_joined(parts):
    assert [part.rstrip(".。") for part in split(llm_define.joined(parts))] == [part.rstrip(".。") for part in parts]


# --- pairs ------------------------------------------------------------------------------------------


def names(pairs) -> set[frozenset[str]]:
    return {frozenset(e.term.term for e in pair) for pair in pairs}


def test_like_definitions_are_looked_at_together():
    entries = [entry("Lock", LOCK), entry("Sluice", LOCK), entry("Bell", "It rings at noon in the old tower.")]
    assert names(llm_review.pairs(entries)) == {frozenset(("Lock", "Sluice"))}


def test_entries_that_name_each_other_are_looked_at_together():
    entries = [
        entry("Lock", "It stands beside the weir."),
        entry("weir", "A low dam."),
        entry("Bell", "Rings at noon."),
    ]
    assert names(llm_review.pairs(entries)) == {frozenset(("Lock", "weir"))}


def test_pairs_are_found_over_the_whole_glossary_not_in_its_neighbourhood():
    rng = random.Random(2)
    letters = "bcdfghjklmnpqrstvwxz"
    texts = [" ".join("".join(rng.choices(letters, k=7)) for _ in range(9)) for _ in range(600)]
    entries = [entry(f"T{n}", text) for n, text in enumerate(texts)]
    entries[599] = entry("T599", texts[0])
    assert llm_review.pairs(entries)[0] == (entries[0], entries[599])


def test_costs_grow_with_the_glossary_not_with_its_square():
    entries = [entry(f"T{n}", f"A lock named T{n // 5} is a chamber with gates {n // 5 * 31}.") for n in range(300)]
    assert 200 < len(llm_review.pairs(entries)) <= 300


def test_two_thousand_entries_are_looked_through_in_seconds():
    rng = random.Random(3)
    words = [f"word{n}" for n in range(3000)]
    entries = [entry(f"T{n}", " ".join(rng.choices(words, k=20)) + ".") for n in range(2000)]
    began = perf_counter()
    llm_review.pairs(entries)
    assert perf_counter() - began < 100


# --- estimates --------------------------------------------------------------------------------------

RUN = RunSettings(engine="llm", llm_model="tiny")


def test_an_estimate_counts_what_would_be_asked():
    terms = [
        term("Lock", LOCK),
        term("Way", LOCK, category=Category.COMMON_NOUN),
        term("Void"),
        term("Old", suggested=False),
    ]
    assert estimate(terms, RUN, Scope.GENERATE).requests == 1
    assert estimate(terms, RUN, Scope.EXTRACT).requests == 1
    assert estimate([], RUN).requests == 0


def test_an_estimate_heeds_the_terms_that_were_chosen():
    terms = [term("Lock", LOCK), term("Weir", LOCK)]
    chosen = RunSettings(engine="llm", llm_model="tiny", terms=("weir",))
    assert estimate(terms, chosen, Scope.GENERATE).requests == 1


def test_an_estimate_is_near_to_what_a_server_counts():
    """The server of the tests counts four characters of a question as a token, as many do."""
    terms = [term(f"Lock{n}", LOCK, f"The lock {n} is old.") for n in range(10)]
    journal = Journal()
    with LlmServer(faithful) as server:
        list(make_engine(settings_for(server), SimpleEngine()).define(terms, journal.work()))
        sent = sum(len(request.prompt) for request in server.requests) // 4
    expected = estimate(terms, RUN, Scope.GENERATE)
    assert expected.requests == journal.figures[REQUESTS] == 10
    assert journal.figures[TOKENS] > 0
    assert sent < expected.tokens < 2 * sent


# --- settings ---------------------------------------------------------------------------------------


def test_r23_every_setting_of_the_model_reaches_the_client():
    chosen = AppSettings(
        llm_provider="azure",
        llm_url="https://example.org",
        llm_model="m",
        llm_api_version="2024-10-21",
        llm_connect_seconds=1,
        llm_first_byte_seconds=2,
        llm_total_seconds=3,
        llm_parallel=5,
        llm_retries=6,
        llm_temperature=0.7,
        llm_seed=8,
        llm_budget_tokens=9,
        llm_context_tokens=4_000,
    )
    client = llm_settings(chosen.for_run(engine="llm"), api_key="k")
    values = [client.provider, client.base_url, client.model, client.api_version, client.connect_seconds]
    values += [client.first_byte_seconds, client.total_seconds, client.parallel, client.retries, client.temperature]
    values += [client.seed, client.budget_tokens, client.context_tokens, client.api_key]
    assert values == ["azure", "https://example.org", "m", "2024-10-21", 1, 2, 3, 5, 6, 0.7, 8, 9, 4_000, "k"]


def test_without_a_model_the_offline_engine_itself_works():
    offline = SimpleEngine()
    assert make_engine(RunSettings(), offline) is offline
