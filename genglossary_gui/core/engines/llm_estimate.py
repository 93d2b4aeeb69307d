"""What a run with a language model will cost, before it is started."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from genglossary_gui.core.engines import llm_classify, llm_define, llm_review
from genglossary_gui.core.engines.llm_asking import Request
from genglossary_gui.core.engines.llm_settings import llm_settings
from genglossary_gui.core.engines.prompts import tokens
from genglossary_gui.core.glossary import Category, Scope, TermDraft
from genglossary_gui.core.settings import RunSettings

_ANSWER_TOKENS = 110
"""Of a definition: mostly one to three sentences."""
_CLASS_TOKENS, _VERDICT_TOKENS, _PAIR_TOKENS = 18, 30, 220
_TASK_TOKENS = 330
_REFINED_SHARE = 0.25
"""Of the entries so many have an issue that is worth other words."""


@dataclass(frozen=True)
class LlmEstimate:
    """About so much, if nothing was answered before and nothing is asked twice."""

    requests: int
    tokens: int


def estimate(terms: Sequence[TermDraft], settings: RunSettings, scope: Scope = Scope.FULL) -> LlmEstimate:
    """What a run over ``terms`` (those of the glossary now) asks for.  Pure; a second for 2,000 terms.

    Definitions and categories are counted from the real questions, review and refinement by experience.
    """
    chosen = set(settings.terms)
    suggested = [term for term in terms if term.suggested and (not chosen or term.key in chosen)]
    defined = [term for term in suggested if term.passages and term.category is not Category.COMMON_NOUN]
    context = llm_settings(settings).context_tokens
    found = [0, 0]
    if scope in (Scope.FULL, Scope.EXTRACT):
        _add(found, (request for request, _batch in llm_classify.requests(suggested, context)), 0)
        found[1] += _CLASS_TOKENS * len(suggested)
    if scope in (Scope.FULL, Scope.GENERATE):
        _add(found, (llm_define.request(term, {}, context).request for term in defined), _ANSWER_TOKENS)
    if scope in (Scope.FULL, Scope.REVIEW) and len(defined) > 1:
        pairs = llm_review.PAIRS_PER_ENTRY * len(defined)
        requests = math.ceil(pairs / llm_review.BATCH)
        found[0] += requests
        found[1] += int(pairs * (_PAIR_TOKENS + _VERDICT_TOKENS)) + requests * _TASK_TOKENS
    if scope in (Scope.FULL, Scope.REFINE):
        every = max(1, round(1 / _REFINED_SHARE))
        _add(found, (llm_define.request(term, {}, context).request for term in defined[::every]), _ANSWER_TOKENS)
    return LlmEstimate(*found)


def _add(found: list[int], requests: Iterable[Request], answer: int) -> None:
    for request in requests:
        found[0] += 1
        found[1] += tokens(request.prompt.system) + tokens(request.prompt.user) + answer
