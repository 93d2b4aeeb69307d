from __future__ import annotations

from genglossary_gui.core.definitions.compose import compose
from genglossary_gui.core.definitions.contexts import best_first
from genglossary_gui.core.glossary import Passage, PassageKind, TermDraft

SPEAKING = "A sluice lets the water of a basin flow into the sea."
SLIDER = "The slider allows you to set how far the sluice is open."
LABELLED = "Sluice angle: it is measured from the wall."
ASKING = "Open the sluice before the tide turns."
MENTIONING = "The keeper of a canal looks after each sluice."


def context(text: str) -> Passage:
    return Passage(1, 0, len(text), 1, text, PassageKind.CONTEXT, 0.5, "")


def texts(*contexts: str, names: tuple[str, ...] = ("sluice",)) -> list[str]:
    return [passage.text for passage in best_first([context(text) for text in contexts], names)]


def test_a_sentence_about_the_term_comes_before_one_that_mentions_it() -> None:
    assert texts(MENTIONING, SPEAKING) == [SPEAKING, MENTIONING]


def test_what_is_said_of_a_slider_or_asked_for_comes_last() -> None:
    assert texts(SLIDER, ASKING, LABELLED, MENTIONING)[0] == MENTIONING
    assert texts(SLIDER, MENTIONING, SPEAKING)[-1] == SLIDER


def test_others_keep_their_order() -> None:
    assert texts(MENTIONING, MENTIONING.upper(), names=("weir",)) == [MENTIONING, MENTIONING.upper()]
    assert texts("水門は重い。", "水門を開ける。") == ["水門は重い。", "水門を開ける。"]


def test_where_nothing_defines_a_term_its_best_contexts_are_shown() -> None:
    shown = compose(
        TermDraft("sluice", "sluice", "en", 1.0, 1, 5, 1, True, passages=(context(SLIDER), context(MENTIONING)))
    )
    assert not shown.text
    assert [passage.text for passage in shown.evidence] == [MENTIONING, SLIDER]
