import msgpack
import pytest

from genglossary_gui.core.terms.analysis import Analysis, Count, FoundDefinition, FoundPassage, pack, unpack
from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import BlockKind, DocumentText, SpanKind
from tests.core.terms.helpers import document


def analysed(text: DocumentText, *definitions: FoundDefinition) -> Analysis:
    return observe(text, tokenize(text, "auto"), definitions)


@pytest.fixture
def lock() -> Analysis:
    return analysed(
        document(
            (BlockKind.HEADING, "The sea lock"),
            "A sea lock joins the harbour and the sea. The old sea lock leaks, and `sea_lock()` fails.",
            (BlockKind.TERM, "sea lock"),
            (BlockKind.TABLE_ROW, "sea lock\tsmall"),
            spans=((SpanKind.BOLD, "A sea lock"),),
        )
    )


@pytest.mark.parametrize(
    ("count", "value"),
    [
        (Count.FREQUENCY, 5),
        (Count.HEADING, 1),
        (Count.WHOLE_HEADING, 1),
        (Count.TERM, 1),
        (Count.MARKED, 1),
        (Count.SUBJECT, 1),
        (Count.TABLE, 1),
        (Count.NESTED, 1),
        (Count.PARAGRAPH, 4),
    ],
)
def test_where_a_candidate_stands_is_counted(lock, count, value):
    assert lock.candidates["sea lock"].counts[count] == value


@pytest.mark.parametrize(
    ("count", "value"), [(Count.HEAD, 4), (Count.INDEFINITE, 1), (Count.DETERMINED, 3), (Count.QUOTED, 1)]
)
def test_words_before_a_noun_phrase_are_counted(count: Count, value: int) -> None:
    text = "A gate is old. The big gate is here. We like your gate. They say “gate” here. The gate keeper is old."
    assert analysed(document((BlockKind.HEADING, "A gate"), text)).candidates["gate"].counts[count] == value


@pytest.mark.parametrize(("count", "value"), [(Count.HEAD, 3), (Count.JOINED, 1), (Count.DONE, 1)])
def test_words_after_a_japanese_noun_phrase_are_counted(count: Count, value: int) -> None:
    text = document("圧縮と展開を使う。圧縮する。圧縮を使う。圧縮機能を使う。")
    assert analysed(text).candidates["圧縮"].counts[count] == value


def test_what_stands_in_the_definition_of_another_term_is_counted() -> None:
    text = document("A sluice is a gate that holds water.", "A gate leaks. The sluice gate is old.")
    place = FoundPassage(0, 36, 1, "A sluice is a gate that holds water.")
    seen = analysed(text, FoundDefinition("sluice", "sluice", place, 0.9, "copula")).candidates
    assert seen["gate"].counts[Count.EXPLAINS] == 1
    assert seen["sluice"].counts[Count.EXPLAINS] == seen["sluice gate"].counts[Count.EXPLAINS] == 0


def test_what_hardly_defines_is_explained_by_nothing() -> None:
    place = FoundPassage(0, 36, 1, "A sluice is a gate that holds water.")
    weak = FoundDefinition("sluice", "sluice", place, 0.3, "copula")
    seen = analysed(document("A sluice is a gate that holds water."), weak).candidates
    assert seen["gate"].counts[Count.EXPLAINS] == 0


def test_words_in_code_are_marked_as_code():
    seen = analysed(document("The lock is called gate here.", spans=((SpanKind.CODE, "gate"),)))
    assert seen.candidates["gate"].counts[Count.CODE] == 1


def test_expressions_in_code_are_no_candidates():
    seen = analysed(document("Call gate.open(lock) now.", spans=((SpanKind.CODE, "gate.open(lock)"),)))
    assert "lock" not in seen.candidates


def test_passages_are_whole_sentences_with_their_line(lock):
    place = lock.passages[lock.candidates["sea lock"].passages[0]]
    assert (place.text, place.line) == ("A sea lock joins the harbour and the sea.", 2)


def test_of_a_very_long_sentence_the_words_around_the_occurrence_are_kept():
    text = document("The harbour has gates " + "and many other fine things " * 60 + "beside a sluice that leaks badly.")
    seen = analysed(text)
    (number,) = seen.candidates["sluice"].passages
    passage = seen.passages[number]
    assert "sluice" in passage.text
    assert len(passage.text) <= 320
    assert text.text[passage.start : passage.end] == passage.text


def test_bytes_hold_everything_and_only_data(lock):
    assert unpack(pack(lock)) == lock


def test_lone_surrogates_survive():
    seen = analysed(document("A gate \ud800 leaks."))
    assert unpack(pack(seen)) == seen


def test_foreign_bytes_are_refused():
    import zlib

    with pytest.raises(ValueError, match="unpack"):
        unpack(zlib.compress(msgpack.packb([1, 2])))  # pyright: ignore[reportArgumentType]
