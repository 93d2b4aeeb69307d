"""Where in a line stands what is searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.store.log_search import LogQuery, pattern_of
from genglossary_gui.ui.utf16 import to_utf16

if TYPE_CHECKING:
    import regex

_SECONDS = 0.01
_MOST = 200


class Marker:
    """Finds the places of a query in shown lines; an expression that takes too long marks nothing."""

    def __init__(self, query: LogQuery) -> None:
        self._pattern: regex.Pattern[str] | None = None
        if query.text:
            try:
                self._pattern = pattern_of(query.text, query.is_regex)
            except UsageError:
                self._pattern = None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Begin and length of each place, in UTF-16 units as Qt counts."""
        if self._pattern is None:
            return []
        found: list[tuple[int, int]] = []
        try:
            for match in self._pattern.finditer(text, timeout=_SECONDS):
                if match.end() > match.start():
                    begin = to_utf16(text, match.start())
                    found.append((begin, to_utf16(text, match.end()) - begin))
                if len(found) >= _MOST:
                    break
        except TimeoutError:
            return []
        return found
