from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genglossary_gui.core.exchange.text_diff import Segment, SegmentKind, diff

_WORDS = st.lists(
    st.sampled_from(["a", "heavy", " ", "  ", "\n", "米", "麹菌", "を", "とは", "デンプン", "が", "゙", "é", ".", "👩‍👧"])
)
_TEXT = st.one_of(st.text(), _WORDS.map("".join))


def marked(first: str, second: str) -> str:
    marks = {SegmentKind.SAME: "{}", SegmentKind.REMOVED: "[-{}-]", SegmentKind.ADDED: "[+{}+]"}
    return "".join(marks[segment.kind].format(segment.text) for segment in diff(first, second))


def without(segments: tuple[Segment, ...], kind: SegmentKind) -> str:
    return "".join(segment.text for segment in segments if segment.kind is not kind)


@given(_TEXT, _TEXT)
@example("a heavy beam", "a light beam")
@example("水にはは", "水には")
def test_both_texts_are_in_it(first: str, second: str) -> None:
    segments = diff(first, second)
    assert without(segments, SegmentKind.ADDED) == first
    assert without(segments, SegmentKind.REMOVED) == second


@given(_TEXT, _TEXT)
@example("a b c, and so on", "x y z, and so on")
@example("b a b", "b b a")
def test_the_way_back_is_the_mirror(first: str, second: str) -> None:
    def in_order(segments: tuple[Segment, ...]) -> list[list[Segment]]:
        """Gap by gap, since the removed part stands first in both directions."""
        gaps: list[list[Segment]] = [[]]
        for segment in segments:
            if segment.kind is SegmentKind.SAME:
                gaps += [[segment], []]
            else:
                gaps[-1].append(segment)
        return [sorted(gap, key=lambda segment: segment.kind) for gap in gaps]

    back = tuple(segment.mirrored() for segment in diff(second, first))
    assert in_order(back) == in_order(diff(first, second))


@given(_TEXT, _TEXT)
def test_no_segment_could_be_one_with_its_neighbour(first: str, second: str) -> None:
    segments = diff(first, second)
    assert all(segment.text for segment in segments)
    allowed = {("same", "removed"), ("same", "added"), ("removed", "added"), ("removed", "same"), ("added", "same")}
    assert {(left.kind, right.kind) for left, right in pairwise(segments)} <= allowed


@given(_TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert diff(text, text) == ((Segment(SegmentKind.SAME, text),) if text else ())


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("a stop log is heavy", "a stop log is light", "a stop log is [-heavy-][+light+]"),
        ("it can't stop", "it can stop", "it [-can't-][+can+] stop"),
        ("about 0.75 metres", "about 0.80 metres", "about [-0.75-][+0.80+] metres"),
        ("one two at the end", "three four at the end", "[-one two-][+three four+] at the end"),
        ("a weir is a dam", "water flows to the sea", "[-a weir is a dam-][+water flows to the sea+]"),
        ("蒸した米の上で育つ", "蒸した麦の上で育つ", "蒸した[-米-][+麦+]の上で育つ"),
        ("でんぷんを変える", "デンプンを変える", "[-でんぷん-][+デンプン+]を変える"),
        ("微生物である。", "カビである。", "[-微生物-][+カビ+]である。"),
        ("育てたものである。", "育てたものです。", "育てたもので[-ある-][+す+]。"),
        ("水に入れる", "水へも入れる", "水[-に-][+へも+]入れる"),
        ("cafe\u0301 bar", "cafe bar", "[-cafe\u0301-][+cafe+] bar"),
        ("", "new", "[+new+]"),
    ],
)
def test_words_are_replaced_as_a_whole(first: str, second: str, expected: str) -> None:
    assert marked(first, second) == expected


def test_ten_thousand_characters_are_aligned() -> None:
    first = "。".join(f"第{n}条" for n in range(2000))
    assert len(diff(first, first.replace("1000条", "千条"))) == 4
    assert len(diff("か。、" * 3000, "き。、" * 3000)) == 9000


def test_what_is_too_long_to_align_is_replaced() -> None:
    first, second = "a " * 10_001, "b " * 10_001
    assert [segment.text for segment in diff(first, second)] == [first, second]
