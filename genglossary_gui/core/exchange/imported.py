"""What the file of another program says: entries, and the rows that could not be understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.imports import PersonEntry

MOST_BYTES = 64 << 20
MOST_ROWS = 200_000
LONGEST_TERM = 500
LONGEST_TEXT = 1 << 20
"""Characters of a definition or a note; whatever is longer is no such thing."""


class ImportProblem(UserFacingError):
    """The file cannot be imported.  Nothing has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedEntry(PersonEntry):
    """``line``: where it stands in the file, from 1 (a row of a table, an entry of a list)."""

    line: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is left out, with the reason in words."""

    line: int
    reason: str


@dataclass(frozen=True)
class ImportedFile:
    """``columns``: the titles of a table and the field each stands for; empty for formats that say it themselves."""

    format: str
    entries: tuple[ImportedEntry, ...]
    bad: tuple[BadRow, ...] = ()
    columns: tuple[tuple[str, str], ...] = field(default=())


def too_many_rows() -> ImportProblem:
    return ImportProblem(
        _("The file has more than {count} rows.").format(count=f"{MOST_ROWS:,}"), hint=_("Split it into smaller ones.")
    )
