"""All terms in a document, held against a search term by term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.store.glossary import GlossaryTerm
from genglossary_gui.core.text import DocumentText
from genglossary_gui.ui.views import document_terms
from genglossary_gui.ui.views.document_rows import find_all
from genglossary_gui.ui.views.document_terms import find_terms


def term(number: int, *surfaces: str) -> GlossaryTerm:
    return GlossaryTerm(number, surfaces, f"definition {number}")


def test_the_longest_term_wins_and_words_are_whole() -> None:
    text = "A sluice gate. Gates! agate 水門の水"
    found = find_terms(DocumentText(text), [term(1, "gate", "gates"), term(2, "sluice gate"), term(3, "水門", "水")])

    assert [(text[start:end], found.terms[number].id) for start, end, number in found.places] == [
        ("sluice gate", 2),
        ("Gates", 1),
        ("水門", 3),
        ("水", 3),
    ]
    inside, outside = found.at(4), found.at(0)
    assert inside is not None
    assert inside.id == 2
    assert outside is None


@given(st.lists(st.sampled_from(["gate", "Gate ", "水門", "\n", "x", " ", "İ"]), max_size=40).map("".join))
def test_one_term_is_found_where_a_search_for_it_finds_it(text: str) -> None:
    document = DocumentText(text)

    found = find_terms(document, [term(1, "gate", "水門")])

    assert [(start, end) for start, end, _number in found.places if "İ" not in text] == [
        place for place in find_all(document, ["gate", "水門"]) if "İ" not in text
    ]


def test_stretches_do_not_change_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    document = DocumentText("a gate\n" * 50)
    whole = find_terms(document, [term(1, "gate")])
    monkeypatch.setattr(document_terms, "_STRETCH", 10)

    assert find_terms(document, [term(1, "gate")]).places == whole.places
