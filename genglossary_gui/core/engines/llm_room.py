"""How much of a question the model can read: what does not fit is left out before it is sent, and told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from genglossary_gui.core.engines.prompts import Prompt, tokens

ANY = sys.maxsize
_MORE = 1.25
"""Tokens are estimated: a model may have a quarter more of them."""
_FRAME = 64
"""Tokens that a server puts around a question."""

T = TypeVar("T")


def room(context_tokens: int, max_tokens: int) -> int:
    """Estimated tokens that a question may have beside an answer of ``max_tokens``; ``ANY`` where it is unknown (0)."""
    return max(0, int((context_tokens - max_tokens - _FRAME) / _MORE)) if context_tokens else ANY


def size(prompt: Prompt) -> int:
    """Estimated tokens of a question."""
    return tokens(prompt.system) + tokens(prompt.user)


def batches(items: Iterable[T], about: Callable[[int, T], str], most: int, left: int) -> Iterator[tuple[T, ...]]:
    """Groups of at most ``most`` items whose texts together have at most ``left`` tokens, but of one at least."""
    batch: list[T] = []
    used = 0
    for item in items:
        needed = tokens(about(len(batch) + 1, item)) if left < ANY else 0
        if batch and (len(batch) == most or used + needed > left):
            yield tuple(batch)
            batch, used = [], 0
        batch.append(item)
        used += needed
    if batch:
        yield tuple(batch)
