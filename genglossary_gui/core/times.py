"""The clock: every moment and duration of the program comes from here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic, time_ns

__all__ = ["days_ago", "monotonic", "parse", "utc_now"]

_newest = (-1, "")
"""The last moment that was written, and how: a log asks fifty times within a millisecond."""


def utc_now() -> str:
    """The present moment as ISO 8601 in UTC with offset and milliseconds (for showing, never for ordering)."""
    global _newest
    millisecond = time_ns() // 1_000_000
    moment, text = _newest
    if moment != millisecond:
        text = datetime.fromtimestamp(millisecond / 1000, UTC).isoformat(timespec="milliseconds")
        _newest = millisecond, text
    return text


def days_ago(days: int) -> str:
    """The moment so many days before now, written like ``utc_now``."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds")


def parse(text: str) -> datetime:
    """The moment that ``utc_now`` wrote.  Raises ``ValueError`` for anything else."""
    return datetime.fromisoformat(text)
