"""When Python looks for cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Within it Python looks for no cycles: for work that makes hundreds of thousands of objects and no cycle, of which
    looking for some takes a twentieth.  It holds for all threads; those that overlap leave it as it was before them,
    or end it a little early.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
