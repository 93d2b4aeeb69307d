"""Which record, or which heading of a step, stands in which row of a log.  Knows nothing of Qt or the database."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from genglossary_gui.core.store.log_search import Section


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows from ``row`` on: a heading, if there is one, then the records at ``low`` to ``high`` of the list."""

    row: int
    section: Section | None
    low: int
    high: int
    is_folded: bool

    @property
    def heading_rows(self) -> int:
        return 0 if self.section is None else 1

    @property
    def rows(self) -> int:
        return self.heading_rows + (0 if self.is_folded else self.high - self.low)


class LogRows:
    """The rows of records with the numbers ``seqs`` (ascending), under headings when ``sections`` are given.

    ``folded`` are the first records of the sections whose records are hidden.  A section without records has no
    heading.
    """

    def __init__(
        self,
        seqs: Sequence[int] = (),
        sections: Sequence[Section] | None = None,
        folded: frozenset[int] = frozenset(),
    ) -> None:
        self._seqs = seqs
        self._blocks = list(_blocks(seqs, sections, folded))
        self._starts = [block.row for block in self._blocks]
        self._firsts = [block.section.first if block.section else seqs[block.low] for block in self._blocks]

    def __len__(self) -> int:
        return self._blocks[-1].row + self._blocks[-1].rows if self._blocks else 0

    def seq_at(self, row: int) -> int | None:
        """The number of the record in a row; None for a heading or outside."""
        block = self._block_at(row)
        if block is None:
            return None
        place = row - block.row - block.heading_rows
        return self._seqs[block.low + place] if place >= 0 else None

    def heading_at(self, row: int) -> Section | None:
        """The section whose heading is in a row."""
        block = self._block_at(row)
        return block.section if block is not None and block.row == row else None

    def section_of(self, seq: int) -> Section | None:
        """The section of the record with this number, shown or hidden; None without headings."""
        block = self._blocks[max(0, bisect_right(self._firsts, seq) - 1)] if self._blocks else None
        return block.section if block is not None else None

    def row_of(self, seq: int) -> int:
        """The row of the record with this number, or of the next one that is shown; -1 when there is none.

        For a folded record it is the row of its heading.
        """
        place = bisect_left(self._seqs, seq)
        if place == len(self._seqs):
            return -1
        block = self._blocks[max(0, bisect_right(self._firsts, self._seqs[place]) - 1)]
        return block.row if block.is_folded else block.row + block.heading_rows + place - block.low

    def seqs_between(self, first: int, last: int) -> Sequence[int]:
        """The numbers of the records in the rows ``first`` to ``last`` (inclusive), without headings."""
        found: Sequence[int] = array("q")
        for block in self._blocks[max(0, bisect_right(self._starts, first) - 1) :]:
            if block.row > last:
                break
            begin = block.row + block.heading_rows
            low = block.low + max(0, first - begin)
            high = min(block.row + block.rows, last + 1) - begin + block.low
            if low < high:
                part = self._seqs[low:high]
                found = part if not found else array("q", [*found, *part])
        return found

    def _block_at(self, row: int) -> _Block | None:
        return self._blocks[bisect_right(self._starts, row) - 1] if 0 <= row < len(self) else None


def _blocks(seqs: Sequence[int], sections: Sequence[Section] | None, folded: frozenset[int]) -> Iterator[_Block]:
    if sections is None:
        if len(seqs):
            yield _Block(0, None, 0, len(seqs), is_folded=False)
        return
    row = low = 0
    for section in sections:
        high = bisect_right(seqs, section.last, lo=low)
        if high > low:
            block = _Block(row, section, low, high, section.first in folded)
            yield block
            row += block.rows
        low = high
    if low < len(seqs):
        # Records that came after the sections were looked up stand below the last of them.
        yield _Block(row, None, low, len(seqs), is_folded=False)
