"""What differs between the results of two runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from genglossary_gui.core.exchange.text_diff import Segment, SegmentKind, diff
from genglossary_gui.core.glossary import Entry

_CONFIDENCE = 0.05
"""A smaller change of a confidence says nothing."""


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Aspect(StrEnum):
    """What of an entry changed."""

    DEFINITION = "definition"
    SPELLING = "spelling"
    """The headword."""
    CATEGORY = "category"
    CONFIDENCE = "confidence"
    """By more than 0.05."""
    EVIDENCE = "evidence"
    """The passages that the definition rests on, whatever their order."""
    SUGGESTED = "suggested"
    """Only where all candidates are compared; else it makes a term added or removed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One term that differs.

    ``before``/``after``: the entry in the first/second run, None where the term is not even a candidate.  So an
    added term with a ``before`` was a candidate already and is suggested now; for a removed one with an ``after``
    it is the reverse.
    """

    kind: Kind
    before: Entry | None
    after: Entry | None
    aspects: tuple[Aspect, ...] = ()

    @property
    def entry(self) -> Entry:
        """The newer entry of the term; of a removed one the older."""
        entry = self.before if self.kind is Kind.REMOVED else self.after
        assert entry is not None
        return entry

    def wording(self) -> tuple[Segment, ...]:
        """From the definition before to the one after."""
        return diff(_definition(self.before), _definition(self.after))

    def evidence(self) -> tuple[Segment, ...]:
        """The passages of both, one segment each: removed ones, those that stayed, added ones."""
        before, after = _evidence(self.before), _evidence(self.after)
        parts = (
            (SegmentKind.REMOVED, before.keys() - after.keys(), before),
            (SegmentKind.SAME, before.keys() & after.keys(), before),
            (SegmentKind.ADDED, after.keys() - before.keys(), after),
        )
        return tuple(
            Segment(kind, text) for kind, chosen, texts in parts for place, text in texts.items() if place in chosen
        )

    def mirrored(self) -> Difference:
        return Difference(_MIRRORED[self.kind], self.after, self.before, self.aspects)


_MIRRORED = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}


@dataclass(frozen=True)
class Comparison:
    """``differences`` by rank (the better of the two).  ``unchanged`` counts the other terms, ``moved`` those of
    them that stand at another rank: when one term comes in, all below it move, so that alone is no change."""

    differences: tuple[Difference, ...]
    unchanged: int
    moved: int

    @cached_property
    def groups(self) -> Mapping[Kind, tuple[Difference, ...]]:
        """The differences of every kind."""
        return {kind: tuple(each for each in self.differences if each.kind is kind) for kind in Kind}

    @property
    def added(self) -> tuple[Difference, ...]:
        return self.groups[Kind.ADDED]

    @property
    def removed(self) -> tuple[Difference, ...]:
        return self.groups[Kind.REMOVED]

    @property
    def changed(self) -> tuple[Difference, ...]:
        return self.groups[Kind.CHANGED]

    def mirrored(self) -> Comparison:
        """The comparison of the second with the first, in the same order."""
        return Comparison(tuple(each.mirrored() for each in self.differences), self.unchanged, self.moved)


def compare(first: Sequence[Entry], second: Sequence[Entry], *, everything: bool = False) -> Comparison:
    """How ``second`` differs from ``first``: suggested terms, or all candidates if ``everything``.

    Terms are matched by key.  ``compare(b, a)`` is the mirror of ``compare(a, b)``.
    """
    before, after = _by_key(first), _by_key(second)
    differences: list[Difference] = []
    unchanged = moved = 0
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        kind = _kind(_counts(old, everything), _counts(new, everything))
        if kind is None:
            continue
        if old is None or new is None or kind is not Kind.CHANGED:
            differences.append(Difference(kind, old, new))
        elif aspects := tuple(_aspects(old, new)):
            differences.append(Difference(kind, old, new, aspects))
        else:
            unchanged += 1
            moved += old.term.rank != new.term.rank
    return Comparison(tuple(sorted(differences, key=_order)), unchanged, moved)


def _by_key(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.term.key: entry for entry in entries}


def _counts(entry: Entry | None, everything: bool) -> bool:
    return entry is not None and (everything or entry.term.suggested)


def _kind(was_there: bool, is_there: bool) -> Kind | None:
    if was_there and is_there:
        return Kind.CHANGED
    if was_there:
        return Kind.REMOVED
    return Kind.ADDED if is_there else None


def _aspects(old: Entry, new: Entry) -> Iterable[Aspect]:
    was, now = old.definition, new.definition
    if was.text != now.text:
        yield Aspect.DEFINITION
    if old.term.term != new.term.term:
        yield Aspect.SPELLING
    if old.term.category is not new.term.category:
        yield Aspect.CATEGORY
    # Rounded: 0.85 - 0.8 is a little less, 0.35 - 0.3 a little more than 0.05.
    if was.text and now.text and round(abs(was.confidence - now.confidence), 9) > _CONFIDENCE:
        yield Aspect.CONFIDENCE
    if _evidence(old).keys() != _evidence(new).keys():
        yield Aspect.EVIDENCE
    if old.term.suggested is not new.term.suggested:
        yield Aspect.SUGGESTED


def _definition(entry: Entry | None) -> str:
    return entry.definition.text if entry else ""


def _evidence(entry: Entry | None) -> dict[tuple[int, str], str]:
    """(document, text) → text: the same words may stand on another line of a document that was edited elsewhere."""
    passages = entry.definition.evidence if entry else ()
    return {(passage.document_id, passage.text): passage.text for passage in passages}


def _order(difference: Difference) -> tuple[int, int, str]:
    terms = [entry.term for entry in (difference.before, difference.after) if entry]
    ranks = [term.rank for term in terms]
    return min(ranks), max(ranks), terms[0].key
