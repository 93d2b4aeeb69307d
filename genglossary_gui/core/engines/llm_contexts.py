"""Which passages of a term a model is shown: those that say most, from many documents, within a number of tokens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from genglossary_gui.core.engines.prompts import harmless, tokens
from genglossary_gui.core.glossary import Passage, PassageKind, TermDraft

LONGEST = 600
"""Characters of a passage that are shown."""
_LIKE = 85
"""Per cent of likeness from which a second passage says nothing new."""
_SAME_DOCUMENT = 0.6
"""What a further passage of a document is worth, each time."""
_WORD = re.compile(r"[a-z]{3,}|[\u4e00-\u9fff]+|[ァ-ヺー]{2,}")
_ENOUGH_WORDS = 14
_EARLY = 60
_DEFINES = 1.0
_MOST_LOOKED_AT = 60


def choose(term: TermDraft, *, most: int, budget: int) -> list[Passage]:
    """At most ``most`` passages that together take at most ``budget`` tokens (one is always there), best first.

    The same passages in another order give the same choice.
    """
    worth = {passage: _worth(passage, term) for passage in term.passages}
    left = sorted(worth, key=lambda p: (-worth[p], len(p.text), p.text, p.content_id, p.start))[:_MOST_LOOKED_AT]
    chosen: list[Passage] = []
    taken: Counter[int] = Counter()
    used = 0
    while left and len(chosen) < most:
        best = max(left, key=lambda p: worth[p] * _SAME_DOCUMENT ** taken[p.content_id])
        left.remove(best)
        size = tokens(shown(best))
        if not shown(best) or _is_repeated(best, chosen) or (chosen and used + size > budget):
            continue
        chosen.append(best)
        taken[best.content_id] += 1
        used += size
    return chosen


def shown(passage: Passage) -> str:
    """The words of a passage as a model sees them."""
    return harmless(passage.text, LONGEST)


def _worth(passage: Passage, term: TermDraft) -> float:
    """How much a passage says: a definition by its weight, a context by its words and how early it names the term."""
    text = passage.text.casefold()
    words = min(len(set(_WORD.findall(text))), _ENOUGH_WORDS) / _ENOUGH_WORDS
    place = text.find(term.term.casefold())
    early = 0.3 if 0 <= place < _EARLY else 0.0
    if passage.kind is PassageKind.DEFINITION:
        return _DEFINES + passage.weight + 0.1 * words
    return 0.6 * words + early + 0.1 * passage.weight


def _is_repeated(passage: Passage, chosen: Sequence[Passage]) -> bool:
    return any(fuzz.ratio(passage.text, other.text, score_cutoff=_LIKE) for other in chosen)
