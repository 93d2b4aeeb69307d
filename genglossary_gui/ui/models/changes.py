"""What differs between two runs as a table."""

from __future__ import annotations

import sqlite3
import unicodedata
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from PySide6.QtCore import QObject

from genglossary_gui.core.exchange import comparison_words as words
from genglossary_gui.core.exchange.comparison import Difference
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.ui.models.paged import Column, PagedTableModel
from genglossary_gui.ui.models.reader import Reader

_SORTS: dict[str, Callable[[Difference], Any]] = {
    "kind": lambda each: each.kind,
    "term": lambda each: each.entry.term.term.casefold(),
    "rank": lambda each: each.entry.term.rank,
}

COLUMNS = (
    Column[Difference](
        name="kind",
        title=lambda: _("Change"),
        text=lambda each: f"{words.sign(each.kind)} {words.kind_word(each.kind)}",
    ),
    Column[Difference](name="term", title=lambda: _("Term"), text=lambda each: each.entry.term.term),
    Column[Difference](name="details", title=lambda: _("Details"), text=lambda each: _details(each), sortable=False),
    Column[Difference](name="rank", title=lambda: _("Rank"), text=words.rank, is_number=True),
)


@dataclass(frozen=True)
class Changes:
    """Differences made ready for a table: numbered from 0, in the order given, and searchable.

    Any thread may ask it; it takes connections as the queries of the store do, and needs none.
    """

    differences: Sequence[Difference] = ()

    @cached_property
    def searched(self) -> list[str]:
        """What can be found, by number; worked out when first asked for, which takes a while."""
        return [_folded(_searched(each)) for each in self.differences]

    def ids(self, _connection: sqlite3.Connection, selection: Selection) -> array[int]:
        """Numbers of what matches, in order; ``filters`` are the kinds to show, none means all."""
        found = range(len(self.differences))
        if selection.filters:
            found = [number for number in found if self.differences[number].kind in selection.filters]
        if selection.search:
            needle = _folded(selection.search)
            found = [number for number in found if needle in self.searched[number]]
        if selection.sort:
            key = _SORTS[selection.sort]
            found = sorted(found, key=lambda n: key(self.differences[n]), reverse=selection.descending)
        return array("q", found)

    def rows(self, _connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Difference]:
        return {number: self.differences[number] for number in ids if number < len(self.differences)}


class ChangesModel(PagedTableModel[Difference]):
    """Empty until ``show_changes``."""

    def __init__(self, reader: Reader, parent: QObject | None = None) -> None:
        nothing = Changes()
        super().__init__(reader, COLUMNS, nothing.ids, nothing.rows, parent=parent)

    def show_changes(self, changes: Changes) -> None:
        """Show other differences, as sorted and filtered as before; numbers keep their rows."""
        self._query_ids, self._query_rows = changes.ids, changes.rows
        self._pages.clear()
        self.refresh()


def _details(difference: Difference) -> str:
    """What changed, and what the definition is now."""
    parts = (words.summary(difference), difference.entry.definition.text)
    return " · ".join(dict.fromkeys(filter(None, parts)))


def _searched(difference: Difference) -> str:
    entries = [entry for entry in (difference.before, difference.after) if entry]
    return "\n".join(dict.fromkeys(text for entry in entries for text in (entry.term.term, entry.definition.text)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
