"""Every benchmark, one table: ``python -m tests.bench [NAME…]``; those that take very long only by name.

Each benchmark has a process of its own, so that none sees the memory or the windows of another.  Exit
status: 0 when all of them ran to their end, whatever they measured.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from time import perf_counter

from tests.bench import table
from tests.bench.table import Row

BENCHMARKS = (
    "start", "cancel", "log_path", "tables", "entries", "viewer", "text", "scale", "publish", "llm", "grounding",
)  # fmt: skip
LONG = ("kill", "soak", "faults")
_ALONE = "--alone"


def main(arguments: list[str]) -> int:
    if arguments[:1] == [_ALONE]:
        return _alone(arguments[1])
    unknown = set(arguments) - {*BENCHMARKS, *LONG}
    if unknown:
        print(f"unknown: {' '.join(sorted(unknown))}; there are: {' '.join((*BENCHMARKS, *LONG))}", file=sys.stderr)
        return 2
    began = perf_counter()
    print(table.heading(), flush=True)
    have_run = [_run(name) for name in arguments or BENCHMARKS]
    print(f"\n{sum(have_run)} of {len(have_run)} benchmarks ran, in {perf_counter() - began:.0f} s", flush=True)
    return 0 if all(have_run) else 1


def _run(name: str) -> bool:
    """Print the rows of one benchmark as soon as it has them; whether it ran to its end."""
    # The figures are of the product: NumPy's threads would be measured with it.
    environment = {"QT_QPA_PLATFORM": "offscreen", "OPENBLAS_NUM_THREADS": "1"} | os.environ
    command = (sys.executable, "-m", "tests.bench", _ALONE, name)
    # What Qt has to say of its virtual screen is of interest only when something goes wrong.
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        print(done.stderr, file=sys.stderr)
        print(f"{name} did not run to its end ({done.returncode})", file=sys.stderr)
        return False
    for values in json.loads(done.stdout.splitlines()[-1]):
        print(table.line(Row(**values)), flush=True)
    return True


def _alone(name: str) -> int:
    rows: list[Row] = importlib.import_module(f"tests.bench.{name}").measure()
    print(json.dumps([row.to_json() for row in rows]))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
