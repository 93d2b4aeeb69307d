"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_KANJI = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_HIRAGANA = "\u3041-\u3091\u3093-\u309f"
"""Without を, which stands between words only."""
_KATAKANA = "\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_LETTER = rf"[^\W{_KANJI}\u3041-\u309f{_KATAKANA}]"
# Accents, voicing marks and the parts of an emoji belong to what stands before them.
_ATTACHED = "(?:[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.)"
_UNITS = re.compile(
    rf"\s+|{_LETTER}(?:{_LETTER}|{_ATTACHED}|['’.\-](?={_LETTER}))*"
    rf"|(?:[{_KANJI}]{_ATTACHED}*)+|(?:[{_HIRAGANA}]{_ATTACHED}*)+|(?:[{_KATAKANA}]{_ATTACHED}*)+|.{_ATTACHED}*",
    re.DOTALL,
)
_LEADING_KANA = re.compile(f"[{_HIRAGANA}]+")
_MOST = 100_000_000
"""Pairs of units that are aligned: two texts of 10,000 units each, for which 12 MB of memory are needed."""

_LEAST_SHARED = 0.4
"""Texts that share less of their characters are two different texts: a reader makes nothing of scattered words."""


class SegmentKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that both have, or that only the first (removed) or the second (added) has."""

    kind: SegmentKind
    text: str

    def mirrored(self) -> Segment:
        """The segment as seen from the other text."""
        return Segment(_MIRRORED[self.kind], self.text)


_MIRRORED = {
    SegmentKind.SAME: SegmentKind.SAME,
    SegmentKind.REMOVED: SegmentKind.ADDED,
    SegmentKind.ADDED: SegmentKind.REMOVED,
}


def diff(first: str, second: str) -> tuple[Segment, ...]:
    """The way from ``first`` to ``second``, aligned with as few changed units as possible.

    Units are words; of Japanese, runs of one script (kanji, hiragana, katakana), which are close to words and need no
    dictionary.  What is not added is ``first``, what is not removed is ``second``; between two stretches that both
    have, the removed one stands first.  ``diff(b, a)`` is the mirror of ``diff(a, b)``.  Texts that share little,
    and those too long to align (over 10,000 units each), are one removed and one added segment.
    """
    if second < first:
        return tuple(_joined(segment.mirrored() for segment in diff(second, first)))
    segments = list(_joined(_narrowed(_joined(_aligned(first, second)))))
    shared = sum(len(segment.text) for segment in segments if segment.kind is SegmentKind.SAME)
    if shared < _LEAST_SHARED * max(len(first), len(second)):
        segments = list(_filled("", first, second))
    return tuple(_joined(_bridged(segments)))


def _aligned(first: str, second: str) -> Iterator[Segment]:
    before, after = _UNITS.findall(first), _UNITS.findall(second)
    if first != second and len(before) * len(after) > _MOST:
        yield Segment(SegmentKind.REMOVED, first)
        yield Segment(SegmentKind.ADDED, second)
        return
    numbers: dict[str, int] = {}
    codes = [[numbers.setdefault(unit, len(numbers)) for unit in units] for units in (before, after)]
    # Imported when it is needed: the window opens sooner without it.
    from rapidfuzz.distance import Indel

    for step in Indel.opcodes(*codes):
        old, new = "".join(before[step.src_start : step.src_end]), "".join(after[step.dest_start : step.dest_end])
        if step.tag == "equal":
            yield Segment(SegmentKind.SAME, old)
        else:
            yield Segment(SegmentKind.REMOVED, old)
            yield Segment(SegmentKind.ADDED, new)


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Between two that are the same at most one removed and then one added; none is empty."""
    removed = added = same = ""
    for segment in segments:
        if segment.kind is SegmentKind.SAME:
            if removed or added:
                yield from _filled(same, removed, added)
                removed = added = same = ""
            same += segment.text
        elif segment.kind is SegmentKind.REMOVED:
            removed += segment.text
        else:
            added += segment.text
    yield from _filled(same, removed, added)


def _filled(same: str, removed: str, added: str) -> Iterator[Segment]:
    texts = ((SegmentKind.SAME, same), (SegmentKind.REMOVED, removed), (SegmentKind.ADDED, added))
    return (Segment(kind, text) for kind, text in texts if text)


def _narrowed(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Hiragana that both sides of a replacement begin or end with is the same: endings and particles have no gaps."""
    removed = ""
    for segment in segments:
        if segment.kind is SegmentKind.REMOVED:
            removed = segment.text
            continue
        if segment.kind is SegmentKind.ADDED:
            added = segment.text
            start = _shared_kana(removed, added)
            end = _shared_kana(removed[start:][::-1], added[start:][::-1])
            yield Segment(SegmentKind.SAME, added[:start])
            yield Segment(SegmentKind.REMOVED, removed[start : len(removed) - end])
            yield Segment(SegmentKind.ADDED, added[start : len(added) - end])
            yield Segment(SegmentKind.SAME, added[len(added) - end :])
        else:
            yield Segment(SegmentKind.REMOVED, removed)
            yield segment
        removed = ""
    yield Segment(SegmentKind.REMOVED, removed)


def _shared_kana(first: str, second: str) -> int:
    """How many characters of hiragana both begin with."""
    from rapidfuzz.distance import Prefix

    found = _LEADING_KANA.match(first, 0, Prefix.similarity(first, second))
    return found.end() if found else 0


def _bridged(segments: list[Segment]) -> Iterator[Segment]:
    """Words replaced one after the other are one replacement: a blank between them does not part them."""
    for position, segment in enumerate(segments):
        is_blank = segment.kind is SegmentKind.SAME and segment.text.isspace()
        around = segments[max(position - 2, 0) : position], segments[position + 1 : position + 3]
        if is_blank and all(map(_is_replacement, around)):
            yield Segment(SegmentKind.REMOVED, segment.text)
            yield Segment(SegmentKind.ADDED, segment.text)
        else:
            yield segment


def _is_replacement(pair: list[Segment]) -> bool:
    return [segment.kind for segment in pair] == [SegmentKind.REMOVED, SegmentKind.ADDED]
