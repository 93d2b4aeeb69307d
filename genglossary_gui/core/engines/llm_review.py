"""A review of the whole glossary by a model: which entries might concern each other is looked up, then judged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from genglossary_gui.core import i18n
from genglossary_gui.core.engines import llm_room
from genglossary_gui.core.engines.llm_asking import Request
from genglossary_gui.core.engines.llm_forms import Judgement
from genglossary_gui.core.engines.prompts import block, plain, prompt
from genglossary_gui.core.glossary import Entry, IssueDraft, IssueType
from genglossary_gui.core.issue_words import issue, issue_of_model
from genglossary_gui.core.review.mentions import mentions

BATCH = 5
MAX_TOKENS = 140 * BATCH
PAIRS_PER_ENTRY = 1.0
"""So many pairs are judged for each entry, the likeliest first: costs grow with the glossary, not with its square."""
_FEW_PAIRS = 20
_LIKE = 55
"""Per cent of likeness (rapidfuzz) from which two definitions are looked at together."""
_MENTION = 0.5
_BOTH = 0.2
_WORD = re.compile(r"[a-z0-9]{3,}|[\u4e00-\u9fff]{2}|[ァ-ヺー]{2,}")
_CROWD = 60
"""A word that more definitions hold leads to no pair."""
_NEIGHBOURS = 6
_LONGEST_TERM, _LONGEST_DEFINITION, _LONGEST_EXPLANATION = 120, 500, 300
_ANSWERED_IN = {"ja": "Japanese", "en": "English"}
_TASK = """\
Task: compare the two entries of each pair. Verdicts: "contradiction" (their definitions cannot both be true), \
"duplicate" (both entries explain the same thing and should be one), "missing_relation" (a reader of one needs the \
other, and neither names it), "nothing" (none of these; the usual case). Explain a verdict other than "nothing" in one \
short sentence in {language}, with the words of the definitions. Judge each pair by itself alone. Answer with one \
element for each id, such as "P1".
"""

Pair = tuple[Entry, Entry]


def pairs(entries: Iterable[Entry], checkpoint: Callable[[], None] = lambda: None) -> list[Pair]:
    """Entries that might contradict, repeat or need each other, the likeliest first; about one for each entry.

    ``checkpoint`` is called now and then; it may raise.
    """
    defined = [entry for entry in entries if entry.definition.text]
    worth: dict[tuple[int, int], float] = {}
    for first, second, likeness in _alike([entry.definition.text for entry in defined], checkpoint):
        worth[first, second] = likeness / 100
    numbers = {entry.term.key: number for number, entry in enumerate(defined)}
    for key, others in mentions(defined).items():
        for other in others:
            pair = min(numbers[key], numbers[other]), max(numbers[key], numbers[other])
            worth[pair] = worth.get(pair, _MENTION) + _BOTH
    most = max(_FEW_PAIRS, int(PAIRS_PER_ENTRY * len(defined)))
    best = sorted(worth, key=lambda pair: (-worth[pair], pair))[:most]
    return [(defined[first], defined[second]) for first, second in best]


def requests(found: Sequence[Pair], context_tokens: int = 0) -> Iterator[tuple[Request, tuple[Pair, ...]]]:
    """The questions about pairs, each with the pairs that it asks for."""
    language = _ANSWERED_IN.get(i18n.language(), "English")
    left = llm_room.room(context_tokens, MAX_TOKENS) - llm_room.size(prompt(_TASK.format(language=language), ""))
    for batch in llm_room.batches(found, _about, BATCH, left if context_tokens else llm_room.ANY):
        data = "".join(_about(number, pair) for number, pair in enumerate(batch, 1))
        key = "/".join(entry.term.key for entry in batch[0])
        yield Request(key, prompt(_TASK.format(language=language), data), Judgement, MAX_TOKENS), batch


def issues(answer: Judgement, batch: Sequence[Pair]) -> Iterator[IssueDraft]:
    """What was found wrong with the pairs that were asked for; the first word about each counts."""
    left = {f"P{number}": pair for number, pair in enumerate(batch, 1)}
    for item in answer.pairs:
        pair = left.pop(item.id.strip().upper(), None)
        if pair is None or item.verdict == "nothing":
            continue
        first, second = pair
        kind = IssueType(item.verdict)
        name = _NAMES.get(kind, "")
        if words := plain(item.explanation, _LONGEST_EXPLANATION):
            yield issue_of_model(first.term.key, kind, f"model{name}", words, (second.term.key,))
        else:
            names = {"first": first.term.term, "second": second.term.term}
            yield issue(first.term.key, kind, f"concern{name}", names, (second.term.key,))


_NAMES = {IssueType.CONTRADICTION: "_contradiction", IssueType.DUPLICATE: "_duplicate"}
"""What the text of an issue is called, by its kind."""


def _alike(texts: Sequence[str], checkpoint: Callable[[], None]) -> Iterator[tuple[int, int, float]]:
    """Pairs of numbers of like texts with their likeness: of each text those that share most of its rare words."""
    words = [frozenset(_WORD.findall(text.casefold())) for text in texts]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, held in enumerate(words):
        for word in held:
            holders[word].append(number)
    told: set[tuple[int, int]] = set()
    for number, held in enumerate(words):
        checkpoint()
        shared: defaultdict[int, float] = defaultdict(float)
        for word in held:
            if len(holders[word]) <= _CROWD:
                for other in holders[word]:
                    shared[other] += 1 / len(holders[word])
        shared.pop(number, None)
        nearest = sorted(shared, key=lambda other: (-shared[other], other))[:_NEIGHBOURS]
        for pair in ((min(number, other), max(number, other)) for other in nearest):
            if pair not in told:
                told.add(pair)
                likeness = fuzz.token_set_ratio(texts[pair[0]], texts[pair[1]], score_cutoff=_LIKE)
                if likeness:
                    yield *pair, likeness


def _about(number: int, pair: Pair) -> str:
    return "".join(
        block(f"P{number} {side} term", entry.term.term, longest=_LONGEST_TERM)
        + block(f"P{number} {side} definition", entry.definition.text, longest=_LONGEST_DEFINITION)
        for side, entry in zip(("first", "second"), pair, strict=True)
    )
