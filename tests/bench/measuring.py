"""What every benchmark needs: clocks, memory, a home of its own, and an event loop that notices its own stalls."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")

median = statistics.median


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A new folder for the files of a benchmark; every folder of the app lies in it meanwhile."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        os.environ["GENGLOSSARY_HOME"] = str(folder / "home")
        yield folder


def timed(call: Callable[[], T]) -> tuple[float, T]:
    """Seconds and result."""
    start = perf_counter()
    result = call()
    return perf_counter() - start, result


def quantile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0–1) of the values do not exceed; 0 without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def resident_mb(process: int | None = None) -> float | None:
    """Memory of a process (default: this one) that is in RAM, in MB; None where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return None
    status = Path(f"/proc/{process or os.getpid()}/status").read_text(encoding="ascii", errors="replace")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024
