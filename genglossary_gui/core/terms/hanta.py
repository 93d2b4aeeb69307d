"""HanTa's answers in a fraction of its time.

HanTa walks over all stretches of a word that could be a stem or an ending, and weighs a stretch anew as each of the
kinds of parts that may stand there, on each way that leads to it.  Most kinds have a few members only: here a stretch
is looked up once for all of them, and weighed once as one of the kinds that take any stretch.  The sums are made in
the same order, so that the answers are the same to the last digit, which a test holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from genglossary_gui.core.terms.without_numpy import stand_in_for_numpy

_MODEL = "morphmodel_en.pgz"
_EMPTY, _START = 0, 1
_NEVER = -1e6
"""What weighs less cannot be."""
_WAYS, _BEHIND = 3, 1
"""So many ways are followed from a place in the word, and those that are not further behind."""
_SHORT_WORD, _SHORT_STRETCH = 4, 2
"""In longer words than that shorter stretches are parts only where they are known."""
_UNKNOWN_WHOLE = 4.6
"""What a word costs that is one part which nobody knows."""
_LONGEST_KNOWN = 24
_ENDING = 4

_Ends = list[tuple[int, float]]
"""Where the stretches end that begin at one place and can be of one kind, with their weights."""


@lru_cache(maxsize=1)
def tagger() -> Any:
    """HanTa with its English model."""
    with stand_in_for_numpy():
        from HanTa import HanoverTagger  # loads its model of 2 MB: only where English is read

        class Tagger(HanoverTagger.HanoverTagger):
            def __init__(self) -> None:
                super().__init__(_MODEL)
                self._ways = _Ways(self, HanoverTagger.logaddexp)

            def analyze_forward(self, word: str) -> list[tuple[int, float]]:
                return self._ways.tags(word) or [(HanoverTagger.UNKNOWN, 0)]

        return Tagger()


class _Ways:
    """All ways to take a word apart.  Weights are logarithms of likelihoods."""

    def __init__(self, model: Any, add: Any) -> None:
        self._add = add
        self._next, self._last = model.LP_trans_nonfinal, model.LP_trans_final
        is_open = model.LP_hapax_t.keys() & model.LP_s_t.keys()
        self._open = {kind: _OpenKind(model, kind) for kind in model.LP_m_t if kind in is_open}
        self._closed: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for kind, parts in model.LP_m_t.items():
            for part, weight in parts.items() if kind not in is_open else ():
                self._closed[part].append((kind, weight))

    def tags(self, word: str) -> list[tuple[int, float]]:
        """The parts of speech that ``word`` can be, the likeliest first, each with its weight."""
        length = len(word)
        rows: list[dict[tuple[int, int], float]] = [{} for _place in range(length + 1)]
        rows[0][_EMPTY, _START] = 0
        for place in range(length):
            if rows[place]:
                self._go_on(word, place, rows)
        ends: dict[tuple[int, int], float] = {}
        for state, so_far in rows[length].items():
            for kind, step in self._last.get(state, ()):
                total, reached = so_far + step, (state[1], kind)
                if total > ends.get(reached, _NEVER):
                    ends[reached] = total
        found: dict[int, float] = {}
        for (_before, kind), total in ends.items():
            found[-kind] = self._add(found[-kind], total) if -kind in found else total
        return sorted(found.items(), key=itemgetter(1), reverse=True)

    def _go_on(self, word: str, place: int, rows: Sequence[dict[tuple[int, int], float]]) -> None:
        """Note in ``rows`` what is reached from ``place`` by one part."""
        row, open_kinds = rows[place], self._open
        least = sorted(row.values(), reverse=True)[_WAYS] - _BEHIND if len(row) > _WAYS else _NEVER
        stretches = [(end, word[place:end]) for end in range(place + 1, len(word) + 1)]
        weighed = self._known(stretches)
        for state, so_far in row.items():
            if so_far < least:
                continue
            for kind, step in self._next.get(state, ()):
                ends = weighed.get(kind)
                if ends is None:
                    if kind not in open_kinds:
                        continue
                    ends = weighed[kind] = open_kinds[kind].ends(stretches, len(word))
                before, reached = so_far + step, (state[1], kind)
                for end, weight in ends:
                    total, target = before + weight, rows[end]
                    if total > target.get(reached, _NEVER):
                        target[reached] = total

    def _known(self, stretches: Sequence[tuple[int, str]]) -> dict[int, _Ends]:
        """Those that are of a kind with few members, by kind."""
        known, found = self._closed.get, defaultdict[int, _Ends](list)
        for end, stretch in stretches:
            for kind, weight in known(stretch, ()):
                found[kind].append((end, weight))
        return dict(found)


class _OpenKind:
    """A kind of parts of which any stretch can be one, by its length and its ending."""

    def __init__(self, model: Any, kind: int) -> None:
        self._known = model.LP_m_t[kind].get
        self._endings = model.LP_s_t[kind]
        of_kind, lengths = model.Int_t + model.LP_hapax_t[kind], model.LP_len_t[kind]
        self._lengths = [of_kind + lengths[length] for length in range(_LONGEST_KNOWN + 1)]
        self._of_short: dict[str, float] = {}
        """Weights of the endings of stretches that are no longer than an ending."""
        self._of_long: dict[str, float] = {}

    def ends(self, stretches: Sequence[tuple[int, str]], length: int) -> _Ends:
        """Of all ``stretches`` of a word of ``length`` that can be one."""
        found: _Ends = []
        known, lengths, shortest = self._known, self._lengths, 0 if length < _SHORT_WORD else _SHORT_STRETCH
        for end, stretch in stretches:
            weight = known(stretch)
            if weight is None:
                size = len(stretch)
                if size <= shortest:
                    continue
                tail, endings = stretch[-_ENDING:], self._of_long if size > _ENDING else self._of_short
                ending = endings.get(tail)
                if ending is None:
                    ending = endings[tail] = self._ending(stretch)
                weight = lengths[size if size < _LONGEST_KNOWN else _LONGEST_KNOWN] + ending
                if size == length:
                    weight -= _UNKNOWN_WHOLE
            found.append((end, weight))
        return found

    def _ending(self, stretch: str) -> float:
        for letters in range(min(_ENDING, len(stretch) - 1), 0, -1):
            if stretch[-letters:] in self._endings:
                return self._endings[stretch[-letters:]]
        return self._endings[""]
