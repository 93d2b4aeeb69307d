"""Points in time and durations, from one place."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic

__all__ = ["monotonic", "parse", "utc_now"]


def utc_now() -> str:
    """The present moment as ISO 8601 in UTC with offset and milliseconds (for showing, never for ordering)."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def parse(text: str) -> datetime:
    """The moment that ``utc_now`` wrote.  Raises ``ValueError`` for anything else."""
    return datetime.fromisoformat(text)
