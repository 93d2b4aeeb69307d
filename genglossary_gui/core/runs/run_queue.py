"""The runs that wait for a slot, in the order in which they will begin."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Generic, TypeVar

J = TypeVar("J")


@dataclass(frozen=True)
class Waiting:
    """Why a run waits: it is the ``position``-th (1-based) of ``count``; ``limit`` runs work at once."""

    position: int
    count: int
    limit: int
    is_paused: bool


class RunQueue(Generic[J]):
    """Waiting jobs by run number.  Every method may be called from any thread."""

    def __init__(self, limit: int) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[int, J] = {}
        self._limit = limit
        self._is_paused = False

    @property
    def limit(self) -> int:
        """How many runs may work at once, 1 or more."""
        return self._limit

    @limit.setter
    def limit(self, runs: int) -> None:
        self._limit = max(1, runs)

    @property
    def is_paused(self) -> bool:
        """While True no run begins; those at work go on."""
        return self._is_paused

    @is_paused.setter
    def is_paused(self, paused: bool) -> None:
        self._is_paused = paused

    def put(self, run_id: int, job: J) -> None:
        with self._lock:
            self._jobs[run_id] = job

    def take(self, at_work: int) -> J | None:
        """The next job, if fewer than the limit are at work and the queue is not paused."""
        with self._lock:
            if self._is_paused or at_work >= self._limit or not self._jobs:
                return None
            return self._jobs.pop(next(iter(self._jobs)))

    def remove(self, run_id: int) -> bool:
        """Take a run out; True when it was waiting."""
        with self._lock:
            return self._jobs.pop(run_id, None) is not None

    def run_ids(self) -> list[int]:
        """The waiting runs in their order."""
        with self._lock:
            return list(self._jobs)

    def move(self, run_id: int, position: int) -> bool:
        """Put a waiting run at ``position`` (1 is the next to begin; beyond the end is the end).

        True when the order has changed.
        """
        with self._lock:
            before = list(self._jobs)
            if run_id not in self._jobs:
                return False
            after = [other for other in before if other != run_id]
            after.insert(max(0, position - 1), run_id)
            self._jobs = {number: self._jobs[number] for number in after}
            return after != before

    def waiting(self, run_id: int) -> Waiting | None:
        """Why a run waits; None when it does not."""
        order = self.run_ids()
        if run_id not in order:
            return None
        return Waiting(order.index(run_id) + 1, len(order), self._limit, self._is_paused)
