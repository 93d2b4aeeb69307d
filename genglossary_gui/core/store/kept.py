"""Changes of thousands of entries, kept packed so that they can be undone.

Kept as objects, they would make every garbage collection of Python a pause that a person notices.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence

from genglossary_gui.core.store.reversible import Change, RowChange


class KeptChanges:
    """Changes in the order they were made, in the pieces in which they were added; as long as their number."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._count = 0

    def add(self, changes: Sequence[Change]) -> None:
        """Keep the changes of one transaction; none is no piece."""
        if changes:
            # As plain tuples: half the time of objects.
            rows = [[(row.table, row.key, row.before, row.after) for row in change] for change in changes]
            self._pieces.append(zlib.compress(pickle.dumps(rows), 1))
            self._count += len(changes)

    def __len__(self) -> int:
        return self._count

    def pieces(self) -> Iterator[list[Change]]:
        """The first piece first."""
        return map(_unpacked, self._pieces)

    def pieces_back(self) -> Iterator[list[Change]]:
        """The last piece first; each in its own order."""
        return map(_unpacked, reversed(self._pieces))


def _unpacked(piece: bytes) -> list[Change]:
    # Packed by this very process, and never stored.
    return [tuple([RowChange(*row) for row in change]) for change in pickle.loads(zlib.decompress(piece))]
