"""Positions: the core counts code points, Qt counts UTF-16 units."""

from __future__ import annotations


def to_utf16(text: str, position: int) -> int:
    """How many UTF-16 units the first ``position`` code points of ``text`` take."""
    head = text[:position]
    return len(head) if head.isascii() else len(head.encode("utf-16-le", "surrogatepass")) // 2


def from_utf16(text: str, units: int) -> int:
    """The code point at (or, inside a pair, before) the UTF-16 unit ``units``; at most ``len(text)``."""
    if text.isascii():
        return min(units, len(text))
    head = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(head.decode("utf-16-le", "ignore"))
