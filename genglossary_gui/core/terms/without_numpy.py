"""What HanTa needs of numpy, in a few lines: one function, and the numbers in its model.

The package itself is 44 MB of a bundle and a fifth of a second in every worker process, and its linear algebra
starts a thread for each processor.
"""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def stand_in_for_numpy() -> Iterator[None]:
    """Inside, ``import numpy`` gives the stand-in, unless numpy itself has been imported before."""
    if "numpy" in sys.modules:
        yield
        return
    modules = {
        "numpy": {"logaddexp": log_of_sum, "dtype": _Kind},
        # Where a pickled number looks for its maker.
        "numpy._core": {},
        "numpy._core.multiarray": {"scalar": _number},
    }
    for name, contents in modules.items():
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__dict__.update(contents)
    try:
        yield
    finally:
        for name in modules:
            del sys.modules[name]


def log_of_sum(first: float, second: float) -> float:
    """The logarithm of ``exp(first) + exp(second)``, in such a way that neither becomes too large or too small."""
    if first == second:
        return first + math.log(2)
    return max(first, second) + math.log1p(math.exp(-abs(first - second)))


class _Kind:
    """The kind of a pickled number."""

    def __init__(self, name: str, *_arguments: object) -> None:
        self._format = {"f8": "d", "f4": "f", "i8": "q", "i4": "i"}[name]

    def __setstate__(self, state: tuple[int, str]) -> None:
        self._format = state[1] + self._format

    def read(self, data: bytes) -> float:
        return struct.unpack(self._format, data)[0]


def _number(kind: _Kind, data: bytes) -> float:
    return kind.read(data)
