import math

import pytest

from genglossary_gui.core.glossary import Category, PassageKind, TermDraft
from genglossary_gui.core.terms.analysis import FoundDefinition, FoundPassage
from genglossary_gui.core.terms.codec import pack_terms, unpack_terms
from genglossary_gui.core.terms.drafts import extract_terms
from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.ranking import _least, suggested_count
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import BlockKind, DocumentText
from tests.core.terms.helpers import document


def terms(*texts: DocumentText, definitions: tuple[FoundDefinition, ...] = ()) -> dict[str, TermDraft]:
    analyses = [(number, observe(text, tokenize(text, "auto"), definitions)) for number, text in enumerate(texts, 1)]
    return {draft.key: draft for draft in extract_terms(lambda _wanted: analyses)}


def test_variants_are_one_term_shown_in_the_singular():
    found = terms(document("The sea locks leak. The sea-locks are old. A sea lock is here. Our sea locks work."))
    draft = found["sea lock"]
    assert draft.term == "sea lock"
    assert draft.frequency == 4
    assert {(variant.surface, variant.kind) for variant in draft.variants} == {
        ("sea locks", "inflection"),
        ("sea-locks", "inflection"),
    }


def test_a_long_vowel_is_kept_where_it_is_usual():
    found = terms(document("大きなサーバーを使う。新しいサーバーを置く。古いサーバを捨てる。"))
    assert found["サーバ"].term == "サーバー"


def test_capitals_of_headings_do_not_shape_the_term():
    heading = (BlockKind.HEADING, "Sluice Gate")
    found = terms(document(heading, heading, heading, "Here a sluice gate is open."))
    assert found["sluice gate"].term == "sluice gate"


def test_the_beginning_of_a_sentence_does_not_shape_the_term():
    assert terms(document("Fluid mud is soft. Fluid mud moves."))["fluid mud"].term == "fluid mud"
    assert terms(document("Kubernetes is here. Kubernetes runs."))["kubernetes"].term == "Kubernetes"


def test_an_abbreviation_and_its_long_form_are_one_term():
    text = document(
        "The vessel traffic service (VTS) is near.", "Call VTS now. Ask VTS again.", "When VTS answers, go."
    )
    draft = terms(text)["vts"]
    assert draft.term == "VTS"
    assert ("vessel traffic service", "long_form") in {(v.surface, v.kind) for v in draft.variants}
    assert "vessel traffic service" not in terms(text)


def test_definitions_come_first_then_contexts_from_several_documents():
    first = document("A sluice is a gate for water that may be opened. Nothing else is said here.")
    second = document("We painted the sluice in May because it was rusty and old by then.")
    third = document("In winter the sluice is checked twice each day by the keepers.")
    place = FoundPassage(0, 48, 1, first.text[:48])
    analyses = [
        (
            1,
            observe(first, tokenize(first, "en"), [FoundDefinition("sluice", "sluice", place, 0.9, "copula")]),
        ),
        (2, observe(second, tokenize(second, "en"))),
        (3, observe(third, tokenize(third, "en"))),
    ]
    draft = {draft.key: draft for draft in extract_terms(lambda _wanted: analyses)}["sluice"]
    assert draft.passages[0].kind is PassageKind.DEFINITION
    assert draft.passages[0].rule == "copula"
    assert {passage.content_id for passage in draft.passages} == {1, 2, 3}
    assert len({(passage.content_id, passage.start) for passage in draft.passages}) == len(draft.passages)


def test_the_score_is_the_sum_of_its_features():
    for draft in terms(document("The sea lock is open. A sea lock leaks. The gate opens.", "The gate leaks.")).values():
        assert draft.score == pytest.approx(sum(draft.features.values()), abs=1e-3)


def test_ranks_are_complete_and_follow_the_score():
    drafts = list(
        terms(document("The sea lock is open. A sea lock leaks. The gate opens.", "The gate leaks.")).values()
    )
    assert [draft.rank for draft in drafts] == list(range(1, len(drafts) + 1))
    assert [draft.score for draft in drafts] == sorted((draft.score for draft in drafts), reverse=True)


def test_a_part_of_one_longer_term_is_kept_but_not_suggested():
    found = terms(document("The stop log is in. A stop log is out. Each stop log is heavy. All stop logs are here."))
    assert found["stop log"].suggested
    assert not found["stop"].suggested


@pytest.mark.parametrize(("supported", "suggested"), [(0, 0), (10, 10), (225, 60), (1400, 150), (9000, 300)])
def test_how_many_are_suggested(supported, suggested):
    assert suggested_count(supported) == suggested


@pytest.mark.parametrize(
    ("count", "defined", "least"),
    [(0, 0.0, -math.inf), (49, 0.0, -math.inf), (50, 0.0, 4.3), (50, 0.5, -math.inf), (150, 0.5, 6.0), (150, 0.8, 5.0)],
)
def test_the_longer_the_list_the_more_must_speak_for_a_term(count: int, defined: float, least: float) -> None:
    assert _least(count, defined) == least


def test_words_of_any_manual_are_common_nouns_and_not_suggested():
    found = terms(
        document(*(f"The option opens the sluice. Sluice gate {number} has an option." for number in range(9)))
    )
    assert found["option"].category is Category.COMMON_NOUN
    assert not found["option"].suggested
    assert found["sluice"].category is Category.TECHNICAL_TERM
    assert found["sluice"].suggested


def test_terms_survive_as_bytes():
    drafts = list(terms(document("The sea lock is open. A sea lock leaks.")).values())
    assert list(unpack_terms(pack_terms(drafts))) == drafts


def test_the_version_of_a_program_is_no_term():
    text = document("The Sluice-2.10 opens. Use Sluice-2.10 here. Open a sluice. The sluice is rusty.")
    assert "sluice 2.10" in observe(text, tokenize(text, "auto")).candidates
    assert [key for key in terms(text) if "2.10" in key] == []
    assert "sluice" in terms(text)
