"""The candidates of all documents together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from genglossary_gui.core.keys import has_japanese, term_key
from genglossary_gui.core.terms.analysis import Analysis, Count, FoundDefinition, add
from genglossary_gui.core.terms.names import is_name
from genglossary_gui.core.terms.spellings import same_spellings

_RARE = 10
_LEAST_LINKED = 3
"""Occurrences of a name with の."""
_STRONG_SHARE = 0.7
"""An abbreviation is joined with its long form when at least this share of its expansions names that one."""
_CLEAR = 0.6
"""Weight from which a definition makes its head a candidate though it is no noun phrase."""


@dataclass(slots=True)
class Candidate:
    """One term with everything counted of it; ``keys`` are those of its spellings (several after joining)."""

    key: str
    words: tuple[str, ...]
    language: str
    form: str = ""
    counts: list[int] = field(default_factory=lambda: [0] * len(Count))
    surfaces: dict[str, list[int]] = field(default_factory=dict)
    defined: dict[str, list[float]] = field(default_factory=dict)
    """Rule → [sum, highest] of the weights of the passages that it found."""
    keys: tuple[str, ...] = ()
    spellings: frozenset[str] = frozenset()
    """Those of ``keys`` that spell the term as ``key`` does; the others belong to an abbreviation or a long form."""
    long_forms: dict[str, int] = field(default_factory=dict)
    """How an abbreviation was spelled out, where that is no candidate of its own."""

    @property
    def frequency(self) -> int:
        return self.counts[Count.FREQUENCY]


@dataclass(slots=True)
class Collection:
    """All candidates of a project by key."""

    candidates: dict[str, Candidate] = field(default_factory=dict)
    expansions: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    abbreviated: set[str] = field(default_factory=set)
    joined: dict[str, str] = field(default_factory=dict)
    """Key of a candidate that became part of another → key of that one."""

    def find(self, key: str) -> Candidate | None:
        """The candidate that has ``key`` among its keys."""
        while key in self.joined:
            key = self.joined[key]
        return self.candidates.get(key)


def collect(analyses: Iterable[Analysis]) -> Collection:
    """The sum of all documents; their order has no influence."""
    total = Collection()
    definitions: list[FoundDefinition] = []
    for analysis in analyses:
        _add_analysis(total, analysis)
        definitions.extend(analysis.definitions)
    _drop_loose(total)
    # Only now: what a document defines may be a candidate of another one.
    _add_defined(total, definitions)
    for found in definitions:
        candidate = total.candidates.get(found.head)
        if candidate is not None:
            _add_weight(candidate.defined, found.rule, found.weight, found.weight)
    _join_spellings(total)
    _join_abbreviations(total)
    return total


def _add_analysis(total: Collection, analysis: Analysis) -> None:
    for key, seen in analysis.candidates.items():
        candidate = total.candidates.get(key)
        if candidate is None:
            candidate = total.candidates[key] = Candidate(
                key, seen.words, seen.language, keys=(key,), spellings=frozenset((key,))
            )
        # One key can come from different cuts (データ｜ベース): the choice must not depend on the order.
        if seen.words != candidate.words:
            candidate.words = max(candidate.words, seen.words, key=lambda words: (len(words), words))
        candidate.language = max(candidate.language, seen.language)
        candidate.form = max(candidate.form, seen.form)
        add(candidate.counts, seen.counts)
        for surface, counts in seen.surfaces.items():
            add(candidate.surfaces.setdefault(surface, [0, 0]), counts)
    for short, long in analysis.abbreviations:
        total.expansions[short][long] += 1


def _drop_loose(total: Collection) -> None:
    """Leaves of two nouns with の between them only those of which the first hardly stands anywhere else: 虚ろの王."""
    for key, candidate in list(total.candidates.items()):
        if _is_linked(key, candidate.words):
            owner = total.candidates.get(candidate.words[0])
            others = owner.frequency - candidate.frequency if owner else 0
            if candidate.frequency < _LEAST_LINKED or others > candidate.frequency:
                del total.candidates[key]


def _is_linked(key: str, words: tuple[str, ...]) -> bool:
    if len(words) != 2 or "の" not in key:
        return False
    before, after = words
    return key.startswith(before) and key.endswith(after) and "の" in key[len(before) : -len(after)]


def _add_defined(total: Collection, definitions: Iterable[FoundDefinition]) -> None:
    """A defined phrase that is no noun phrase (“chart of accounts”) is a candidate, counted where it is defined."""
    named: dict[str, Candidate] = {}
    for found in definitions:
        if found.head in total.candidates or found.weight < _CLEAR or not is_name(found.surface, found.rule):
            continue
        candidate = named.get(found.head)
        if candidate is None:
            language = "ja" if has_japanese(found.head) else "en"
            words = tuple(found.head.split())
            candidate = Candidate(found.head, words, language, keys=(found.head,), spellings=frozenset((found.head,)))
            named[found.head] = candidate
        candidate.counts[Count.FREQUENCY] += 1
        candidate.counts[Count.PARAGRAPH] += 1
        candidate.surfaces.setdefault(found.surface, [0, 0])[1] += 1
    total.candidates.update(named)


def _join_spellings(total: Collection) -> None:
    """Make one candidate of the spellings of a term, under the most frequent of them."""
    forms = {key: candidate.form or key for key, candidate in total.candidates.items()}
    for keys in same_spellings(forms):
        kept, *others = sorted((total.candidates[key] for key in keys), key=lambda c: (-c.frequency, c.key))
        for gone in others:
            _absorb(kept, gone)
            del total.candidates[gone.key]
            total.joined[gone.key] = kept.key
        kept.spellings = frozenset(keys)


def _join_abbreviations(total: Collection) -> None:
    """Make one candidate of an abbreviation and its long form, under the more frequent of the two."""
    for short, spelled in sorted(total.expansions.items()):
        by_key: dict[str, Counter[str]] = defaultdict(Counter)
        for long, count in spelled.items():
            by_key[term_key(long)][long] += count
        long_key, forms = max(by_key.items(), key=lambda pair: (pair[1].total(), pair[0]))
        brief = total.find(term_key(short))
        if brief is None or forms.total() < _STRONG_SHARE * spelled.total() or long_key == brief.key:
            continue
        # The letters of アプリケーション（SDK） do not tell that one is the other's name.
        if has_japanese(long_key) and forms.total() == 1 and brief.frequency > _RARE:
            continue
        total.abbreviated.add(brief.key)
        full = total.find(long_key)
        if full is None:
            brief.long_forms.update(forms)
        elif not set(full.keys) & set(brief.keys):
            kept, gone = sorted((brief, full), key=lambda c: (-c.frequency, c.key))
            total.abbreviated.add(kept.key)
            _absorb(kept, gone)
            del total.candidates[gone.key]
            total.joined[gone.key] = kept.key


def _absorb(kept: Candidate, gone: Candidate) -> None:
    add(kept.counts, gone.counts)
    for surface, counts in gone.surfaces.items():
        add(kept.surfaces.setdefault(surface, [0, 0]), counts)
    for rule, (total, highest) in gone.defined.items():
        _add_weight(kept.defined, rule, total, highest)
    kept.long_forms.update(gone.long_forms)
    kept.keys = (*kept.keys, *gone.keys)


def _add_weight(defined: dict[str, list[float]], rule: str, total: float, highest: float) -> None:
    before = defined.get(rule, (0.0, 0.0))
    # Rounded, so that the order of documents cannot show in the last digit of a sum.
    defined[rule] = [round(before[0] + total, 6), max(before[1], highest)]
