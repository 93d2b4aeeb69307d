"""Categories by a model, for many terms at once, each with sentences that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from genglossary_gui.core.engines import llm_contexts, llm_room
from genglossary_gui.core.engines.llm_asking import Request
from genglossary_gui.core.engines.llm_forms import Classification
from genglossary_gui.core.engines.prompts import block, prompt
from genglossary_gui.core.glossary import Category, PassageKind, TermDraft

BATCH = 12
MAX_TOKENS = 60 * BATCH
_CONTEXTS, _CONTEXT_TOKENS = 2, 120
_LONGEST_TERM, _LONGEST_CONTEXT = 120, 200
_DEFINED = 0.4
"""A term with a defining passage of this weight stays suggested, whatever the model calls it."""
_TASK = """\
Task: say for each term what it is in its sentences. Categories: "person", "place", "organization", "title" (a role or \
rank of people), "technical_term" (a term of the trade, a product, a concept that a reader may have to look up), \
"common_noun" (a word of everyday language that needs no explanation). Judge each term by its own sentences alone. \
Answer with one element for each id, such as "T1".
"""


def requests(terms: Sequence[TermDraft], context_tokens: int = 0) -> Iterator[tuple[Request, tuple[TermDraft, ...]]]:
    """The questions for the categories of ``terms``, each with the terms that it asks for."""
    left = llm_room.room(context_tokens, MAX_TOKENS) - llm_room.size(prompt(_TASK, ""))
    for batch in llm_room.batches(terms, _about, BATCH, left if context_tokens else llm_room.ANY):
        data = "".join(_about(number, term) for number, term in enumerate(batch, 1))
        yield Request(batch[0].key, prompt(_TASK, data), Classification, MAX_TOKENS), batch


def categories(answer: Classification, batch: Sequence[TermDraft]) -> dict[str, Category]:
    """Term key → category, for the terms that were asked for; the first word of the answer counts."""
    ids = {f"T{number}": term.key for number, term in enumerate(batch, 1)}
    found: dict[str, Category] = {}
    for item in answer.terms:
        key = ids.get(item.id.strip().upper())
        if key is not None:
            found.setdefault(key, item.category)
    return found


def unwanted(terms: Iterable[TermDraft], found: Mapping[str, Category]) -> set[str]:
    """Keys of terms of everyday language that no passage defines."""
    return {
        term.key
        for term in terms
        if found.get(term.key) is Category.COMMON_NOUN
        and not any(p.kind is PassageKind.DEFINITION and p.weight >= _DEFINED for p in term.passages)
    }


def _about(number: int, term: TermDraft) -> str:
    contexts = llm_contexts.choose(term, most=_CONTEXTS, budget=_CONTEXT_TOKENS)
    return block(f"term T{number}", term.term, longest=_LONGEST_TERM) + "".join(
        block(f"sentence of T{number}", context.text, longest=_LONGEST_CONTEXT) for context in contexts
    )
