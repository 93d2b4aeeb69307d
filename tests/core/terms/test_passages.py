from __future__ import annotations

import pytest

from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.passages import PASSAGES, worth
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import Block, BlockKind, DocumentText

STEP = "Click the button to restart the gateway after every change of it."
CAPTION = "Gateway, Glossary Gauge, Gauges Graph, Graphs of the gateway Grid, The Grid"
CASE = "The old gateway was moved to another rack in the year before."
GENERAL = "A gateway connects two networks of different kinds."
LATE = "Between two networks of different kinds there often stands a gateway."


def shown(*texts: str) -> list[str]:
    """The passages of “gateway”, in order, in a document of these paragraphs."""
    blocks: list[Block] = []
    at = 0
    for text in texts:
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(text)))
        at += len(text) + 1
    document = DocumentText("\n".join(texts), tuple(blocks))
    analysis = observe(document, tokenize(document, "en"))
    return [analysis.passages[number].text for number in analysis.candidates["gateway"].passages]


def test_sentences_that_tell_most_come_first() -> None:
    assert shown(CAPTION, STEP, CASE, LATE, GENERAL)[:3] == [GENERAL, LATE, CASE]


def test_of_equal_sentences_the_first_mention_comes_first() -> None:
    others = [f"A gateway connects {number} networks of different kinds." for number in ("two", "three", "four")]
    assert shown(*others) == others


def test_a_name_has_few_passages_however_often_it_occurs() -> None:
    assert len(shown(*[f"{GENERAL} {LATE}"] * 9)) == PASSAGES


def test_a_poor_sentence_is_shown_where_there_is_no_better_one() -> None:
    assert shown(STEP) == [STEP]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (GENERAL, 2),
        ("ゲートウェイは、種類の違う二つの網をつなぐ装置です。", 2),
        (CASE, 1),
        ("ゲートウェイは昨年、別の棚に移しました。", 1),
        (STEP, 0),
        (CAPTION, 0),
        ("It connects two networks of different kinds.", 0),
        ("Restart the gateway of a network from time to time.", 0),
        ("gateway = open(<name>) | close", 0),
        ("> つまり、ゲートウェイは網をつなぎます。", 0),
    ],
)
def test_what_a_sentence_is_worth(text: str, value: int) -> None:
    assert worth(text) == value
